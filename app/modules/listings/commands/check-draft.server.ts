import type { ListingKind } from "~/generated/prisma/enums";
import { communeName } from "~/modules/accounts/index.server";
import { COMMUNES, provinceName } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { numberRuleAt } from "~/platform/rules.server";
import { addMonths } from "../domain/days";
import type { Draft } from "../domain/draft";
import { listSectors } from "../queries/list-sectors.server";
import { readSubmission, type SubmittedContent } from "../schemas";

/** Codes must be codes we know: a form's list may be older than the taxonomy. */
async function unknownCodes(
  ctx: Ctx,
  content: SubmittedContent,
  officeProvince: string,
): Promise<Record<string, string[]>> {
  const known = new Set((await listSectors(ctx)).flatMap((field) => field.children.map((sector) => sector.code)));
  const fields: Record<string, string[]> = {};
  for (const name of ["sectorMain", "sectorSecond", "sectorThird"] as const) {
    const code = content[name];
    if (code !== null && !known.has(code)) fields[name] = ["listings:error.choose"];
  }
  if (content.provinceCode !== null && provinceName(content.provinceCode, "vi") === null)
    fields.provinceCode = ["listings:error.choose"];
  const hasCommunes = content.provinceCode === officeProvince;
  const commune = content.communeCode;
  if (
    commune !== null &&
    (communeName(commune) === null ||
      !COMMUNES.some((one) => one.code === commune && one.provinceCode === content.provinceCode))
  ) {
    fields.communeCode = ["listings:error.communeElsewhere"];
  } else if (commune === null && content.kind === "need" && hasCommunes) {
    fields.communeCode = ["listings:error.choose"];
  }
  return fields;
}

/** The draft as a submission, or all that is missing or wrong in it by form field. */
export async function readForReview(
  ctx: Ctx,
  { kind, officeProvince }: { kind: ListingKind; officeProvince: string },
  draft: Draft,
): Promise<{ ok: true; content: SubmittedContent } | { ok: false; fields: Record<string, string[]> }> {
  const now = ctx.clock.now();
  const today = localDay(now);
  const months = await numberRuleAt(ctx.db, "listing.maxMonths", now);
  const read = readSubmission(kind, draft, { today, lastDay: addMonths(today, months.value) });
  if (!read.ok) return read;
  const unknown = await unknownCodes(ctx, read.content, officeProvince);
  return Object.keys(unknown).length > 0 ? { ok: false, fields: unknown } : read;
}

/** What is missing or wrong in a draft, by form field; empty when it can be sent. */
export async function checkDraft(
  ctx: Ctx,
  listing: { kind: ListingKind; officeProvince: string },
  draft: Draft,
): Promise<Record<string, string[]>> {
  const read = await readForReview(ctx, listing, draft);
  return read.ok ? {} : read.fields;
}
