import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { metaTitle } from "~/components/meta";
import { signOut } from "~/modules/accounts/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { loginCookie } from "~/platform/http/cookies.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:signIn.title");

/** A link or a prefetch signs nobody out. */
export function loader() {
  throw redirect("/");
}

export async function action({ context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  await signOut(ctx);
  throw redirect("/sign-in?done=out", { headers: { "Set-Cookie": loginCookie(ctx.env, "") } });
}

export default function SignOutPage() {
  return null;
}
