import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { type ListChangeView, listChanges } from "~/platform/lists/list-changes.server";
import { mayKeepTemplates } from "../commands/save-template.server";
import { TEMPLATE_PURPOSES, type TemplatePurpose } from "../template-schemas";

export type TemplateView = {
  id: string;
  purpose: TemplatePurpose;
  reasonCode: string | null;
  nameVi: string;
  nameEn: string;
  bodyVi: string;
  bodyEn: string;
  active: boolean;
  revision: number;
};

/** The office's answer templates, by purpose and name. Null for all but brokers and administrators. */
export async function reviewTemplates(ctx: Ctx): Promise<TemplateView[] | null> {
  if (!mayKeepTemplates(ctx)) return null;
  const rows = await ctx.db.reviewTemplate.findMany({
    where: { officeId: ctx.actor.officeId },
    orderBy: [{ purpose: "asc" }, { nameVi: "asc" }, { id: "asc" }],
    omit: { officeId: true },
  });
  return rows.map(({ purpose, retiredAt, ...row }) => ({
    ...row,
    purpose: TEMPLATE_PURPOSES.find((one) => one === purpose) ?? "changes",
    active: retiredAt === null,
  }));
}

/** One template with its history, newest first. Null when absent or not for this reader. */
export async function viewTemplate(
  ctx: Ctx,
  id: string,
): Promise<(TemplateView & { history: ListChangeView[] }) | null> {
  const template = isId(id) ? (await reviewTemplates(ctx))?.find((one) => one.id === id) : undefined;
  return template ? { ...template, history: await listChanges(ctx.db, { list: "template", entryKey: id }) } : null;
}

export type InsertedTemplate = { note: string; purpose: TemplatePurpose; reasonCode: string | null };

/** A template's words behind what was typed, and the reason that goes with them. Null when there is no such template in use. */
export async function insertTemplate(
  ctx: Ctx,
  input: { id: string; lang: "vi" | "en"; note: string },
): Promise<InsertedTemplate | null> {
  const found = (await reviewTemplates(ctx))?.find(({ id, active }) => id === input.id && active);
  if (!found) return null;
  const words = input.lang === "en" ? found.bodyEn : found.bodyVi;
  const note = [input.note.trim(), words].filter((part) => part !== "").join("\n\n");
  return { note, purpose: found.purpose, reasonCode: found.reasonCode };
}
