import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { FILE_DUE, PROCESS_DUE } from "../commands/due-kinds";
import { daysBetween } from "../domain/deadlines";
import { filingSide } from "../domain/registration-duty";
import { objectOf } from "./deal-facts.server";
import { dayOf } from "./deal-row.server";
import { DUTY_RULE } from "./duty.server";
import type { WholeDeal } from "./view-deal.server";
import type { DeadlineView, RegistrationView } from "./views";

type EventRow = { command: string; facts: unknown; at: Date };

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** The registration of a signed deal as its page shows it: duty and reason, the two dates, what was filed and answered. */
export async function registrationOf(
  ctx: Ctx,
  row: WholeDeal,
  events: readonly EventRow[],
): Promise<RegistrationView | null> {
  const { registrationDuty: duty, registrationReason: reason, registrationRuleVersion: ruleVersion } = row;
  if (!duty || !reason || ruleVersion === null) return null;
  const last = (command: string) => events.filter((event) => event.command === command).at(-1);
  const signed = objectOf(last("sign")?.facts);
  const filed = objectOf(last("file_registration")?.facts);
  const returned = last("return_registration");
  const dues = await ctx.db.due.findMany({
    where: { subjectId: row.id, kind: { in: [FILE_DUE, PROCESS_DUE] } },
    select: { kind: true, dueOn: true, state: true },
  });
  const filing = dues.find((due) => due.kind === FILE_DUE);
  const processing = dues.find((due) => due.kind === PROCESS_DUE && due.state === "open");
  const rule = await ctx.db.ruleParameter.findUnique({
    where: { key_version: { key: DUTY_RULE, version: ruleVersion } },
    select: { source: true },
  });
  const dueOn = dayOf(filing?.dueOn ?? null);
  const lastDay = text(signed.lastDay);
  const deadline: DeadlineView | null =
    filing && dueOn && lastDay
      ? {
          lastDay,
          dueOn,
          moved: dueOn !== lastDay,
          days: number(signed.days),
          ruleVersion: number(signed.deadlineRuleVersion),
          state: filing.state,
          daysLeft: daysBetween(localDay(ctx.clock.now()), dueOn),
        }
      : null;
  const facts = returned && objectOf(returned.facts);
  return {
    duty,
    reason,
    ruleVersion,
    source: rule?.source ?? "",
    filedBy: filingSide(duty, row),
    wish: signed.wish === true,
    deadline,
    filedOn: dayOf(row.filedOn),
    late: row.filedOn !== null && filed.late === true,
    processBy: dayOf(processing?.dueOn ?? null),
    returned:
      returned && facts
        ? { reasonCode: text(facts.reasonCode) ?? "other", note: text(facts.note), at: returned.at }
        : null,
    certificateNumber: row.certificateNumber,
    certificateOn: dayOf(row.certificateOn),
    certificateDocumentId: row.documents.find((one) => one.fileId === row.certificateFileId)?.id ?? null,
  };
}
