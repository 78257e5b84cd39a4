import { brokerFor, grantHolderIds } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { ok } from "~/platform/result";
import { signal } from "~/platform/signal.server";
import { mailKey, messageIdOf, onceId } from "../domain/keys";
import { loadChoices, planOf } from "../queries/choices.server";
import { OVERDUE, type Overdue } from "../queries/overdue-subjects.server";

const BATCH = 100;

/**
 * Reminds brokers of what they owe and whose day has passed (a review, an answer, minutes, two stories to clear up): once a
 * day each, until it is done. Deadlines are dates in the Due table, swept by the clock; no delayed job holds one.
 * Mails follow the broker's own choices.
 * @returns ids of the mails to hand over now
 */
export async function remindOverdue(ctx: Ctx): Promise<{ reminded: number; mailIds: string[] }> {
  const day = localDay(ctx.clock.now());
  const today = dateOnly(day);
  const unreminded = { OR: [{ remindedOn: null }, { remindedOn: { lt: today } }] };
  const overdue = await ctx.db.due.findMany({
    where: { state: "open", kind: { in: Object.keys(OVERDUE) }, dueOn: { lt: today }, ...unreminded },
    orderBy: { dueOn: "asc" },
    take: BATCH,
    select: { id: true, kind: true, subjectId: true, personId: true, dueOn: true },
  });
  const brokers = overdue.length > 0 ? await grantHolderIds(ctx.db, "broker") : [];
  const mailIds: string[] = [];
  let reminded = 0;
  for (const due of overdue) {
    const subject = await OVERDUE[due.kind]?.(ctx, due.subjectId);
    const reader = subject && (await readerOf(ctx, brokers, due.personId, subject));
    if (!subject || !reader) continue;
    const [year, month, date] = due.dueOn.toISOString().slice(0, 10).split("-");
    const common = {
      subjectKind: subject.subjectKind,
      subjectId: subject.subjectId,
      personId: reader.id,
      kind: subject.template,
      params: { ...subject.words(reader.locale), dueOn: `${date}/${month}/${year}`, path: subject.path },
      createdAt: ctx.clock.now(),
    };
    const eventId = onceId(`due-overdue:${day}`, due.id);
    const id = newId();
    const plan = planOf(
      (await loadChoices(ctx.db, ctx.env, [reader.id]))(reader.id),
      subject.template,
      common.createdAt,
    );
    await transact(ctx, async (tx) => {
      const claimed = await tx.due.updateMany({
        where: { id: due.id, state: "open", ...unreminded },
        data: { remindedOn: today },
      });
      if (claimed.count === 0) return ok();
      const digestDueAt = plan.by === "digest" ? plan.digestDueAt : null;
      await tx.notice.createMany({ data: [{ ...common, id: newId(), eventId, digestDueAt }], skipDuplicates: true });
      await signal(tx, "notices", [reader.id]);
      reminded += 1;
      if (plan.by !== "mail") return ok();
      await tx.mail.createMany({
        data: [
          {
            ...common,
            id,
            sendAfter: plan.sendAfter,
            dedupeKey: mailKey(eventId, reader.id),
            toAddress: reader.email,
            locale: reader.locale,
            messageId: messageIdOf(id, ctx.env.MAIL_FROM),
            requestId: ctx.requestId,
          },
        ],
        skipDuplicates: true,
      });
      if (plan.sendAfter === null) mailIds.push(id);
      return ok();
    });
  }
  return { reminded, mailIds };
}

/** Who is no broker any more hears nothing; whoever is called instead does. */
async function readerOf(ctx: Ctx, brokers: string[], personId: string | null, subject: Overdue) {
  const brokerId =
    [personId, subject.brokerId].find((id) => id !== null && brokers.includes(id)) ??
    (await brokerFor(ctx, subject.organisationId))?.personId;
  return brokerId
    ? ctx.db.person.findFirst({
        where: { id: brokerId, disabledAt: null },
        select: { id: true, email: true, locale: true },
      })
    : null;
}
