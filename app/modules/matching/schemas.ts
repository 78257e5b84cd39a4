import { z } from "zod";
import { reasonCode } from "~/platform/form-fields";
import { TERM_KINDS, TERM_SOURCES } from "./domain/dictionary-entries";

export { TERM_KINDS, TERM_SOURCES, type TermKind, type TermSource } from "./domain/dictionary-entries";
export { ELEMENTS, type Element, type ListingElements, type SharedElement } from "./domain/elements";
export type { CaseFigures, EvalRun, Evaluation } from "./domain/evaluation";
export type { Contribution, EvidenceCard, Missing } from "./domain/evidence";
/** Client-safe shapes of the matching context. */
export { type Decision, DISMISS_REASONS } from "./domain/match-decisions";

export const MESSAGE_LENGTH = 2_000;
export const NOTE_LENGTH = 1_000;

const text = (most: number) => z.string().trim().max(most, "matching:error.tooLong");

export const decisionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("shortlist"), matchId: z.uuid() }),
  z.object({ intent: z.literal("undo"), matchId: z.uuid() }),
  z.object({
    intent: z.literal("dismiss"),
    matchId: z.uuid(),
    reasonCode: reasonCode("matching:error.reasonMissing"),
    note: text(NOTE_LENGTH).optional(),
  }),
]);

const forms = z.string().max(2_000, "dictionary:error.tooMuch").default("");
const revision = z.coerce.number().int().min(0).default(0);
/** An entry as the form gives it: one form a line. `revision` is that of the entry when it was opened. */
export const termSchema = z.object({
  en: forms,
  vi: forms,
  kind: z.enum(TERM_KINDS, "dictionary:error.kindMissing"),
  source: z.enum(TERM_SOURCES, "dictionary:error.sourceMissing"),
  note: z.string().max(500, "dictionary:error.tooMuch").optional(),
  revision,
});
export type TermInput = z.infer<typeof termSchema>;
export const switchSchema = z.object({
  active: z.enum(["on", "off"]),
  note: z.string().max(500, "dictionary:error.tooMuch").optional(),
  revision,
});

export const INTEREST_KINDS = ["can_solve", "ask_broker"] as const;
export const interestSchema = z.object({
  kind: z.enum(INTEREST_KINDS, "matching:error.kindMissing"),
  /** in whose name; none: a person asks for themselves */
  organisationId: z.uuid("matching:error.organisationMissing").optional(),
  message: text(MESSAGE_LENGTH).min(10, "matching:error.messageShort"),
  matchId: z.uuid().optional(),
});
export type InterestInput = z.infer<typeof interestSchema>;

/** What an answer came to, for the figures. */
export const INTEREST_RESULTS = [
  "explained",
  "pointed",
  "will_introduce",
  "will_search",
  "no_supply",
  "not_ours",
] as const;
export type InterestResult = (typeof INTEREST_RESULTS)[number];
export const answerSchema = z.object({
  interestId: z.uuid(),
  outcome: z.enum(["answered", "closed"]),
  result: z.enum(INTEREST_RESULTS, "matching:error.resultMissing"),
  answer: text(MESSAGE_LENGTH).min(3, "matching:error.answerShort"),
});
export type AnswerInput = z.infer<typeof answerSchema>;

/** Messages of a failed parse by field, as forms show them. */
export function fieldErrors(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const name = issue.path.join(".");
    fields[name] = [
      ...(fields[name] ?? []),
      issue.message.includes(":") ? issue.message : "matching:error.invalidField",
    ];
  }
  return fields;
}

/** What the search box proposes while somebody types. */
export type Suggestions = {
  /** terms of the field in the reader's language */
  terms: string[];
  sectors: { code: string; name: string }[];
  listings: { kind: "need" | "offering"; reference: string; address: string; title: string; lang: string }[];
};

/** How often a saved search tells of what it found. */
export const ALERT_MODES = ["immediate", "daily", "weekly", "off"] as const;
export type AlertMode = (typeof ALERT_MODES)[number];
export const SEARCH_NAME_LENGTH = 120;
const codes = z.array(z.string().max(40)).max(20).optional();
/** What a saved search asks: the search page's words and choices, without order, page and age. */
export const askedSchema = z.object({
  q: z.string().max(200).default(""),
  kind: z.enum(["need", "offering"]).optional(),
  sector: z.string().max(10).optional(),
  province: z.string().max(2).optional(),
  trl: codes,
  ip: codes,
  prices: codes,
  forms: codes,
  rights: codes,
  marks: codes,
});
export type Asked = z.infer<typeof askedSchema>;
const searchName = z
  .string({ error: "searches:error.nameMissing" })
  .trim()
  .min(1, "searches:error.nameMissing")
  .max(SEARCH_NAME_LENGTH, "searches:error.nameLong");
const alertMode = z.enum(ALERT_MODES, "searches:error.modeMissing");
/** What the search page posts to keep a search; `asked` is the address's query. */
export const saveSearchSchema = z.object({
  name: searchName,
  mode: alertMode,
  asked: z.string().max(2_000).default(""),
});
export const changeSearchSchema = z.object({ name: searchName, mode: alertMode });

/** What /ask posts: a question to the broker without a listing; `asked` is the query of the search that led there. */
export const questionSchema = z.object({
  organisationId: z.uuid().optional(),
  message: text(MESSAGE_LENGTH).min(10, "matching:error.messageShort"),
  asked: z.string().max(2_000).default(""),
});
