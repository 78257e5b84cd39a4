import { partyChoices, partyName } from "~/modules/brokering/index.server";
import type { Ctx } from "~/platform/context";
import { PARTY_SIDES, type PartySide } from "../domain/choices";

export type DealPartyChoices = Record<
  PartySide,
  { list: { id: string; name: string; taxCode: string | null }[]; nothingFound: boolean }
>;

/** Organisations found for what was typed for each party (at least two letters), the one already chosen among them. Brokers only. */
export async function dealPartyChoices(
  ctx: Ctx,
  asked: Record<PartySide, { find: string; chosen: string }>,
): Promise<DealPartyChoices> {
  const of = async (side: PartySide) => {
    const { find, chosen } = asked[side];
    const list = await partyChoices(ctx, find);
    const name = chosen && !list.some((one) => one.id === chosen) ? await partyName(ctx, chosen) : null;
    return {
      list: name ? [{ id: chosen, name, taxCode: null }, ...list] : list,
      nothingFound: find.trim().length >= 2 && list.length === 0,
    };
  };
  const [transferor, transferee] = await Promise.all(PARTY_SIDES.map(of));
  const none = { list: [], nothingFound: false };
  return { transferor: transferor ?? none, transferee: transferee ?? none };
}
