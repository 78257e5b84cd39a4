import { useRouteLoaderData } from "@remix-run/react";
import { type ReasonList, type ReasonRow, reasonsInForce } from "~/platform/lists/reason-lists";

/** The reasons of a list that one can choose now, in the order that administrators gave them. */
export function useReasons(list: ReasonList, supplied: readonly string[]): string[] {
  const site = useRouteLoaderData("root") as { reasons?: ReasonRow[] } | undefined;
  return reasonsInForce(list, supplied, site?.reasons ?? []);
}
