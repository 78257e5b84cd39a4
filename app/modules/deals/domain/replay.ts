import type { DealStage, DealStatus } from "~/generated/prisma/enums";
import { type DealCommandKind, type DealSnapshot, evolve, isOpenTo, OPENED, RULES } from "./deal-machine";

/** A row of the history as the replay reads it. */
export type HistoryRow = { number: number; command: string; facts: unknown; stage: DealStage; status: DealStatus };

const isCommand = (name: string): name is Exclude<DealCommandKind, "open"> => Object.hasOwn(RULES, name);

/**
 * Folds a deal's history (oldest first) to where the deal stands.
 * @throws Error when numbers are not in order, a command was not possible at its place, or a row's stage or status is not what the fold gives
 */
export function replayDeal(history: readonly HistoryRow[]): DealSnapshot {
  let deal: DealSnapshot | null = null;
  for (const row of history) {
    const wrong = (why: string) => new Error(`event ${row.number} (${row.command}): ${why}`);
    if (row.number !== (deal ? deal.revision + 1 : 0)) throw wrong("not in order");
    if (!deal) {
      if (row.command !== "open") throw wrong("a deal begins by opening");
      deal = OPENED;
    } else {
      if (!isCommand(row.command) || !isOpenTo(row.command, deal)) throw wrong(`not possible in ${deal.stage}`);
      const facts = typeof row.facts === "object" && row.facts !== null ? (row.facts as Record<string, unknown>) : {};
      deal = evolve(deal, { command: row.command, facts });
    }
    if (deal.stage !== row.stage || deal.status !== row.status) throw wrong(`gives ${deal.stage}/${deal.status}`);
  }
  if (!deal) throw new Error("a deal without history");
  return deal;
}
