import type { ListingKind, Locale } from "~/generated/prisma/enums";
import {
  type Draft,
  FUNDING_SOURCES,
  HELP_WANTED,
  IP_STATUSES,
  IP_TYPES,
  LENGTH,
  NEED_TYPES,
  ORIGIN_FUNDINGS,
  PRICE_MODELS,
  SUPPLY_ORIGINS,
  TRANSFER_FORMS,
  TRANSFER_METHODS,
  TRANSFER_OBJECTS,
  TRANSFER_RIGHTS,
  URGENCIES,
  VISIBILITIES,
} from "~/modules/listings/schemas";
import { say } from "./words";

/** How a cell of a column is read. */
export type FieldType =
  | "words"
  | "choice"
  | "choices"
  | "sector"
  | "province"
  | "commune"
  | "money"
  | "number"
  | "day"
  | "phone"
  | "yes"
  | "lines"
  | "owners"
  | "kind"
  | "organisation"
  | "taxCode";

export type Field = {
  /** field of the draft; "kind" says which of the two forms a row is, "organisation" and "taxCode" whose it is */
  id: FieldId;
  type: FieldType;
  /** the kinds of listing that have it */
  for: readonly ListingKind[];
  /** must be there before a listing can be sent for review */
  needed: readonly ListingKind[];
  /** fixed choices and where their words stand */
  options?: { values: readonly string[]; words: string };
  most?: number;
  /** in the template; other columns are only understood in other people's sheets */
  inTemplate: boolean;
  /** says whose a row is: in sheets for many organisations only */
  officeOnly: boolean;
  /** characters wide in the template */
  width: number;
  /** heading of its column */
  label: (locale: Locale) => string;
};

export type FieldId =
  | "kind"
  | "organisation"
  | "taxCode"
  | Extract<
      keyof Draft,
      | "lang"
      | "title"
      | "summary"
      | "description"
      | "currentTechnology"
      | "tried"
      | "ipWishes"
      | "principle"
      | "operatingConditions"
      | "trlEvidence"
      | "support"
      | "problemSolved"
      | "advantages"
      | "referenceSites"
      | "standards"
      | "titleOther"
      | "summaryOther"
      | "descriptionOther"
      | "keywords"
      | "sectorMain"
      | "sectorSecond"
      | "lines"
      | "scaleMin"
      | "scaleMax"
      | "scaleUnit"
      | "trl"
      | "needTypes"
      | "funding"
      | "moneyMin"
      | "moneyMax"
      | "moneyNegotiable"
      | "priceModel"
      | "unitCost"
      | "unitCostPer"
      | "paybackMonths"
      | "transferMonths"
      | "warrantyMonths"
      | "urgency"
      | "supplyOrigin"
      | "helpWanted"
      | "neededBy"
      | "provinceCode"
      | "communeCode"
      | "objects"
      | "forms"
      | "methods"
      | "rights"
      | "owners"
      | "ipType"
      | "ipStatus"
      | "ipNumber"
      | "originFunding"
      | "originTaskCode"
      | "originAcceptedYear"
      | "visibility"
      | "contactName"
      | "contactPhone"
      | "contactEmail"
      | "expiresOn"
    >;

const BOTH = ["need", "offering"] as const;
const NEED = ["need"] as const;
const OFFERING = ["offering"] as const;
const NOBODY = [] as const;

const TRLS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const choice = (values: readonly string[], words: string) => ({ options: { values, words } });

type Row = [FieldId, FieldType, readonly ListingKind[], readonly ListingKind[], number, Partial<Field>?];

