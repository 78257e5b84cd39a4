import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOutcome, resolveOutcome } from "~/modules/deals/index.server";
import { answerInterest, expressInterest } from "~/modules/matching/index.server";
import { deliverMail, noticesOf, remindOverdue } from "~/modules/notifications/index.server";
import { saveMinutes } from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { aPair, type Pair } from "../../factories/cases";
import { aMeeting, anAgreed, chase, questionsOf } from "../../factories/outcomes";
import { makeOrganisation, must } from "../../factories/people";
import { aHeld, minutesForm } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
});
afterAll(() => world.close());

/** Moves to the day after the deadline and sweeps; the mails must be written without a gap in their words. */
async function overdue(kind: string): Promise<number> {
  const due = await db().due.findFirstOrThrow({ where: { kind, state: "open" }, orderBy: { dueOn: "desc" } });
  world.clock.set(new Date(due.dueOn.getTime() + 26 * 3_600_000));
  const { reminded, mailIds } = await remindOverdue(world.system);
  expect(mailIds).toHaveLength(reminded);
  for (const id of mailIds) {
    const { kind: template } = await db().mail.findUniqueOrThrow({ where: { id } });
    expect(template).toMatch(/overdue$/);
    expect(await deliverMail(world.system, world.container.mail, id, false)).toBe("sent");
  }
  return reminded;
}
const newest = async (broker: PersonActor) => (await noticesOf(world.ctx(broker))).notices[0];

it("tells the broker of a message that waits past its date, day by day, until it is answered", async () => {
  const { organisationId, manager } = await makeOrganisation(world, { broker: pair.broker });
  const { interestId } = must(
    await expressInterest(world.ctx(manager), {
      listingId: pair.need.listingId,
      organisationId,
      kind: "can_solve",
      message: "Đơn vị chúng tôi đã làm ba hệ thống tương tự.",
    }),
  );
  expect(await overdue("interest")).toBe(1);
  expect(await newest(pair.broker)).toMatchObject({ kind: "interest-overdue", path: "/broker/interests" });
  expect((await remindOverdue(world.system)).reminded).toBe(0);
  world.clock.advanceDays(1);
  expect((await remindOverdue(world.system)).reminded).toBe(1);
  must(
    await answerInterest(world.ctx(pair.broker), {
      interestId,
      outcome: "answered",
      result: "explained",
      answer: "Sẽ gọi hôm nay.",
    }),
  );
  world.clock.advanceDays(1);
  expect((await remindOverdue(world.system)).reminded).toBe(0);
});

it("asks the session's owner for minutes that were not sent in time", async () => {
  const held = await aHeld(world);
  expect(await overdue("minutes.write")).toBe(1);
  expect(await newest(held.broker)).toMatchObject({
    kind: "minutes-overdue",
    path: `/broker/meetings/${held.meetingId}/minutes`,
  });
  must(await saveMinutes(world.ctx(held.broker), { meetingId: held.meetingId, send: true, ...minutesForm(world) }));
  world.clock.advanceDays(1);
  expect((await remindOverdue(world.system)).reminded).toBe(0);
});

it("asks the case's broker to clear up two stories", async () => {
  const agreed = await anAgreed(world);
  await aMeeting(world, agreed);
  world.clock.advanceDays(7);
  await chase(world);
  const [need, offering] = await questionsOf(world, agreed.caseId);
  const say = (actor: PersonActor, questionId: string, answer: "signed" | "stopped") =>
    answerOutcome(world.ctx(actor), { questionId, answer, note: null });
  must(await say(agreed.pair.need.owner, need.id, "signed"));
  must(await say(agreed.pair.offering.owner, offering.id, "stopped"));
  expect(await overdue("outcome.resolve")).toBe(1);
  expect(await newest(agreed.pair.broker)).toMatchObject({ kind: "outcome-overdue", path: "/broker/outcomes" });
  const found = { questionId: need.id, resolution: "stopped" as const, note: "Đã gọi hai bên, dừng từ tuần trước." };
  must(await resolveOutcome(world.ctx(agreed.pair.broker), found));
  world.clock.advanceDays(1);
  expect((await remindOverdue(world.system)).reminded).toBe(0);
});
