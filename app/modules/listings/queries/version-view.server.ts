import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { ListingDetails } from "../domain/detail-rows";
import type { Contact, ListingFacts, ListingLine, ListingText, Picture } from "../domain/types";
import { DETAILS_SELECT, detailsOf, factsOf, linesOf, picturesOf, textsOf, VERSION_SELECT } from "./rows.server";

/** One version with everything in it, hidden fields included: only for its owner and the brokers who review it. */
export type FullVersion = ListingFacts & {
  id: string;
  number: number;
  visibility: "public" | "blind" | "brokers" | "invited";
  createdAt: Date;
  communeCode: string | null;
  ipNumber: string | null;
  originTaskCode: string | null;
  pictureId: string | null;
  pictures: Picture[];
  pdfId: string | null;
  details: ListingDetails;
  contact: Contact;
  texts: ListingText[];
  lines: ListingLine[];
};

export const FULL_VERSION_SELECT = {
  ...VERSION_SELECT,
  ...DETAILS_SELECT,
  pictureIds: true,
  pictureAlts: true,
  communeCode: true,
  ipNumber: true,
  originTaskCode: true,
  pictureId: true,
  pdfId: true,
  contactName: true,
  contactPhone: true,
  contactEmail: true,
} satisfies Prisma.ListingVersionSelect;

export function fullVersionOf(
  row: Prisma.ListingVersionGetPayload<{ select: typeof FULL_VERSION_SELECT }>,
): FullVersion {
  return {
    ...factsOf(row),
    id: row.id,
    number: row.number,
    visibility: row.visibility,
    createdAt: row.createdAt,
    communeCode: row.communeCode,
    ipNumber: row.ipNumber,
    originTaskCode: row.originTaskCode,
    pictureId: row.pictureId,
    pictures: picturesOf(row),
    pdfId: row.pdfId,
    details: detailsOf(row, true),
    contact: { name: row.contactName, phone: row.contactPhone, email: row.contactEmail },
    texts: textsOf(row.texts),
    lines: linesOf(row.lines),
  };
}

/** Names of people by id, for histories. */
export async function namesOf(ctx: Ctx, ids: (string | null)[]): Promise<Map<string, string>> {
  const people = await ctx.db.person.findMany({
    where: { id: { in: ids.filter((id): id is string => id !== null) } },
    select: { id: true, fullName: true },
  });
  return new Map(people.map((person) => [person.id, person.fullName]));
}
