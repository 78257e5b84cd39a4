import { type Ctx, hasGrant } from "~/platform/context";
import { type ListChangeView, listChanges } from "~/platform/lists/list-changes.server";
import {
  CATCH_ALL,
  REASON_LIST_NAMES,
  REASON_LISTS,
  type ReasonList,
  type ReasonRow,
  reasonsOf,
} from "~/platform/lists/reason-lists";
import { SUPPLIED, suppliedLabel } from "../domain/reason-register";

export type ReasonView = {
  code: string;
  labelVi: string;
  labelEn: string;
  position: number;
  active: boolean;
  supplied: boolean;
  /** takes anything with a note: it cannot be taken out of use */
  always: boolean;
  /** 0: as supplied */
  revision: number;
};
export type ReasonListView = { list: ReasonList; reasons: ReasonView[] };

/** Every list of coded reasons as it is now, those out of use too. Null for all but administrators. */
export async function reasonRoom(ctx: Ctx): Promise<ReasonListView[] | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  const stored = await ctx.db.codedReason.findMany();
  const rows: ReasonRow[] = stored.map((row) => ({ ...row, retired: row.retiredAt !== null }));
  return REASON_LIST_NAMES.map((list) => ({
    list,
    reasons: reasonsOf(list, SUPPLIED[list], rows).map(({ code, position, retired }) => {
      const row = stored.find((one) => one.list === list && one.code === code);
      return {
        code,
        position,
        active: !retired,
        supplied: SUPPLIED[list].includes(code),
        always: code === CATCH_ALL,
        labelVi: row?.labelVi ?? suppliedLabel(list, code, "vi"),
        labelEn: row?.labelEn ?? suppliedLabel(list, code, "en"),
        revision: row?.revision ?? 0,
      };
    }),
  }));
}

export type OneReasonList = ReasonListView & {
  /** lists that call their reasons the same */
  shares: ReasonList[];
};

/** One list of reasons. Null when there is none of this name, and for all but administrators. */
export async function viewReasonList(ctx: Ctx, name: string): Promise<OneReasonList | null> {
  const found = (await reasonRoom(ctx))?.find(({ list }) => list === name);
  if (!found) return null;
  const shares = REASON_LIST_NAMES.filter(
    (one) => one !== found.list && REASON_LISTS[one] === REASON_LISTS[found.list],
  );
  return { ...found, shares };
}

export type OneReason = { list: ReasonList; reason: ReasonView; shares: ReasonList[]; history: ListChangeView[] };

/** One reason with its history, newest first. Null when absent, and for all but administrators. */
export async function viewReason(ctx: Ctx, name: string, code: string): Promise<OneReason | null> {
  const found = await viewReasonList(ctx, name);
  const reason = found?.reasons.find((one) => one.code === code);
  if (!found || !reason) return null;
  const { list, shares } = found;
  return { list, reason, shares, history: await listChanges(ctx.db, { list: "reason", entryKey: `${list}/${code}` }) };
}
