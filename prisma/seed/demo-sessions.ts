import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import { answerIntroduction, openCase, planNextAction, proposeIntroduction } from "~/modules/brokering/index.server";
import { openCaseSchema } from "~/modules/brokering/schemas";
import {
  addMeeting,
  answerMinutes,
  cancelSession,
  closeSession,
  confirmSession,
  createSession,
  giveFeedback,
  holdSession,
  recordAttendance,
  respondToMeeting,
  saveMinutes,
  sendInvitations,
  sweepMeetings,
} from "~/modules/sessions/index.server";
import { type MinutesInput, meetingSchema, minutesSchema, sessionSchema } from "~/modules/sessions/schemas";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import { demoActing, demoDone } from "./demo-listings";

type Accounts = Awaited<ReturnType<typeof ensureDemoAccounts>>;
type Who = "broker" | "enterprise" | "institute";
type Side = "need" | "offering";

const DAY = 86_400_000;
/** Request id under which the meeting was planned whose minutes both sides confirmed with the outcome "negotiate": a deal follows. */
export const DEMO_NEGOTIATED = "demo.session.closed.meeting.accepted";

/** That meeting's id; null while the demo has none. */
export async function demoNegotiatedMeeting(ctx: Ctx): Promise<string | null> {
  return (await demoDone(ctx)).get(DEMO_NEGOTIATED) ?? null;
}

/** Cases that began at a fair between the two demo organisations; both accepted to be introduced. */
const TOPICS = {
  write: "Máy sấy bơm nhiệt cho chả mực, cá khô",
  sent: "Quan trắc nước nuôi biển từ xa",
  disputed: "Thu hồi nhiệt thải lò nung gạch tuynel",
  inviting: "Truy xuất nguồn gốc hàu, ngao",
  confirmed: "Tái chế vỏ hàu làm phụ gia xây dựng",
  later: "Chế phẩm vi sinh xử lý đáy ao tôm",
} as const;
type Topic = keyof typeof TOPICS;

/** A moment of the demo: so many weekdays from today (the day itself when 0), at a time in Việt Nam. */
type Moment = { weekdays: number; time: string };

const PLACE = "Hội trường tầng 2, Sở Khoa học và Công nghệ Quảng Ninh";
const LINK = "https://hop.demo.cungcau.invalid/phien-ket-noi";

/**
 * Connection sessions parked at every stage between the two demo organisations, through the same commands brokers and
 * members use, on a clock set back: closed with confirmed minutes, held with minutes to write, sent and disputed, confirmed,
 * inviting, draft, cancelled. Safe to run again: each step is done once.
 */
export async function seedDemoSessions(ctx: Ctx, accounts: Accounts): Promise<number> {
  const work = await demoWork(ctx, accounts);
  const accepted = await acceptedIntroduction(ctx, work.done.get("demo.case.accepted.open"));
  if (!accepted) return 0;
  let made = 0;
  for (const seed of [closed, held, confirmed, inviting, postponed, draft]) if (await seed(work, accepted)) made++;
  const sweep = await sweepMeetings(ctx);
  if (!sweep.ok) throw new Error(`The demo sessions could not be swept: ${sweep.code}`);
  return made;
}

type Work = Awaited<ReturnType<typeof demoWork>>;

async function demoWork(ctx: Ctx, accounts: Accounts) {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  const now = ctx.clock.now();

  const dayOf = (weekdays: number): string => {
    const step = weekdays < 0 ? -1 : 1;
    let at = now.getTime();
    for (let left = Math.abs(weekdays); left > 0; ) {
      at += step * DAY;
      const weekday = new Date(`${localDay(new Date(at))}T00:00:00.000Z`).getUTCDay();
      if (weekday !== 0 && weekday !== 6) left--;
    }
    return localDay(new Date(at));
  };
  const momentOf = ({ weekdays, time }: Moment): Date =>
    new Date(Date.parse(`${dayOf(weekdays)}T${time}:00.000Z`) - 7 * 3_600_000);
  /** The context of somebody of the demo at a moment, never later than now. */
  const as = (who: Who, at: Moment | number, requestId: string): Promise<Ctx> => {
    const daysAgo = typeof at === "number" ? at : (now.getTime() - momentOf(at).getTime()) / DAY;
    return acting(who, Math.max(0, daysAgo), requestId);
  };
  /** Does a step once; returns the id of what it was done to. */
  const once = async (
    key: string,
    who: Who,
    at: Moment | number,
    act: (as: Ctx) => Promise<Result<unknown>>,
  ): Promise<string> => {
    const requestId = `demo.session.${key}`;
    const known = done.get(requestId);
    if (known) return known;
    const result = await act(await as(who, at, requestId));
    if (!result.ok)
      throw new Error(`The demo sessions could not be made: ${key}: ${result.code} ${JSON.stringify(result)}`);
    const { subjectId } = await ctx.db.auditEntry.findFirstOrThrow({
      where: { requestId },
      orderBy: { seq: "asc" },
      select: { subjectId: true },
    });
    done.set(requestId, subjectId);
    return subjectId;
  };
  return { ctx, accounts, done, dayOf, once };
}

