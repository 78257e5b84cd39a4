import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import type { EventType } from "~/platform/events";
import { needReason } from "~/platform/lists/reasons.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, ok, type Result } from "~/platform/result";
import { calendarFrom, closeDue, numberRuleAt, putDue } from "~/platform/rules.server";
import { addWorkingDays } from "~/platform/working-days";
import type { MoveCommand } from "../domain/choices";
import { RETURN_REASONS } from "../domain/choices";
import { registrationDeadline } from "../domain/deadlines";
import type { DealCommand } from "../domain/deal-machine";
import { objectOf } from "../queries/deal-facts.server";
import { dutyOn, hasDutyRule } from "../queries/duty.server";
import type { DutyPreview } from "../queries/views";
import type { MoveFacts, MoveInput } from "../schemas";
import { decideOn, type HeldDeal, tell, withDeal, writeStep } from "./deal-rows.server";
import { FILE_DUE, PROCESS_DUE } from "./due-kinds";

const ACTION: Record<MoveCommand, string> = {
  agree_mou: "deal.mou-agreed",
  start_drafting: "deal.drafting",
  sign: "deal.signed",
  file_registration: "deal.filed",
  register: "deal.registered",
  return_registration: "deal.returned",
  start_performing: "deal.performing",
  liquidate: "deal.liquidated",
};
const EVENT: Record<MoveCommand, EventType> = {
  agree_mou: "deal.moved",
  start_drafting: "deal.moved",
  sign: "deal.signed",
  file_registration: "deal.filed",
  register: "deal.registered",
  return_registration: "deal.moved",
  start_performing: "deal.moved",
  liquidate: "deal.liquidated",
};

/** What a step brings beside the machine's own facts. */
type Extra = { facts?: object; data?: Prisma.DealUncheckedUpdateInput; note?: string | null; registrars?: boolean };

/**
 * Takes a deal one step on. The guards are those of the machine (domain/deal-machine.ts); the database holds the row to them
 * as well. Signing decides the duty to register and opens the deadline; filing hands the file to the registrars; only a
 * registrar registers or sends a file back.
 * Failures: common:notFound, deals:error.changedMeanwhile {name}, deals:error.{role,stage,status}, deals:error.<guard>
 * (with the field it stands beside), deals:error.signedOnEarly.
 */
export async function moveDeal(ctx: Ctx, input: MoveInput): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const duty = input.command === "sign" ? await signedDuty(tx, deal, input.signedOn) : null;
    const { role, next, facts } = decideOn(deal, commandOf(input, duty));
    if (input.command === "return_registration")
      await needReason(tx, "registration.return", RETURN_REASONS, input.reasonCode);
    const extra = await consequences(tx, ctx, deal, input, duty);
    const note = extra.note ?? null;
    const dealEventId = await writeStep(tx, ctx, deal, {
      role,
      next,
      command: input.command,
      facts: { ...facts, ...extra.facts, ...(note ? { note } : {}) },
      ...(extra.data ? { data: extra.data } : {}),
      action: ACTION[input.command],
      after: { ...facts, ...extra.facts },
    });
    await tell(tx, ctx, deal, EVENT[input.command], { dealEventId }, role, extra.registrars);
    return ok();
  });
}

/** A day before the first version of the rule is a mistyped year: no law of ours speaks of it. */
async function signedDuty(tx: Tx, deal: HeldDeal, signedOn: string): Promise<DutyPreview> {
  if (!(await hasDutyRule(tx, signedOn)))
    return abort("deals:error.signedOnEarly", { fields: { signedOn: ["deals:error.signedOnEarly"] } });
  return dutyOn(tx, signedOn, deal.row);
}

/** The form as the machine's command. */
function commandOf(input: MoveFacts, duty: DutyPreview | null): DealCommand {
  switch (input.command) {
    case "sign": {
      const { signedOn, contractNumber, effectiveOn, wishToRegister } = input;
      const decided = duty && "answer" in duty ? duty.answer.duty : null;
      return { kind: "sign", signedOn, contractNumber, effectiveOn, wish: wishToRegister, duty: decided };
    }
    case "file_registration":
      return { kind: "file_registration", filedOn: input.filedOn };
    case "register":
      return { kind: "register", certificateNumber: input.certificateNumber, certificateOn: input.certificateOn };
    case "return_registration":
      return { kind: "return_registration", reasonCode: input.reasonCode };
    case "liquidate":
      return { kind: "liquidate", liquidatedOn: input.liquidatedOn };
    default:
      return { kind: input.command };
  }
}

