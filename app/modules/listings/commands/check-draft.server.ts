import type { ListingKind } from "~/generated/prisma/enums";
import { communeName } from "~/modules/accounts/index.server";
import { COMMUNES, provinceName } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { numberRuleAt } from "~/platform/rules.server";
import { addMonths } from "../domain/days";
import type { Draft } from "../domain/draft";
import { placedDraft, type Replaced } from "../domain/place-sectors";
import { freshUnits } from "../queries/fresh-units.server";
import { taxonomy } from "../queries/list-sectors.server";
import { readSubmission, type SubmittedContent } from "../schemas";

/** What drafts are checked against today. */
export type DraftRules = {
  today: string;
  lastDay: string;
  sectors: ReadonlySet<string>;
  /** sectors that were merged into others */
  replaced: Replaced;
  officeProvince: string;
};

/** Loads them once, for one draft or for a sheet of them. */
export async function draftRules(ctx: Ctx, officeProvince: string): Promise<DraftRules> {
  const now = ctx.clock.now();
  const today = localDay(now);
  const [months, { tree, replaced }] = await Promise.all([
    numberRuleAt(ctx.db, "listing.maxMonths", now),
    taxonomy(ctx),
    // cells are read by the units of now
    freshUnits(ctx),
  ]);
  const sectors = new Set(tree.flatMap((field) => field.children.map((sector) => sector.code)));
  return { today, lastDay: addMonths(today, months.value), sectors, replaced, officeProvince };
}

/** Codes must be codes we know: a form's list may be older than the taxonomy. */
function unknownCodes(
  content: SubmittedContent,
  { sectors: known, officeProvince }: DraftRules,
): Record<string, string[]> {
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

type ReadDraft = { ok: true; content: SubmittedContent } | { ok: false; fields: Record<string, string[]> };

/** The draft as a submission, or all that is missing or wrong in it by form field. */
export function readByRules(rules: DraftRules, kind: ListingKind, draft: Draft): ReadDraft {
  const read = readSubmission(kind, placedDraft(draft, rules.replaced), rules);
  if (!read.ok) return read;
  const unknown = unknownCodes(read.content, rules);
  return Object.keys(unknown).length > 0 ? { ok: false, fields: unknown } : read;
}

/** The same for one draft. */
export async function readForReview(
  ctx: Ctx,
  { kind, officeProvince }: { kind: ListingKind; officeProvince: string },
  draft: Draft,
): Promise<ReadDraft> {
  return readByRules(await draftRules(ctx, officeProvince), kind, draft);
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
