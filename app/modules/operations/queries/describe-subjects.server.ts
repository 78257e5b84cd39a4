import { visibleTo } from "~/modules/listings/index.server";
import { type Ctx, hasGrant } from "~/platform/context";

export type SubjectRef = { kind: string; id: string };
/** A thing an event, a job or a mail is about, as far as this reader may know it. */
export type Subject = SubjectRef & {
  /** listing's or deal's public number */
  reference: string | null;
  /** only for who may see the thing itself */
  title: string | null;
  /** page of it that this reader may open */
  to: string | null;
};

/**
 * Says what these things are. Whoever may not see one learns its kind and its public number and nothing else.
 * @returns by id; what is gone is missing
 */
export async function describeSubjects(ctx: Ctx, refs: readonly SubjectRef[]): Promise<Map<string, Subject>> {
  const idsOf = (kind: string) => [...new Set(refs.filter((ref) => ref.kind === kind).map((ref) => ref.id))];
  const broker = hasGrant(ctx.actor, "broker");
  const reader = hasGrant(ctx.actor, "broker", "leader");
  const dealReader = hasGrant(ctx.actor, "broker", "leader", "registrar");
  const found = await Promise.all([
    listings(ctx, idsOf("listing"), broker),
    cases(ctx, idsOf("case"), reader),
    introductions(ctx, idsOf("introduction"), reader),
    meetings(ctx, idsOf("meeting"), reader),
    deals(ctx, idsOf("deal"), dealReader),
    organisations(ctx, idsOf("organisation"), broker),
    questions(ctx, idsOf("outcome-question"), reader),
  ]);
  const known = new Map(found.flat().map((one) => [one.id, one]));
  for (const { kind, id } of refs)
    if (!known.has(id)) known.set(id, { kind, id, reference: null, title: null, to: null });
  return known;
}

async function listings(ctx: Ctx, ids: string[], broker: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const now = ctx.clock.now();
  const [rows, seen] = await Promise.all([
    ctx.db.listing.findMany({ where: { id: { in: ids } }, select: { id: true, reference: true, state: true } }),
    ctx.db.listing.findMany({
      where: { AND: [{ id: { in: ids } }, visibleTo(ctx.actor, now)] },
      select: {
        id: true,
        reference: true,
        publishedVersion: { select: { texts: { select: { lang: true, title: true } } } },
      },
    }),
  ]);
  const visible = new Map(seen.map((row) => [row.id, row]));
  return rows.map(({ id, reference }) => {
    const texts = visible.get(id)?.publishedVersion?.texts ?? [];
    const page = broker ? `/broker/listings/${id}` : `/listings/${reference}`;
    return {
      kind: "listing",
      id,
      reference,
      title: (texts.find((text) => text.lang === ctx.locale) ?? texts[0])?.title ?? null,
      to: reference && visible.has(id) ? page : null,
    };
  });
}

async function cases(ctx: Ctx, ids: string[], reader: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.brokerCase.findMany({ where: { id: { in: ids } }, select: { id: true, title: true } });
  return rows.map(({ id, title }) => caseSubject("case", id, id, reader ? title : null));
}

const caseSubject = (kind: string, id: string, caseId: string, title: string | null): Subject => ({
  kind,
  id,
  reference: null,
  title,
  to: title === null ? null : `/broker/cases/${caseId}`,
});

async function introductions(ctx: Ctx, ids: string[], reader: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.introduction.findMany({
    where: { id: { in: ids } },
    select: { id: true, case: { select: { id: true, title: true } } },
  });
  return rows.map((row) => caseSubject("introduction", row.id, row.case.id, reader ? row.case.title : null));
}

async function meetings(ctx: Ctx, ids: string[], reader: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.meeting.findMany({
    where: { id: { in: ids } },
    select: { id: true, case: { select: { title: true } } },
  });
  return rows.map(({ id, case: { title } }) => ({
    kind: "meeting",
    id,
    reference: null,
    title: reader ? title : null,
    to: reader ? `/broker/meetings/${id}` : null,
  }));
}

async function deals(ctx: Ctx, ids: string[], reader: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.deal.findMany({
    where: { id: { in: ids } },
    select: { id: true, reference: true, title: true },
  });
  return rows.map(({ id, reference, title }) => ({
    kind: "deal",
    id,
    reference,
    title: reader ? title : null,
    to: reader ? `/deals/${id}` : null,
  }));
}

async function organisations(ctx: Ctx, ids: string[], broker: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.organisation.findMany({
    where: { id: { in: ids } },
    select: { id: true, nameVi: true, nameEn: true },
  });
  return rows.map(({ id, nameVi, nameEn }) => ({
    kind: "organisation",
    id,
    reference: null,
    title: broker ? ((ctx.locale === "en" ? nameEn : null) ?? nameVi) : null,
    to: broker ? `/broker/organisations/${id}` : null,
  }));
}

async function questions(ctx: Ctx, ids: string[], reader: boolean): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.outcomeQuestion.findMany({
    where: { id: { in: ids } },
    select: { id: true, caseId: true },
  });
  const titles = await ctx.db.brokerCase.findMany({
    where: { id: { in: rows.map((row) => row.caseId) } },
    select: { id: true, title: true },
  });
  const titleOf = new Map(titles.map((one) => [one.id, one.title]));
  return rows.map((row) =>
    caseSubject("outcome-question", row.id, row.caseId, reader ? (titleOf.get(row.caseId) ?? null) : null),
  );
}
