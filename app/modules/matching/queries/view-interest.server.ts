import { brokerFor, displayName } from "~/modules/accounts/index.server";
import { listCards } from "~/modules/listings/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { askedSchema } from "../schemas";

/**
 * What an organisation or a person sent the broker, and what came of it: for its members or the person. Null when absent or
 * not theirs. The listing is told only as far as they may still see it.
 */
export async function viewInterest(ctx: Ctx, id: string) {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await db.interest.findFirst({
    where: {
      id,
      OR: [
        { organisationId: { in: actor.memberships.map((membership) => membership.organisationId) } },
        { organisationId: null, personId: actor.personId },
      ],
    },
    select: {
      id: true,
      kind: true,
      state: true,
      message: true,
      asked: true,
      answer: true,
      createdAt: true,
      answeredAt: true,
      answeredById: true,
      personId: true,
      listingId: true,
      organisationId: true,
      organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
      case: { select: { id: true, broker: { select: { fullName: true, phone: true, email: true } } } },
    },
  });
  if (!row) return null;
  const [cards, people, due, broker] = await Promise.all([
    row.listingId ? listCards(ctx, [row.listingId]) : [],
    db.person.findMany({
      where: { id: { in: [row.personId, row.answeredById ?? row.personId] } },
      select: { id: true, fullName: true },
    }),
    db.due.findFirst({ where: { subjectKind: "interest", subjectId: id, state: "open" }, select: { dueOn: true } }),
    row.case ? null : brokerFor(ctx, row.organisationId),
  ]);
  const nameOf = (personId: string | null) => people.find((person) => person.id === personId)?.fullName ?? null;
  const looksAfter = row.case?.broker ?? broker;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    message: row.message,
    answer: row.answer,
    createdAt: row.createdAt,
    answeredAt: row.answeredAt,
    dueOn: due?.dueOn ?? null,
    organisation: row.organisation ? displayName(row.organisation, ctx.locale) : null,
    aboutListing: row.listingId !== null,
    asked: row.asked === null ? null : askedSchema.parse(row.asked),
    sentBy: nameOf(row.personId),
    answeredBy: nameOf(row.answeredById),
    /** the broker has opened a case from it */
    takenUp: row.case !== null,
    listing: cards[0] ?? null,
    broker: looksAfter && { name: looksAfter.fullName, phone: looksAfter.phone, email: looksAfter.email },
  };
}
export type InterestOfMine = NonNullable<Awaited<ReturnType<typeof viewInterest>>>;
