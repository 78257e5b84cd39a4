import { brokerFor } from "~/modules/accounts/index.server";
import { openIntroductionsOf } from "~/modules/brokering/index.server";
import { countMatches } from "~/modules/matching/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { byUrgency, type WaitingItem } from "../domain/waiting";

export type MemberHome = {
  broker: { fullName: string; phone: string | null; email: string } | null;
  organisations: { id: string; name: string; state: string; role: string }[];
  waiting: WaitingItem[];
  figures: { published: number; drafts: number; matches: number; interests: number };
};

/**
 * What waits for a person and their organisations: whose move it is and when the next step is due.
 * Reads own organisations' rows only. Null for anybody who is not signed in.
 */
export async function memberHome(ctx: Ctx): Promise<MemberHome | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor)) return null;
  const person = actor;
  const organisationIds = person.memberships.map((m) => m.organisationId);
  const managed = person.memberships.filter((m) => m.role === "manager").map((m) => m.organisationId);
  const own = {
    OR: [{ organisationId: { in: organisationIds } }, { createdById: person.personId, organisationId: null }],
  };

  const [memberships, claims, joinRequests, listings, interestsOnOurs, ourInterests] = await Promise.all([
    db.membership.findMany({
      where: { personId: person.personId, state: { in: ["active", "requested"] } },
      select: {
        state: true,
        role: true,
        createdAt: true,
        organisation: { select: { id: true, nameVi: true, state: true, createdAt: true } },
      },
    }),
    db.organisationClaim.findMany({
      where: { personId: person.personId, state: "pending" },
      select: { id: true, createdAt: true, organisation: { select: { id: true, nameVi: true } } },
    }),
    db.membership.findMany({
      where: { organisationId: { in: managed }, state: "requested" },
      select: {
        id: true,
        createdAt: true,
        organisationId: true,
        person: { select: { fullName: true } },
        organisation: { select: { nameVi: true } },
      },
    }),
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
      where: { organisationId: { in: organisationIds }, state: "open" },
      select: { id: true, createdAt: true, listing: { select: { id: true, reference: true } } },
    }),
  ]);

  const dues = await db.due.findMany({
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
  });
  const dueOf = (kinds: string[], ...ids: string[]) =>
    dues.find((d) => kinds.includes(d.kind) && ids.includes(d.subjectId))?.dueOn ?? null;
  const titleOf = (l: (typeof listings)[number]) => {
    const typed = l.draft && typeof l.draft === "object" && !Array.isArray(l.draft) ? l.draft.title : undefined;
    return (typeof typed === "string" && typed) || l.versions[0]?.texts[0]?.title || "…";
  };

  const waiting: WaitingItem[] = [];
  const add = (item: WaitingItem) => waiting.push(item);
  if (memberships.length === 0 && claims.length === 0) {
    add({
      id: "organisation",
      key: "noOrganisation",
      params: {},
      to: "/organisations/new",
      who: "you",
      since: ctx.clock.now(),
      dueOn: null,
    });
  }
  for (const m of memberships) {
    const { organisation } = m;
    const base = { params: { name: organisation.nameVi }, to: `/organisations/${organisation.id}`, dueOn: null };
    if (m.state === "requested")
      add({ ...base, id: `join-${organisation.id}`, key: "joinWaiting", who: "colleague", since: m.createdAt });
    else if (organisation.state === "pending")
      add({
        ...base,
        id: `org-${organisation.id}`,
        key: "organisationPending",
        who: "broker",
        since: organisation.createdAt,
      });
    else if (organisation.state === "rejected")
      add({
        ...base,
        id: `org-${organisation.id}`,
        key: "organisationRejected",
        who: "you",
        since: organisation.createdAt,
      });
  }
  for (const c of claims) {
    add({
      id: c.id,
      key: "claimWaiting",
      params: { name: c.organisation.nameVi },
      to: `/organisations/${c.organisation.id}`,
      who: "broker",
      since: c.createdAt,
      dueOn: null,
    });
  }
  for (const j of joinRequests) {
    add({
      id: j.id,
      key: "joinToDecide",
      params: { person: j.person.fullName, name: j.organisation.nameVi },
      to: `/organisations/${j.organisationId}`,
      who: "you",
      since: j.createdAt,
      dueOn: null,
    });
  }
  const matches = await countMatches(
    ctx,
    listings.filter((l) => l.state === "published").map((l) => l.id),
  );
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
  for (const i of await openIntroductionsOf(ctx)) {
    const key = i.title === null ? "Untitled" : "";
    add({
      id: `introduction-${i.introductionId}`,
      key: `${i.myMove ? "introductionToAnswer" : "introductionWaiting"}${key}`,
      params: { title: i.title ?? "" },
      to: `/introductions/${i.introductionId}`,
      who: i.myMove ? "you" : "broker",
      since: i.proposedAt,
      dueOn: i.replyBy,
    });
  }
  for (const i of interestsOnOurs) {
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
      key: "interestSent",
      params: { reference: i.listing.reference ?? "" },
      to: `/listings/${i.listing.reference ?? i.listing.id}`,
      who: "broker",
      since: i.createdAt,
      dueOn: dueOf(["interest"], i.id),
    });
  }

  return {
    broker: await brokerFor(ctx, organisationIds[0] ?? null),
    organisations: memberships
      .filter((m) => m.state === "active")
      .map((m) => ({ id: m.organisation.id, name: m.organisation.nameVi, state: m.organisation.state, role: m.role })),
    waiting: waiting.sort(byUrgency),
    figures: {
      published: listings.filter((l) => l.state === "published").length,
      drafts: listings.filter((l) => l.state === "draft").length,
      matches: [...matches.values()].reduce((sum, { count }) => sum + count, 0),
      interests: interestsOnOurs.length,
    },
  };
}
