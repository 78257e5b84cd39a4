import type { Ctx } from "~/platform/context";
import { checkDraft } from "../commands/check-draft.server";
import { stepIds, stepOfField } from "../domain/steps";
import type { DraftView } from "./load-draft.server";

export type StepProgress = {
  id: string;
  /** fields still missing or wrong on this step */
  open: number;
};

export type OpenProblem = { name: string; step: string; messages: string[] };

/** The steps of a draft with what is still open on each, and all problems in the order of the form. */
export async function draftProgress(
  ctx: Ctx,
  view: DraftView,
): Promise<{ steps: StepProgress[]; problems: OpenProblem[] }> {
  const ids = stepIds(view.kind);
  const problems = Object.entries(await checkDraft(ctx, view, view.draft))
    .map(([name, messages]) => ({ name, step: stepOfField(view.kind, name), messages }))
    .sort((a, b) => ids.indexOf(a.step) - ids.indexOf(b.step));
  return { steps: ids.map((id) => ({ id, open: problems.filter(({ step }) => step === id).length })), problems };
}
