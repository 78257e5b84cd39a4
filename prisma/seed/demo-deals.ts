import { DEMO_LOGINS, type ensureDemoAccounts, personActor } from "~/modules/accounts/index.server";
import {
  addDealDocument,
  completeMilestone,
  confirmAcceptance,
  editTerms,
  loseDeal,
  moveDeal,
  openDeal,
  pauseDeal,
  planRoyalties,
  saveMilestones,
  sweepDeals,
  terminateDeal,
} from "~/modules/deals/index.server";
import {
  CHECKLIST_ITEMS,
  completeMilestoneSchema,
  type MoveInput,
  milestonesSchema,
  moveSchemas,
  openDealSchema,
  royaltyPlanSchema,
  termsSchema,
} from "~/modules/deals/schemas";
import { actingAs, type Ctx } from "~/platform/context";
import { fixedClock, localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import { DEALS, type DemoDeal, type Life, type Who } from "./demo-deal-lives";
import { demoActing, demoDone } from "./demo-listings";
import { demoPdf } from "./demo-pdf";

type Accounts = Awaited<ReturnType<typeof ensureDemoAccounts>>;

const DAY = 86_400_000;
const dayFrom = (ctx: Ctx, days: number) => localDay(new Date(ctx.clock.now().getTime() + days * DAY));

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`The demo deals could not be made: ${what}: ${result.code} ${JSON.stringify(result.fields ?? {})}`);
}

/**
 * Deals parked at every stage between the two demo organisations, through the same commands people use, on a clock set back;
 * the demo registrar registers. Safe to run again: each step is taken once.
 */
export async function seedDemoDeals(ctx: Ctx, accounts: Accounts): Promise<number> {
  const done = await demoDone(ctx);
  const acting = await actingOf(ctx, accounts);
  let made = 0;
  for (const demo of DEALS) {
    const known = done.get(`demo.deal.${demo.key}.open`);
    const id = known ?? (await open(ctx, acting, accounts, demo));
    if (!known) made++;
    await demo.life(lifeOf(ctx, acting, accounts, done, demo, id));
  }
  must(await sweepDeals(ctx), "sweep");
  return made;
}

type Acting = (who: Who, daysAgo: number, requestId: string) => Promise<Ctx>;

async function actingOf(ctx: Ctx, accounts: Accounts): Promise<Acting> {
  const acting = demoActing(ctx, accounts);
  const email = DEMO_LOGINS.find((login) => login.role === "registrar")?.email ?? "";
  const registrar = await ctx.db.person.findUniqueOrThrow({ where: { email }, select: { id: true } });
  return async (who, daysAgo, requestId) => {
    if (who !== "registrar") return acting(who, daysAgo, requestId);
    const clock = daysAgo > 0 ? fixedClock(new Date(ctx.clock.now().getTime() - daysAgo * DAY)) : ctx.clock;
    return actingAs({ ...ctx, clock, requestId, locale: "vi" }, await personActor(ctx, registrar.id));
  };
}

/** The demo's own meeting that says to negotiate, else its accepted introduction, that no deal uses yet. */
async function talksOf(ctx: Ctx, accounts: Accounts): Promise<Record<string, string>> {
  const both = {
    AND: [accounts.enterprise, accounts.institute].map(({ organisationId }) => ({
      sides: { some: { organisationId } },
    })),
  };
  const free = { deals: { none: {} } };
  const meeting = await ctx.db.meeting.findFirst({
    where: {
      ...{ state: "held", introduction: both, case: free },
      minutes: { state: { in: ["sent", "confirmed"] }, outcome: "negotiate" },
    },
    orderBy: { startsAt: "asc" },
    select: { id: true },
  });
  if (meeting) return { meetingId: meeting.id };
  const introduction = await ctx.db.introduction.findFirst({
    where: { ...both, state: "accepted", case: free },
    orderBy: { settledAt: "asc" },
    select: { id: true },
  });
  return introduction ? { introductionId: introduction.id } : {};
}

async function open(ctx: Ctx, acting: Acting, accounts: Accounts, demo: DemoDeal): Promise<string> {
  const as = await acting("broker", demo.openedDaysAgo, `demo.deal.${demo.key}.open`);
  const source = demo.origin === "talks" ? await talksOf(ctx, accounts) : {};
  const form = openDealSchema.parse({
    title: demo.terms.title,
    origin: demo.origin === "talks" ? "other" : demo.origin,
    transferorId: accounts.institute.organisationId,
    transfereeId: accounts.enterprise.organisationId,
    nextAction: demo.next,
    nextActionOn: dayFrom(ctx, demo.nextInDays),
    ...source,
  });
  return must(await openDeal(as, form), demo.key).id;
}

