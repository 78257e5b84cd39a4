import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { kindsOf, TOPICS, type Topic, topicOf } from "../domain/topics";

export type NoticeView = {
  id: string;
  kind: string;
  /** words for notifications:kinds.<kind> */
  params: Record<string, string>;
  path: string;
  /** what a broker answered to this reader's own question; read when shown and stored in no notice */
  answer: string | null;
  createdAt: Date;
  read: boolean;
};
export type NoticePage = {
  notices: NoticeView[];
  /** over all, whatever is asked for */
  unread: number;
  total: number;
  page: number;
  pages: number;
  /** topics this reader has notices of, for narrowing */
  topics: Topic[];
};
export type NoticeQuery = { page?: number; unreadOnly?: boolean; topic?: Topic | null };

const PER_PAGE = 20;

/** The actor's own notices, newest first, all of them or narrowed; nobody reads another person's. Pages count from 1. */
export async function noticesOf(
  ctx: Ctx,
  { page = 1, unreadOnly = false, topic = null }: NoticeQuery = {},
): Promise<NoticePage> {
  if (!isPerson(ctx.actor)) return { notices: [], unread: 0, total: 0, page: 1, pages: 1, topics: [] };
  const { personId } = ctx.actor;
  const where = {
    personId,
    ...(unreadOnly ? { readAt: null } : {}),
    ...(topic ? { kind: { in: kindsOf(topic) } } : {}),
  };
  const [total, unread, kinds] = await Promise.all([
    ctx.db.notice.count({ where }),
    unreadCount(ctx),
    ctx.db.notice.groupBy({ by: ["kind"], where: { personId } }),
  ]);
  const known = new Set(kinds.map(({ kind }) => topicOf(kind)));
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const shown = Math.min(Math.max(1, Math.trunc(page) || 1), pages);
  const rows = await ctx.db.notice.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: (shown - 1) * PER_PAGE,
    take: PER_PAGE,
    select: { id: true, kind: true, params: true, subjectId: true, createdAt: true, readAt: true },
  });
  const answers = await answersTo(ctx, rows);
  const notices = rows.map((row) => view(row, answers.get(row.subjectId) ?? null));
  return { notices, unread, total, page: shown, pages, topics: TOPICS.filter((one) => known.has(one)) };
}

/** How many notices the actor has not read yet; 0 for everybody who is not a person. */
export async function unreadCount(ctx: Ctx): Promise<number> {
  if (!isPerson(ctx.actor)) return 0;
  return ctx.db.notice.count({ where: { personId: ctx.actor.personId, readAt: null } });
}

const ANSWERS = ["interest-answered", "search-question-answered"];

/** Answers to the actor's own questions, for the notices that tell of them. */
async function answersTo(ctx: Ctx, rows: { kind: string; subjectId: string }[]): Promise<Map<string, string | null>> {
  const ids = rows.filter((row) => ANSWERS.includes(row.kind)).map((row) => row.subjectId);
  if (ids.length === 0 || !isPerson(ctx.actor)) return new Map();
  const found = await ctx.db.interest.findMany({
    where: { id: { in: ids }, personId: ctx.actor.personId },
    select: { id: true, answer: true },
  });
  return new Map(found.map((row) => [row.id, row.answer]));
}

function view(
  row: { id: string; kind: string; params: unknown; createdAt: Date; readAt: Date | null },
  answer: string | null,
): NoticeView {
  const given = typeof row.params === "object" && row.params !== null ? Object.entries(row.params) : [];
  const { path = "/home", ...params } = Object.fromEntries(
    given.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const { brokerId: _broker, linkId: _link, note: _note, reasonCode: _reason, ...words } = params;
  return {
    id: row.id,
    kind: row.kind,
    params: words,
    path,
    answer,
    createdAt: row.createdAt,
    read: row.readAt !== null,
  };
}
