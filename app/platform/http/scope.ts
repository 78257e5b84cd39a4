import type { AppLoadContext } from "@remix-run/node";
import type { Ctx } from "../context";

/** One HTTP request: its context, made once however many loaders run. */
export type RequestScope = {
  /** resolved by the guard before any loader or action runs */
  ctx: Ctx | null;
  resolve(): Promise<Ctx>;
  /** address of the caller, for rate limits only */
  remoteAddress: string;
};

/** The context of the current request. Loaders and actions run behind the guard, which has resolved it. */
export function ctxOf(context: AppLoadContext): Ctx {
  if (!context.scope.ctx) throw new Error("The guard did not run before this loader");
  return context.scope.ctx;
}
