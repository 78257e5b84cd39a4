import type { Locale } from "~/generated/prisma/enums";
import type { Words } from "~/locales";
import type { Ctx } from "../context";
import type { Db, Tx } from "../db/client.server";
import { abort } from "../result";
import { listsRevision } from "./list-changes.server";
import { REASON_LISTS, type ReasonList, type ReasonRow, reasonsInForce } from "./reason-lists";

type Stored = ReasonRow & { labelVi: string; labelEn: string };
const cache = new WeakMap<Db, { revision: number; rows: Stored[] }>();

const select = async (db: Db | Tx, where: { list?: string } = {}): Promise<Stored[]> =>
  (await db.codedReason.findMany({ where, orderBy: [{ list: "asc" }, { code: "asc" }] })).map(
    ({ list, code, position, retiredAt, labelVi, labelEn }) => ({
      list,
      code,
      position,
      retired: retiredAt !== null,
      labelVi,
      labelEn,
    }),
  );

/** What administrators said of reasons. Kept in memory until a list changes. */
async function storedReasons({ db }: Pick<Ctx, "db">): Promise<Stored[]> {
  const revision = await listsRevision(db);
  const kept = cache.get(db);
  if (kept?.revision === revision) return kept.rows;
  const rows = revision === 0 ? [] : await select(db);
  cache.set(db, { revision, rows });
  return rows;
}

const isList = (list: string): list is ReasonList => Object.hasOwn(REASON_LISTS, list);

/** Rows for the forms, and the words of changed reasons in a language. */
export async function changedReasons(
  ctx: Pick<Ctx, "db">,
  locale: Locale,
): Promise<{ rows: ReasonRow[]; words: Words }> {
  const stored = await storedReasons(ctx);
  const words: Words = {};
  for (const { list, code, labelVi, labelEn } of stored) {
    if (!isList(list)) continue;
    const [namespace = "", group = ""] = REASON_LISTS[list].split("/");
    const under = words[namespace]?.[group];
    words[namespace] = {
      ...words[namespace],
      [group]: { ...(typeof under === "object" ? under : {}), [code]: locale === "en" ? labelEn : labelVi },
    };
  }
  return { rows: stored.map(({ list, code, position, retired }) => ({ list, code, position, retired })), words };
}

/** What administrators call a reason of these words; null when they left it as supplied. */
export async function changedReasonLabel(
  ctx: Pick<Ctx, "db">,
  words: (typeof REASON_LISTS)[ReasonList],
  code: string,
  locale: Locale,
): Promise<string | null> {
  const row = (await storedReasons(ctx)).find(
    (one) => one.code === code && isList(one.list) && REASON_LISTS[one.list] === words,
  );
  return row ? (locale === "en" ? row.labelEn : row.labelVi) : null;
}

/** May this reason be given now? */
export async function reasonStands(
  tx: Tx | Db,
  list: ReasonList,
  supplied: readonly string[],
  code: string,
): Promise<boolean> {
  return reasonsInForce(list, supplied, await select(tx, { list })).includes(code);
}

/** Aborts the transaction when a reason is none of its list's, or no longer: the form was older than the list. */
export async function needReason(
  tx: Tx,
  list: ReasonList,
  supplied: readonly string[],
  code: string | null | undefined,
): Promise<void> {
  if (!code || !(await reasonStands(tx, list, supplied, code)))
    abort("common:invalid", { fields: { reasonCode: ["common:error.reasonGone"] } });
}
