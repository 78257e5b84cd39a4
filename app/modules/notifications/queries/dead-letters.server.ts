import type { Ctx } from "~/platform/context";
import { mayHandleDeadLetters } from "../policy";

export type DeadLetterView = {
  id: string;
  jobName: string;
  jobId: string;
  payload: string;
  errorCode: string;
  error: string;
  createdAt: Date;
  resolvedAt: Date | null;
  /** "replayed", or the note of who dropped it */
  resolution: string | null;
};
const PER_PAGE = 25;

/** Jobs that were given up, newest first; null for everybody but administrators. Pages count from 1. */
export async function listDeadLetters(
  ctx: Ctx,
  input: { resolved: boolean; page: number },
): Promise<{ letters: DeadLetterView[]; open: number; resolved: number; page: number; pages: number } | null> {
  if (!mayHandleDeadLetters(ctx.actor)) return null;
  const [open, resolved] = await Promise.all([
    ctx.db.deadLetter.count({ where: { resolvedAt: null } }),
    ctx.db.deadLetter.count({ where: { resolvedAt: { not: null } } }),
  ]);
  const pages = Math.max(1, Math.ceil((input.resolved ? resolved : open) / PER_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(input.page) || 1), pages);
  const rows = await ctx.db.deadLetter.findMany({
    where: { resolvedAt: input.resolved ? { not: null } : null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  const letters = rows.map(({ payload, queue: _queue, resolvedById: _by, ...row }) => ({
    ...row,
    payload: JSON.stringify(payload),
  }));
  return { letters, open, resolved, page, pages };
}
