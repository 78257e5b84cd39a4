import { z } from "zod";
import { ensureDemoAccounts } from "~/modules/accounts/index.server";
import { importListings } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { seedDemoAnnex } from "./demo-annex";
import { seedDemoCases } from "./demo-cases";
import { seedDemoDeals } from "./demo-deals";
import { seedDemoListings } from "./demo-listings";
import { matchNewListings, seedDemoDecisions, settleOwnEvents } from "./demo-matches";
import { seedDemoOutcomes } from "./demo-outcomes";
import { seedDemoSearches } from "./demo-searches";
import { seedDemoSessions } from "./demo-sessions";
import { seedDemoSheet } from "./demo-sheet";
import { readSeedData } from "./read-data";
import { seedReferenceData } from "./reference-data";

/** Name of the collection that prisma/seed/data/listings holds. */
export const DEMO_COLLECTION = "bo-suu-tap-cong-khai";

const rows = z.array(z.record(z.string(), z.unknown()));
const twin = (row: Record<string, unknown>): boolean =>
  typeof row.variantOf === "string" || typeof row.nearDuplicateOf === "string";

/** The collection's rows as the import reads them. Needs that repeat another need are for measuring, not for showing. */
export function demoCollection(): Record<string, unknown>[] {
  return [
    ...readSeedData("listings/offerings.json", rows).map((row) => ({ ...row, kind: "offering" })),
    ...readSeedData("listings/needs.json", rows)
      .filter((row) => !twin(row))
      .map((row) => ({ ...row, kind: "need" })),
  ];
}

/**
 * Brings an exchange to where people can begin. Safe to run again: a second run changes nothing.
 * Production gets the reference data only; demo and test get the demo exchange as well.
 */
export async function seedExchange(
  ctx: Ctx,
  say: (line: string) => void,
  collection: () => unknown[] = demoCollection,
): Promise<void> {
  const reference = await seedReferenceData(ctx);
  say(
    `Reference data: ${reference.sectors} sectors, ${reference.rules} rules, ${reference.days} calendar days added or changed`,
  );
  if (ctx.env.APP_MODE === "production") return;

  const accounts = await ensureDemoAccounts(ctx);
  say("Demo logins and organisations: ready");

  const imported = await importListings(ctx, {
    items: collection(),
    homeExchange: DEMO_COLLECTION,
    onProgress: (done, of) => {
      if (done === of || done % 100 === 0) say(`Listings read: ${done} of ${of}`);
    },
  });
  if (!imported.ok) throw new Error(`The demo listings could not be imported: ${imported.code}`);
  const { created, updated, unchanged, problems } = imported.value;
  say(`Imported listings: ${created} new, ${updated} changed, ${unchanged} as before, ${problems.length} left out`);
  for (const problem of problems)
    say(`  row ${problem.row} (${problem.id ?? "no id"}): ${problem.code}: ${problem.detail}`);

  const searches = await seedDemoSearches(ctx, accounts);
  say(`Demo saved searches: ${searches} new`);
  const demo = await seedDemoListings(ctx, accounts);
  say(`Demo listings at every stage: ${demo.created} new, ${demo.known} as before`);
  await matchNewListings(ctx, say);
  await settleOwnEvents(ctx);
  const decisions = await seedDemoDecisions(ctx, accounts, demo.ids);
  say(`Demo decisions on matches: ${decisions} new`);
  const cases = await seedDemoCases(ctx, accounts, demo.ids);
  say(`Demo cases at every stage: ${cases} new`);
  const annexes = await seedDemoAnnex(ctx, accounts, demo.ids);
  say(`Demo confidential annexes: ${annexes} new`);
  const sheets = await seedDemoSheet(ctx, accounts);
  say(`Demo sheets to be entered: ${sheets} new`);
  const sessions = await seedDemoSessions(ctx, accounts);
  say(`Demo connection sessions at every stage: ${sessions} new`);
  const deals = await seedDemoDeals(ctx, accounts);
  say(`Demo deals at every stage: ${deals} new`);
  // last: the chase asks about what the steps before have left
  const outcomes = await seedDemoOutcomes(ctx, accounts);
  say(`Demo outcomes at every stage: ${outcomes} new`);
}
