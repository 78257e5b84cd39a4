import type { Ctx } from "../context";
import { Conflict, type Result } from "../result";
import type { Tx } from "./client.server";

/**
 * Write conflicts and deadlocks: the whole transaction may be tried again. Prisma says P2034 for its own queries; for raw
 * SQL it says P2010 and keeps PostgreSQL's code (40001, 40P01) and "TransactionWriteConflict" in `meta`.
 */
function isWriteConflict(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  if (error.code === "P2034") return true;
  return error.code === "P2010" && "meta" in error && JSON.stringify(error.meta).includes('"TransactionWriteConflict"');
}

/**
 * Runs one use case in one transaction: state, audit row and outbox row commit together or not at all.
 * `abort("code")` inside rolls back and comes out as that Failure. Write conflicts are tried three times.
 */
export async function transact<T>(ctx: Ctx, work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.$transaction(
        async (tx) => {
          const result = await work(tx);
          if (!result.ok) throw new Conflict(result);
          return result;
        },
        { maxWait: 10_000, timeout: 30_000 },
      );
    } catch (error) {
      if (error instanceof Conflict) return error.failure;
      if (attempt < 3 && isWriteConflict(error)) continue;
      throw error;
    }
  }
}
