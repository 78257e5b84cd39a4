import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerIntroduction, sweepIntroductions, withdrawIntroduction } from "~/modules/brokering/index.server";
import { withdrawListing } from "~/modules/listings/index.server";
import { anIntroduction, aPair, type Pair, YES } from "../../factories/cases";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
const db = () => world.container.ports.db;
const at = (day: string) => world.clock.set(new Date(`${day}T02:00:00.000Z`));
const sweep = async () => must(await sweepIntroductions(world.system));
const NOTHING = { reminded: 0, escalated: 0, expired: 0, withdrawn: 0, failed: 0 };
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
});
afterAll(() => world.close());

describe("the clock", () => {
  it("reminds who is silent, tells the broker on the last day, expires after it, each once", async () => {
    const { introductionId, replyBy } = await anIntroduction(world, pair);
    expect(replyBy.toISOString().slice(0, 10)).toBe("2026-12-01");
    must(await answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }));
    const silent = await db().introductionSide.findFirstOrThrow({ where: { introductionId, side: "offering" } });
    at("2026-11-26");
    expect(await sweep()).toEqual(NOTHING);
    at("2026-11-27");
    expect(await sweep()).toEqual({ ...NOTHING, reminded: 1 });
    expect(await sweep()).toEqual(NOTHING);
    expect(await events(introductionId, "introduction.reminder-due")).toEqual([{ sideId: silent.id }]);
    at("2026-12-01");
    // two workers at once
    const both = await Promise.all([sweep(), sweep()]);
    expect(both.map((report) => report.escalated).sort()).toEqual([0, 1]);
    expect(await events(introductionId, "introduction.escalated")).toEqual([{ brokerId: pair.broker.personId }]);
    // the last day counts until its end in Việt Nam
    world.clock.set(new Date("2026-12-01T16:59:00.000Z"));
    expect(await sweep()).toEqual(NOTHING);
    world.clock.set(new Date("2026-12-01T17:01:00.000Z"));
    expect(await sweep()).toEqual({ ...NOTHING, expired: 1 });
    expect(await sweep()).toEqual(NOTHING);
    expect(await events(introductionId, "introduction.expired")).toHaveLength(3);
    expect((await db().due.findFirst({ where: { subjectId: introductionId } }))?.state).toBe("cancelled");
    expect(await db().introduction.findUnique({ where: { id: introductionId } })).toMatchObject({ state: "expired" });
  });

  it("gives each introduction one step after a pause of weeks, no pile of reminders", async () => {
    at("2026-12-02");
    const first = await anIntroduction(world, pair);
    at("2026-12-18");
    const second = await anIntroduction(world, pair);
    at("2026-12-24");
    expect(await sweep()).toEqual({ ...NOTHING, reminded: 1, expired: 1 });
    expect(await events(first.introductionId, "introduction.reminder-due")).toEqual([]);
    expect(await events(first.introductionId, "introduction.escalated")).toEqual([]);
    expect(await events(second.introductionId, "introduction.reminder-due")).toHaveLength(2);
    must(await withdrawIntroduction(world.ctx(pair.broker), { introductionId: second.introductionId }));
    at("2027-01-15");
    expect(await sweep()).toEqual(NOTHING);
  });

  it("counts working days over Tết", async () => {
    at("2027-02-02");
    const { introductionId, replyBy } = await anIntroduction(world, pair);
    const days = await db().calendarDay.findMany({
      where: { working: false, day: { gte: new Date("2027-02-03"), lte: new Date("2027-02-20") } },
    });
    expect(days.length).toBeGreaterThan(3);
    expect(replyBy.getTime()).toBeGreaterThan(Date.parse("2027-02-12"));
    must(await withdrawIntroduction(world.ctx(pair.broker), { introductionId }));
  });

  it("takes back what has lost its listing, far from any date, and nobody can say yes to it meanwhile", async () => {
    const gone = await aPair(world, { broker: pair.broker });
    const { introductionId } = await anIntroduction(world, gone);
    must(await answerIntroduction(world.ctx(gone.need.owner), { introductionId, side: "need", ...YES }));
    must(await withdrawListing(world.ctx(gone.need.owner), { listingId: gone.need.listingId }));
    expect(
      await answerIntroduction(world.ctx(gone.offering.owner), { introductionId, side: "offering", ...YES }),
    ).toMatchObject({ code: "brokering:error.listingGone" });
    expect(await sweep()).toEqual({ ...NOTHING, withdrawn: 1 });
    expect(await sweep()).toEqual(NOTHING);
    expect(await db().introduction.findUnique({ where: { id: introductionId } })).toMatchObject({ state: "withdrawn" });
    // both sides and the broker are told; contacts stay closed
    expect(await events(introductionId, "introduction.withdrawn")).toHaveLength(3);
    expect(await db().accessGrant.count({ where: { reasonId: introductionId } })).toBe(0);
  });

  it("belongs to the system", async () => {
    expect(await sweepIntroductions(world.ctx(pair.broker))).toMatchObject({ code: "common:forbidden" });
  });
});