async function acceptedIntroduction(ctx: Ctx, caseId: string | undefined): Promise<string | null> {
  const row = caseId && (await ctx.db.introduction.findFirst({ where: { caseId, state: "accepted" } }));
  return row ? row.id : null;
}

/** A case from a fair whose introduction both demo organisations accepted. */
async function introductionAbout({ ctx, accounts, once }: Work, topic: Topic): Promise<string> {
  const key = `case.${topic}`;
  const caseId = await once(`${key}.open`, "broker", 20, (as) =>
    openCase(
      as,
      openCaseSchema.parse({
        title: TOPICS[topic],
        origin: "fair",
        originNote: "Gặp tại gian hàng của Sở ở hội chợ",
        nextAction: "Đề nghị giới thiệu hai bên",
        nextActionOn: localDay(as.clock.now()),
        need: { organisationId: accounts.enterprise.organisationId },
        offering: { organisationId: accounts.institute.organisationId },
      }),
    ),
  );
  await once(`${key}.propose`, "broker", 19.8, async (as) =>
    proposeIntroduction(as, {
      caseId,
      revision: await caseRevision(ctx, caseId),
      message: "Hai bên đã trao đổi tại hội chợ, Sở đề nghị giới thiệu chính thức.",
      nextAction: "Bố trí buổi gặp",
    }),
  );
  const { id: introductionId } = await ctx.db.introduction.findFirstOrThrow({
    where: { caseId },
    orderBy: { proposedAt: "asc" },
    select: { id: true },
  });
  const yes = { introductionId, answer: "accepted", unclear: null, about: null, reasonCode: null, note: null } as const;
  await once(`${key}.answer.offering`, "institute", 19, (as) =>
    answerIntroduction(as, { ...yes, side: "offering", cooperation: "Chuyển giao kèm đào tạo, sẵn sàng chạy thử." }),
  );
  await once(`${key}.answer.need`, "enterprise", 18.5, (as) =>
    answerIntroduction(as, { ...yes, side: "need", cooperation: "Muốn xem thử nghiệm trước khi đầu tư." }),
  );
  return introductionId;
}

/** What the broker has to do about these cases once the session is where it is parked. */
async function followUp(work: Work, topics: readonly Topic[], nextAction: string, weekdays: number): Promise<void> {
  for (const topic of topics) {
    const caseId = work.done.get(`demo.session.case.${topic}.open`) ?? "";
    await work.once(`case.${topic}.plan`, "broker", 0, async (as) =>
      planNextAction(as, {
        caseId,
        revision: await caseRevision(work.ctx, caseId),
        nextAction,
        nextActionOn: work.dayOf(weekdays),
      }),
    );
  }
}

const caseRevision = async (ctx: Ctx, id: string): Promise<number> =>
  (await ctx.db.brokerCase.findUniqueOrThrow({ where: { id }, select: { revision: true } })).revision;

