import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailboxMail, notifyEvent } from "~/modules/notifications/index.server";
import { mailLives } from "~/modules/operations/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { aDeal, aDealScene, type DealScene } from "../../factories/deals";
import { makeBroker, makeStaff } from "../../factories/people";
import { anInvited, type Invited } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
let invited: Invited;
let leader: PersonActor;
let broker: PersonActor;
beforeAll(async () => {
  world = await openTestWorld();
  scene = await aDealScene(world);
  invited = await anInvited(world);
  leader = await makeStaff(world, "leader");
  broker = await makeBroker(world);
  for (const { id } of await world.container.ports.db.outboxEvent.findMany({ orderBy: { seq: "asc" } }))
    await notifyEvent(world.system, id);
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;

describe("mails about a thing", () => {
  it("show a meeting's invitations to brokers whole, to leaders with masked addresses, and nobody's one-time link", async () => {
    const view = await mailLives(world.ctx(broker), "meeting", invited.meetingId);
    const mails = view?.mails ?? [];
    expect(mails.map((mail) => mail.kind)).toContain("meeting-invited");
    expect(mails.map((mail) => mail.to)).toContain(invited.need.manager.email);
    expect(view).toMatchObject({ masked: false, subject: { to: `/broker/meetings/${invited.meetingId}` } });
    const masked = await mailLives(world.ctx(leader), "meeting", invited.meetingId);
    expect(masked?.masked).toBe(true);
    expect(JSON.stringify(masked)).not.toContain(invited.need.manager.email);
    expect(masked?.mails.every((mail) => /^.…@/.test(mail.to))).toBe(true);
    // the links that these mails carry are in none of it
    for (const { id } of mails) {
      const written = (await mailboxMail(world.system, id))?.written.text ?? "";
      for (const [, token] of written.matchAll(/answer\/([\w.-]{20,})/g))
        for (const shown of [view, masked]) expect(JSON.stringify(shown)).not.toContain(token);
      expect(JSON.stringify(view)).not.toContain("{token}");
    }
  });

  it("are found from the case they belong to as well", async () => {
    const { caseId } = await db().meeting.findUniqueOrThrow({ where: { id: invited.meetingId } });
    const kinds = (await mailLives(world.ctx(broker), "case", caseId))?.mails.map((mail) => mail.kind);
    expect(kinds).toContain("meeting-invited");
    expect(kinds).toContain("introduction-accepted");
    const { id } = await db().introduction.findFirstOrThrow({ where: { caseId } });
    const own = (await mailLives(world.ctx(leader), "introduction", id))?.mails ?? [];
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((mail) => mail.subjectKind === "introduction")).toBe(true);
  });

  it("say how often a mail was tried and what the server said", async () => {
    const mail = await db().mail.findFirstOrThrow({ where: { subjectId: invited.meetingId } });
    await db().mail.update({
      where: { id: mail.id },
      data: { state: "failed", attempts: 3, lastError: "550 no such user <…>" },
    });
    const life = (await mailLives(world.ctx(broker), "meeting", invited.meetingId))?.mails.find(
      (one) => one.id === mail.id,
    );
    expect(life).toMatchObject({ state: "failed", attempts: 3, answer: "550 no such user <…>", sentAt: null });
  });

  it("are absent for who may not see the thing", async () => {
    const dealId = await aDeal(world, scene);
    expect(await mailLives(world.ctx(scene.registrar), "deal", dealId)).not.toBeNull();
    const administrator = await makeStaff(world, "administrator");
    for (const actor of [undefined, administrator, scene.transferor.manager, invited.need.manager])
      for (const [kind, id] of [
        ["deal", dealId],
        ["meeting", invited.meetingId],
      ] as const)
        expect(await mailLives(world.ctx(actor), kind, id)).toBeNull();
    expect(await mailLives(world.ctx(scene.registrar), "meeting", invited.meetingId)).toBeNull();
    for (const [kind, id] of [
      ["deal", newId()],
      ["person", broker.personId],
      ["deal", "nonsense"],
    ] as const)
      expect(await mailLives(world.ctx(broker), kind, id)).toBeNull();
  });
});