function lifeOf(
  ctx: Ctx,
  acting: Acting,
  accounts: Accounts,
  done: Map<string, string>,
  demo: DemoDeal,
  dealId: string,
): Life {
  const revision = async () =>
    (await ctx.db.deal.findUniqueOrThrow({ where: { id: dealId }, select: { revision: true } })).revision;
  const step = async (name: string, who: Who, daysAgo: number, act: (as: Ctx) => Promise<Result<unknown>>) => {
    const requestId = `demo.deal.${demo.key}.${name}`;
    if (!done.has(requestId)) must(await act(await acting(who, daysAgo, requestId)), `${demo.key} ${name}`);
  };
  const terms: Life["terms"] = (daysAgo, over = {}) =>
    step("terms", "broker", daysAgo, async (as) =>
      editTerms(as, {
        dealId,
        ...termsSchema.parse({
          ...demo.terms,
          revision: await revision(),
          transferorId: accounts.institute.organisationId,
          transfereeId: accounts.enterprise.organisationId,
          currency: "VND",
          checklist: CHECKLIST_ITEMS.map(String),
          transferorCountry: "VN",
          transfereeCountry: "VN",
          taskCertificate: "no",
          restrictedList: "no",
          improvementRights: "Bên nhận được cải tiến và thông báo cho bên giao.",
          ...over,
        }),
      }),
    );
  const paper: Life["paper"] = async (who, daysAgo, kind, title) => {
    // a file may have been stored by a run that was broken off: what counts is the deal's own list
    if ((await ctx.db.dealDocument.count({ where: { dealId, kind } })) > 0) return;
    const as = await acting(who, daysAgo, `demo.deal.${demo.key}.paper.${kind}`);
    const bytes = demoPdf([title, demo.terms.title, "Tài liệu trình diễn, không có giá trị pháp lý."]);
    must(
      await addDealDocument(as, { dealId, kind, title, upload: { name: `${kind}.pdf`, bytes } }),
      `${demo.key} ${kind}`,
    );
  };
  const move: Life["move"] = (who, daysAgo, command, form) =>
    step(command, who, daysAgo, async (as) => {
      const today = localDay(as.clock.now());
      const days = { filedOn: today, signedOn: today, certificateOn: today, liquidatedOn: today };
      const parsed = moveSchemas[command].parse({ revision: await revision(), ...days, ...form });
      return moveDeal(as, { dealId, command, ...parsed } as MoveInput);
    });
  return {
    terms,
    paper,
    move,
    async draft(daysAgo) {
      await terms(daysAgo + 3);
      await move("broker", daysAgo, "start_drafting");
    },
    async sign(daysAgo, how = {}) {
      await paper("broker", daysAgo, "signed_contract", "Hợp đồng chuyển giao công nghệ (bản ký)");
      const contractNumber = `DEMO/${demo.key}/HĐ-CGCN`;
      await move("broker", daysAgo, "sign", { contractNumber, ...(how.wish ? { wishToRegister: "on" } : {}) });
    },
    async file(daysAgo) {
      await paper("broker", daysAgo, "registration_file", "Hồ sơ đăng ký chuyển giao công nghệ");
      await move("broker", daysAgo, "file_registration");
    },
    async register(daysAgo, certificateNumber) {
      await paper("registrar", daysAgo, "certificate", `Giấy chứng nhận ${certificateNumber}`);
      await move("registrar", daysAgo, "register", { certificateNumber });
    },
    milestones: (daysAgo, rows) =>
      step("milestones", "broker", daysAgo, async (as) => {
        const milestones = rows.map(({ label, inDays, amount }) => ({ label, amount, dueOn: dayFrom(ctx, inDays) }));
        return saveMilestones(as, { dealId, ...milestonesSchema.parse({ revision: await revision(), milestones }) });
      }),
    royalties: (daysAgo, inDays, times) =>
      step("royalties", "broker", daysAgo, async (as) => {
        const form = { label: "Phí kỳ vụ, kỳ", firstOn: dayFrom(ctx, inDays), everyMonths: "12", times: String(times) };
        return planRoyalties(as, { dealId, ...royaltyPlanSchema.parse({ ...form, revision: await revision() }) });
      }),
    reached: (daysAgo, number) =>
      step(`milestone.${number}`, "broker", daysAgo, async (as) => {
        const where = { dealId_number: { dealId, number } };
        const { id } = await ctx.db.dealMilestone.findUniqueOrThrow({ where, select: { id: true } });
        const form = { milestoneId: id, outcome: "done", on: localDay(as.clock.now()) };
        return completeMilestone(as, { dealId, ...completeMilestoneSchema.parse(form) });
      }),
    accept: (who, daysAgo) =>
      step(`accept.${who}`, who, daysAgo, (as) => confirmAcceptance(as, { dealId, side: null })),
    end: (kind, daysAgo, reasonCode, note) =>
      step(kind, "broker", daysAgo, async (as) => {
        const act = { pause: pauseDeal, lose: loseDeal, terminate: terminateDeal }[kind] as typeof terminateDeal;
        const form = { dealId, revision: await revision(), note };
        return act(as, { ...form, reasonCode: reasonCode as "other" });
      }),
  };
}
