import { type ensureDemoAccounts, personActor } from "~/modules/accounts/index.server";
import {
  approveListing,
  expireListings,
  markChallenge,
  rejectListing,
  requestChanges,
  saveDraft,
  startDraft,
  submitListing,
  withdrawListing,
} from "~/modules/listings/index.server";
import { readDraft } from "~/modules/listings/schemas";
import { actingAs, type Ctx } from "~/platform/context";
import { fixedClock, localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import * as texts from "./demo-texts";

type Accounts = Awaited<ReturnType<typeof ensureDemoAccounts>>;
type Who = "enterprise" | "institute" | "researcher" | "broker" | "secondBroker";
type Step = "submit" | "approve" | "changes" | "reject" | "withdraw" | "challenge";
type DemoListing = {
  key: string;
  kind: "need" | "offering";
  /** whose listing it is */
  owner: "enterprise" | "institute";
  onBehalf?: boolean;
  /** a member writes it: sending it asks the organisation's office */
  writer?: "researcher";
  text: texts.DemoText;
  /** days before today on which it was drafted; later steps follow on the next days, none later than today */
  daysAgo: number;
  steps: Step[];
};

/** One listing at each stage. All owners are the demo organisations, whose names end with "(demo)". */
const LISTINGS: DemoListing[] = [
  {
    key: "expired-need",
    kind: "need",
    owner: "enterprise",
    text: texts.DRYING_NEED,
    daysAgo: 90,
    steps: ["submit", "approve"],
  },
  {
    key: "published-need",
    kind: "need",
    owner: "enterprise",
    text: texts.MINE_WATER_NEED,
    daysAgo: 21,
    steps: ["submit", "approve", "challenge"],
  },
  {
    key: "published-offering",
    kind: "offering",
    owner: "institute",
    text: texts.MANGANESE_OFFERING,
    daysAgo: 18,
    steps: ["submit", "approve"],
  },
  {
    key: "second-need",
    kind: "need",
    owner: "enterprise",
    text: texts.FLOAT_NEED,
    daysAgo: 12,
    steps: ["submit", "approve"],
  },
  {
    key: "second-offering",
    kind: "offering",
    owner: "institute",
    text: texts.DRYER_OFFERING,
    daysAgo: 11,
    steps: ["submit", "approve"],
  },
  {
    key: "withdrawn-need",
    kind: "need",
    owner: "enterprise",
    text: texts.TOUR_WITHDRAWN,
    daysAgo: 10,
    steps: ["submit", "approve", "withdraw"],
  },
  {
    key: "rejected-offering",
    kind: "offering",
    owner: "institute",
    text: texts.SCALE_REJECTED,
    daysAgo: 9,
    steps: ["submit", "reject"],
  },
  {
    key: "blind-need",
    kind: "need",
    owner: "enterprise",
    text: texts.STORAGE_NEED,
    daysAgo: 8,
    steps: ["submit", "approve"],
  },
  {
    key: "on-behalf-need",
    kind: "need",
    owner: "enterprise",
    onBehalf: true,
    text: texts.SHRIMP_NEED,
    daysAgo: 5,
    steps: ["submit", "approve"],
  },
  {
    key: "changes-need",
    kind: "need",
    owner: "enterprise",
    text: texts.MAINTENANCE_NEED,
    daysAgo: 4,
    steps: ["submit", "changes"],
  },
  { key: "submitted-need", kind: "need", owner: "enterprise", text: texts.TRACE_NEED, daysAgo: 1, steps: ["submit"] },
  {
    key: "submitted-offering",
    kind: "offering",
    owner: "institute",
    text: texts.EXTRACT_OFFERING,
    daysAgo: 1,
    steps: ["submit"],
  },
  {
    key: "office-offering",
    kind: "offering",
    owner: "institute",
    writer: "researcher",
    text: texts.BIOCHAR_OFFERING,
    daysAgo: 2,
    steps: ["submit"],
  },
  { key: "draft-need", kind: "need", owner: "enterprise", text: texts.DUST_DRAFT, daysAgo: 0, steps: [] },
  { key: "draft-offering", kind: "offering", owner: "institute", text: texts.LANDSLIDE_DRAFT, daysAgo: 0, steps: [] },
];

/** A broker's answers that let a listing through. */
const CLEAN = {
  listStatus: "none",
  owner: "proven",
  contactsSeen: true,
  obsolete: { tenYears: "no", lowCapacity: "no", abandoned: "no" },
};
const DAY_MS = 86_400_000;

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(
    `The demo listings could not be made: ${what}: ${result.code} ${JSON.stringify(result.fields ?? result.params ?? {})}`,
  );
}

/** dd/mm/yyyy, as the form takes it. */
function typedDay(date: Date): string {
  return localDay(date).split("-").reverse().join("/");
}

/** The same context in another person's name, some days ago, under a request id by which a second run knows it was done. */
export type DemoActing = (who: Who, daysAgo: number, requestId: string) => Promise<Ctx>;

