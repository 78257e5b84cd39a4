import type { LoaderFunctionArgs } from "@remix-run/node";
import { mailboxMail } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { calendarFile } from "~/platform/http/calendar-file.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public", demoOnly: true };

/** The calendar file a mail carries, as its reader would get it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const mail = await mailboxMail(ctxOf(context), params.id ?? "");
  return calendarFile(mail?.written.calendar ?? null);
}
