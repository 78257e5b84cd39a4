import { type Ctx, isMemberOf } from "~/platform/context";
import { fail, type Result } from "~/platform/result";
import { LENGTH } from "../domain/choices";
import { loadDraft } from "../queries/load-draft.server";
import { startDraftWith } from "./start-draft.server";

/**
 * Copies a need or offering into a new draft of the same organisation: what is being written, else the latest version, with
 * its pictures and paper. The copy runs to the usual last day and is a draft like any other.
 * `mark` is put behind the title ("{{title}} (copy)"), so that the two can be told apart.
 * Failures: common:notFound (also for who may not edit it), listings:error.notMember.
 */
export async function copyListing(
  ctx: Ctx,
  { listingId, mark }: { listingId: string; mark: (title: string) => string },
): Promise<Result<{ listingId: string }>> {
  const view = await loadDraft(ctx, listingId);
  if (!view) return fail("common:notFound");
  const organisationId = view.organisation?.id ?? null;
  const title = view.draft.title.trim();
  const marked = mark(title);
  const { expiresOn: _, ...content } = view.draft;
  return startDraftWith(
    ctx,
    {
      kind: view.kind,
      organisationId,
      onBehalf: view.onBehalf && organisationId !== null && !isMemberOf(ctx.actor, organisationId),
    },
    { ...content, title: title === "" || marked.length > LENGTH.title ? title : marked },
    view.id,
  );
}
