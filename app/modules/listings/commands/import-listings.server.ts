import { z } from "zod";
import { getOffice } from "~/modules/accounts/index.server";
import { provinceByName } from "~/modules/accounts/schemas";
import { type Ctx, hasGrant } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import type { SectorClassifier } from "../domain/classify-sector";
import { readImportedContent } from "../domain/imported-content";
import { importedItemSchema } from "../domain/imported-item";
import { sectorClassifier } from "../queries/suggest-sectors.server";
import { importBatch, type ReadRow } from "./import-batch.server";

export type ImportProblem = {
  /** position in the file, from 1 */
  row: number;
  id: string | null;
  /** invalid: the row cannot be read · duplicate: its id stood before · edited: a person here has changed the listing since · off-shelf: it was withdrawn, expired or refused here */
  code: "invalid" | "duplicate" | "edited" | "off-shelf";
  detail: string;
};
export type ImportReport = { created: number; updated: number; unchanged: number; problems: ImportProblem[] };
export type ImportInput = {
  items: unknown[];
  homeExchange: string;
  onProgress?: (done: number, of: number) => void;
};

/** Listings per transaction: commits are what costs, and a failure loses little. */
const BATCH = 25;

/**
 * Imports listings of another exchange or collection and publishes them at once: what is missing stays "not stated",
 * private persons stay unnamed, sectors are chosen by the classifier from the source's own words, the source's address is
 * kept. Idempotent by (homeExchange, id): an unchanged row does nothing, a changed one becomes a new version. What people
 * here changed, withdrew or refused is left alone and reported. The owner is set by the first import only.
 * For the system (operator's script) and administrators. Failure: common:notFound for everybody else.
 */
export async function importListings(ctx: Ctx, input: ImportInput): Promise<Result<ImportReport>> {
  if (ctx.actor.kind !== "system" && !hasGrant(ctx.actor, "administrator")) return fail("common:notFound");
  const office = await getOffice(ctx.db);
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, problems: [] };
  const rows = readRows(input.items, await sectorClassifier(ctx), report.problems);
  for (let at = 0; at < rows.length; at += BATCH) {
    const done = await importBatch(ctx, office, input.homeExchange, rows.slice(at, at + BATCH));
    if (!done.ok) return done;
    report.created += done.value.created;
    report.updated += done.value.updated;
    report.unchanged += done.value.unchanged;
    report.problems.push(...done.value.problems);
    input.onProgress?.(Math.min(at + BATCH, rows.length), rows.length);
  }
  return ok(report);
}

function readRows(items: unknown[], classify: SectorClassifier, problems: ImportProblem[]): ReadRow[] {
  const seen = new Set<string>();
  const rows: ReadRow[] = [];
  items.forEach((raw, index) => {
    const row = index + 1;
    const read = importedItemSchema.safeParse(raw);
    if (!read.success) {
      const id = z.object({ id: z.string() }).safeParse(raw);
      const detail = read.error.issues.map((issue) => `${issue.path.join(".") || "row"}: ${issue.message}`).join("; ");
      problems.push({ row, id: id.success ? id.data.id : null, code: "invalid", detail });
    } else if (seen.has(read.data.id)) {
      problems.push({ row, id: read.data.id, code: "duplicate", detail: "an earlier row has the same id" });
    } else {
      seen.add(read.data.id);
      const provinceCodeOf = (name: string) => provinceByName(name)?.code ?? null;
      rows.push({ row, item: read.data, ...readImportedContent(read.data, classify, provinceCodeOf) });
    }
  });
  return rows;
}
