import { z } from "zod";
import type { ListingKind } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";

/** Standing of a technology under Luật 07/2017/QH14 Điều 9–11: encouraged, on no list, restricted (a licence is needed), prohibited. */
export const LIST_STATUSES = ["encouraged", "none", "restricted", "prohibited"] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];
export const OWNER_ANSWERS = ["proven", "unproven"] as const;
export const QUESTION_ANSWERS = ["no", "yes", "unknown"] as const;

/** Rule "technology.lists": what the law names, with words that point to it. A new decree is a new version of the rule. */
export const technologyListsSchema = z.array(
  z.object({
    code: z.string(),
    list: z.enum(["encouraged", "restricted", "prohibited"]),
    vi: z.string(),
    en: z.string(),
    law: z.string(),
    words: z.array(z.string()),
  }),
);
export type TechnologyListEntry = z.infer<typeof technologyListsSchema>[number];

/** Rule "review.obsoleteQuestions": asked when machines come along. "yes" speaks against the listing. */
export const obsoleteQuestionsSchema = z.array(
  z.object({ code: z.string().regex(/^[a-z][a-zA-Z]+$/), vi: z.string(), en: z.string(), law: z.string() }),
);
export type ObsoleteQuestion = z.infer<typeof obsoleteQuestionsSchema>[number];

/** What a broker answered, as it is stored with the review. */
export const checklistSchema = z.object({
  listStatus: z.enum(LIST_STATUSES),
  obsolete: z.record(z.string(), z.enum(QUESTION_ANSWERS)).default({}),
  owner: z.enum(OWNER_ANSWERS).nullish(),
  /** "I looked at every contact that was found and it may stand there" */
  contactsSeen: z.boolean().default(false),
});
export type Checklist = z.infer<typeof checklistSchema>;
/** The versions of the rules that a stored checklist was answered under. */
export const judgedSchema = z.object({ rules: z.object({ lists: z.number(), questions: z.number() }) });
/** As typed in the form; any part may be missing. */
export type TypedChecklist = {
  listStatus?: string;
  obsolete?: Record<string, string>;
  owner?: string;
  contactsSeen?: boolean;
};

/** Versions of the rules the answers were given under. */
export type RuleVersions = { lists: number; questions: number };

/** Which parts of the checklist this version needs. */
export type Asked = { questions: ObsoleteQuestion[]; owner: boolean; contacts: boolean };

type Facts = {
  kind: ListingKind;
  objects: readonly string[];
  needTypes: readonly string[];
  methods: readonly string[];
};

/** Machines come along: only then may they be obsolete. */
export function bringsMachines({ kind, objects, needTypes, methods }: Facts): boolean {
  return kind === "offering"
    ? objects.some((object) => object.startsWith("equipment")) || methods.includes("equipment")
    : needTypes.includes("buy_line_with_technology");
}

export function askedOf(facts: Facts, questions: ObsoleteQuestion[], finds: number, visibility: string): Asked {
  return {
    questions: bringsMachines(facts) ? questions : [],
    owner: facts.kind === "offering",
    contacts: finds > 0 && visibility !== "brokers",
  };
}

/** Entries of the lists whose words stand in the texts: hints for the broker, never a decision. */
export function listHints(texts: readonly string[], lists: readonly TechnologyListEntry[]): TechnologyListEntry[] {
  const folded = ` ${texts.map((text) => fold(text).replace(/[^a-z0-9]+/g, " ")).join(" ")} `;
  return lists.filter((entry) =>
    entry.words.some((word) => folded.includes(` ${fold(word).replace(/[^a-z0-9]+/g, " ")} `)),
  );
}

export type ChecklistAnswer = { ok: true; checklist: Checklist } | { ok: false; fields: Record<string, string[]> };

/**
 * Reads the answers a broker must give before approving. What speaks against approval is told at its field: a prohibited
 * technology, an owner who has shown nothing, contacts nobody looked at. Messages are i18next keys.
 */
export function readChecklist(typed: TypedChecklist, asked: Asked): ChecklistAnswer {
  const fields: Record<string, string[]> = {};
  const status = LIST_STATUSES.find((one) => one === typed.listStatus);
  if (!status) fields.listStatus = ["review:error.listStatus"];
  if (status === "prohibited") fields.listStatus = ["review:error.prohibited"];
  const obsolete: Checklist["obsolete"] = {};
  for (const { code } of asked.questions) {
    const answer = QUESTION_ANSWERS.find((one) => one === typed.obsolete?.[code]);
    if (answer) obsolete[code] = answer;
    else fields[`obsolete.${code}`] = ["review:error.answer"];
  }
  const owner = asked.owner ? OWNER_ANSWERS.find((one) => one === typed.owner) : undefined;
  if (asked.owner && !owner) fields.owner = ["review:error.answer"];
  if (owner === "unproven") fields.owner = ["review:error.unproven"];
  if (asked.contacts && !typed.contactsSeen) fields.contactsSeen = ["review:error.contacts"];
  if (Object.keys(fields).length > 0 || !status) return { ok: false, fields };
  return {
    ok: true,
    checklist: { listStatus: status, obsolete, owner: owner ?? null, contactsSeen: typed.contactsSeen === true },
  };
}

type Author = {
  onBehalf: boolean;
  onBehalfConfirmedAt: Date | null;
  createdById: string | null;
  submittedById: string | null;
};

/**
 * Must a second broker agree before this version is published? When the Department says so for all (rule
 * "review.secondReviewer"), and always when brokers posted it for an organisation that has not confirmed it yet and the
 * one who approves typed or sent it.
 */
export function needsSecond(always: boolean, author: Author, approverId: string): boolean {
  const own =
    author.onBehalf &&
    author.onBehalfConfirmedAt === null &&
    [author.createdById, author.submittedById].includes(approverId);
  return always || own;
}
