import {
  addressOf,
  approveListing,
  grantAccess,
  type Submitted,
  saveDraft,
  startDraft,
  submitListing,
} from "~/modules/listings/index.server";
import { type Draft, readDraft, type TypedChecklist } from "~/modules/listings/schemas";
import type { Ctx, PersonActor } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { localDay } from "~/platform/ports/clock";
import { ok } from "~/platform/result";
import { seedReferenceData } from "../../prisma/seed/reference-data";
import type { TestWorld } from "../setup/harness";
import { makeBroker, makeOrganisation, must } from "./people";

/** Needs and offerings for tests, made by the real commands. */

export type ListingKind = "need" | "offering";
export type DraftOver = Partial<Draft>;
export type ListingOptions = {
  /** fields over a complete draft */
  draft?: DraftOver;
  /** who writes it; default: the manager of a new verified organisation */
  owner?: { organisationId: string; manager: PersonActor };
  broker?: PersonActor;
  onBehalf?: boolean;
};
export type MadeListing = { listingId: string; organisationId: string; owner: PersonActor; broker: PersonActor };

const seeded = new WeakMap<TestWorld, Promise<unknown>>();
let serial = 0;

/** Sectors, rules and calendar, once per world. */
export async function withReferenceData(world: TestWorld): Promise<void> {
  const running = seeded.get(world) ?? seedReferenceData(world.system);
  seeded.set(world, running);
  await running;
}

function inMonths(world: TestWorld, months: number): string {
  const [year = 0, month = 1] = localDay(world.clock.now()).split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1 + months, 15));
  return `15/${String(date.getUTCMonth() + 1).padStart(2, "0")}/${date.getUTCFullYear()}`;
}

/** A complete draft of this kind, as typed by a person; `over` replaces fields. */
export function completeDraft(world: TestWorld, kind: ListingKind, over: DraftOver = {}): Draft {
  const number = ++serial;
  const both = {
    lang: "vi",
    sectorMain: "NNC-01",
    keywords: "thử nghiệm, chế biến",
    provinceCode: "22",
    communeCode: "06652",
    visibility: "public",
    contactName: "Đầu mối thử nghiệm",
    contactPhone: "0203 555 6666",
    contactEmail: "dau-moi@example.invalid",
    expiresOn: inMonths(world, 5),
  };
  const need = {
    title: `Cần hệ thống xử lý nước thải số ${number}`,
    description: "Nước thải chế biến vượt quy chuẩn vào mùa cao điểm.",
    currentTechnology: "Bể lắng đầu tư năm 2015, công suất 100 m³/ngày.",
    lines: [
      { name: "Công suất", comparison: "gte", value: "240", unit: "m³/ngày", must: "must", condition: "" },
      { name: "COD sau xử lý", comparison: "lte", value: "75", unit: "mg/l", must: "nice", condition: "" },
    ],
    needTypes: ["buy_technology"],
    funding: ["own"],
    moneyMin: "1,25 tỷ",
    moneyMax: "2 tỷ",
    neededBy: inMonths(world, 8),
  };
  const offering = {
    title: `Công nghệ xử lý nước thải MBR số ${number}`,
    summary: "Xử lý nước thải chế biến bằng màng, mô-đun hóa.",
    description: "Bể hiếu khí kết hợp màng sợi rỗng, điều khiển tự động.",
    problemSolved: "Nước thải vượt quy chuẩn.",
    advantages: "Chiếm ít diện tích, bùn ít hơn 30 %.",
    referenceSites: "Một nhà máy chế biến, năm 2024.",
    lines: [{ name: "Công suất", comparison: "between", value: "5 – 20", unit: "m³/h", must: "", condition: "20 °C" }],
    trl: "8",
    objects: ["process_solution"],
    forms: ["standalone"],
    methods: ["documents", "training"],
    rights: ["non_exclusive_licence"],
    ipType: "patent",
    ipStatus: "granted",
    ipNumber: "1-0012345",
    owners: [{ type: "institute", name: "Đơn vị sở hữu thử nghiệm", share: "100" }],
    priceModel: "range",
    moneyMin: "800 triệu",
    moneyMax: "1,5 tỷ",
  };
  return readDraft({ ...both, ...(kind === "need" ? need : offering), ...over });
}

