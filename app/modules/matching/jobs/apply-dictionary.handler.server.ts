import type { Ctx } from "~/platform/context";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { applyDictionaryJob } from "./apply-dictionary.job";
import { applyDictionaryChange } from "./apply-dictionary.server";

export function handleApplyDictionary(ctx: () => Ctx, queue: QueuePort): JobHandler {
  return async ({ payload }) => {
    const { changeId } = applyDictionaryJob.payload.parse(payload);
    const change = await ctx().db.dictionaryChange.findUnique({ where: { id: changeId }, select: { seq: true } });
    if (change) await applyDictionaryChange(ctx(), queue, change.seq);
  };
}
