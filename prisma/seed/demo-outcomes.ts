import type { ChaseAnswer } from "~/generated/prisma/enums";
import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import {
  answerIntroduction,
  closeCase,
  openCase,
  planNextAction,
  proposeIntroduction,
} from "~/modules/brokering/index.server";
import { openCaseSchema } from "~/modules/brokering/schemas";
import { answerOutcome, resolveOutcome, sweepOutcomes } from "~/modules/deals/index.server";
import { actingAs, type Ctx } from "~/platform/context";
import { fixedClock, localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import { type DemoActing, demoActing, demoDone } from "./demo-listings";

type Accounts = Awaited<ReturnType<typeof ensureDemoAccounts>>;
type Side = "enterprise" | "institute";

const DAY = 86_400_000;
const YES = {
  answer: "accepted",
  cooperation: null,
  unclear: null,
  about: null,
  reasonCode: null,
  note: null,
} as const;

/** What one side says about one step, so many days before today. */
type Said = { step: number; who: Side; daysAgo: number; answer: ChaseAnswer; note?: string };
type DemoOutcome = {
  key: string;
  title: string;
  /** both sides agreed to be introduced so many days before today */
  agreedDaysAgo: number;
  said: Said[];
  resolved?: { step: number; daysAgo: number; answer: ChaseAnswer; note: string };
  /** what happens next, or that the case was closed */
  next: { action: string; inDays: number } | { closedDaysAgo: number };
};

const OUTCOMES: DemoOutcome[] = [
  {
    key: "stopped",
    title: "Sấy mực một nắng bằng bơm nhiệt",
    agreedDaysAgo: 100,
    said: [
      { step: 7, who: "enterprise", daysAgo: 92, answer: "talking" },
      { step: 7, who: "institute", daysAgo: 91, answer: "talking" },
      { step: 30, who: "institute", daysAgo: 69, answer: "talking" },
      {
        step: 30,
        who: "enterprise",
        daysAgo: 68,
        answer: "stopped",
        note: "Chi phí điện chưa phù hợp với quy mô hiện nay.",
      },
    ],
    resolved: {
      step: 30,
      daysAgo: 67,
      answer: "stopped",
      note: "Gọi cả hai bên: doanh nghiệp dừng vì chi phí điện, viện đã được báo lại.",
    },
    next: { closedDaysAgo: 66 },
  },
  {
    key: "agreed",
    title: "Phân loại than bằng hình ảnh",
    agreedDaysAgo: 40,
    said: [
      { step: 7, who: "enterprise", daysAgo: 33, answer: "talking" },
      { step: 7, who: "institute", daysAgo: 32, answer: "talking" },
      { step: 30, who: "institute", daysAgo: 9, answer: "agreed", note: "Hai bên thống nhất chạy thử một quý." },
      { step: 30, who: "enterprise", daysAgo: 8, answer: "agreed" },
    ],
    next: { action: "Mở thương vụ theo thỏa thuận của hai bên", inDays: 2 },
  },
  {
    key: "conflict",
    title: "Quan trắc nước thải mỏ trực tuyến",
    agreedDaysAgo: 9,
    said: [
      { step: 7, who: "institute", daysAgo: 1, answer: "talking", note: "Viện đang chờ doanh nghiệp chốt cấu hình." },
      { step: 7, who: "enterprise", daysAgo: 0, answer: "signed", note: "Đã ký với đơn vị được giới thiệu." },
    ],
    next: { action: "Gọi hai bên làm rõ đã ký hợp đồng nào", inDays: 1 },
  },
  {
    key: "open",
    title: "Bảo quản hàu sữa xuất khẩu",
    agreedDaysAgo: 8,
    said: [{ step: 7, who: "institute", daysAgo: 0, answer: "talking" }],
    next: { action: "Xem trả lời của hai bên", inDays: 5 },
  },
];

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`The demo outcomes could not be made: ${what}: ${result.code}`);
}

/**
 * What came of introductions between the two demo organisations: one that stopped after a contradiction was resolved, one
 * that wants a deal, one contradiction that waits for the broker, one question that waits for the enterprise. Through the
 * commands people and the clock use, on a clock set back. Safe to run again: each step is done once.
 */
export async function seedDemoOutcomes(ctx: Ctx, accounts: Accounts): Promise<number> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  let made = 0;
  for (const demo of OUTCOMES) {
    if (!done.has(`demo.outcome.${demo.key}.open`)) made++;
    const step = stepsOf(acting, done, demo);
    const caseId = await openAgreed(ctx, step, accounts, demo);
    await play(ctx, step, demo, caseId);
  }
  // what other demo meetings and introductions have come to ask about by today
  must(await sweepOutcomes(ctx), "sweep");
  return made;
}

