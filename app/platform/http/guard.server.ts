import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { ACCESS, type RouteHandle } from "./access";

type Handler = (args: LoaderFunctionArgs | ActionFunctionArgs) => unknown;

function handleOf(routeId: string, handle: unknown): RouteHandle {
  if (typeof handle === "object" && handle !== null && "access" in handle) {
    const { access } = handle as RouteHandle;
    if (Object.hasOwn(ACCESS, access)) return handle as RouteHandle;
  }
  throw new Error(`Route ${routeId} does not say who may use it: export const handle = { access: "…" }`);
}

/**
 * Wraps every loader and action of the build so that nothing runs for an actor whom the route does not admit.
 * Fails closed: a route without a declared access, or a page for some people without a loader, stops the start.
 * Refusal comes before any look-up: signed out → sign-in page and back; signed in without the role → 403.
 */
export function guardBuild(build: ServerBuild, demo: boolean): ServerBuild {
  const routes: ServerBuild["routes"] = {};
  for (const [id, route] of Object.entries(build.routes)) {
    if (!route) continue;
    const handle = handleOf(id, route.module.handle);
    if (handle.demoOnly && !demo) continue;
    if (handle.access !== "public" && !route.module.loader) {
      throw new Error(`Route ${id} is not public and has no loader: the server could not refuse it`);
    }
    const wrap =
      (handler: Handler): Handler =>
      async (args) => {
        const ctx = await args.context.scope.resolve();
        if (!ACCESS[handle.access](ctx.actor)) {
          if (ctx.actor.kind === "anonymous") {
            const url = new URL(args.request.url);
            const next =
              args.request.method === "GET" ? `${url.pathname.replace(/\.data$/, "")}${url.search}` : "/home";
            throw redirect(`/sign-in?next=${encodeURIComponent(next)}`);
          }
          throw new Response(null, { status: 403, statusText: "Forbidden" });
        }
        return handler(args);
      };
    const module = { ...route.module };
    if (module.loader) module.loader = wrap(module.loader as Handler) as typeof module.loader;
    if (module.action) module.action = wrap(module.action as Handler) as typeof module.action;
    routes[id] = { ...route, module };
  }
  return { ...build, routes };
}
