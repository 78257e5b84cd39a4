import type { Locale } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { MailTemplate } from "../domain/render-mail";

/** What is overdue, for the broker who has to act; words hold titles and names a broker may see. */
export type Overdue = {
  template: MailTemplate;
  subjectKind: string;
  subjectId: string;
  path: string;
  organisationId: string | null;
  /** who looks after the subject, when the deadline names nobody */
  brokerId: string | null;
  words: (locale: Locale) => Record<string, string>;
};

type Text = { lang: Locale; title: string };
const titleIn = (texts: readonly Text[], locale: Locale): string =>
  (texts.find((text) => text.lang === locale) ?? texts[0])?.title ?? "";
const TEXTS = { select: { title: true, lang: true } } as const;

/** Deadlines of brokers that are reminded of day by day; null when what was due is no longer open. */
export const OVERDUE: Record<string, (ctx: Ctx, subjectId: string) => Promise<Overdue | null>> = {
  review: ofReview,
  interest: ofInterest,
  "minutes.write": ofMinutes,
  "outcome.resolve": ofOutcome,
};

async function ofReview(ctx: Ctx, id: string): Promise<Overdue | null> {
  const review = await ctx.db.review.findFirst({
    where: { id, state: "open" },
    select: {
      listing: { select: { id: true, kind: true, reference: true, organisationId: true, brokerId: true } },
      version: { select: { texts: TEXTS } },
    },
  });
  if (!review) return null;
  const { listing, version } = review;
  return {
    template: "due-overdue",
    subjectKind: "listing",
    subjectId: listing.id,
    path: `/broker/reviews/${id}`,
    organisationId: listing.organisationId,
    brokerId: listing.brokerId,
    words: (locale) => ({
      title: titleIn(version.texts, locale),
      reference: listing.reference ?? "",
      listingKind: listing.kind,
    }),
  };
}

async function ofInterest(ctx: Ctx, id: string): Promise<Overdue | null> {
  const interest = await ctx.db.interest.findFirst({
    where: { id, state: "open" },
    select: {
      brokerId: true,
      person: { select: { fullName: true } },
      organisationId: true,
      organisation: { select: { nameVi: true, nameEn: true } },
      listing: {
        select: {
          reference: true,
          organisationId: true,
          brokerId: true,
          publishedVersion: { select: { texts: TEXTS } },
        },
      },
    },
  });
  if (!interest) return null;
  const { listing, organisation, person } = interest;
  const asker = (locale: Locale) =>
    (locale === "en" ? organisation?.nameEn : null) ?? organisation?.nameVi ?? person.fullName;
  if (!listing)
    return {
      template: "search-question-overdue",
      subjectKind: "interest",
      subjectId: id,
      path: "/broker/interests",
      organisationId: interest.organisationId,
      brokerId: interest.brokerId,
      words: (locale) => ({ organisation: asker(locale) }),
    };
  return {
    template: "interest-overdue",
    subjectKind: "interest",
    subjectId: id,
    path: "/broker/interests",
    organisationId: listing.organisationId,
    brokerId: interest.brokerId ?? listing.brokerId,
    words: (locale) => ({
      title: titleIn(listing.publishedVersion?.texts ?? [], locale),
      reference: listing.reference ?? "",
      organisation: asker(locale),
    }),
  };
}

async function ofMinutes(ctx: Ctx, id: string): Promise<Overdue | null> {
  const meeting = await ctx.db.meeting.findFirst({
    where: { id, state: "held" },
    select: { session: { select: { title: true, ownerId: true } }, case: { select: { title: true } } },
  });
  if (!meeting) return null;
  return {
    template: "minutes-overdue",
    subjectKind: "meeting",
    subjectId: id,
    path: `/broker/meetings/${id}/minutes`,
    organisationId: null,
    brokerId: meeting.session.ownerId,
    words: () => ({ title: meeting.case.title, session: meeting.session.title }),
  };
}

async function ofOutcome(ctx: Ctx, id: string): Promise<Overdue | null> {
  const question = await ctx.db.outcomeQuestion.findFirst({
    where: { id, conflict: true, resolvedAt: null },
    select: { caseId: true },
  });
  const file = question && (await ctx.db.brokerCase.findUnique({ where: { id: question.caseId } }));
  if (!file) return null;
  return {
    template: "outcome-overdue",
    subjectKind: "outcome-question",
    subjectId: id,
    path: "/broker/outcomes",
    organisationId: null,
    brokerId: file.brokerId,
    words: () => ({ title: file.title }),
  };
}
