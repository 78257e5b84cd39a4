import type { Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { type StoryItem, tellStory } from "../domain/story";
import { mayWorkCases, visibleCases } from "../policy";

const LISTING = {
  id: true,
  reference: true,
  state: true,
  visibility: true,
  publishedVersion: {
    select: {
      contactName: true,
      contactPhone: true,
      contactEmail: true,
      texts: { select: { lang: true, title: true } },
    },
  },
} as const;
const ORGANISATION = {
  id: true,
  nameVi: true,
  nameEn: true,
  anonymous: true,
  state: true,
  _count: { select: { memberships: { where: { state: "active" as const } } } },
} as const;
const CASE = {
  id: true,
  title: true,
  origin: true,
  originNote: true,
  matchId: true,
  interestId: true,
  state: true,
  closeReason: true,
  closedAt: true,
  nextAction: true,
  nextActionOn: true,
  revision: true,
  provinceCode: true,
  communeCode: true,
  createdAt: true,
  brokerId: true,
  broker: { select: { id: true, fullName: true, phone: true, email: true } },
  need: { select: LISTING },
  offering: { select: LISTING },
  match: { select: { id: true, needId: true, score: true } },
  parties: {
    select: {
      id: true,
      side: true,
      contactName: true,
      contactPhone: true,
      contactEmail: true,
      organisation: { select: ORGANISATION },
    },
  },
  notes: { select: { id: true, kind: true, body: true, byId: true, toBrokerId: true, at: true } },
  introductions: {
    orderBy: { proposedAt: "desc" as const },
    select: {
      id: true,
      state: true,
      replyBy: true,
      message: true,
      proposedAt: true,
      settledAt: true,
      sides: {
        select: {
          id: true,
          side: true,
          state: true,
          channel: true,
          answeredAt: true,
          answeredById: true,
          remindedOn: true,
          reasonCode: true,
          note: true,
          cooperation: true,
          unclear: true,
          about: true,
          organisation: { select: ORGANISATION },
        },
      },
    },
  },
} as const;

/**
 * A case whole: parties with whom to call, introductions with each side's answer, what happens next, and the story so far.
 * Brokers of the office; its leaders read. Null when absent or not theirs.
 */
export async function viewCase(ctx: Ctx, id: string) {
  if (!isId(id)) return null;
  const row = await ctx.db.brokerCase.findFirst({ where: { AND: [{ id }, visibleCases(ctx.actor)] }, select: CASE });
  if (!row) return null;
  const entries = await ctx.db.auditEntry.findMany({
    where: {
      OR: [
        { subjectKind: "case", subjectId: id },
        { subjectKind: "introduction", subjectId: { in: row.introductions.map((one) => one.id) } },
      ],
    },
    orderBy: { seq: "asc" },
    select: {
      id: true,
      at: true,
      seq: true,
      action: true,
      actorId: true,
      onBehalfOfId: true,
      before: true,
      after: true,
    },
  });
  const answered = row.introductions.flatMap((one) => one.sides.flatMap((side) => side.answeredById ?? []));
  const people = await ctx.db.person.findMany({
    where: {
      id: {
        in: [
          ...entries.flatMap((entry) => [entry.actorId, entry.onBehalfOfId]),
          ...row.notes.flatMap((note) => [note.byId, note.toBrokerId]),
          ...answered,
        ].flatMap((one) => one ?? []),
      },
    },
    select: { id: true, fullName: true },
  });
  const works = mayWorkCases(ctx.actor);
  const names = new Map(people.map((person) => [person.id, person.fullName]));
  const nameOf = (personId: string | null) => (personId ? (names.get(personId) ?? null) : null);
  const story: StoryItem[] = tellStory(entries, row.notes, nameOf);
  const organisation = (one: (typeof row.parties)[number]["organisation"]) => ({
    id: one.id,
    name: displayName(one, ctx.locale),
    anonymous: one.anonymous,
    members: one._count.memberships,
  });
  const listing = (one: typeof row.need) => {
    const texts = one?.publishedVersion?.texts ?? [];
    const text = texts.find((candidate) => candidate.lang === ctx.locale) ?? texts[0];
    if (!one) return null;
    const { contactName, contactPhone, contactEmail } = one.publishedVersion ?? {
      contactName: null,
      contactPhone: null,
      contactEmail: null,
    };
    const contact = works ? { name: contactName, phone: contactPhone, email: contactEmail } : null;
    return {
      id: one.id,
      reference: one.reference,
      state: one.state,
      visibility: one.visibility,
      title: text?.title ?? one.reference ?? "…",
      contact,
    };
  };
  const listings: Record<Side, ReturnType<typeof listing>> = {
    need: listing(row.need),
    offering: listing(row.offering),
  };
  const today = dateOnly(localDay(ctx.clock.now()));
  const introductions = row.introductions.map(({ sides, ...one }) => ({
    ...one,
    overdue: one.state === "proposed" && one.replyBy < today,
    sides: sides.map(({ answeredById, organisation: of, ...side }) => ({
      ...side,
      answeredBy: nameOf(answeredById),
      organisation: organisation(of),
    })),
  }));
  const { notes: _notes, need: _need, offering: _offering, parties, ...facts } = row;
  const live = introductions.find((one) => one.state === "proposed") ?? null;
  const accepted = introductions.find((one) => one.state === "accepted") ?? null;
  const open = row.state === "open";
  return {
    ...facts,
    listings,
    // contacts are for those who call; a leader reads the story without them
    parties: parties.map(({ organisation: of, contactName, contactPhone, contactEmail, ...party }) => ({
      ...party,
      organisation: organisation(of),
      contact: works ? { name: contactName, phone: contactPhone, email: contactEmail } : null,
    })),
    introductions,
    story,
    overdue: open && row.nextActionOn !== null && row.nextActionOn < today,
    today,
    may: {
      work: works,
      edit: works && open,
      propose: works && open && !live && !accepted && parties.length === 2,
      moveParties: works && open && !live && !accepted,
      close: works && open && !live,
    },
  };
}
export type CaseView = NonNullable<Awaited<ReturnType<typeof viewCase>>>;
