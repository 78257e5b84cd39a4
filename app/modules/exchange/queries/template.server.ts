import type { ListingKind, Locale } from "~/generated/prisma/enums";
import { COMMUNES, PROVINCES } from "~/modules/accounts/schemas";
import { listSectors } from "~/modules/listings/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { columnName, type DropDown, type OutCell, type OutSheet, writeWorkbook } from "~/platform/xlsx/write-workbook";
import type { ExportedFile } from "../commands/export-lists.server";
import { readChoice } from "../domain/choice-words";
import { EXAMPLE } from "../domain/example-row";
import { choiceLabel, type Field, templateFields } from "../domain/fields";
import { MOST_ENTERED } from "../domain/limits";
import { say } from "../domain/words";

/** Choices of every column that has some, by field, in the words of the language. */
export async function choicesOf(ctx: Ctx, locale: Locale, fields: readonly Field[]): Promise<Map<string, string[]>> {
  const { actor } = ctx;
  const office = isPerson(actor)
    ? await ctx.db.office.findUnique({ where: { id: actor.officeId }, select: { provinceCode: true } })
    : null;
  const name = (one: { nameVi: string; nameEn: string }) => (locale === "en" ? one.nameEn : one.nameVi);
  const sectors = (await listSectors(ctx)).flatMap((field) =>
    field.children.map((one) => `${name(one)} (${one.code})`),
  );
  const lists: Partial<Record<Field["type"], string[]>> = {
    sector: sectors,
    province: PROVINCES.map(name),
    commune: COMMUNES.filter((one) => one.provinceCode === office?.provinceCode).map((one) => one.fullNameVi),
    yes: [say(locale, "exchange:yes.yes"), say(locale, "exchange:yes.no")],
  };
  return new Map(
    fields.flatMap((field) => {
      const own = field.options?.values.map((value) => choiceLabel(locale, field, value)) ?? lists[field.type];
      return own && own.length > 0 ? [[field.id as string, own] as const] : [];
    }),
  );
}

/** The sheet that holds the choices, one list a column, and the drop-downs that point at it. */
export function dropDowns(
  locale: Locale,
  fields: readonly { field: Field; column: number }[],
  choices: Map<string, string[]>,
): { sheet: OutSheet; drops: DropDown[] } {
  const name = say(locale, "exchange:template.lists");
  const listed = fields.filter(({ field }) => choices.has(field.id));
  const lists = listed.map(({ field }) => choices.get(field.id) ?? []);
  const rows: OutCell[][] = [listed.map(({ field }) => ({ value: field.label(locale), style: "head" }))];
  for (let at = 0; at < Math.max(0, ...lists.map((list) => list.length)); at++)
    rows.push(lists.map((list): OutCell => ({ value: list[at] ?? null, style: "text" })));
  return {
    sheet: { name, widths: listed.map(() => 34), rows, frozenRows: 1 },
    drops: listed.map(({ field, column }, at) => ({
      column,
      fromRow: 2,
      toRow: MOST_ENTERED + 2,
      source: `'${name}'!$${columnName(at)}$2:$${columnName(at)}$${(lists[at]?.length ?? 0) + 1}`,
      strict: field.type !== "choices",
      title: field.label(locale),
      prompt: say(locale, `exchange:hint.${field.id}`),
      error: say(locale, "exchange:template.pick"),
    })),
  };
}

const inDays = (ctx: Ctx, days: number) => localDay(new Date(ctx.clock.now().getTime() + days * 86_400_000));

function exampleCell(
  ctx: Ctx,
  locale: Locale,
  field: Field,
  kind: ListingKind,
  choices: Map<string, string[]>,
): OutCell {
  const text = EXAMPLE[locale][kind][field.id] ?? "";
  if (text === "@soon" || text === "@later") return { day: inDays(ctx, text === "@soon" ? 240 : 180) };
  if (field.id === "communeCode" || field.id === "sectorMain")
    return { value: choices.get(field.id)?.[0] ?? null, style: "example" };
  if (field.type === "yes" && text) return { value: say(locale, "exchange:yes.yes"), style: "example" };
  const translated = text.split("; ").map((part) => {
    const code = field.options && readChoice(field, part);
    return code ? choiceLabel(locale, field, code) : part;
  });
  return { value: translated.join("; ") || null, style: "example" };
}

function guideRows(
  locale: Locale,
  kind: ListingKind,
  fields: readonly Field[],
  choices: Map<string, string[]>,
): OutCell[][] {
  const text = (value: string): OutCell => ({ value, style: "text" });
  const words = (key: string) => say(locale, `exchange:template.${key}`);
  return [
    [{ value: words(`guideTitle.${kind}`), style: "title" }],
    ...["step1", "step2", "step3", "step4"].map((step) => [text(words(step))]),
    [],
    ["guideColumn", "guideNeeded", "guideHow", "guideChoices"].map(
      (key): OutCell => ({ value: words(key), style: "head" }),
    ),
    ...fields.map((field): OutCell[] => {
      const list = choices.get(field.id) ?? [];
      return [
        text(field.label(locale)),
        text(words(field.needed.includes(kind) ? "needed" : "optional")),
        text(say(locale, `exchange:hint.${field.id}`)),
        text(list.length > 14 ? words("pick") : list.join("; ")),
      ];
    }),
  ];
}

/**
 * The workbook to fill in: headings with what is needed first, a worked row, drop-downs, how to fill each column in, and the
 * lists. For needs or offerings, in either language, whichever the reader's own is; `forOffice` with whose each row is.
 */
export async function templateFile(
  ctx: Ctx,
  kind: ListingKind,
  locale: Locale,
  forOffice = false,
): Promise<ExportedFile> {
  const fields = templateFields(kind, forOffice);
  const choices = await choicesOf(ctx, locale, fields);
  const { sheet: lists, drops } = dropDowns(
    locale,
    fields.map((field, column) => ({ field, column })),
    choices,
  );
  const head = fields.map(
    (field): OutCell => ({
      value: field.label(locale),
      style: field.needed.includes(kind) ? "headNeeded" : "head",
    }),
  );
  return {
    name: `${locale === "en" ? "template" : "mau"}-${kind}.xlsx`,
    content: writeWorkbook([
      {
        name: say(locale, "exchange:template.sheet"),
        widths: fields.map(({ width }) => width),
        emptyStyles: fields.map(({ type }) => (type === "day" ? "date" : "text")),
        rows: [head, fields.map((field) => exampleCell(ctx, locale, field, kind, choices))],
        frozenRows: 1,
        frozenColumns: 1,
        dropDowns: drops,
      },
      {
        name: say(locale, "exchange:template.guide"),
        widths: [34, 20, 60, 70],
        rows: guideRows(locale, kind, fields, choices),
      },
      lists,
    ]),
  };
}
