import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importListings, loadManyForMatching } from "~/modules/listings/index.server";
import { countCorpus, lastEvaluation, openCorpus, rankCandidates, rebuildIndex } from "~/modules/matching/index.server";
import { readJudgedSet } from "../../../scripts/lib/judged-set";
import { auc, mean, type Run, type RunFigures, scoreRun } from "../../../scripts/lib/run-score";
import { withReferenceData } from "../../factories/listings";
import { makeBroker } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

/** Held to what the page /how-well says; whoever makes matching better runs `npm run eval -- --publish`. */
const MOST_LOST = 0.02;
const { product } = lastEvaluation();
const measured = {
  ndcg10: product.cases.find((one) => one.case === "all")?.ndcg10.value ?? 1,
  removedAnswerAuc: product.auc.removed.value,
};
const DATA = path.join("prisma", "seed", "data", "listings");
const set = readJudgedSet({
  offerings: path.join(DATA, "offerings.json"),
  needs: path.join(DATA, "needs.json"),
  qrels: path.join(DATA, "qrels.json"),
});

let world: TestWorld;
let scored: RunFigures;
/** the same with candidates and counts from the database, as a large exchange has them */
let counted: RunFigures;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 4 });
  await withReferenceData(world);
  // comes with its office
  await makeBroker(world);
  const ctx = world.system;
  await ctx.search.prepare();
  const items = [
    ...set.offerings.map((row) => ({ ...row, kind: "offering" })),
    ...set.needs.map((row) => ({ ...row, kind: "need" })),
  ];
  const imported = await importListings(ctx, { items, homeExchange: "judged" });
  if (!imported.ok) throw new Error(imported.code);
  await rebuildIndex(ctx);
  const rows = await ctx.db.listing.findMany({ select: { id: true, externalId: true, kind: true } });
  const nameOf = new Map(rows.map(({ id, externalId }) => [id, externalId ?? id]));
  const needs = await loadManyForMatching(
    ctx.db,
    rows.filter(({ kind }) => kind === "need").map(({ id }) => id),
  );
  const rank = async (): Promise<RunFigures> => {
    const run: Run = {};
    for (const need of needs)
      run[nameOf.get(need.id) ?? ""] = (await rankCandidates(ctx, need)).ranked.map(({ other, card }) => ({
        id: nameOf.get(other.id) ?? "",
        score: card.score,
      }));
    return scoreRun(run, set.judgements);
  };
  scored = await rank();
  await countCorpus(ctx, { least: 0 });
  expect((await openCorpus(ctx)).large).not.toBeNull();
  counted = await rank();
}, 240_000);
afterAll(() => world.close());

it("ranks the judged needs as well as when it was last measured", () => {
  expect(scored.answerable.length).toBe(49);
  expect(mean(scored.answerable.map(({ ndcg10 }) => ndcg10))).toBeGreaterThan(measured.ndcg10 - MOST_LOST);
});

it("tells needs with an answer from the same needs without it as well as then", () => {
  const told = auc(
    scored.answerable.map(({ top }) => top),
    scored.answerable.map(({ topWithout }) => topWithout),
  );
  expect(told ?? 0).toBeGreaterThan(measured.removedAnswerAuc - MOST_LOST);
});

it("ranks as well when the corpus is large and counted in the database", () => {
  expect(mean(counted.answerable.map(({ ndcg10 }) => ndcg10))).toBeGreaterThan(measured.ndcg10 - MOST_LOST);
  const told = auc(
    counted.answerable.map(({ top }) => top),
    counted.answerable.map(({ topWithout }) => topWithout),
  );
  expect(told ?? 0).toBeGreaterThan(measured.removedAnswerAuc - MOST_LOST);
});
