import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerInterest,
  expressInterest,
  interestForm,
  MOST_OPEN_INTERESTS,
  openInterests,
  viewInterest,
} from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed } from "./world";

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing & { reference: string };
let solver: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;
const message = "Chúng tôi đã làm hệ thống tương tự tại hai làng nghề.";

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  solver = await makeOrganisation(world, { broker });
});
afterAll(() => world.close());

const say = (actor: PersonActor, organisationId: string, over: Partial<Parameters<typeof expressInterest>[1]> = {}) =>
  expressInterest(world.ctx(actor), { listingId: need.listingId, kind: "can_solve", organisationId, message, ...over });

describe("interest", () => {
  it("reaches the broker with a due date, is answered once, and the person is told", async () => {
    const { interestId } = must(await say(solver.manager, solver.organisationId));
    const [seen] = (await openInterests(world.ctx(broker))).filter((one) => one.id === interestId);
    expect(seen).toMatchObject({
      kind: "can_solve",
      message,
      person: { email: solver.manager.email },
      listing: { reference: need.reference },
    });
    // three working days after Monday 23/11; Tuesday 24/11 is a public holiday
    expect(seen?.dueOn?.toISOString().slice(0, 10)).toBe("2026-11-27");
    const answer = {
      interestId,
      outcome: "answered" as const,
      result: "explained" as const,
      answer: "Chuyên viên sẽ gọi trong ngày.",
    };
    // who asked sees it with its date; strangers and the listing's owner do not
    expect(await viewInterest(world.ctx(solver.manager), interestId)).toMatchObject({
      state: "open",
      answer: null,
      sentBy: solver.manager.fullName,
      dueOn: seen?.dueOn,
      listing: { reference: need.reference },
    });
    expect(await viewInterest(world.ctx(need.owner), interestId)).toBeNull();
    expect(await viewInterest(world.ctx(), interestId)).toBeNull();
    expect(await answerInterest(world.ctx(need.owner), answer)).toMatchObject({ code: "matching:error.notFound" });
    const both = await Promise.all([
      answerInterest(world.ctx(broker), answer),
      answerInterest(world.ctx(broker), answer),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ code: "matching:error.answeredMeanwhile" });
    expect((await openInterests(world.ctx(broker))).map((one) => one.id)).not.toContain(interestId);
    expect(await viewInterest(world.ctx(solver.manager), interestId)).toMatchObject({
      answer: answer.answer,
      answeredBy: broker.fullName,
      takenUp: false,
    });
    expect((await openInterests(world.ctx(broker), "settled")).map((one) => one.id)).toContain(interestId);
    expect(await db().due.findFirst({ where: { subjectId: interestId } })).toMatchObject({ state: "done" });
    const events = await db().outboxEvent.findMany({ where: { subjectId: interestId }, orderBy: { seq: "asc" } });
    expect(events.map((event) => event.type)).toEqual(["interest.expressed", "interest.answered"]);
    expect(JSON.stringify(events.map((event) => event.payload))).toBe("[{},{}]");
  });

  it("takes a verified organisation and a listing one may see", async () => {
    const { actor: loner } = await makePerson(world);
    expect(await say(loner, solver.organisationId)).toMatchObject({ code: "matching:error.notVerified" });
    expect(await say(solver.manager, need.organisationId)).toMatchObject({ code: "matching:error.notVerified" });
    expect((await interestForm(world.ctx(loner), need.reference))?.organisations).toEqual([]);
    const hidden = await aPublishedNeed(world, { broker, draft: { ...DYEING_NEED, visibility: "brokers" } });
    expect(await say(solver.manager, solver.organisationId, { listingId: hidden.listingId })).toMatchObject({
      code: "matching:error.notFound",
    });
    expect(await interestForm(world.ctx(solver.manager), hidden.listingId)).toBeNull();
    expect(
      await expressInterest(world.ctx(), {
        listingId: need.listingId,
        kind: "ask_broker",
        organisationId: solver.organisationId,
        message,
      }),
    ).toMatchObject({ code: "matching:error.notFound" });
  });

  it("'can solve' is for other people's needs; owners ask the broker about a match of theirs", async () => {
    const offering = await aPublishedOffering(world, { broker, owner: solver, draft: DYEING_OFFERING });
    await processed(world, need.listingId, offering.listingId);
    expect(await say(need.owner, need.organisationId)).toMatchObject({ code: "matching:error.notOnOwn" });
    expect(await say(need.owner, need.organisationId, { listingId: offering.listingId })).toMatchObject({
      code: "matching:error.needsOnly",
    });
    const [match] = (await matchesFor(world, need.owner, need.listingId)).matches;
    must(await say(need.owner, need.organisationId, { kind: "ask_broker", matchId: match?.id }));
    const stranger = await makeOrganisation(world, { broker });
    expect(
      await say(stranger.manager, stranger.organisationId, { kind: "ask_broker", matchId: match?.id }),
    ).toMatchObject({ code: "matching:error.notFound" });
  });

  it("is sent once per listing and has a limit per organisation, however often the button is pressed", async () => {
    const eager = await makeOrganisation(world, { broker });
    const twice = await Promise.all([1, 2, 3].map(() => say(eager.manager, eager.organisationId)));
    expect(twice.filter((one) => one.ok)).toHaveLength(1);
    expect(twice.find((one) => !one.ok)).toMatchObject({ code: "matching:error.alreadyOpen" });
    const others: string[] = [];
    for (let i = 0; i < MOST_OPEN_INTERESTS; i++) others.push((await aPublishedNeed(world, { broker })).listingId);
    const results = await Promise.all(
      others.map((listingId) => say(eager.manager, eager.organisationId, { listingId })),
    );
    expect(results.filter((one) => one.ok)).toHaveLength(MOST_OPEN_INTERESTS - 1);
    expect(results.find((one) => !one.ok)).toMatchObject({
      code: "matching:error.tooManyOpen",
      params: { most: MOST_OPEN_INTERESTS },
    });
  });
});