/** A saved draft; returns its revision too. */
export async function aDraft(
  world: TestWorld,
  kind: ListingKind,
  options: ListingOptions = {},
): Promise<MadeListing & { revision: number }> {
  await withReferenceData(world);
  const broker = options.broker ?? (await makeBroker(world));
  const { organisationId, manager } = options.owner ?? (await makeOrganisation(world, { broker }));
  const onBehalf = options.onBehalf === true;
  const writer = onBehalf ? broker : manager;
  const { listingId } = must(await startDraft(world.ctx(writer), { kind, organisationId, onBehalf }));
  const values = completeDraft(world, kind, options.draft);
  const { revision } = must(
    await saveDraft(world.ctx(writer), {
      listingId,
      revision: 0,
      values,
      files: { pictureId: values.pictureId, pdfId: values.pdfId },
    }),
  );
  return { listingId, organisationId, owner: manager, broker, revision };
}

/** What was sent waits for review (nothing small that went on the shelf at once). */
export function forReview(result: Awaited<ReturnType<typeof submitListing>>): Extract<Submitted, { reviewId: string }> {
  const sent = must(result);
  if (sent.reviewId === null) throw new Error("It was published at once");
  return sent;
}

/** A listing that waits for review. */
export async function aSubmitted(
  world: TestWorld,
  kind: ListingKind,
  options: ListingOptions = {},
): Promise<MadeListing & { reviewId: string; versionId: string; dueOn: Date }> {
  const { revision, ...made } = await aDraft(world, kind, options);
  const sent = forReview(
    await submitListing(world.ctx(options.onBehalf ? made.broker : made.owner), {
      listingId: made.listingId,
      revision,
    }),
  );
  return { ...made, ...sent };
}

/** A broker's answers that let a listing through. */
export const CLEAN_CHECKLIST: TypedChecklist = {
  listStatus: "none",
  owner: "proven",
  contactsSeen: true,
  obsolete: { tenYears: "no", lowCapacity: "no", abandoned: "no" },
};

/** A broker approves with these answers. */
export const approve = (ctx: Ctx, reviewId: string) => approveListing(ctx, { reviewId, checklist: CLEAN_CHECKLIST });

/** A listing on the shelf; what a broker posted on behalf is approved by a second one. */
export async function aPublished(
  world: TestWorld,
  kind: ListingKind,
  options: ListingOptions = {},
): Promise<MadeListing & { reference: string; reviewId: string; versionId: string }> {
  const made = await aSubmitted(world, kind, options);
  const first = must(await approve(world.ctx(made.broker), made.reviewId));
  const { reference } = first.second ? must(await approve(world.ctx(await makeBroker(world)), made.reviewId)) : first;
  if (reference === null) throw new Error("It was not published");
  return { ...made, reference };
}

/** Where the page of a published listing is. */
export async function addressIn(world: TestWorld, { versionId, listingId }: Omit<Published, "reviewId" | "reference">) {
  const { db } = world.container.ports;
  const listing = await db.listing.findUniqueOrThrow({ where: { id: listingId } });
  return addressOf(listing, await db.listingText.findMany({ where: { versionId } }));
}
type Published = { listingId: string; reference: string; versionId: string; reviewId: string };

export const aPublishedNeed = (world: TestWorld, options: ListingOptions = {}) => aPublished(world, "need", options);
export const aPublishedOffering = (world: TestWorld, options: ListingOptions = {}) =>
  aPublished(world, "offering", options);

/** Opens a listing to a person or organisation, as a higher context would. */
export async function aGrant(
  world: TestWorld,
  listingId: string,
  subject: { personId: string } | { organisationId: string },
  scope: "view" | "contacts",
  until?: Date,
): Promise<string> {
  return must(
    await transact(world.system, async (tx) =>
      ok(
        await grantAccess(tx, world.system, {
          subject,
          thing: { listingId },
          scope,
          reason: "test",
          ...(until ? { until } : {}),
        }),
      ),
    ),
  );
}
