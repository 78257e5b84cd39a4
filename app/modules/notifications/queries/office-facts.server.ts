import { z } from "zod";
import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { type Facts, NO_FACTS, nameIn } from "../domain/facts";
import { LISTING, listingFacts } from "./listing-facts.server";

const draftTitle = z.object({ title: z.string() });

/**
 * A member asks the organisation's office to send a draft, or hears what the office said. The draft's own title is told: all
 * of them may read it. Null when the listing is gone.
 */
export async function ofApproval(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const listing = await ctx.db.listing.findUnique({
    where: { id: event.subjectId },
    select: { ...LISTING, draft: true, approvalNote: true, approvalAskedAt: true },
  });
  if (!listing) return null;
  // sent or given back since: no news for the office
  if (event.type === "listing.approval-asked" && !listing.approvalAskedAt) return null;
  const personId = event.payload.personId ?? null;
  const person = personId
    ? await ctx.db.person.findUnique({ where: { id: personId }, select: { fullName: true } })
    : null;
  const facts = listingFacts(listing, true);
  const draft = draftTitle.safeParse(listing.draft);
  return {
    ...facts,
    personId,
    words: (locale, zone) => ({
      ...facts.words(locale, zone),
      ...(draft.success && draft.data.title.trim() ? { title: draft.data.title.trim() } : {}),
      person: person?.fullName ?? "",
      note: event.type === "listing.approval-declined" ? (listing.approvalNote ?? "") : "",
    }),
  };
}

const UPLOAD = {
  id: true,
  sent: true,
  asked: true,
  organisationId: true,
  personId: true,
  officeId: true,
  forOffice: true,
} satisfies Prisma.ImportUploadSelect;

/** Many listings entered from one spreadsheet: for brokers, or for the organisation's own office, by number. */
export async function ofImport(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const upload = await ctx.db.importUpload.findUnique({ where: { id: event.subjectId }, select: UPLOAD });
  if (upload?.forOffice) return ofOfficeImport(ctx, event, upload);
  if (!upload?.organisationId) return null;
  const [organisation, person] = await Promise.all([
    ctx.db.organisation.findUnique({
      where: { id: upload.organisationId },
      select: { nameVi: true, nameEn: true, brokerId: true },
    }),
    ctx.db.person.findUnique({ where: { id: upload.personId }, select: { fullName: true } }),
  ]);
  const count = event.type === "import.sent" ? upload.sent : upload.asked;
  return {
    ...NO_FACTS,
    organisationId: upload.organisationId,
    brokerId: organisation?.brokerId ?? null,
    words: (locale) => ({
      organisation: nameIn(organisation, locale),
      person: person?.fullName ?? "",
      count: String(count),
    }),
  };
}

/**
 * The same for many organisations: the office's brokers hear how many wait for review, and each organisation, once, how many it
 * is asked to confirm. Null when it has confirmed or withdrawn all of them.
 */
async function ofOfficeImport(
  ctx: Ctx,
  event: RelayedEvent,
  upload: Prisma.ImportUploadGetPayload<{ select: typeof UPLOAD }>,
): Promise<Facts | null> {
  const { personId, officeId } = upload;
  if (event.type === "import.sent-on-behalf") {
    const person = await ctx.db.person.findUnique({ where: { id: personId }, select: { fullName: true } });
    return {
      ...NO_FACTS,
      officeId,
      doneById: personId,
      words: () => ({ person: person?.fullName ?? "", count: String(upload.sent) }),
    };
  }
  const { organisationId } = event.payload;
  if (!organisationId) return null;
  const rows = await ctx.db.importRow.findMany({
    where: { uploadId: upload.id, ownerId: organisationId },
    select: { listingId: true },
  });
  const ids = rows.map(({ listingId }) => listingId);
  const [organisation, count] = await Promise.all([
    ctx.db.organisation.findUnique({ where: { id: organisationId }, select: { nameVi: true, nameEn: true } }),
    ctx.db.listing.count({
      where: { id: { in: ids }, onBehalfConfirmedAt: null, state: { notIn: ["draft", "withdrawn", "rejected"] } },
    }),
  ]);
  if (!organisation || count === 0) return null;
  return {
    ...NO_FACTS,
    organisationId,
    doneById: personId,
    words: (locale) => ({ organisation: nameIn(organisation, locale), count: String(count) }),
  };
}