/** What one demo session is made of: its day in weekdays from today, and the steps that lead to where it is parked. */
function sessionOf(work: Work, key: string, day: number, form: { title: string; tables?: string; agenda?: string }) {
  const { ctx, once, dayOf } = work;
  const date = dayOf(day);
  const prepared = Math.min(day, 0);
  const before = (weekdays: number, time: string): Moment => ({ weekdays: prepared - weekdays, time });
  const on = (time: string): Moment => ({ weekdays: day, time });
  const step = async (sessionId: string) => ({
    sessionId,
    revision: (await ctx.db.connectionSession.findUniqueOrThrow({ where: { id: sessionId } })).revision,
  });
  const meetingRow = (id: string) => ctx.db.meeting.findUniqueOrThrow({ where: { id } });
  return {
    on,
    create: () =>
      once(`${key}.create`, "broker", before(3, "09:00"), (as) =>
        createSession(
          as,
          sessionSchema.parse({
            date,
            startTime: "08:00",
            endTime: "11:30",
            place: PLACE,
            onlineUrl: LINK,
            tables: form.tables ?? "4",
            slotMinutes: "30",
            agenda: form.agenda ?? "08:00 Đón tiếp, giới thiệu\n08:15 Gặp 1:1 theo lịch\n11:00 Tổng kết",
            title: form.title,
          }),
        ),
      ),
    meet: (sessionId: string, name: string, introductionId: string, start: string, end: string, table: string) =>
      once(`${key}.meeting.${name}`, "broker", before(3, "09:30"), (as) =>
        addMeeting(as, {
          sessionId,
          ...meetingSchema.parse({ introductionId, date, startTime: start, endTime: end, tableNumber: table }),
        }),
      ),
    invite: (sessionId: string) =>
      once(`${key}.invite`, "broker", before(3, "10:00"), async (as) => sendInvitations(as, await step(sessionId))),
    comes: (meetingId: string, name: string, side: Side, at: Moment = before(2, side === "need" ? "14:00" : "10:00")) =>
      once(`${key}.comes.${name}.${side}`, side === "need" ? "enterprise" : "institute", at, async (as) =>
        respondToMeeting(as, {
          meetingId,
          side,
          sequence: (await meetingRow(meetingId)).sequence,
          answer: "confirmed",
          reasonCode: null,
          note: null,
        }),
      ),
    confirm: (sessionId: string) =>
      once(`${key}.confirm`, "broker", before(1, "15:00"), async (as) => confirmSession(as, await step(sessionId))),
    attended: (meetingId: string, name: string, time: string) =>
      once(`${key}.attended.${name}`, "broker", on(time), async (as) =>
        recordAttendance(as, {
          meetingId,
          revision: (await meetingRow(meetingId)).revision,
          need: true,
          offering: true,
        }),
      ),
    hold: (sessionId: string) =>
      once(`${key}.hold`, "broker", on("11:30"), async (as) => holdSession(as, await step(sessionId))),
    minutes: (meetingId: string, name: string, time: string, text: Omit<MinutesInput, "revision">) =>
      once(`${key}.minutes.${name}`, "broker", on(time), (as) =>
        saveMinutes(as, { ...text, revision: 0, meetingId, send: true }),
      ),
    agree: (meetingId: string, name: string, side: Side, time: string, remark: string | null = null) =>
      once(`${key}.agree.${name}.${side}`, side === "need" ? "enterprise" : "institute", on(time), (as) =>
        answerMinutes(as, { meetingId, side, revision: 1, answer: remark ? "disputed" : "confirmed", remark }),
      ),
    feedback: (meetingId: string, name: string, side: Side, score: number, comment: string) =>
      once(`${key}.feedback.${name}.${side}`, side === "need" ? "enterprise" : "institute", on("18:00"), (as) =>
        giveFeedback(as, { meetingId, side, score, comment }),
      ),
    close: (sessionId: string) =>
      once(`${key}.close`, "broker", on("17:30"), async (as) => closeSession(as, await step(sessionId))),
    cancel: (sessionId: string) =>
      once(`${key}.cancel`, "broker", before(1, "16:00"), async (as) =>
        cancelSession(as, { ...(await step(sessionId)), reasonCode: "postponed" }),
      ),
  };
}

const textOf = (work: Work, outcome: string, decisions: string, nextStep: string, nextOwner: string, inDays: number) =>
  minutesSchema.parse({ revision: "0", outcome, decisions, nextStep, nextOwner, nextOn: work.dayOf(inDays) });

type Seed = (work: Work, accepted: string) => Promise<boolean>;
/** Known before a session's first step. */
const isNew = (work: Work, key: string): boolean => !work.done.has(`demo.session.${key}.create`);

const closed: Seed = async (work, accepted) => {
  const fresh = isNew(work, "closed");
  const make = sessionOf(work, "closed", -5, { title: "Phiên kết nối công nghệ xử lý nước mỏ", tables: "2" });
  const sessionId = await make.create();
  const meetingId = await make.meet(sessionId, "accepted", accepted, "08:30", "09:15", "1");
  await make.invite(sessionId);
  await make.comes(meetingId, "accepted", "offering");
  await make.comes(meetingId, "accepted", "need");
  await make.confirm(sessionId);
  await make.attended(meetingId, "accepted", "08:35");
  await make.hold(sessionId);
  const text = textOf(
    work,
    "negotiate",
    "Viện trình bày số liệu 14 tháng vận hành mô-đun lọc hấp phụ mangan. Doanh nghiệp đồng ý đàm phán hợp đồng cho một mô-đun 300 m³/h, chạy thử 60 ngày trước nghiệm thu.",
    "Gửi dự thảo điều khoản kỹ thuật và báo giá",
    "offering",
    6,
  );
  await make.minutes(meetingId, "accepted", "15:00", text);
  await make.agree(meetingId, "accepted", "offering", "16:00");
  await make.agree(meetingId, "accepted", "need", "16:45");
  await make.close(sessionId);
  await make.feedback(meetingId, "accepted", "need", 5, "Đúng người, đúng việc; số liệu rõ ràng.");
  await make.feedback(meetingId, "accepted", "offering", 4, "Nên có thêm thời gian trao đổi kỹ thuật.");
  const caseId = work.done.get("demo.case.accepted.open") ?? "";
  await work.once("closed.plan", "broker", 0, async (as) =>
    planNextAction(as, {
      caseId,
      revision: await caseRevision(work.ctx, caseId),
      nextAction: "Theo dõi dự thảo điều khoản, hỗ trợ đàm phán",
      nextActionOn: work.dayOf(6),
    }),
  );
  return fresh;
};

