import type { LoaderFunctionArgs } from "@remix-run/node";
import { meetingCalendar } from "~/modules/sessions/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { calendarFile } from "~/platform/http/calendar-file.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

/** One meeting for the calendar of somebody who may see it; absent and hidden answer alike. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  return calendarFile(await meetingCalendar(ctxOf(context), params.id ?? ""));
}
