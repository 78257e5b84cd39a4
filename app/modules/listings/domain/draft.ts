import { z } from "zod";
import type { TypedLine } from "./parse-line";

/**
 * The form's values exactly as typed: a draft keeps anything. Strings stay strings (money, dates, numbers as typed);
 * what was never filled in is "" or []. Files are ids set by the server and never come from the form.
 */
const words = (max: number) =>
  z
    .string()
    .catch("")
    .default("")
    .transform((value) => storable(value).slice(0, max));
const codes = z.array(z.string().max(60)).max(30).catch([]).default([]);
const rowsOf = <T extends z.ZodRawShape>(shape: T, most: number) =>
  z.array(z.object(shape)).max(most).catch([]).default([]);

/** JSON columns refuse a zero character and half a surrogate pair; everything else is kept as typed. */
function storable(value: string): string {
  return value.replaceAll("\u0000", "").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Rows of the editors that the form can hold. */
export const MAX_LINES = 30;
const MOST_ROWS = 60;

/** What each kind of row asks, in the order of the form. */
export const ROW_CELLS = {
  lines: ["name", "comparison", "value", "unit", "must", "condition"],
  owners: ["type", "name", "share"],
  ipTitles: ["type", "status", "number"],
  sites: ["name", "province", "year", "contact"],
  tests: ["body", "number", "date", "result"],
} as const;
export type RowList = keyof typeof ROW_CELLS;
const cells = {
  lines: {
    name: words(300),
    comparison: words(20),
    value: words(500),
    unit: words(60),
    must: words(10),
    condition: words(500),
  },
  owners: { type: words(40), name: words(300), share: words(20) },
  ipTitles: { type: words(40), status: words(40), number: words(200) },
  sites: { name: words(300), province: words(10), year: words(20), contact: words(300) },
  tests: { body: words(300), number: words(200), date: words(30), result: words(500) },
};

export const draftSchema = z.object({
  lang: z.enum(["vi", "en"]).catch("vi").default("vi"),
  title: words(1_000),
  summary: words(5_000),
  description: words(30_000),
  currentTechnology: words(30_000),
  tried: words(30_000),
  ipWishes: words(30_000),
  principle: words(30_000),
  operatingConditions: words(30_000),
  trlEvidence: words(30_000),
  support: words(30_000),
  problemSolved: words(30_000),
  advantages: words(30_000),
  referenceSites: words(30_000),
  standards: words(5_000),
  titleOther: words(1_000),
  summaryOther: words(5_000),
  descriptionOther: words(30_000),
  currentTechnologyOther: words(30_000),
  problemSolvedOther: words(30_000),
  advantagesOther: words(30_000),
  principleOther: words(30_000),
  keywords: words(2_000),
  sectorMain: words(20),
  sectorSecond: words(20),
  sectorThird: words(20),
  lines: rowsOf(cells.lines, MOST_ROWS),
  scaleMin: words(40),
  scaleMax: words(40),
  scaleUnit: words(60),
  trl: words(10),
  needTypes: codes,
  funding: codes,
  moneyMin: words(100),
  moneyMax: words(100),
  moneyNegotiable: words(10),
  priceModel: words(30),
  unitCost: words(100),
  unitCostPer: words(120),
  paybackMonths: words(20),
  transferMonths: words(20),
  warrantyMonths: words(20),
  urgency: words(30),
  supplyOrigin: words(30),
  helpWanted: codes,
  neededBy: words(30),
  provinceCode: words(10),
  communeCode: words(10),
  objects: codes,
  forms: codes,
  methods: codes,
  rights: codes,
  owners: rowsOf(cells.owners, MOST_ROWS),
  ipType: words(40),
  ipStatus: words(40),
  ipNumber: words(200),
  ipTitles: rowsOf(cells.ipTitles, MOST_ROWS),
  sites: rowsOf(cells.sites, MOST_ROWS),
  tests: rowsOf(cells.tests, MOST_ROWS),
  originFunding: words(30),
  originTaskCode: words(200),
  originAcceptedYear: words(20),
  ownershipDecision: words(300),
  resultCertificate: words(300),
  visibility: words(20),
  contactName: words(300),
  contactPhone: words(100),
  contactEmail: words(300),
  expiresOn: words(30),
  /** all pictures in order, the first is `pictureId` */
  pictures: rowsOf({ id: z.uuid(), alt: words(300) }, 20),
  pictureId: z.uuid().nullable().catch(null).default(null),
  pdfId: z.uuid().nullable().catch(null).default(null),
});

export type Draft = z.infer<typeof draftSchema>;
export const EMPTY_LINE: TypedLine = { name: "", comparison: "gte", value: "", unit: "", must: "must", condition: "" };

/** A draft of whatever was stored; fields that are missing or of another shape become empty. */
export function readDraft(stored: unknown): Draft {
  const draft = draftSchema.parse(typeof stored === "object" && stored !== null ? stored : {});
  // drafts kept before there could be several pictures name only the first
  const pictures = draft.pictures.length === 0 && draft.pictureId ? [{ id: draft.pictureId, alt: "" }] : draft.pictures;
  return { ...draft, pictures, pictureId: pictures[0]?.id ?? null };
}

const LISTS: readonly string[] = ["needTypes", "funding", "objects", "forms", "methods", "rights", "helpWanted"];
const CELL = /^(lines|owners|ipTitles|sites|tests)\[(\d{1,3})\]\.([a-z]+)$/;
const PICTURE = /^pictures\[(\d{1,2})\]\.(id|alt)$/;
const NEVER_POSTED: readonly string[] = ["pictureId", "pdfId", "pictures", ...Object.keys(ROW_CELLS)];
const isRowList = (name: string): name is RowList => name in ROW_CELLS;

/**
 * The draft that a posted form holds, laid over the stored one: a form shows one step, and what it does not have keeps its
 * stored value. An unticked box or an emptied list sends nothing, so the form's `has` fields name the lists it shows.
 * Rows come as `lines[0].name` …; their order is kept, gaps close. Pictures can be reordered and described, never added.
 */
export function draftFromForm(form: FormData, stored: Draft): Draft {
  const values: Record<string, unknown> = { ...stored };
  const rows = new Map<RowList, Map<number, Record<string, string>>>();
  const pictures = new Map<number, Record<string, string>>();
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string") continue;
    const cell = CELL.exec(name);
    const picture = PICTURE.exec(name);
    if (cell?.[1] && isRowList(cell[1])) {
      const list = rows.get(cell[1]) ?? new Map<number, Record<string, string>>();
      rows.set(cell[1], list.set(Number(cell[2]), { ...list.get(Number(cell[2])), [cell[3] ?? ""]: value }));
    } else if (picture) {
      const at = Number(picture[1]);
      pictures.set(at, { ...pictures.get(at), [picture[2] ?? ""]: value });
    } else if (name in draftSchema.shape && !NEVER_POSTED.includes(name) && !LISTS.includes(name)) {
      values[name] = value;
    }
  }
  for (const name of form.getAll("has")) {
    if (typeof name !== "string") continue;
    if (LISTS.includes(name)) values[name] = form.getAll(name).filter((one) => typeof one === "string" && one !== "");
    if (name === "moneyNegotiable" && !form.has(name)) values[name] = "";
    if (isRowList(name)) values[name] = [...(rows.get(name) ?? [])].sort(([a], [b]) => a - b).map(([, row]) => row);
    if (name === "pictures") values[name] = orderPictures(stored.pictures, [...pictures.values()]);
  }
  return readDraft(values);
}

