import { type ChallengeFacts, challengeFacts, type ListingCard, listCards } from "~/modules/listings/index.server";
import { type Ctx, hasGrant } from "~/platform/context";

export type ChallengeAnswer = { interestId: string; name: string | null; at: Date };
export type Challenge = Omit<ChallengeFacts, "id" | "officeId"> & {
  card: ListingCard;
  /** organisations (or people) that said they can solve it */
  answers: number;
  /** who, for the Department only; null = not this reader's to know */
  answeredBy: ChallengeAnswer[] | null;
};

/** The province's challenges with how many can solve them; who they are is told to the office's brokers and leaders. */
export async function challenges(ctx: Ctx): Promise<Challenge[]> {
  const facts = await challengeFacts(ctx);
  const ids = facts.map(({ id }) => id);
  const [cards, answers] = await Promise.all([
    listCards(ctx, ids),
    ctx.db.interest.findMany({
      where: { listingId: { in: ids }, kind: "can_solve" },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, listingId: true, organisationId: true, personId: true, createdAt: true },
    }),
  ]);
  // another province's Department is a stranger here
  const { actor } = ctx;
  const ofDepartment = (officeId: string) => hasGrant(actor, "broker", "leader") && actor.officeId === officeId;
  const told = new Set(facts.filter(({ officeId }) => ofDepartment(officeId)).map(({ id }) => id));
  const names = await namesOf(
    ctx,
    answers.filter(({ listingId }) => listingId !== null && told.has(listingId)),
  );
  return facts.flatMap(({ id, officeId: _, ...fact }) => {
    const card = cards.find((one) => one.id === id);
    if (!card) return [];
    const mine = answers.filter(({ listingId }) => listingId === id);
    const answerers = new Map(mine.map((one) => [one.organisationId ?? one.personId, one]));
    return [
      {
        ...fact,
        card,
        answers: answerers.size,
        answeredBy: told.has(id)
          ? [...answerers].map(([who, { id: interestId, createdAt }]) => ({
              interestId,
              name: names.get(who) ?? null,
              at: createdAt,
            }))
          : null,
      },
    ];
  });
}

async function namesOf(
  ctx: Ctx,
  answers: { organisationId: string | null; personId: string }[],
): Promise<Map<string, string>> {
  const organisations = answers.flatMap(({ organisationId }) => organisationId ?? []);
  const people = answers.flatMap(({ organisationId, personId }) => (organisationId === null ? personId : []));
  const [named, persons] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: organisations } }, select: { id: true, nameVi: true } }),
    ctx.db.person.findMany({ where: { id: { in: people } }, select: { id: true, fullName: true } }),
  ]);
  return new Map([
    ...named.map(({ id, nameVi }) => [id, nameVi] as const),
    ...persons.map(({ id, fullName }) => [id, fullName] as const),
  ]);
}
