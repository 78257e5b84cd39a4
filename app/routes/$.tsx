import type { MetaFunction } from "@remix-run/node";
import { metaTitle } from "~/components/meta";
import type { RouteHandle } from "~/platform/http/access";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "common:error.404.title");

/** Every address that no other route knows. */
export function loader(): never {
  throw new Response(null, { status: 404 });
}
export const action = loader;

export default function NothingHere() {
  return null;
}
