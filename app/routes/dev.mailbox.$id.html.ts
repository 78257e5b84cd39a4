import type { LoaderFunctionArgs } from "@remix-run/node";
import { mailboxMail } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public", demoOnly: true };

/**
 * A mail's designed version as a document of its own: sandboxed (no scripts, no forms, an origin that is not ours),
 * nothing may be loaded. The block of dark-mode rules is left out: the site's own policy allows style attributes only.
 */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const mail = await mailboxMail(ctxOf(context), params.id ?? "");
  if (!mail) throw new Response(null, { status: 404 });
  return new Response(mail.written.html.replace(/<style>.*?<\/style>/s, ""), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-top-navigation",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
