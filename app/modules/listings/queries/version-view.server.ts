import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { Contact, ListingFacts, ListingLine, ListingText } from "../domain/types";
import { factsOf, linesOf, textsOf, VERSION_SELECT } from "./rows.server";

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
  pdfId: string | null;
  contact: Contact;
  texts: ListingText[];
  lines: ListingLine[];
};

export const FULL_VERSION_SELECT = {
  ...VERSION_SELECT,
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
    pdfId: row.pdfId,
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
