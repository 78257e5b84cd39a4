/**
 * Matching quality on a judged set, through the product's own import, index and ranking:
 *   npm run eval -- --offerings F --needs F --qrels F [--engine postgres|meilisearch] [--out run.json]
 *                   [--folds 5] [--seed 1] [--without-dictionary-of-needs]
 *   npm run eval -- --publish
 * Files as described in prisma/seed/data/listings/SOURCES.md (the default). Two tables: the product as it is, and held-out folds,
 * where the fitted weights were chosen on the other folds only (folds keep variants, pages and topics together; `--folds 0`
 * leaves that table out). `--without-dictionary-of-needs` takes every dictionary entry out that any need of the set uses.
 * Works in a database of its own, made on the server of DATABASE_URL or in a PostgreSQL started for it, and dropped afterwards.
 * `--engine meilisearch` uses MEILI_URL.
 * `--publish` measures all of it (Meilisearch where MEILI_URL is set) and writes what the page /how-well shows and what the
 * quality test holds the build to: app/modules/matching/data/evaluation.json.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Evaluation, evaluationSchema, measuring } from "~/modules/matching/index.server";
import { AUC_TARGET, BASELINES, figuresOf, TARGETS } from "./lib/eval-figures";
import { reportRun } from "./lib/eval-report";
import { measureSet } from "./lib/eval-run";
import { type JudgedSet, readJudgedSet } from "./lib/judged-set";
import { gradesOf, isAnswerable } from "./lib/run-score";

const DATA = path.join("prisma", "seed", "data", "listings");
const PUBLISHED = path.join("app", "modules", "matching", "data", "evaluation.json");
const { values: options } = parseArgs({
  options: {
    offerings: { type: "string", default: path.join(DATA, "offerings.json") },
    needs: { type: "string", default: path.join(DATA, "needs.json") },
    qrels: { type: "string", default: path.join(DATA, "qrels.json") },
    engine: { type: "string", default: "postgres" },
    out: { type: "string" },
    folds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    publish: { type: "boolean", default: false },
    "without-dictionary-of-needs": { type: "boolean", default: false },
  },
});
const tried = { folds: Number(options.folds), seed: Number(options.seed) };

async function meilisearchVersion(): Promise<string> {
  const { MEILI_URL, MEILI_KEY } = process.env;
  const answer = await fetch(`${MEILI_URL}/version`, {
    headers: MEILI_KEY ? { authorization: `Bearer ${MEILI_KEY}` } : {},
  });
  const { pkgVersion } = (await answer.json()) as { pkgVersion?: string };
  return pkgVersion ?? "unknown";
}

async function publish(set: JudgedSet): Promise<void> {
  const plain = await measureSet(set, "postgres", { ...tried, withoutOfNeeds: false });
  const without = await measureSet(set, "postgres", { ...tried, withoutOfNeeds: true });
  if (!plain.heldOut || !without.heldOut) throw new Error("publishing needs at least two folds");
  const other = process.env.MEILI_URL
    ? await measureSet(set, "meilisearch", { folds: 0, seed: tried.seed, withoutOfNeeds: false })
    : null;
  const answerable = [...gradesOf(set.judgements).values()].filter(isAnswerable).length;
  const evaluation: Evaluation = {
    format: 1,
    date: new Date().toISOString().slice(0, 10),
    weights: measuring.WEIGHTS_VERSION,
    dictionary: measuring.DICTIONARY_VERSION,
    concepts: measuring.CONCEPTS,
    threshold: measuring.MATCH_THRESHOLD,
    sizes: {
      offerings: set.offerings.length,
      needs: set.needs.length,
      answerable,
      unanswerable: gradesOf(set.judgements).size - answerable,
      judgements: set.judgements.length,
      folds: plain.folds,
    },
    baselines: BASELINES,
    targets: TARGETS,
    aucTarget: AUC_TARGET,
    heldOut: figuresOf(plain.heldOut, set),
    product: figuresOf(plain.product, set),
    withoutDictionary: { concepts: without.left, heldOut: figuresOf(without.heldOut, set) },
    meilisearch: other && { version: await meilisearchVersion(), product: figuresOf(other.product, set) },
  };
  writeFileSync(PUBLISHED, `${JSON.stringify(evaluationSchema.parse(evaluation), null, 2)}\n`);
  console.log(reportRun("Held out", evaluation.heldOut));
  console.log(`\n${reportRun("The product as it is", evaluation.product)}`);
  console.log(
    `\n${reportRun(`Held out, without ${without.left} concepts that needs use`, evaluation.withoutDictionary.heldOut)}`,
  );
  if (evaluation.meilisearch)
    console.log(`\n${reportRun(`Meilisearch ${evaluation.meilisearch.version}`, evaluation.meilisearch.product)}`);
  console.log(`\nWritten to ${PUBLISHED}`);
}

async function main(): Promise<void> {
  const { engine: search } = options;
  if (search !== "postgres" && search !== "meilisearch") throw new Error("--engine is postgres or meilisearch");
  const set = readJudgedSet(options);
  if (options.publish) return publish(set);
  const withoutOfNeeds = options["without-dictionary-of-needs"];
  const { product, heldOut, folds, left, perNeed } = await measureSet(set, search, { ...tried, withoutOfNeeds });
  if (withoutOfNeeds) console.log(`${left} concepts of the dictionary that needs use were taken out\n`);
  console.log(
    `${set.offerings.length} offerings, ${set.needs.length} needs; ${Math.round(perNeed)} ms per need (${search}, engine ${measuring.WEIGHTS_VERSION}+${measuring.DICTIONARY_VERSION})\n`,
  );
  if (options.out) writeFileSync(options.out, `${JSON.stringify(product, null, 1)}\n`);
  console.log(reportRun("The product as it is", figuresOf(product, set)));
  if (heldOut)
    console.log(`\n${reportRun(`Held out: ${folds} folds, weights fitted on the others`, figuresOf(heldOut, set))}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
