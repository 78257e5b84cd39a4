import type { Ctx } from "../context";
import { ok } from "../result";
import type { Tx } from "./client.server";
import { transact } from "./transact.server";

/** What is logged of a row that could not be swept: an id, never a text, and which sweep it was. */
export type SweptRow = { ids: Record<string, string>; failed: string };

/**
 * One row of a sweep in a transaction of its own: a bad one must not keep the others waiting. It is logged, and tried
 * again at the next sweep.
 * @returns what the work did, null when it was refused; "failed" when it threw
 */
export async function sweepRow<T>(
  ctx: Ctx,
  row: SweptRow,
  work: (tx: Tx) => Promise<T>,
): Promise<{ did: T | null } | "failed"> {
  try {
    const end = await transact(ctx, async (tx) => ok(await work(tx)));
    return { did: end.ok ? end.value : null };
  } catch (error) {
    ctx.log.error({ err: error, ...row.ids }, row.failed);
    return "failed";
  }
}
