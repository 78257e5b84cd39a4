import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import {
  computeMatches,
  dismissMatch,
  expressInterest,
  type MatchView,
  matchesOf,
  rebuildIndex,
  shortlistMatch,
} from "~/modules/matching/index.server";
import type { Ctx } from "~/platform/context";
import type { Result } from "~/platform/result";
import { demoActing, demoDone } from "./demo-listings";

/**
 * Indexes and matches what was never matched before: a fresh exchange, or a seed that was broken off. Listings that people
 * publish later are the workers' business. Answers how many listings were matched.
 */
export async function matchNewListings(ctx: Ctx, say: (line: string) => void): Promise<number> {
  const rows = await ctx.db.listing.findMany({
    where: { state: "published", matchRuns: { none: {} } },
    select: { id: true },
    orderBy: [{ kind: "asc" }, { id: "asc" }],
  });
  if (rows.length === 0) return 0;
  await ctx.search.prepare();
  const { indexed } = await rebuildIndex(ctx);
  say(`Search index: ${indexed} listings`);
  for (const [index, { id }] of rows.entries()) {
    await computeMatches(ctx, id);
    if ((index + 1) % 100 === 0 || index + 1 === rows.length)
      say(`Matches computed: ${index + 1} of ${rows.length} listings`);
  }
  return rows.length;
}

/**
 * The events of this run asked the workers for exactly what `matchNewListings` has done; imported holders have nobody to
 * notify. Events of the demo's people keep their own request ids and go their usual way.
 */
export async function settleOwnEvents(ctx: Ctx): Promise<void> {
  await ctx.db.outboxEvent.updateMany({
    where: { requestId: ctx.requestId, relayedAt: null, type: { in: ["listing.published", "matches.computed"] } },
    data: { relayedAt: ctx.clock.now() },
  });
}

function must(result: Result<unknown>, what: string): void {
  if (!result.ok) throw new Error(`The demo matches could not be made: ${what}: ${result.code}`);
}

/** What brokers and owners did with the suggestions: shortlisted, dismissed with a reason, "we can solve this", a question. */
export async function seedDemoDecisions(
  ctx: Ctx,
  accounts: Awaited<ReturnType<typeof ensureDemoAccounts>>,
  ids: Map<string, string>,
): Promise<number> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  let made = 0;
  const once = async (key: string, act: (requestId: string) => Promise<Result<unknown> | null>) => {
    const requestId = `demo.${key}`;
    if (done.has(requestId)) return;
    const result = await act(requestId);
    if (result === null) return;
    must(result, key);
    made++;
  };
  const suggestions = async (key: string): Promise<MatchView[]> => {
    const view = await matchesOf(await acting("broker", 0, "demo.read"), ids.get(key) ?? "");
    return (view?.matches ?? []).filter((match) => match.decision === "none");
  };
  const mine = ids.get("published-need") ?? "";
  const own = ids.get("published-offering") ?? "";

  await once("shortlist.own", async (requestId) => {
    const match = (await suggestions("published-need")).find((one) => one.other.id === own);
    return match ? shortlistMatch(await acting("broker", 2, requestId), { matchId: match.id }) : null;
  });
  await once("shortlist.imported", async (requestId) => {
    const match = (await suggestions("second-need")).find((one) => one.other.origin === "imported");
    return match ? shortlistMatch(await acting("broker", 2, requestId), { matchId: match.id }) : null;
  });
  await once("dismiss.imported", async (requestId) => {
    const match = (await suggestions("published-need")).filter((one) => one.other.origin === "imported").at(-1);
    const note = "Nước thải ngành khác, không khử được mangan và sắt ở quy mô mỏ.";
    return match
      ? dismissMatch(await acting("broker", 2, requestId), { matchId: match.id, reasonCode: "other_problem", note })
      : null;
  });
  await once("interest.solve", async (requestId) => {
    const match = await ctx.db.match.findFirst({ where: { needId: mine, offeringId: own }, select: { id: true } });
    // the accepted case begins with it, so it is older than that
    return expressInterest(await acting("institute", 15, requestId), {
      listingId: mine,
      kind: "can_solve",
      organisationId: accounts.institute.organisationId,
      ...(match ? { matchId: match.id } : {}),
      message:
        "Viện đã vận hành mô-đun lọc hấp phụ mangan 300 m³/h trong 14 tháng, có kết quả phân tích đầu ra. Đề nghị chuyên viên bố trí buổi trao đổi kỹ thuật với Quý đơn vị.",
    });
  });
  await once("interest.solve-pond", async (requestId) =>
    expressInterest(await acting("institute", 0, requestId), {
      listingId: ids.get("on-behalf-need") ?? "",
      kind: "can_solve",
      organisationId: accounts.institute.organisationId,
      message:
        "Viện có quy trình xử lý nước ao nuôi bằng lọc sinh học kết hợp điện hóa, đã chạy thử một vụ. Đề nghị được khảo sát ao nuôi của Quý đơn vị.",
    }),
  );
  await once("interest.ask", async (requestId) => {
    const match = (await suggestions("second-need")).find((one) => one.other.origin === "imported");
    return match
      ? expressInterest(await acting("enterprise", 0, requestId), {
          listingId: match.other.id,
          kind: "ask_broker",
          organisationId: accounts.enterprise.organisationId,
          matchId: match.id,
          message:
            "Xin chuyên viên hỏi giúp: phao có chứng nhận hợp chuẩn theo quy chuẩn địa phương không, thời gian giao hàng cho 50 ha và chính sách bảo hành.",
        })
      : null;
  });
  return made;
}
