import { brokerFor, grantHolderIds } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { ok } from "~/platform/result";
import { mailKey, messageIdOf, onceId } from "../domain/keys";

const BATCH = 100;

/**
 * Reminds brokers of reviews whose deadline has passed and that are still open: once a day each, until decided.
 * Deadlines are dates in the Due table, swept by the clock; no delayed job holds one.
 * @returns ids of the mails to hand over
 */
export async function remindOverdue(ctx: Ctx): Promise<{ reminded: number; mailIds: string[] }> {
  const day = localDay(ctx.clock.now());
  const today = dateOnly(day);
  const overdue = await ctx.db.due.findMany({
    where: {
      state: "open",
      kind: "review",
      dueOn: { lt: today },
      OR: [{ remindedOn: null }, { remindedOn: { lt: today } }],
    },
    orderBy: { dueOn: "asc" },
    take: BATCH,
    select: { id: true, subjectId: true, personId: true, dueOn: true },
  });
  const brokers = overdue.length > 0 ? await grantHolderIds(ctx.db, "broker") : [];
  const mailIds: string[] = [];
  let reminded = 0;
  for (const due of overdue) {
    const review = await ctx.db.review.findFirst({
      where: { id: due.subjectId, state: "open" },
      select: {
        listing: { select: { id: true, kind: true, reference: true, organisationId: true, brokerId: true } },
        version: { select: { texts: { select: { title: true, lang: true } } } },
      },
    });
    if (!review) continue;
    const { listing } = review;
    // who is no broker any more hears of no listing; whoever is called instead does
    const brokerId =
      [due.personId, listing.brokerId].find((id) => id !== null && brokers.includes(id)) ??
      (await brokerFor(ctx, listing.organisationId))?.personId;
    const reader = brokerId
      ? await ctx.db.person.findFirst({
          where: { id: brokerId, disabledAt: null },
          select: { id: true, email: true, locale: true },
        })
      : null;
    if (!reader) continue;
    const { texts } = review.version;
    const [year, month, date] = due.dueOn.toISOString().slice(0, 10).split("-");
    const params = {
      title: (texts.find((text) => text.lang === reader.locale) ?? texts[0])?.title ?? "",
      reference: listing.reference ?? "",
      listingKind: listing.kind,
      dueOn: `${date}/${month}/${year}`,
      path: `/broker/reviews/${due.subjectId}`,
    };
    const common = {
      subjectKind: "listing",
      subjectId: listing.id,
      personId: reader.id,
      kind: "due-overdue",
      params,
      createdAt: ctx.clock.now(),
    };
    const eventId = onceId(`due-overdue:${day}`, due.id);
    const id = newId();
    await transact(ctx, async (tx) => {
      const claimed = await tx.due.updateMany({
        where: { id: due.id, state: "open", OR: [{ remindedOn: null }, { remindedOn: { lt: today } }] },
        data: { remindedOn: today },
      });
      if (claimed.count === 0) return ok();
      await tx.notice.createMany({ data: [{ ...common, id: newId(), eventId }], skipDuplicates: true });
      await tx.mail.createMany({
        data: [
          {
            ...common,
            id,
            dedupeKey: mailKey(eventId, reader.id),
            toAddress: reader.email,
            locale: reader.locale,
            messageId: messageIdOf(id, ctx.env.MAIL_FROM),
          },
        ],
        skipDuplicates: true,
      });
      reminded += 1;
      mailIds.push(id);
      return ok();
    });
  }
  return { reminded, mailIds };
}
