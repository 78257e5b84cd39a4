import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import { saveSearch } from "~/modules/matching/index.server";
import { askedSchema } from "~/modules/matching/schemas";
import type { Ctx } from "~/platform/context";
import { demoActing, demoDone } from "./demo-listings";

/** Kept before the demo's listings were published: the workers tell of what they find as soon as they run. */
const SEARCHES = [
  {
    who: "enterprise",
    name: "Lọc mangan cho nước thải mỏ",
    mode: "immediate",
    asked: { q: "lọc mangan", kind: "offering" },
  },
  { who: "enterprise", name: "Nguồn cung về môi trường", mode: "weekly", asked: { kind: "offering", sector: "MTR" } },
  { who: "institute", name: "Nhu cầu xử lý nước thải", mode: "daily", asked: { q: "nước thải", kind: "need" } },
] as const;

/** Searches that the demo's people keep; each is saved once. */
export async function seedDemoSearches(
  ctx: Ctx,
  accounts: Awaited<ReturnType<typeof ensureDemoAccounts>>,
): Promise<number> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  let made = 0;
  for (const [place, { who, name, mode, asked }] of SEARCHES.entries()) {
    const requestId = `demo.search.${place}`;
    if (done.has(requestId)) continue;
    const saved = await saveSearch(await acting(who, 100, requestId), { name, mode, asked: askedSchema.parse(asked) });
    if (!saved.ok) throw new Error(`The demo's searches could not be saved: ${saved.code}`);
    made++;
  }
  return made;
}
