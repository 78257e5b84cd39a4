import { describeFiles } from "~/modules/documents/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { visibleDeals } from "../policy";
import type { OpenableDocument } from "./views";

/**
 * May this reader open a deal's document? The Department's readers and the parties' members; for everybody else it is
 * absent. The download name is the deal's reference and the kind, never what the uploader called the file.
 */
export async function openDealDocument(ctx: Ctx, dealId: string, documentId: string): Promise<OpenableDocument | null> {
  if (!isId(dealId) || !isId(documentId) || ctx.actor.kind === "anonymous") return null;
  const row = await ctx.db.dealDocument.findFirst({
    where: { id: documentId, dealId, deal: visibleDeals(ctx.actor) },
    select: { fileId: true, kind: true, title: true, deal: { select: { reference: true } } },
  });
  if (!row) return null;
  const [file] = await describeFiles(ctx, [row.fileId]);
  if (!file) return null;
  const downloadName = `${row.deal.reference}-${row.kind.replaceAll("_", "-")}`;
  return { fileId: row.fileId, kind: file.kind, downloadName, title: row.title };
}
