import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { annexDoor } from "../domain/annex-access";
import {
  acceptanceFor,
  acceptancesOf,
  currentTexts,
  findAnnexed,
  lockAnnexes,
  standingOf,
} from "../queries/annex-rows.server";

export type AcceptUndertakingInput = {
  listingId: string;
  /** the annexes the page named when the text was shown */
  annexIds: string[];
  /** the text that was shown */
  textHash: string;
  lang: "vi" | "en";
  name: string;
  position: string;
  /** the box the reader ticked; never ticked beforehand */
  agreed: boolean;
};

const LONGEST = 200;

/**
 * Accepts the confidentiality undertaking for the annexes that were named, in the name of the organisation that was let in
 * (a broker: of the Department). The row keeps who, for whom, when, which words in which language, and cannot be changed.
 * Safe to repeat: an acceptance that covers them already is returned.
 * Failures: common:notFound, annexes:error.{invalid (fields agreed, name, position), textChanged, annexesChanged}.
 */
export async function acceptUndertaking(
  ctx: Ctx,
  input: AcceptUndertakingInput,
): Promise<Result<{ acceptanceId: string }>> {
  const { actor } = ctx;
  const { listingId } = input;
  if (!isPerson(actor) || !isId(listingId)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    const row = await findAnnexed(tx, ctx, { id: listingId });
    const standing = row && (await standingOf(tx, ctx, row));
    if (!row || !standing || annexDoor(standing, false) !== "undertaking") abort("common:notFound");

    const name = cleanText(input.name).slice(0, LONGEST);
    const position = cleanText(input.position).slice(0, LONGEST);
    const fields = {
      ...(input.agreed ? {} : { agreed: ["annexes:error.agree"] }),
      ...(name.length < 2 ? { name: ["annexes:error.name"] } : {}),
      ...(position.length < 2 ? { position: ["annexes:error.position"] } : {}),
    };
    if (Object.keys(fields).length > 0) return fail("annexes:error.invalid", { fields });
    const text = currentTexts(ctx)[input.lang];
    if (text.hash !== input.textHash) return fail("annexes:error.textChanged");
    const annexIds = row.annexes.map(({ id }) => id).filter((id) => input.annexIds.includes(id));
    if (annexIds.length === 0) return fail("annexes:error.annexesChanged");

    const earlier = await acceptancesOf(tx, actor, listingId);
    const held = annexIds.map((id) => acceptanceFor(ctx, earlier, id, standing));
    const [first] = held;
    if (first && held.every(Boolean)) return ok({ acceptanceId: first.id });
    const id = newId();
    await tx.annexAcceptance.create({
      data: {
        id,
        listingId,
        personId: actor.personId,
        organisationId: standing.organisationId,
        name,
        position,
        textVersion: text.version,
        textHash: text.hash,
        lang: text.lang,
        annexIds,
        acceptedAt: ctx.clock.now(),
      },
    });
    await audit(tx, ctx, {
      action: "annex.accepted",
      subjectKind: "listing",
      subjectId: listingId,
      after: {
        acceptanceId: id,
        organisationId: standing.organisationId,
        textVersion: text.version,
        textHash: text.hash,
        lang: text.lang,
        annexIds,
      },
    });
    return ok({ acceptanceId: id });
  });
}
