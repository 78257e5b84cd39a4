import type { DealStage, DealStatus } from "~/generated/prisma/enums";
import type { DealCommandKind } from "./deal-machine";

export type TimelineRow = {
  id: string;
  number: number;
  at: Date;
  command: string;
  facts: unknown;
  stage: DealStage;
  status: DealStatus;
  byId: string | null;
  byRole: string;
};
export type TimelineItem = {
  id: string;
  number: number;
  at: Date;
  command: DealCommandKind;
  stage: DealStage;
  status: DealStatus;
  by: string | null;
  byRole: string;
  params: Record<string, string>;
  note: string | null;
};

/** Commands that are the broker's own planning: parties do not read them. */
const OWN: readonly string[] = ["plan", "hand_over"];
/** Words that are meant for the parties: what a registrar wants corrected. */
const FOR_ALL: readonly string[] = ["return_registration"];

/** Facts a page may show: codes, days, numbers and flags as text. Ids and notes are left out. */
function paramsOf(facts: unknown): Record<string, string> {
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return {};
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) => {
      if (key === "note" || /Ids?$/.test(key)) return [];
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return [[key, String(value)]];
      return [];
    }),
  );
}

/**
 * A deal's history as a story, newest first. Parties read every step of the deal, but neither the broker's plans nor the
 * words written beside a reason.
 */
export function tellTimeline(
  rows: readonly TimelineRow[],
  reader: "staff" | "party",
  nameOf: (id: string) => string | null,
): TimelineItem[] {
  return rows
    .filter((row) => reader === "staff" || !OWN.includes(row.command))
    .map(({ facts, byId, command, ...row }) => {
      const { note } = (typeof facts === "object" && facts !== null ? facts : {}) as { note?: unknown };
      return {
        ...row,
        command: command as DealCommandKind,
        by: byId && nameOf(byId),
        params: paramsOf(facts),
        note: typeof note === "string" && (reader === "staff" || FOR_ALL.includes(command)) ? note : null,
      };
    })
    .sort((a, b) => b.number - a.number);
}
