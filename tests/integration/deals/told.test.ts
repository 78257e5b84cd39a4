import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAcceptance, loseDeal, pauseDeal, resumeDeal, terminateDeal } from "~/modules/deals/index.server";
import { localDay } from "~/platform/ports/clock";
import { aDeal, aDealAt, aDealScene, type DealScene, move, paper, revisionOf, setTerms } from "../../factories/deals";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
const db = () => world.container.ports.db;
const today = () => localDay(world.clock.now());
const as = (who: DealScene["broker"]) => world.ctx(who);
const key = async (dealId: string) => ({ dealId, revision: await revisionOf(world, dealId) });

/** Who is told by the events of a deal after `seq`: names of readers by event, each pointing at the line of the history. */
async function toldBy(dealId: string, act: () => Promise<unknown>): Promise<Record<string, string[]>> {
  const before = await db().outboxEvent.aggregate({ _max: { seq: true } });
  await act();
  const rows = await db().outboxEvent.findMany({
    where: { subjectId: dealId, subjectKind: "deal", seq: { gt: before._max.seq ?? 0n } },
    orderBy: { seq: "asc" },
  });
  const last = await db().dealEvent.findFirstOrThrow({ where: { dealId }, orderBy: { number: "desc" } });
  const told: Record<string, string[]> = {};
  for (const { type, payload } of rows) {
    const { organisationId, brokerId, registrars, dealEventId, ...rest } = payload as Record<string, string>;
    expect(rest).toEqual({});
    expect(dealEventId).toBe(last.id);
    const reader = {
      [scene.transferor.organisationId]: "transferor",
      [scene.transferee.organisationId]: "transferee",
      [scene.broker.personId]: "broker",
      all: "registrars",
    }[organisationId ?? brokerId ?? registrars ?? ""];
    told[type] = [...(told[type] ?? []), reader ?? "nobody we know"];
  }
  return told;
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await aDealScene(world);
});
afterAll(() => world.close());

describe("who is told", () => {
  it("of every step: both parties and the deal's broker, not who did it; registrars of what is theirs", async () => {
    const { broker, other, registrar } = scene;
    const both = ["transferor", "transferee"];
    const id = await aDeal(world, scene);
    const step = (who: typeof broker, command: Parameters<typeof move>[3], form: Record<string, string> = {}) =>
      toldBy(id, async () => must(await move(world, who, id, command, form)));
    await paper(world, broker, id, "mou");
    expect(await step(broker, "agree_mou")).toEqual({ "deal.moved": both });
    // a colleague did it: the deal's own broker hears of it
    expect(await toldBy(id, () => setTerms(world, scene, id, { stateMoney: "yes" }))).toEqual({});
    expect(await step(other, "start_drafting")).toEqual({ "deal.moved": [...both, "broker"] });
    expect(await toldBy(id, () => paper(world, broker, id, "signed_contract"))).toEqual({});
    expect(await step(broker, "sign", { signedOn: today(), contractNumber: "1" })).toEqual({
      "deal.signed": [...both, "registrars"],
    });
    await paper(world, broker, id, "registration_file");
    expect(await step(broker, "file_registration", { filedOn: today() })).toEqual({
      "deal.filed": [...both, "registrars"],
    });
    expect(await step(registrar, "return_registration", { reasonCode: "file_incomplete" })).toEqual({
      "deal.moved": [...both, "broker"],
    });
    await step(broker, "file_registration", { filedOn: today() });
    await paper(world, registrar, id, "certificate");
    expect(await step(registrar, "register", { certificateNumber: "1", certificateOn: today() })).toEqual({
      "deal.registered": [...both, "broker"],
    });
    await step(broker, "start_performing");
    const accept = (side: "transferor" | "transferee") =>
      toldBy(id, async () => must(await confirmAcceptance(as(scene[side].manager), { dealId: id, side: null })));
    expect(await accept("transferor")).toEqual({ "deal.acceptance-given": ["transferee", "broker"] });
    expect(await accept("transferee")).toEqual({ "deal.accepted": ["transferor", "broker"] });
    await paper(world, broker, id, "liquidation_record");
    expect(await step(broker, "liquidate", { liquidatedOn: today() })).toEqual({ "deal.liquidated": both });
  });

  it("of a rest and an end; of a signing without a duty the registrars hear nothing", async () => {
    const { broker } = scene;
    const both = ["transferor", "transferee"];
    const id = await aDealAt(world, scene, "drafting");
    const rest = { reasonCode: "timing" as const, note: null };
    expect(await toldBy(id, async () => must(await pauseDeal(as(broker), { ...(await key(id)), ...rest })))).toEqual({
      "deal.paused": both,
    });
    expect(await toldBy(id, async () => must(await resumeDeal(as(broker), await key(id))))).toEqual({
      "deal.resumed": both,
    });
    await paper(world, broker, id, "signed_contract");
    const sign = { signedOn: today(), contractNumber: "2" };
    expect(await toldBy(id, async () => must(await move(world, broker, id, "sign", sign)))).toEqual({
      "deal.signed": both,
    });
    expect(
      await toldBy(id, async () => must(await terminateDeal(as(broker), { ...(await key(id)), ...rest }))),
    ).toEqual({
      "deal.terminated": both,
    });
    const lost = await aDeal(world, scene);
    expect(await toldBy(lost, async () => must(await loseDeal(as(broker), { ...(await key(lost)), ...rest })))).toEqual(
      {
        "deal.lost": both,
      },
    );
    // a refused command tells nobody
    expect(await toldBy(lost, () => move(world, broker, lost, "start_drafting"))).toEqual({});
  });
});
