import type { Prisma } from "~/generated/prisma/client";
import { TRANSFER_FORMS, TRANSFER_RIGHTS } from "~/modules/listings/schemas";
import { newId } from "~/platform/ids";
import { fold } from "~/platform/text";
import type { ScratchExchange } from "../lib/scratch-exchange";
import { type BenchListing, benchCorpus } from "./corpus";

const BATCH = 500;
const DAY = 86_400_000;

/** Rows as publishing leaves them, many at a time: what is measured begins after this. */
export async function fillWorld(world: ScratchExchange, size: number, tell: (done: number) => void): Promise<void> {
  const { db } = world.ctx;
  const organisations = new Map<number, string>();
  let batch: BenchListing[] = [];
  let serial = 0;
  const flush = async () => {
    const unknown = [...new Set(batch.map((one) => one.organisation))].filter((one) => !organisations.has(one));
    for (const one of unknown) organisations.set(one, newId());
    if (unknown.length > 0) {
      await db.organisation.createMany({
        data: unknown.map((one) => organisationRow(world, organisations.get(one) ?? "", one)),
      });
    }
    await writeListings(world, batch, organisations, serial);
    serial += batch.length;
    batch = [];
    tell(serial);
  };
  for (const listing of benchCorpus(size)) {
    batch.push(listing);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await db.$executeRaw`ANALYZE`;
}

function organisationRow(world: ScratchExchange, id: string, number: number): Prisma.OrganisationCreateManyInput {
  const nameVi = `Đơn vị thử nghiệm ${number}`;
  const createdAt = world.ctx.clock.now();
  return {
    id,
    officeId: world.officeId,
    nameVi,
    nameFolded: fold(nameVi),
    state: "verified",
    verifiedAt: createdAt,
    origin: "member",
    createdAt,
  };
}

const MILLION = 1_000_000;
/** What listings are counted by besides sector, province and readiness; half of them state a price, as real ones do at best. */
function termsOf(number: number) {
  return {
    moneyMin: number % 2 === 0 ? BigInt([50, 400, 2_000, 9_000, 40_000][number % 5] ?? 0) * BigInt(MILLION) : null,
    ipType: number % 3 === 0 ? ("patent" as const) : null,
    ipStatus: number % 3 === 0 ? (["granted", "examining", "expired"] as const)[(number % 7) % 3] : null,
    forms: TRANSFER_FORMS.filter((_, at) => (number + at) % 4 === 0),
    rights: TRANSFER_RIGHTS.filter((_, at) => (number + at) % 3 === 0),
  };
}

async function writeListings(
  world: ScratchExchange,
  batch: BenchListing[],
  organisations: Map<number, string>,
  serial: number,
): Promise<void> {
  const now = world.ctx.clock.now().getTime();
  const made = batch.map((listing, at) => {
    const number = serial + at + 1;
    return {
      listing,
      number,
      id: newId(),
      versionId: newId(),
      publishedAt: new Date(now - (number % 300) * DAY),
      organisationId: organisations.get(listing.organisation) ?? "",
    };
  });
  const { db } = world.ctx;
  await db.listing.createMany({
    data: made.map(({ listing, number, id, publishedAt, organisationId }) => ({
      id,
      officeId: world.officeId,
      kind: listing.kind,
      reference: `${listing.kind === "need" ? "NC" : "CN"}-22-2026-${String(number).padStart(6, "0")}`,
      organisationId,
      state: "draft",
      visibility: "public",
      origin: "member",
      sectorMain: listing.sectors[0] ?? null,
      sectorCodes: listing.sectors,
      provinceCode: listing.provinceCode,
      publishedAt,
      rowVersion: 1n,
      createdAt: publishedAt,
      updatedAt: publishedAt,
    })),
  });
  await db.listingVersion.createMany({
    data: made.map(({ listing, number, id, versionId, publishedAt }) => ({
      id: versionId,
      listingId: id,
      number: 1,
      visibility: "public",
      sectorMain: listing.sectors[0] ?? null,
      sectorCodes: listing.sectors,
      trl: listing.trl,
      ...termsOf(number),
      provinceCode: listing.provinceCode,
      createdAt: publishedAt,
    })),
  });
  await db.listingText.createMany({
    data: made.map(({ listing, versionId }) => ({
      id: newId(),
      versionId,
      lang: "vi",
      title: listing.title,
      summary: listing.summary,
      description: listing.description,
    })),
  });
  await db.requirementLine.createMany({
    data: made.flatMap(({ listing, versionId }) =>
      listing.lines.map((line, position) => ({
        id: newId(),
        versionId,
        position,
        name: line.name,
        comparison: line.comparison,
        minValue: line.comparison === "gte" ? line.value : null,
        maxValue: line.comparison === "lte" ? line.value : null,
        unit: line.unit,
        must: listing.kind === "need" ? true : null,
      })),
    ),
  });
  await db.$executeRaw`
    UPDATE listing l SET state = 'published', published_version_id = v.id
    FROM listing_version v WHERE v.listing_id = l.id AND v.id = ANY(${made.map((one) => one.versionId)}::uuid[])`;
}