describe("races", () => {
  it("both last answers at once: both count, contacts open once", async () => {
    for (let round = 0; round < 5; round++) {
      const { introductionId } = await anIntroduction(world, pair);
      const answers = await Promise.all([
        answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }),
        answerIntroduction(world.ctx(pair.offering.owner), { introductionId, side: "offering", ...YES }),
      ]);
      expect(answers.map((answer) => (answer.ok ? answer.value.state : answer.code)).sort()).toEqual([
        "accepted",
        "proposed",
      ]);
      expect(await db().introduction.findUnique({ where: { id: introductionId } })).toMatchObject({
        state: "accepted",
      });
      expect(await events(introductionId, "introduction.accepted")).toHaveLength(3);
    }
  });

  it("an answer pressed twice: one wins, the other hears that it was given", async () => {
    const { introductionId } = await anIntroduction(world, pair);
    const answers = await Promise.all(
      [1, 2, 3].map(() => answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers.filter((one) => !one.ok))
      expect(answer).toMatchObject({
        code: "brokering:error.alreadyAnswered.accepted",
        params: { name: pair.need.owner.fullName },
      });
    must(await withdrawIntroduction(world.ctx(pair.broker), { introductionId }));
  });

  it("withdrawal against the last yes, and the clock against it: one winner, one clear message", async () => {
    for (let round = 0; round < 5; round++) {
      const { introductionId } = await anIntroduction(world, pair);
      must(await answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }));
      const late = { introductionId, side: "offering" as const, ...YES };
      const [answer, other] = await Promise.all([
        answerIntroduction(world.ctx(pair.offering.owner), late),
        withdrawIntroduction(world.ctx(pair.broker), { introductionId }),
      ]);
      const row = await db().introduction.findUniqueOrThrow({ where: { id: introductionId } });
      expect(row.state).toBe(answer.ok ? "accepted" : "withdrawn");
      if (answer.ok) expect(other).toMatchObject({ code: "brokering:error.alreadyAccepted" });
      else expect(answer).toMatchObject({ code: "brokering:error.withdrawn" });
      if (!answer.ok) expect(await db().accessGrant.count({ where: { reasonId: introductionId } })).toBe(0);
    }
    const { introductionId, replyBy } = await anIntroduction(world, pair);
    // at midnight after the last day: whoever comes first, nothing opens
    world.clock.set(new Date(replyBy.getTime() + 17 * 3_600_000));
    const [answer] = await Promise.all([
      answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }),
      sweep(),
    ]);
    expect(answer).toMatchObject({ code: "brokering:error.expired" });
    expect(await db().introduction.findUnique({ where: { id: introductionId } })).toMatchObject({ state: "expired" });
  });
});
