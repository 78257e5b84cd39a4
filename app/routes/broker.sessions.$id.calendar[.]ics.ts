import type { LoaderFunctionArgs } from "@remix-run/node";
import { sessionCalendar } from "~/modules/sessions/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { calendarFile } from "~/platform/http/calendar-file.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

/** All meetings of a session for the calendars of the Department. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  return calendarFile(await sessionCalendar(ctxOf(context), params.id ?? ""));
}
