import type { Locale } from "~/generated/prisma/enums";
import { provinceName } from "~/modules/accounts/schemas";
import { type ListingCard, myListings, reviewQueue, taxonomy } from "~/modules/listings/index.server";
import { type BrokerListingsInput, brokerListings, type SearchInput, searchAll } from "~/modules/matching/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { localDay } from "~/platform/ports/clock";
import { ok } from "~/platform/result";
import { type OutCell, writeWorkbook } from "~/platform/xlsx/write-workbook";
import { MOST_EXPORTED } from "../domain/limits";
import { say } from "../domain/words";

/** A workbook on its way: a name for saving it, and its bytes as they are made. */
export type ExportedFile = { name: string; content: AsyncGenerator<Buffer> };
type List = "search" | "mine" | "broker" | "reviews";

const WIDTHS: Record<string, number> = {
  title: 60,
  summary: 60,
  organisation: 34,
  sectors: 40,
  link: 46,
  province: 18,
};

/** A text as it came, whatever it begins with: never a formula. */
const text = (value: string | null | undefined): OutCell => (value ? { value, style: "text" } : null);
const day = (date: Date | null): OutCell => (date ? { day: localDay(date) } : null);

type Cells = [column: string, cell: OutCell][];

/** Writes the list; what is not public for everybody leaves a row in the audit log first, with numbers and no words. */
async function fileOf(
  ctx: Ctx,
  list: List,
  rows: Cells[],
  total: number,
  hidden: boolean,
  columns: readonly string[],
): Promise<ExportedFile> {
  const { locale, actor } = ctx;
  if (hidden && isPerson(actor)) {
    await transact(ctx, async (tx) => {
      await audit(tx, ctx, {
        action: "listings.exported",
        subjectKind: "person",
        subjectId: actor.personId,
        after: { list, rows: rows.length },
      });
      return ok();
    });
  }
  const head: OutCell[] = columns.map((name) => ({
    value: say(locale, `exchange:export.column.${name}`),
    style: "head",
  }));
  const lines = rows.map((cells) => {
    const byName = new Map(cells);
    return columns.map((name) => byName.get(name) ?? null);
  });
  const at = `${localDay(ctx.clock.now())}`;
  const about: OutCell[][] = [
    [text(say(locale, "exchange:export.made", { at: at.split("-").reverse().join("/"), count: rows.length }))],
    ...(total > rows.length ? [[text(say(locale, "exchange:export.capped", { most: MOST_EXPORTED }))]] : []),
  ];
  return {
    name: `${say(locale, `exchange:export.name.${list}`)}-${at}.xlsx`,
    content: writeWorkbook([
      {
        name: say(locale, `exchange:export.sheet.${list}`),
        widths: columns.map((name) => WIDTHS[name] ?? 16),
        rows: [head, ...lines],
        frozenRows: 1,
      },
      { name: say(locale, "exchange:export.about"), widths: [90], rows: about },
    ]),
  };
}

async function sectorNames(ctx: Ctx): Promise<(code: string) => string> {
  const { tree, retired } = await taxonomy(ctx);
  const names = new Map(
    [...tree, ...tree.flatMap((field) => field.children), ...retired].map(
      (one) => [one.code, ctx.locale === "en" ? one.nameEn : one.nameVi] as const,
    ),
  );
  return (code) => names.get(code) ?? code;
}

function cardCells(card: ListingCard, locale: Locale, site: string, sector: (code: string) => string): Cells {
  return [
    ["reference", text(card.reference)],
    ["kind", text(say(locale, `common:kind.${card.kind}`))],
    ["title", text(card.title)],
    ["summary", text(card.summary)],
    ["organisation", text(card.organisation ?? say(locale, "common:organisationHidden"))],
    ["sectors", text(card.sectors.map(sector).join("; "))],
    ["province", text(card.provinceCode && provinceName(card.provinceCode, locale))],
    ["trl", card.trl],
    ["published", day(card.publishedAt)],
    ["confirmed", day(card.lastConfirmedAt)],
    ["expires", card.expiresOn ? { day: card.expiresOn.toISOString().slice(0, 10) } : null],
    ["state", text(say(locale, `common:listingState.${card.state}`))],
    ["visibility", text(say(locale, `common:visibility.${card.visibility}`))],
    ["link", text(`${site}/listings/${card.reference}`)],
  ];
}

const PUBLIC_COLUMNS = [
  "reference",
  "kind",
  "title",
  "summary",
  "organisation",
  "sectors",
  "province",
  "trl",
  "published",
  "confirmed",
  "link",
] as const;
const siteOf = (ctx: Ctx) => new URL(ctx.env.PUBLIC_URL).origin;

