import { countMatches } from "~/modules/matching/index.server";
import type { Ctx, PersonActor } from "~/platform/context";
import type { WaitingItem } from "../domain/waiting";

export type OwnListings = {
  figures: { published: number; drafts: number; matches: number; interests: number };
  waiting: WaitingItem[];
};

/** Listings of a person's organisations: drafts, reviews, suggestions, interests either way, with whose move it is. */
export async function ownListings(ctx: Ctx, person: PersonActor): Promise<OwnListings> {
  const { db } = ctx;
  const organisationIds = person.memberships.map((m) => m.organisationId);
  const own = {
    OR: [{ organisationId: { in: organisationIds } }, { createdById: person.personId, organisationId: null }],
  };
  const [listings, interestsOnOurs, ourInterests] = await Promise.all([
    db.listing.findMany({
      where: { ...own, state: { in: ["draft", "submitted", "changes_requested", "published"] } },
      select: {
        id: true,
        state: true,
        kind: true,
        reference: true,
        draft: true,
        updatedAt: true,
        onBehalf: true,
        onBehalfConfirmedAt: true,
        versions: { orderBy: { number: "desc" }, take: 1, select: { texts: { select: { title: true }, take: 1 } } },
        reviews: { where: { state: "open" }, select: { id: true, submittedAt: true } },
      },
      orderBy: { updatedAt: "desc" },
      take: 200,
    }),
    db.interest.findMany({
      where: { listing: { organisationId: { in: organisationIds } }, state: "open" },
      select: { id: true, createdAt: true, kind: true, listing: { select: { id: true, reference: true } } },
    }),
    db.interest.findMany({
      where: {
        OR: [{ organisationId: { in: organisationIds } }, { organisationId: null, personId: person.personId }],
        state: "open",
      },
      select: { id: true, createdAt: true, listing: { select: { id: true, reference: true } } },
    }),
  ]);
  const [dues, matches] = await Promise.all([
    db.due.findMany({
      where: {
        state: "open",
        subjectId: {
          in: [
            ...listings.flatMap((l) => [l.id, ...l.reviews.map((r) => r.id)]),
            ...interestsOnOurs.map((i) => i.id),
            ...ourInterests.map((i) => i.id),
          ],
        },
      },
      select: { subjectId: true, dueOn: true, kind: true },
    }),
    countMatches(
      ctx,
      listings.filter((l) => l.state === "published").map((l) => l.id),
    ),
  ]);
  const dueOf = (kinds: string[], ...ids: string[]) =>
    dues.find((d) => kinds.includes(d.kind) && ids.includes(d.subjectId))?.dueOn ?? null;
  const titleOf = (l: (typeof listings)[number]) => {
    const typed = l.draft && typeof l.draft === "object" && !Array.isArray(l.draft) ? l.draft.title : undefined;
    return (typeof typed === "string" && typed) || l.versions[0]?.texts[0]?.title || "…";
  };

  const waiting: WaitingItem[] = [];
  const add = (item: WaitingItem) => waiting.push(item);
  for (const l of listings) {
    const base = {
      id: l.id,
      params: { title: titleOf(l), reference: l.reference ?? "" },
      to: `/my/listings/${l.id}`,
      since: l.updatedAt,
      dueOn: null,
    };
    if (l.onBehalf && !l.onBehalfConfirmedAt && l.state !== "draft")
      add({ ...base, id: `behalf-${l.id}`, key: "confirmOnBehalf", who: "you" });
    if (l.state === "draft" && !l.onBehalf)
      add({ ...base, key: "finishDraft", to: `/my/listings/${l.id}/edit`, who: "you" });
    if (l.state === "changes_requested") add({ ...base, key: "changesRequested", who: "you" });
    const review = l.reviews[0];
    if (review)
      add({
        ...base,
        key: "inReview",
        who: "broker",
        since: review.submittedAt,
        dueOn: dueOf(["review"], review.id, l.id),
      });
    const found = matches.get(l.id);
    if (found) {
      const params = { ...base.params, count: found.count };
      add({
        ...base,
        id: `match-${l.id}`,
        key: "matchesFound",
        params,
        to: `/my/listings/${l.id}/matches`,
        who: "you",
        since: found.newest,
      });
    }
  }
  for (const i of interestsOnOurs) {
    if (!i.listing) continue;
    add({
      id: i.id,
      key: i.kind === "can_solve" ? "interestReceived" : "questionReceived",
      params: { reference: i.listing.reference ?? "" },
      to: `/my/listings/${i.listing.id}`,
      who: "broker",
      since: i.createdAt,
      dueOn: dueOf(["interest"], i.id),
    });
  }
  for (const i of ourInterests) {
    add({
      id: `sent-${i.id}`,
      key: i.listing ? "interestSent" : "questionSent",
      params: { reference: i.listing?.reference ?? "" },
      to: `/interests/${i.id}`,
      who: "broker",
      since: i.createdAt,
      dueOn: dueOf(["interest"], i.id),
    });
  }
  return {
    figures: {
      published: listings.filter((l) => l.state === "published").length,
      drafts: listings.filter((l) => l.state === "draft").length,
      matches: [...matches.values()].reduce((sum, { count }) => sum + count, 0),
      interests: interestsOnOurs.length,
    },
    waiting,
  };
}
