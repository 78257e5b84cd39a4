import { z } from "zod";
import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { type Reason, reasonOfJob, reasonOfMail } from "../domain/failure-reasons";
import { mayOperate } from "../policy";
import { describeSubjects, type Subject, type SubjectRef } from "./describe-subjects.server";

export type DeadLetterView = {
  id: string;
  jobName: string;
  jobId: string;
  errorCode: string;
  error: string;
  reason: Reason;
  attempts: number | null;
  createdAt: Date;
  /** the event it followed from, its time and its subject; null when there is none (any more) */
  event: { type: string; at: Date; requestId: string | null } | null;
  subject: Subject | null;
  /** of a mail: what the mail server said last */
  mail: { kind: string; lastError: string | null; attempts: number } | null;
  resolvedAt: Date | null;
  /** "replayed", or "dropped: " and the note of who dropped it */
  resolution: string | null;
};
/** Letters of one job and code: they have one cause, and are replayed or dropped together. */
export type DeadLetterGroup = { jobName: string; errorCode: string; reason: Reason; count: number };
export type DeadLetterPage = {
  letters: DeadLetterView[];
  groups: DeadLetterGroup[];
  open: number;
  resolved: number;
  page: number;
  pages: number;
};

const PER_PAGE = 25;
const idsIn = z.object({
  eventId: z.uuid().optional(),
  mailId: z.uuid().optional(),
  listingId: z.uuid().optional(),
});

/** Jobs that were given up, newest first; null for everybody but administrators. Pages count from 1. */
export async function listDeadLetters(
  ctx: Ctx,
  input: { resolved: boolean; page: number; jobName?: string; errorCode?: string },
): Promise<DeadLetterPage | null> {
  if (!mayOperate(ctx.actor)) return null;
  const where: Prisma.DeadLetterWhereInput = {
    resolvedAt: input.resolved ? { not: null } : null,
    ...(input.jobName ? { jobName: input.jobName } : {}),
    ...(input.errorCode ? { errorCode: input.errorCode } : {}),
  };
  const [open, resolved, found, groups] = await Promise.all([
    ctx.db.deadLetter.count({ where: { resolvedAt: null } }),
    ctx.db.deadLetter.count({ where: { resolvedAt: { not: null } } }),
    ctx.db.deadLetter.count({ where }),
    ctx.db.deadLetter.groupBy({ by: ["jobName", "errorCode"], where: { resolvedAt: null }, _count: true }),
  ]);
  const pages = Math.max(1, Math.ceil(found / PER_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(input.page) || 1), pages);
  const rows = await ctx.db.deadLetter.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  return {
    letters: await viewsOf(ctx, rows),
    groups: groups
      .map(({ jobName, errorCode, _count: count }) => ({ jobName, errorCode, reason: reasonOfJob(errorCode), count }))
      .sort((a, b) => b.count - a.count || a.jobName.localeCompare(b.jobName)),
    open,
    resolved,
    page,
    pages,
  };
}

type Row = Prisma.DeadLetterGetPayload<object>;

async function viewsOf(ctx: Ctx, rows: Row[]): Promise<DeadLetterView[]> {
  const payloads = new Map(rows.map((row) => [row.id, idsIn.safeParse(row.payload).data ?? {}]));
  const named = (key: "eventId" | "mailId") => [...payloads.values()].flatMap((payload) => payload[key] ?? []);
  const [events, mails] = await Promise.all([
    ctx.db.outboxEvent.findMany({
      where: { id: { in: [...named("eventId"), ...rows.flatMap((row) => eventIdIn(row))] } },
      select: { id: true, type: true, subjectKind: true, subjectId: true, createdAt: true, requestId: true },
    }),
    ctx.db.mail.findMany({
      where: { id: { in: named("mailId") } },
      select: { id: true, kind: true, subjectKind: true, subjectId: true, lastError: true, attempts: true },
    }),
  ]);
  const eventOf = new Map(events.map((event) => [event.id, event]));
  const mailOf = new Map(mails.map((mail) => [mail.id, mail]));
  const refs = new Map<string, SubjectRef>();
  for (const row of rows) {
    const payload = payloads.get(row.id) ?? {};
    const event = eventOf.get(payload.eventId ?? eventIdIn(row)[0] ?? "");
    const mail = mailOf.get(payload.mailId ?? "");
    if (event) refs.set(row.id, { kind: event.subjectKind, id: event.subjectId });
    else if (mail?.subjectKind && mail.subjectId) refs.set(row.id, { kind: mail.subjectKind, id: mail.subjectId });
    else if (payload.listingId) refs.set(row.id, { kind: "listing", id: payload.listingId });
  }
  const subjects = await describeSubjects(ctx, [...refs.values()]);
  return rows.map((row) => {
    const payload = payloads.get(row.id) ?? {};
    const event = eventOf.get(payload.eventId ?? eventIdIn(row)[0] ?? "");
    const mail = mailOf.get(payload.mailId ?? "");
    const refused = row.errorCode.startsWith("mail.") && mail?.lastError;
    return {
      id: row.id,
      jobName: row.jobName,
      jobId: row.jobId,
      errorCode: row.errorCode,
      error: row.error,
      reason: refused ? reasonOfMail(mail.lastError) : reasonOfJob(row.errorCode),
      attempts: row.attempts,
      createdAt: row.createdAt,
      event: event ? { type: event.type, at: event.createdAt, requestId: event.requestId } : null,
      subject: subjects.get(refs.get(row.id)?.id ?? "") ?? null,
      mail: mail ? { kind: mail.kind, lastError: mail.lastError, attempts: mail.attempts } : null,
      resolvedAt: row.resolvedAt,
      resolution: row.resolution,
    };
  });
}

/** Jobs that follow an event carry its id in their own: `<job>.<event id>`. */
function eventIdIn(row: Row): string[] {
  const rest = row.jobId.slice(row.jobName.length + 1);
  return z.uuid().safeParse(rest).success ? [rest] : [];
}
