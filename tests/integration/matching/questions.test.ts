import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerInterest,
  askBroker,
  countOpenInterests,
  expressInterest,
  MOST_OPEN_INTERESTS,
  openInterests,
  takeInterest,
  viewInterest,
} from "~/modules/matching/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import { memberHome } from "~/modules/reports/index.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let first: PersonActor;
let second: PersonActor;
const db = () => world.container.ports.db;
const message = "Chúng tôi cần máy sấy cá cho ba tấn mỗi ngày.";
const asked = { q: "máy sấy cá", kind: "offering" as const, province: "22" };

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  first = await makeBroker(world);
  await withReferenceData(world);
  second = await makeBroker(world);
});
afterAll(() => world?.close());

async function tell(type: string, subjectId: string) {
  const event = await db().outboxEvent.findFirstOrThrow({ where: { type, subjectId } });
  await notifyEvent(world.system, event.id);
  return db().notice.findMany({ where: { eventId: event.id } });
}

describe("a question to the broker", () => {
  it("goes from a search that found nothing to a broker's queue and back as an answer", async () => {
    const { actor } = await makePerson(world);
    const { interestId } = must(await askBroker(world.ctx(actor), { message, asked }));
    const [seen] = await openInterests(world.ctx(first), "open", { mine: true });
    expect(seen).toMatchObject({
      id: interestId,
      asked,
      message,
      listing: null,
      organisation: null,
      mine: true,
      person: { fullName: actor.fullName },
    });
    // three working days after Monday 23/11; Tuesday 24/11 is a public holiday
    expect(seen?.dueOn?.toISOString().slice(0, 10)).toBe("2026-11-27");
    expect((await tell("interest.expressed", interestId)).map(({ personId, kind }) => [personId, kind])).toEqual([
      [first.personId, "search-question"],
    ]);
    const waiting = (await memberHome(world.ctx(actor)))?.waiting.map(({ key, to }) => [key, to]);
    expect(waiting).toContainEqual(["questionSent", `/interests/${interestId}`]);
    must(
      await answerInterest(world.ctx(first), {
        interestId,
        outcome: "answered",
        result: "will_search",
        answer: "Chuyên viên hỏi ba viện và trả lời Quý vị tuần này.",
      }),
    );
    expect(await viewInterest(world.ctx(actor), interestId)).toMatchObject({
      answer: "Chuyên viên hỏi ba viện và trả lời Quý vị tuần này.",
      organisation: null,
      asked,
    });
    const notices = await tell("interest.answered", interestId);
    expect(notices.map(({ personId, kind }) => [personId, kind])).toEqual([
      [actor.personId, "search-question-answered"],
    ]);
    const mails = await db().mail.findMany({ where: { subjectId: interestId } });
    expect(mails.map(({ kind }) => kind).sort()).toEqual(["search-question", "search-question-answered"]);
    expect(JSON.stringify([notices, mails])).not.toMatch(/ba tấn|ba viện|máy sấy/);
    const [last] = await db().auditEntry.findMany({
      where: { subjectId: interestId, action: "interest.answered" },
    });
    expect(last?.after).toEqual({ state: "answered", result: "will_search" });
  });

  it("is in one broker's queue until another takes it over", async () => {
    const { actor } = await makePerson(world);
    const { interestId } = must(await askBroker(world.ctx(actor), { message, asked: null }));
    const inQueueOf = async (who: PersonActor) =>
      (await openInterests(world.ctx(who), "open", { mine: true })).map(({ id }) => id);
    expect(await inQueueOf(first)).toContain(interestId);
    expect(await inQueueOf(second)).not.toContain(interestId);
    expect(await countOpenInterests(world.ctx(second))).toEqual({ mine: 0, all: 1 });
    expect(await takeInterest(world.ctx(actor), { interestId })).toMatchObject({ code: "matching:error.notFound" });
    must(await takeInterest(world.ctx(second), { interestId }));
    expect(await inQueueOf(first)).not.toContain(interestId);
    expect(await inQueueOf(second)).toContain(interestId);
    const done = { interestId, outcome: "closed" as const, result: "no_supply" as const, answer: "Chưa có." };
    must(await answerInterest(world.ctx(second), done));
    expect(await takeInterest(world.ctx(first), { interestId })).toMatchObject({
      code: "matching:error.answeredMeanwhile",
    });
    expect(await countOpenInterests(world.ctx(second))).toEqual({ mine: 0, all: 0 });
  });

  it("may be asked by a person without an organisation, about a listing too; solving takes a verified one", async () => {
    const { actor } = await makePerson(world);
    const need = await aPublishedNeed(world, { broker: second });
    const about = { listingId: need.listingId, message };
    expect(await expressInterest(world.ctx(actor), { ...about, kind: "can_solve" })).toMatchObject({
      code: "matching:error.notVerified",
    });
    const { interestId } = must(await expressInterest(world.ctx(actor), { ...about, kind: "ask_broker" }));
    expect(await expressInterest(world.ctx(actor), { ...about, kind: "ask_broker" })).toMatchObject({
      code: "matching:error.alreadyOpen",
    });
    expect(await viewInterest(world.ctx(need.owner), interestId)).toBeNull();
    expect(await viewInterest(world.ctx(second), interestId)).toBeNull();
    // a colleague's organisation is not this person's
    const other = await makeOrganisation(world, { broker: first });
    expect(
      await askBroker(world.ctx(actor), { message, asked: null, organisationId: other.organisationId }),
    ).toMatchObject({ code: "matching:error.notVerified" });
    expect(await askBroker(world.ctx(), { message, asked: null })).toMatchObject({ code: "matching:error.notFound" });
  });

  it("has a limit per person, however often the button is pressed", async () => {
    const { actor } = await makePerson(world);
    const results = await Promise.all(
      Array.from({ length: MOST_OPEN_INTERESTS + 3 }, () => askBroker(world.ctx(actor), { message, asked })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(MOST_OPEN_INTERESTS);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ code: "matching:error.tooManyOpen" });
  });
});
