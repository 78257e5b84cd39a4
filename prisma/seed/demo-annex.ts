import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import {
  acceptUndertaking,
  addAnnex,
  annexPage,
  answerAnnexRequest,
  openAnnex,
  requestAnnex,
} from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { Result } from "~/platform/result";
import { demoActing, demoDone } from "./demo-listings";
import { demoPdf } from "./demo-pdf";

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`The demo's annex could not be made: ${what}: ${result.code} ${JSON.stringify(result.fields ?? {})}`);
}

const LINES = [
  "PHU LUC MAT (demo)",
  "Mo-dun loc hap phu mangan: bang so lieu van hanh thu",
  "Tai lieu mau cua san demo, khong chua thong tin that.",
];

/**
 * The institute's offering has a confidential annex; the enterprise, introduced or let in, accepted the undertaking and opened it.
 * Each step is done once. @returns annexes added
 */
export async function seedDemoAnnex(
  ctx: Ctx,
  accounts: Awaited<ReturnType<typeof ensureDemoAccounts>>,
  ids: Map<string, string>,
): Promise<number> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  const introduction = await ctx.db.introduction.findFirst({
    where: {
      state: "accepted",
      offeringId: { not: null },
      AND: [
        { sides: { some: { side: "need", organisationId: accounts.enterprise.organisationId } } },
        { sides: { some: { side: "offering", organisationId: accounts.institute.organisationId } } },
      ],
    },
    select: { offeringId: true },
  });
  const listingId = introduction?.offeringId ?? ids.get("published-offering");
  if (!listingId) return 0;
  let added = 0;
  if (!done.has("demo.annex.add")) {
    const upload = { name: "so-lieu-van-hanh-thu.pdf", bytes: demoPdf(LINES) };
    must(await addAnnex(await acting("institute", 10, "demo.annex.add"), { listingId, upload }), "add");
    added = 1;
  }
  const as = await acting("enterprise", 9, "demo.annex.accept");
  // introduced without an offering: the institute lets the enterprise in
  if ((await annexPage(as, listingId))?.door === "closed" && !done.has("demo.annex.ask")) {
    const { organisationId } = accounts.enterprise;
    const asked = await requestAnnex(await acting("enterprise", 10, "demo.annex.ask"), { listingId, organisationId });
    const { requestId } = must(asked, "ask");
    const answer = { listingId, requestId, answer: "granted" as const, days: 90 };
    must(await answerAnnexRequest(await acting("institute", 9, "demo.annex.answer"), answer), "answer");
  }
  const page = await annexPage(as, listingId);
  if (page?.door !== "in") return added;
  if (!done.has("demo.annex.accept") && page.undertaking) {
    must(
      await acceptUndertaking(as, {
        listingId,
        annexIds: page.pending,
        textHash: page.undertaking.hash,
        lang: "vi",
        name: page.reader,
        position: "Trưởng phòng Kỹ thuật",
        agreed: true,
      }),
      "accept",
    );
  }
  const [file] = (await annexPage(as, listingId))?.files ?? [];
  for (const daysAgo of [9, 2]) {
    const requestId = `demo.annex.open.${daysAgo}`;
    if (!file || done.has(requestId)) continue;
    if (!(await openAnnex(await acting("enterprise", daysAgo, requestId), file.fileId)))
      throw new Error("The demo's annex did not open");
  }
  return added;
}