/** Columns in the order of the template: what a listing needs first, then what helps matching, then the rest. */
const ROWS: Row[] = [
  ["kind", "kind", BOTH, NOBODY, 14, { ...choice(BOTH, "common/kind"), inTemplate: false }],
  ["title", "words", BOTH, BOTH, 44, { most: LENGTH.title }],
  ["organisation", "organisation", BOTH, BOTH, 34, { officeOnly: true }],
  ["taxCode", "taxCode", BOTH, NOBODY, 16, { officeOnly: true }],
  ["summary", "words", BOTH, OFFERING, 44, { most: LENGTH.summary }],
  ["description", "words", BOTH, BOTH, 60, { most: LENGTH.description }],
  ["currentTechnology", "words", NEED, NEED, 44, { most: LENGTH.text }],
  ["problemSolved", "words", OFFERING, OFFERING, 44, { most: LENGTH.text }],
  ["advantages", "words", OFFERING, OFFERING, 44, { most: LENGTH.text }],
  ["sectorMain", "sector", BOTH, BOTH, 34],
  ["lines", "lines", BOTH, NEED, 44],
  ["trl", "choice", BOTH, OFFERING, 12, choice(TRLS, "exchange/trl")],
  ["needTypes", "choices", NEED, NEED, 26, choice(NEED_TYPES, "common/enum.needType")],
  ["objects", "choices", OFFERING, OFFERING, 30, choice(TRANSFER_OBJECTS, "common/enum.object")],
  ["forms", "choices", BOTH, OFFERING, 28, choice(TRANSFER_FORMS, "common/enum.form")],
  ["methods", "choices", BOTH, OFFERING, 26, choice(TRANSFER_METHODS, "common/enum.method")],
  ["rights", "choices", BOTH, OFFERING, 26, choice(TRANSFER_RIGHTS, "common/enum.right")],
  ["owners", "owners", OFFERING, OFFERING, 34],
  ["ipType", "choice", OFFERING, OFFERING, 22, choice(IP_TYPES, "common/enum.ipType")],
  ["ipStatus", "choice", OFFERING, NOBODY, 22, choice(IP_STATUSES, "common/enum.ipStatus")],
  ["ipNumber", "words", OFFERING, NOBODY, 20, { most: LENGTH.line }],
  ["priceModel", "choice", OFFERING, OFFERING, 18, choice(PRICE_MODELS, "common/enum.priceModel")],
  ["moneyMin", "money", BOTH, NEED, 18],
  ["moneyMax", "money", BOTH, NOBODY, 18],
  ["moneyNegotiable", "yes", BOTH, NOBODY, 12],
  ["funding", "choices", NEED, NEED, 24, choice(FUNDING_SOURCES, "common/enum.funding")],
  ["neededBy", "day", NEED, NEED, 14],
  ["urgency", "choice", NEED, NOBODY, 16, choice(URGENCIES, "posting/enum.urgency")],
  ["provinceCode", "province", BOTH, NEED, 18],
  ["communeCode", "commune", NEED, NOBODY, 20],
  ["visibility", "choice", BOTH, BOTH, 20, choice(VISIBILITIES, "common/visibility")],
  ["contactName", "words", BOTH, BOTH, 22, { most: LENGTH.line }],
  ["contactPhone", "phone", BOTH, BOTH, 16],
  ["contactEmail", "words", BOTH, BOTH, 26, { most: 254 }],
  ["expiresOn", "day", BOTH, BOTH, 14],
  ["keywords", "words", BOTH, NOBODY, 28],
  ["sectorSecond", "sector", BOTH, NOBODY, 30],
  ["scaleMin", "number", BOTH, NOBODY, 14],
  ["scaleMax", "number", BOTH, NOBODY, 14],
  ["scaleUnit", "words", BOTH, NOBODY, 12, { most: 60 }],
  ["standards", "words", BOTH, NOBODY, 30, { most: LENGTH.text }],
  ["tried", "words", NEED, NOBODY, 36, { most: LENGTH.text }],
  ["supplyOrigin", "choice", NEED, NOBODY, 18, choice(SUPPLY_ORIGINS, "posting/enum.supplyOrigin")],
  ["ipWishes", "words", NEED, NOBODY, 30, { most: LENGTH.text }],
  ["helpWanted", "choices", NEED, NOBODY, 24, choice(HELP_WANTED, "posting/enum.helpWanted")],
  ["principle", "words", OFFERING, NOBODY, 44, { most: LENGTH.text }],
  ["operatingConditions", "words", OFFERING, NOBODY, 36, { most: LENGTH.text }],
  ["trlEvidence", "words", OFFERING, NOBODY, 36, { most: LENGTH.text }],
  ["referenceSites", "words", OFFERING, NOBODY, 36, { most: LENGTH.text }],
  ["unitCost", "money", OFFERING, NOBODY, 16],
  ["unitCostPer", "words", OFFERING, NOBODY, 14, { most: 60 }],
  ["paybackMonths", "number", OFFERING, NOBODY, 14],
  ["transferMonths", "number", OFFERING, NOBODY, 14],
  ["warrantyMonths", "number", OFFERING, NOBODY, 14],
  ["support", "words", OFFERING, NOBODY, 36, { most: LENGTH.text }],
  ["originFunding", "choice", OFFERING, NOBODY, 26, choice(ORIGIN_FUNDINGS, "posting/enum.originFunding")],
  ["originTaskCode", "words", OFFERING, NOBODY, 20, { most: LENGTH.line }],
  ["originAcceptedYear", "number", OFFERING, NOBODY, 12],
  ["lang", "choice", BOTH, NOBODY, 14, choice(["vi", "en"], "exchange/lang")],
  ["titleOther", "words", BOTH, NOBODY, 36, { most: LENGTH.title }],
  ["summaryOther", "words", BOTH, NOBODY, 36, { most: LENGTH.summary }],
  ["descriptionOther", "words", BOTH, NOBODY, 44, { most: LENGTH.description }],
];

/** Every column that a sheet may have. */
export const FIELDS: readonly Field[] = ROWS.map(([id, type, kinds, needed, width, over]) => ({
  id,
  type,
  for: kinds,
  needed,
  width,
  inTemplate: true,
  officeOnly: false,
  label: (locale) => say(locale, `exchange:field.${id}`),
  ...over,
}));
const BY_ID = new Map(FIELDS.map((field) => [field.id as string, field]));

/** The words of one choice; its code when it has none. */
export function choiceLabel(locale: Locale, field: Field, value: string): string {
  const [namespace = "", path = ""] = field.options?.words.split("/") ?? [];
  return say(locale, `${namespace}:${path}.${value}`);
}

export const fieldOf = (id: string): Field | undefined => BY_ID.get(id);
/** Columns of a sheet for one organisation, or (`forOffice`) for many. */
export const fieldsOf = (kind: ListingKind, forOffice: boolean): Field[] =>
  FIELDS.filter((field) => field.for.includes(kind) && (forOffice || !field.officeOnly));
export const templateFields = (kind: ListingKind, forOffice: boolean): Field[] =>
  fieldsOf(kind, forOffice).filter(({ inTemplate }) => inTemplate);
