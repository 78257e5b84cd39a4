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
    .transform((value) => value.slice(0, max));
const codes = z.array(z.string().max(60)).max(30).catch([]).default([]);

const typedLine = z.object({
  name: words(300),
  comparison: words(20),
  value: words(500),
  unit: words(60),
  must: words(10),
  condition: words(500),
});

export const draftSchema = z.object({
  lang: z.enum(["vi", "en"]).catch("vi").default("vi"),
  title: words(1_000),
  summary: words(5_000),
  description: words(30_000),
  currentTechnology: words(30_000),
  problemSolved: words(30_000),
  advantages: words(30_000),
  referenceSites: words(30_000),
  standards: words(5_000),
  titleOther: words(1_000),
  summaryOther: words(5_000),
  keywords: words(2_000),
  sectorMain: words(20),
  sectorSecond: words(20),
  sectorThird: words(20),
  lines: z.array(typedLine).max(60).catch([]).default([]),
  trl: words(10),
  needTypes: codes,
  funding: codes,
  moneyMin: words(100),
  moneyMax: words(100),
  moneyNegotiable: words(10),
  priceModel: words(30),
  neededBy: words(30),
  provinceCode: words(10),
  communeCode: words(10),
  objects: codes,
  forms: codes,
  methods: codes,
  rights: codes,
  ipType: words(40),
  ipStatus: words(40),
  ipNumber: words(200),
  originTaskCode: words(200),
  visibility: words(20),
  contactName: words(300),
  contactPhone: words(100),
  contactEmail: words(300),
  expiresOn: words(30),
  pictureId: z.uuid().nullable().catch(null).default(null),
  pdfId: z.uuid().nullable().catch(null).default(null),
});

export type Draft = z.infer<typeof draftSchema>;

/** Rows of the line editor that the form can hold. */
export const MAX_LINES = 30;
export const EMPTY_LINE: TypedLine = { name: "", comparison: "gte", value: "", unit: "", must: "must", condition: "" };

/** A draft of whatever was stored; fields that are missing or of another shape become empty. */
export function readDraft(stored: unknown): Draft {
  return draftSchema.parse(typeof stored === "object" && stored !== null ? stored : {});
}

const LISTS: readonly string[] = ["needTypes", "funding", "objects", "forms", "methods", "rights"];
const LINE = /^lines\[(\d{1,3})\]\.(name|comparison|value|unit|must|condition)$/;

/**
 * The draft that a posted form holds. Fields a form does not have keep their stored value, so that a form may show a part.
 * Lines come as `lines[0].name` …; their order is kept, gaps close.
 */
export function draftFromForm(form: FormData, stored: Draft): Draft {
  const values: Record<string, unknown> = { ...stored };
  const lines = new Map<number, Record<string, string>>();
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string") continue;
    const part = LINE.exec(name);
    if (part) {
      const at = Number(part[1]);
      lines.set(at, { ...EMPTY_LINE, comparison: "", must: "", ...lines.get(at), [part[2] ?? ""]: value });
    } else if (
      name !== "pictureId" &&
      name !== "pdfId" &&
      name !== "lines" &&
      name in draftSchema.shape &&
      !LISTS.includes(name)
    ) {
      values[name] = value;
    }
  }
  // an unticked box or group sends nothing; the form's marker tells that it was there
  if (form.has("whole")) {
    for (const name of LISTS) values[name] = form.getAll(name).filter((one) => typeof one === "string" && one !== "");
    if (!form.has("moneyNegotiable")) values.moneyNegotiable = "";
    values.lines = [...lines.entries()].sort(([a], [b]) => a - b).map(([, line]) => line);
  }
  return draftSchema.parse(values);
}

/** A line nobody has written in. */
export function isEmptyLine(line: TypedLine): boolean {
  return line.name.trim() === "" && line.value.trim() === "" && line.unit.trim() === "" && line.condition.trim() === "";
}

/** Adds or removes a row, for the buttons that work without scripts: "add-line", "remove-line.3". Null for another intent. */
export function editLines(draft: Draft, intent: string): Draft | null {
  if (intent === "add-line")
    return draft.lines.length >= MAX_LINES ? draft : { ...draft, lines: [...draft.lines, EMPTY_LINE] };
  const remove = /^remove-line\.(\d{1,3})$/.exec(intent);
  return remove ? { ...draft, lines: draft.lines.filter((_, at) => at !== Number(remove[1])) } : null;
}