const caseOf = (as: Ctx, caseId: string) =>
  as.db.brokerCase.findUniqueOrThrow({ where: { id: caseId }, select: { revision: true } });

type Step = (
  name: string,
  who: "broker" | Side,
  daysAgo: number,
  act: (as: Ctx) => Promise<Result<unknown>>,
) => Promise<void>;

/** Takes each step of one story once, as somebody, so many days before today. */
function stepsOf(acting: DemoActing, done: Map<string, string>, demo: DemoOutcome): Step {
  return async (name, who, daysAgo, act) => {
    const requestId = `demo.outcome.${demo.key}.${name}`;
    if (!done.has(requestId)) must(await act(await acting(who, daysAgo, requestId)), `${demo.key} ${name}`);
  };
}

/** A case from a fair, an introduction, both sides' yes: one after the other on the same day. */
async function openAgreed(ctx: Ctx, step: Step, accounts: Accounts, demo: DemoOutcome): Promise<string> {
  const at = demo.agreedDaysAgo;
  await step("open", "broker", at, (as) =>
    openCase(
      as,
      openCaseSchema.parse({
        title: demo.title,
        origin: "fair",
        originNote: "Ngày hội kết nối cung – cầu công nghệ (demo)",
        nextAction: "Hỏi ý kiến hai bên",
        nextActionOn: localDay(as.clock.now()),
        need: { organisationId: accounts.enterprise.organisationId },
        offering: { organisationId: accounts.institute.organisationId },
      }),
    ),
  );
  const { subjectId: caseId } = await ctx.db.auditEntry.findFirstOrThrow({
    where: { requestId: `demo.outcome.${demo.key}.open`, action: "case.opened" },
    select: { subjectId: true },
  });
  await step("propose", "broker", at, async (as) =>
    proposeIntroduction(as, {
      caseId,
      ...(await caseOf(as, caseId)),
      message: null,
      nextAction: "Theo dõi trả lời của hai bên",
    }),
  );
  const introductionId = async () =>
    (await ctx.db.introduction.findFirstOrThrow({ where: { caseId }, select: { id: true } })).id;
  await step("yes.offering", "institute", at, async (as) =>
    answerIntroduction(as, { ...YES, introductionId: await introductionId(), side: "offering" }),
  );
  await step("yes.need", "enterprise", at, async (as) =>
    answerIntroduction(as, { ...YES, introductionId: await introductionId(), side: "need" }),
  );
  return caseId;
}

/** The clock asks, the sides answer, the broker finds out; in the order of the days. */
async function play(ctx: Ctx, step: Step, demo: DemoOutcome, caseId: string): Promise<void> {
  for (const { step: days, who, daysAgo, answer, note } of demo.said) {
    await step(`${days}.${who}`, who, daysAgo, async (as) => {
      await askedBy(ctx, caseId, demo.agreedDaysAgo - days, days);
      const questionId = await questionOf(ctx, caseId, days, who === "enterprise" ? "need" : "offering");
      return answerOutcome(as, { questionId, answer, note: note ?? null });
    });
  }
  const { resolved, next } = demo;
  if (resolved)
    await step("resolve", "broker", resolved.daysAgo, async (as) =>
      resolveOutcome(as, {
        questionId: await questionOf(ctx, caseId, resolved.step, "need"),
        resolution: resolved.answer,
        note: resolved.note,
      }),
    );
  if ("closedDaysAgo" in next)
    await step("close", "broker", next.closedDaysAgo, async (as) =>
      closeCase(as, { caseId, ...(await caseOf(as, caseId)), reasonCode: "need_gone", note: null }),
    );
  else
    await step("plan", "broker", 0, async (as) =>
      planNextAction(as, {
        caseId,
        ...(await caseOf(as, caseId)),
        nextAction: next.action,
        nextActionOn: localDay(new Date(as.clock.now().getTime() + next.inDays * DAY)),
      }),
    );
}

/** Sweeps as the worker would have on that day, unless this step was asked already. */
async function askedBy(ctx: Ctx, caseId: string, daysAgo: number, days: number): Promise<void> {
  if ((await ctx.db.outcomeQuestion.count({ where: { caseId, days } })) > 0) return;
  const clock = fixedClock(new Date(ctx.clock.now().getTime() - daysAgo * DAY));
  const system = actingAs({ ...ctx, clock }, { kind: "system", name: "demo" });
  must(await sweepOutcomes(system), "sweep");
}

async function questionOf(ctx: Ctx, caseId: string, days: number, side: "need" | "offering"): Promise<string> {
  const found = await ctx.db.outcomeQuestion.findFirstOrThrow({ where: { caseId, days, side }, select: { id: true } });
  return found.id;
}