/** Not for everybody's eyes: hidden from searching, or a withheld name that this reader may know. */
const isHidden = (card: ListingCard) =>
  card.visibility === "brokers" ||
  card.visibility === "invited" ||
  card.state !== "published" ||
  (card.visibility === "blind" && card.organisation !== null);

/** What a search finds, as far as this reader may see it: the cards of the page, at most MOST_EXPORTED of them. */
export async function exportSearch(ctx: Ctx, input: Omit<SearchInput, "page">): Promise<ExportedFile> {
  const { cards, total } = await searchAll(ctx, input, MOST_EXPORTED);
  const sector = await sectorNames(ctx);
  const rows = cards.map((card) => cardCells(card, ctx.locale, siteOf(ctx), sector));
  const columns = hasGrant(ctx.actor, "broker") ? [...PUBLIC_COLUMNS, "visibility"] : PUBLIC_COLUMNS;
  return fileOf(ctx, "search", rows, total, cards.some(isHidden), columns);
}

/** The actor's own listings with their states. */
export async function exportMine(ctx: Ctx): Promise<ExportedFile> {
  const { locale } = ctx;
  const all = await myListings(ctx, MOST_EXPORTED + 1);
  const rows = all.slice(0, MOST_EXPORTED).map(
    (one): Cells => [
      ["reference", text(one.reference)],
      ["kind", text(say(locale, `common:kind.${one.kind}`))],
      ["title", text(one.title)],
      ["organisation", text(one.organisation)],
      ["state", text(say(locale, `common:listingState.${one.state}`))],
      ["completeness", one.completeness],
      ["due", one.dueOn ? { day: one.dueOn.toISOString().slice(0, 10) } : null],
      ["expires", one.expiresOn ? { day: one.expiresOn.toISOString().slice(0, 10) } : null],
      ["updated", day(one.updatedAt)],
      ["link", text(`${siteOf(ctx)}/my/listings/${one.id}`)],
    ],
  );
  return fileOf(ctx, "mine", rows, all.length, rows.length > 0, [
    "reference",
    "kind",
    "title",
    "organisation",
    "state",
    "completeness",
    "due",
    "expires",
    "updated",
    "link",
  ]);
}

/** The office's listings as the broker filtered them, with how their matches stand. Null for anybody else. */
export async function exportBrokerListings(
  ctx: Ctx,
  filter: Omit<BrokerListingsInput, "page" | "size">,
): Promise<ExportedFile | null> {
  const found = await brokerListings(ctx, { ...filter, page: 1, size: MOST_EXPORTED });
  if (!found) return null;
  const sector = await sectorNames(ctx);
  const rows = found.rows.map(
    ({ card, computed, fitting, undecided, shortlisted, best }): Cells => [
      ...cardCells(card, ctx.locale, siteOf(ctx), sector),
      ["fitting", computed ? fitting : null],
      ["undecided", computed ? undecided : null],
      ["shortlisted", computed ? shortlisted : null],
      ["best", best],
    ],
  );
  return fileOf(ctx, "broker", rows, found.total, rows.length > 0, [
    ...PUBLIC_COLUMNS.filter((name) => name !== "link"),
    "expires",
    "state",
    "visibility",
    "fitting",
    "undecided",
    "shortlisted",
    "best",
    "link",
  ]);
}

/** What waits for review in the broker's office. Null for anybody else. */
export async function exportReviews(ctx: Ctx): Promise<ExportedFile | null> {
  const { locale, actor } = ctx;
  if (!hasGrant(actor, "broker")) return null;
  const yes = (value: boolean) => (value ? text(say(locale, "common:yes")) : null);
  const all = await reviewQueue(ctx, MOST_EXPORTED + 1);
  const rows = all.slice(0, MOST_EXPORTED).map(
    (one): Cells => [
      ["kind", text(say(locale, `common:kind.${one.kind}`))],
      ["title", text(one.title)],
      ["organisation", text(one.organisation)],
      ["reference", text(one.reference)],
      ["submitted", day(one.submittedAt)],
      ["days", one.days],
      ["due", one.dueOn ? { day: one.dueOn.toISOString().slice(0, 10) } : null],
      ["onBehalf", yes(one.onBehalf)],
      ["second", yes(one.halfApproved)],
      ["link", text(`${siteOf(ctx)}/broker/reviews/${one.id}`)],
    ],
  );
  return fileOf(ctx, "reviews", rows, all.length, rows.length > 0, [
    "kind",
    "title",
    "organisation",
    "reference",
    "submitted",
    "days",
    "due",
    "onBehalf",
    "second",
    "link",
  ]);
}
