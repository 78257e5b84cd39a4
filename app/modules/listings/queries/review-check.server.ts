import type { ListingKind } from "~/generated/prisma/enums";
import type { Tx } from "~/platform/db/client.server";
import { type Rule, ruleAt } from "~/platform/rules.server";
import type { Owner } from "../domain/contact-finds";
import {
  type Asked,
  askedOf,
  listHints,
  type ObsoleteQuestion,
  obsoleteQuestionsSchema,
  type RuleVersions,
  type TechnologyListEntry,
  technologyListsSchema,
} from "../domain/review-checklist";
import { isFind, type ReviewWarning, reviewWarnings } from "../domain/review-warnings";
import type { FullVersion } from "./version-view.server";

/** What the law and the Department ask of a review on a day. */
export type ReviewRules = {
  lists: Rule & { entries: TechnologyListEntry[] };
  questions: Rule & { entries: ObsoleteQuestion[] };
  /** the Department wants two brokers on every listing */
  alwaysSecond: boolean;
};

/** A stored version, else the one in force. */
async function versionOr(db: Tx, key: string, version: number | undefined, at: Date): Promise<Rule> {
  const stored =
    version === undefined
      ? null
      : await db.ruleParameter.findUnique({ where: { key_version: { key, version } }, omit: { validFrom: true } });
  return stored ?? ruleAt(db, key, at);
}

/** The rules of reviews in force at a moment; a decided review has those it was judged by (`judged`). */
export async function reviewRulesAt(db: Tx, at: Date, judged: Partial<RuleVersions> = {}): Promise<ReviewRules> {
  const lists = await versionOr(db, "technology.lists", judged.lists, at);
  const questions = await versionOr(db, "review.obsoleteQuestions", judged.questions, at);
  const second = await ruleAt(db, "review.secondReviewer", at);
  return {
    lists: { ...lists, entries: technologyListsSchema.parse(lists.value) },
    questions: { ...questions, entries: obsoleteQuestionsSchema.parse(questions.value) },
    alwaysSecond: second.value === true,
  };
}

export const OWNER_SELECT = {
  nameVi: true,
  nameEn: true,
  shortName: true,
  taxCode: true,
  address: true,
  anonymous: true,
} as const;
type OwnerRow = {
  nameVi: string;
  nameEn: string | null;
  shortName: string | null;
  taxCode: string | null;
  address: string | null;
};

const NOT_WORDS = new Set(["id", "visibility", "ipNumber", "originTaskCode", "pictureId", "pdfId"]);

/** Everything in a version that readers will read, by field: texts, key words, lines, and any words a later form adds. */
export function wordsOf(version: FullVersion): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [at, { lang: _, ...text }] of version.texts.entries())
    for (const [name, value] of Object.entries(text)) if (value) words[at === 0 ? name : `${name}Other`] = value;
  for (const [name, value] of Object.entries(version)) {
    if (NOT_WORDS.has(name) || name.endsWith("Id")) continue;
    if (typeof value === "string" && value !== "") words[name] = value;
  }
  if (version.keywords.length > 0) words.keywords = version.keywords.join(", ");
  const lines = version.lines.map((line) =>
    [line.name, line.textValue, line.unit, line.condition].filter(Boolean).join(" "),
  );
  if (lines.length > 0) words.lines = lines.join("\n");
  return words;
}

export type ReviewCheck = { warnings: ReviewWarning[]; asked: Asked; hints: TechnologyListEntry[] };

/** What the machine sees in a version that a broker is about to decide on. */
export function checkVersion(
  version: FullVersion,
  kind: ListingKind,
  organisation: OwnerRow | null,
  rules: ReviewRules,
): ReviewCheck {
  const words = wordsOf(version);
  const owner: Owner = {
    names: [organisation?.nameVi ?? null, organisation?.nameEn ?? null, organisation?.shortName ?? null],
    taxCode: organisation?.taxCode ?? null,
    address: organisation?.address ?? null,
    people: [version.contact.name],
  };
  const warnings = reviewWarnings({
    visibility: version.visibility,
    kind,
    texts: words,
    owner,
    ipType: version.ipType,
    ipNumber: version.ipNumber,
    trl: version.trl,
    referenceSites: version.texts[0]?.referenceSites ?? null,
    objects: version.objects,
    moneyMin: version.moneyMin,
    moneyMax: version.moneyMax,
  });
  const finds = warnings.filter((warning) => isFind(warning)).length;
  return {
    warnings,
    asked: askedOf({ kind, ...version }, rules.questions.entries, finds, version.visibility),
    hints: listHints(Object.values(words), rules.lists.entries),
  };
}