/** The stored pictures in the posted order with the posted descriptions; one the form does not know stays at the end. */
function orderPictures(stored: Draft["pictures"], posted: Record<string, string>[]): Draft["pictures"] {
  const known = posted.flatMap(({ id, alt }) =>
    stored.some((one) => one.id === id) ? [{ id: id ?? "", alt: alt ?? "" }] : [],
  );
  return [...known, ...stored.filter((one) => !known.some(({ id }) => id === one.id))];
}

/** Posted texts that are longer than a draft can keep: field names. Nothing is stored then, so that nothing is cut unseen. */
export function overlongFields(form: FormData): string[] {
  const names: string[] = [];
  const empty = readDraft({});
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string" || value.length <= 300) continue;
    const one = new FormData();
    one.set(name, value);
    const list = CELL.exec(name)?.[1];
    if (list) one.set("has", list);
    const kept = draftFromForm(one, empty);
    const cut = list
      ? !JSON.stringify(kept).includes(JSON.stringify(storable(value)))
      : name in draftSchema.shape && kept[name as keyof Draft] !== storable(value);
    if (cut) names.push(name);
  }
  return names;
}

/** A row nobody has written in. Choices that a new row comes with do not count. */
export function isEmptyRow(list: RowList, row: Record<string, string>): boolean {
  const preset: readonly string[] = list === "lines" ? ["comparison", "must"] : ["type"];
  return ROW_CELLS[list].every((cell) => preset.includes(cell) || (row[cell] ?? "").trim() === "");
}

export const isEmptyLine = (line: TypedLine): boolean => isEmptyRow("lines", line);

/** A fresh row of a list. */
export function emptyRow(list: RowList): Record<string, string> {
  return list === "lines" ? { ...EMPTY_LINE } : Object.fromEntries(ROW_CELLS[list].map((cell) => [cell, ""]));
}

/**
 * Adds or removes a row or moves a picture, for the buttons that work without scripts: "add.sites", "remove.lines.3",
 * "up.pictures.2", "remove.pictures.0". Null for another intent.
 */
export function editRows(draft: Draft, intent: string): Draft | null {
  const [verb = "", list = "", place = ""] = intent.split(".");
  const at = /^\d{1,3}$/.test(place) ? Number(place) : -1;
  if (list === "pictures" && at >= 0) {
    const pictures = [...draft.pictures];
    const [picture] = pictures.splice(at, 1);
    if (!picture) return draft;
    if (verb === "up") pictures.splice(Math.max(0, at - 1), 0, picture);
    if (verb !== "up" && verb !== "remove") return null;
    return { ...draft, pictures, pictureId: pictures[0]?.id ?? null };
  }
  if (!isRowList(list)) return null;
  if (verb === "add") {
    const full = draft[list].length >= MAX_LINES;
    return full ? draft : readDraft({ ...draft, [list]: [...draft[list], emptyRow(list)] });
  }
  return verb === "remove" && at >= 0
    ? readDraft({ ...draft, [list]: (draft[list] as unknown[]).filter((_, row) => row !== at) })
    : null;
}