async function consequences(
  tx: Tx,
  ctx: Ctx,
  deal: HeldDeal,
  input: MoveFacts,
  duty: DutyPreview | null,
): Promise<Extra> {
  const { row } = deal;
  switch (input.command) {
    case "sign":
      return signed(tx, ctx, deal, input, duty);
    case "file_registration": {
      const { dueOn } = await openProcessing(tx, ctx, deal, input.filedOn);
      await closeDue(tx, ctx, row.id, [FILE_DUE], "done");
      const deadline = await tx.due.findFirst({
        where: { kind: FILE_DUE, subjectId: row.id },
        select: { dueOn: true },
      });
      const late = deadline !== null && input.filedOn > localDay(deadline.dueOn);
      return { facts: { processBy: dueOn, late }, registrars: true };
    }
    case "register": {
      const certificate = row.documents.filter((document) => document.kind === "certificate").at(-1);
      await closeDue(tx, ctx, row.id, [PROCESS_DUE], "done");
      return {
        facts: { certificateNumber: input.certificateNumber, documentId: certificate?.id ?? null },
        data: { certificateNumber: input.certificateNumber, certificateFileId: certificate?.fileId ?? null },
      };
    }
    case "return_registration":
      await closeDue(tx, ctx, row.id, [PROCESS_DUE], "done");
      await reopenFiling(tx, ctx, deal);
      return { note: input.note };
    case "start_performing":
      // a voluntary registration that was wished for and not filed
      await closeDue(tx, ctx, row.id, [FILE_DUE], "cancelled");
      return {};
    default:
      return {};
  }
}

/** The duty and its reason are kept with the version of the rule; the deadline is opened where something has to be filed. */
async function signed(
  tx: Tx,
  ctx: Ctx,
  deal: HeldDeal,
  input: Extract<MoveFacts, { command: "sign" }>,
  duty: DutyPreview | null,
): Promise<Extra> {
  if (!duty || !("answer" in duty)) throw new Error("signed without a decided duty");
  const { answer } = duty;
  const data = {
    contractNumber: input.contractNumber,
    registrationReason: answer.reason,
    registrationRuleVersion: answer.ruleVersion,
  };
  const facts = { reason: answer.reason, ruleVersion: answer.ruleVersion };
  if (answer.duty === "licence" || (answer.duty === "voluntary" && !input.wishToRegister)) return { data, facts };
  const from = dateOnly(input.signedOn);
  const rule = await numberRuleAt(tx, "registration.daysAfterSigning", from);
  const { lastDay, dueOn } = registrationDeadline(input.signedOn, rule.value, await calendarFrom(tx, from));
  await putDue(tx, ctx, filing(deal), dateOnly(dueOn), rule);
  return {
    data,
    facts: { ...facts, lastDay, dueOn, days: rule.value, deadlineRuleVersion: rule.version },
    registrars: true,
  };
}

const filing = ({ row }: HeldDeal) => ({
  kind: FILE_DUE,
  subjectKind: "deal",
  subjectId: row.id,
  officeId: row.officeId,
  personId: row.brokerId,
});

/** The registrars answer within the rule's working days, counted from the day of filing. */
async function openProcessing(tx: Tx, ctx: Ctx, deal: HeldDeal, filedOn: string): Promise<{ dueOn: string }> {
  const from = dateOnly(filedOn);
  const rule = await numberRuleAt(tx, "registration.processing.workingDays", from);
  const dueOn = addWorkingDays(filedOn, rule.value, await calendarFrom(tx, from));
  await putDue(
    tx,
    ctx,
    { kind: PROCESS_DUE, subjectKind: "deal", subjectId: deal.row.id, officeId: deal.row.officeId },
    dateOnly(dueOn),
    rule,
  );
  return { dueOn };
}

/** The file came back: the same last day as before counts again, reminders go on from here. */
async function reopenFiling(tx: Tx, ctx: Ctx, deal: HeldDeal): Promise<void> {
  const before = objectOf(deal.row.events[0]?.facts);
  if (typeof before.dueOn !== "string") return;
  const version = typeof before.deadlineRuleVersion === "number" ? before.deadlineRuleVersion : 1;
  await putDue(tx, ctx, filing(deal), dateOnly(before.dueOn), { key: "registration.daysAfterSigning", version });
  // the sending back told everybody; the next reminder is the next step that comes
  await tx.due.updateMany({
    where: { kind: FILE_DUE, subjectId: deal.row.id },
    data: { remindedOn: dateOnly(deal.today) },
  });
}
