import type { ActionFunctionArgs } from "@remix-run/node";
import { reportBounces } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

/** Looked at in a browser there is nothing here. */
export function loader() {
  throw new Response(null, { status: 404 });
}

/** A mail service reports mails that came back (docs/operations.md). */
export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await reportBounces(ctxOf(context), {
    body: await request.text(),
    timestamp: request.headers.get("x-cungcau-timestamp"),
    signature: request.headers.get("x-cungcau-signature"),
  });
  if (answer.status !== 200) return new Response(null, { status: answer.status });
  return Response.json({ taken: answer.taken });
}