const held: Seed = async (work) => {
  const fresh = isNew(work, "held");
  const make = sessionOf(work, "held", -2, { title: "Phiên kết nối sau hội chợ công nghệ" });
  const sessionId = await make.create();
  // topic, from, to, table
  const plan = [
    ["write", "08:15", "08:45", "1"],
    ["sent", "09:00", "09:30", "1"],
    ["disputed", "09:45", "10:15", "2"],
  ] as const;
  const ids = new Map<Topic, string>();
  for (const [topic, start, end, table] of plan)
    ids.set(topic, await make.meet(sessionId, topic, await introductionAbout(work, topic), start, end, table));
  await make.invite(sessionId);
  for (const [topic, id] of ids) for (const side of ["offering", "need"] as const) await make.comes(id, topic, side);
  await make.confirm(sessionId);
  for (const [topic, start] of plan) await make.attended(ids.get(topic) ?? "", topic, start);
  await make.hold(sessionId);
  const sent = textOf(
    work,
    "trial",
    "Lắp thử hai trạm đo tại một khu nuôi trong 30 ngày; doanh nghiệp bố trí bè và điện, viện lo thiết bị.",
    "Chốt địa điểm và thời gian lắp thử",
    "need",
    3,
  );
  await make.minutes(ids.get("sent") ?? "", "sent", "14:00", sent);
  await make.agree(ids.get("sent") ?? "", "sent", "offering", "15:30");
  const disputed = textOf(
    work,
    "site_visit",
    "Viện khảo sát lò nung, đo nhiệt khói thải ở hai chế độ vận hành.",
    "Khảo sát hiện trường, gửi báo cáo đo",
    "offering",
    8,
  );
  await make.minutes(ids.get("disputed") ?? "", "disputed", "14:30", disputed);
  const remark = "Đề nghị ghi rõ: khảo sát vào cuối tuần, khi lò chạy giảm tải; chi phí đo do viện chịu.";
  await make.agree(ids.get("disputed") ?? "", "disputed", "need", "16:30", remark);
  await followUp(work, ["write", "disputed"], "Gửi biên bản cho hai bên", 1);
  await followUp(work, ["sent"], "Theo dõi xác nhận biên bản", 3);
  return fresh;
};

const confirmed: Seed = async (work) => {
  const fresh = isNew(work, "confirmed");
  const make = sessionOf(work, "confirmed", 5, { title: "Phiên kết nối vật liệu từ phụ phẩm thủy sản" });
  const sessionId = await make.create();
  const introductionId = await introductionAbout(work, "confirmed");
  const meetingId = await make.meet(sessionId, "confirmed", introductionId, "09:00", "09:30", "1");
  await make.invite(sessionId);
  await make.comes(meetingId, "confirmed", "offering");
  await make.comes(meetingId, "confirmed", "need");
  await make.confirm(sessionId);
  await followUp(work, ["confirmed"], "Chuẩn bị phòng họp, nhắc hai bên mang mẫu", 4);
  return fresh;
};

const inviting: Seed = async (work) => {
  const fresh = isNew(work, "inviting");
  const make = sessionOf(work, "inviting", 8, { title: "Phiên kết nối truy xuất nguồn gốc thủy sản" });
  const sessionId = await make.create();
  const introductionId = await introductionAbout(work, "inviting");
  const meetingId = await make.meet(sessionId, "inviting", introductionId, "08:30", "09:00", "2");
  await make.invite(sessionId);
  await make.comes(meetingId, "inviting", "offering");
  await followUp(work, ["inviting"], "Gọi cho bên chưa trả lời lời mời", 2);
  return fresh;
};

const postponed: Seed = async (work) => {
  const fresh = isNew(work, "postponed");
  const make = sessionOf(work, "postponed", 3, { title: "Phiên kết nối xử lý môi trường ao nuôi (hoãn)" });
  const sessionId = await make.create();
  await make.meet(sessionId, "later", await introductionAbout(work, "later"), "08:30", "09:00", "1");
  await make.invite(sessionId);
  await make.cancel(sessionId);
  return fresh;
};

/** The same pair as of the cancelled session, planned anew. */
const draft: Seed = async (work) => {
  const fresh = isNew(work, "draft");
  const make = sessionOf(work, "draft", 14, { title: "Phiên kết nối xử lý môi trường ao nuôi" });
  const sessionId = await make.create();
  await make.meet(sessionId, "later", await introductionAbout(work, "later"), "08:30", "09:00", "1");
  await followUp(work, ["later"], "Chốt danh sách, gửi lời mời", 3);
  return fresh;
};