export function demoActing(ctx: Ctx, accounts: Accounts): DemoActing {
  const ids: Record<Who, string> = {
    enterprise: accounts.enterprise.personId,
    institute: accounts.institute.personId,
    researcher: accounts.researcherId,
    broker: accounts.brokerId,
    secondBroker: accounts.secondBrokerId,
  };
  return async (who, daysAgo, requestId) => {
    const clock = daysAgo > 0 ? fixedClock(new Date(ctx.clock.now().getTime() - daysAgo * DAY_MS)) : ctx.clock;
    return actingAs({ ...ctx, clock, requestId, locale: "vi" }, await personActor(ctx, ids[who]));
  };
}

/** What earlier runs did: request id → the thing it was done to. Audit rows commit with the change, so they are exact. */
export async function demoDone(ctx: Ctx): Promise<Map<string, string>> {
  const rows = await ctx.db.auditEntry.findMany({
    where: { requestId: { startsWith: "demo." } },
    select: { requestId: true, subjectId: true },
    orderBy: { seq: "asc" },
  });
  const done = new Map<string, string>();
  for (const { requestId, subjectId } of rows) if (requestId && !done.has(requestId)) done.set(requestId, subjectId);
  return done;
}

/**
 * Listings at every stage of the journey for the two demo organisations, through the same commands people use. Safe to
 * run again, also after it was broken off: each step is done once, and what visitors of the demo changed stays.
 */
export async function seedDemoListings(
  ctx: Ctx,
  accounts: Accounts,
): Promise<{ created: number; known: number; ids: Map<string, string> }> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  const ids = new Map<string, string>();
  let created = 0;
  for (const listing of LISTINGS) {
    const known = done.get(`demo.${listing.key}.draft`);
    const id = await ensureDraft(listing, accounts, acting, known);
    ids.set(listing.key, id);
    if (!known) created++;
    for (const [index, step] of listing.steps.entries()) {
      const requestId = `demo.${listing.key}.${step}`;
      if (done.has(requestId)) continue;
      await take(step, id, listing, acting, Math.max(0, listing.daysAgo - index - 1), requestId);
    }
  }
  await expireListings(ctx);
  return { created, known: LISTINGS.length - created, ids };
}

async function ensureDraft(
  listing: DemoListing,
  accounts: Accounts,
  acting: DemoActing,
  known: string | undefined,
): Promise<string> {
  const writer = listing.onBehalf ? "broker" : (listing.writer ?? listing.owner);
  const ctx = await acting(writer, listing.daysAgo, `demo.${listing.key}.draft`);
  const organisationId = accounts[listing.owner].organisationId;
  const listingId =
    known ??
    must(await startDraft(ctx, { kind: listing.kind, organisationId, onBehalf: listing.onBehalf }), listing.key)
      .listingId;
  const row = await ctx.db.listing.findUniqueOrThrow({
    where: { id: listingId },
    select: { draft: true, draftRevision: true, state: true },
  });
  if (row.state === "draft" && row.draftRevision === 0) {
    const { lines, neededInDays, expiresInDays, ...typed } = listing.text;
    const inDays = (days: number) => typedDay(new Date(ctx.clock.now().getTime() + days * DAY_MS));
    const values = {
      ...readDraft(row.draft),
      ...typed,
      lines: (lines ?? []).map((line) => ({ must: "must", condition: "", ...line })),
      ...(neededInDays ? { neededBy: inDays(neededInDays) } : {}),
      ...(expiresInDays ? { expiresOn: inDays(expiresInDays) } : {}),
    };
    must(await saveDraft(ctx, { listingId, revision: 0, values }), listing.key);
  }
  return listingId;
}

async function take(
  step: Step,
  listingId: string,
  listing: DemoListing,
  acting: DemoActing,
  daysAgo: number,
  requestId: string,
): Promise<void> {
  const what = `${listing.key}: ${step}`;
  const owner = await acting(listing.onBehalf ? "broker" : (listing.writer ?? listing.owner), daysAgo, requestId);
  if (step === "submit") {
    const { draftRevision: revision } = await owner.db.listing.findUniqueOrThrow({
      where: { id: listingId },
      select: { draftRevision: true },
    });
    must(await submitListing(owner, { listingId, revision }), what);
    return;
  }
  if (step === "withdraw") return must(await withdrawListing(owner, { listingId }), what);
  const broker = await acting("broker", daysAgo, requestId);
  if (step === "challenge") return must(await markChallenge(broker, { listingId, on: true }), what);
  const review = await broker.db.review.findFirst({ where: { listingId, state: "open" }, select: { id: true } });
  // somebody in the demo decided it before this run could
  if (!review) return;
  const decision = { reviewId: review.id };
  if (step === "approve") {
    // nobody approves alone what they posted for an organisation
    const approver = listing.onBehalf ? await acting("secondBroker", daysAgo, requestId) : broker;
    must(await approveListing(approver, { ...decision, checklist: CLEAN }), what);
  }
  if (step === "changes") {
    const note =
      "Đề nghị Quý đơn vị nêu con số: mỗi tháng dừng máy bao nhiêu giờ, mong muốn giảm còn bao nhiêu, số động cơ và hộp số cần theo dõi.";
    must(await requestChanges(broker, { ...decision, reasonCode: "parameters_missing", note }), what);
  }
  if (step === "reject") {
    const note =
      "Tin chỉ bán thiết bị, không kèm bí quyết, quy trình hay giải pháp công nghệ nên không thuộc phạm vi của sàn.";
    must(await rejectListing(broker, { ...decision, reasonCode: "equipment_only", note }), what);
  }
}
