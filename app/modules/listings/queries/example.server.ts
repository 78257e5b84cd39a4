import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import needs from "../data/examples-need.json";
import offerings from "../data/examples-offering.json";

type Words = { title: string; text: string; line: string };
const EXAMPLES: Record<ListingKind, Record<string, Record<"vi" | "en", Words>>> = { need: needs, offering: offerings };

export type ExampleWords = Words & { field: string; lang: "vi" | "en" };
/** Shown until a sector is chosen: what most enterprises of the province come with. */
const FIRST: Record<ListingKind, string> = { need: "KKM", offering: "MTR" };

/** A good listing of the draft's field (top level of its sector) in the reader's language. */
export function exampleFor(ctx: Ctx, kind: ListingKind, sector: string): ExampleWords | null {
  const wanted = sector.split("-")[0] ?? "";
  const field = EXAMPLES[kind][wanted] ? wanted : FIRST[kind];
  const words = EXAMPLES[kind][field]?.[ctx.locale];
  return words ? { ...words, field, lang: ctx.locale } : null;
}
