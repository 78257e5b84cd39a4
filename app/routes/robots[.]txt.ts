import type { LoaderFunctionArgs } from "@remix-run/node";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

/** What is for members and staff, and what only repeats pages, is not for search engines; a demonstration not at all. */
const CLOSED = ["/account", "/broker", "/deals", "/desk", "/dev", "/files", "/home", "/my", "/notices", "/search/"];

export function loader({ context }: LoaderFunctionArgs) {
  const { env } = ctxOf(context);
  const rules = env.APP_MODE === "demo" ? ["/"] : CLOSED;
  const lines = [
    "User-agent: *",
    ...rules.map((path) => `Disallow: ${path}`),
    `Sitemap: ${new URL("/sitemap.xml", env.PUBLIC_URL).href}`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
