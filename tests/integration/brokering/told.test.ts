import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerByLink,
  answerIntroduction,
  closeCase,
  handOverCase,
  recordPhoneAnswer,
  sweepIntroductions,
  withdrawIntroduction,
} from "~/modules/brokering/index.server";
import { deliverMail, noticesOf, notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import type { OutgoingMail } from "~/platform/ports/mail";
import { anIntroduction, aPair, NO, type Pair, YES } from "../../factories/cases";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
let secrets: string[];
const sent: OutgoingMail[] = [];
const db = () => world.container.ports.db;
const accepting = {
  send: async (mail: OutgoingMail) => {
    sent.push(mail);
    return { accepted: true as const, response: "250 OK" };
  },
  cut: () => {},
  close: async () => {},
};

/** Does what the worker does with every event that has not been told: notices, mails, hands the mails over. */
async function work(): Promise<void> {
  const waiting = await db().outboxEvent.findMany({ where: { relayedAt: null }, orderBy: { seq: "asc" } });
  for (const event of waiting) {
    const { mailIds } = await notifyEvent(world.system, event.id);
    for (const id of mailIds) await deliverMail(world.system, accepting, id, false);
    await db().outboxEvent.update({ where: { id: event.id }, data: { relayedAt: world.clock.now() } });
  }
}
const mailsTo = (actor: PersonActor) => sent.filter((mail) => mail.to === actor.email);
const kinds = async (actor: PersonActor) =>
  (
    await db().notice.findMany({
      where: { personId: actor.personId, subjectKind: { in: ["case", "introduction"] } },
      orderBy: { id: "asc" },
    })
  ).map((row) => row.kind);
const linkIn = (mail: OutgoingMail | undefined) => /introductions\/answer\/([\w.-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
const fresh = async () => {
  await work();
  sent.length = 0;
  await db().notice.deleteMany({});
};
const blind = (name: string) => ({
  visibility: "blind",
  contactName: `Canary ${name}`,
  contactPhone: "0999 123 456",
  contactEmail: `canary-${name}@example.invalid`,
});

beforeAll(async () => {
  world = await openTestWorld();
  pair = await aPair(world, { need: blind("need"), offering: blind("offering") });
  const names = await db().organisation.findMany({
    where: { id: { in: [pair.need.organisationId, pair.offering.organisationId] } },
  });
  secrets = ["Canary", "canary-", "0999 123 456"];
  expect(names).toHaveLength(2);
});
afterAll(() => world.close());

const nameOf = async (organisationId: string) =>
  (await db().organisation.findUniqueOrThrow({ where: { id: organisationId } })).nameVi;

/** Nothing anybody was told holds a contact, or the other side's name while that is hidden. */
async function nothingRevealed(): Promise<void> {
  const rows = JSON.stringify([
    await db().notice.findMany(),
    await db().mail.findMany({ select: { params: true, kind: true } }),
  ]);
  const mails = sent.map((mail) => `${mail.subject}\n${mail.text}\n${mail.html}`).join("\n");
  for (const secret of secrets) for (const text of [rows, mails]) expect(text).not.toContain(secret);
  for (const [actor, other] of [
    [pair.need.owner, pair.offering],
    [pair.offering.owner, pair.need],
  ] as const) {
    const name = await nameOf(other.organisationId);
    const own = JSON.stringify([await db().notice.findMany({ where: { personId: actor.personId } }), mailsTo(actor)]);
    expect(own).not.toContain(name);
    expect(JSON.stringify(await noticesOf(world.ctx(actor)))).not.toContain(name);
  }
  const jobs = JSON.stringify((await db().outboxEvent.findMany()).map((event) => event.payload));
  for (const secret of secrets) expect(jobs).not.toContain(secret);
}

describe("everyone is told", () => {
  it("from the question by mail with a one-tap link to the open contacts, in both languages", async () => {
    await fresh();
    await db().person.update({ where: { id: pair.offering.owner.personId }, data: { locale: "en" } });
    const { introductionId } = await anIntroduction(world, pair);
    await work();
    expect(await kinds(pair.need.owner)).toEqual(["case-opened", "introduction-proposed"]);
    const [asked] = mailsTo(pair.need.owner);
    expect(asked?.subject).toContain("Đề nghị giới thiệu đối tác");
    expect(asked?.text).toContain("01/12/2026");
    expect(mailsTo(pair.offering.owner)[0]?.subject).toContain("Proposed introduction");
    expect(mailsTo(pair.offering.owner)[0]?.text).toContain("by the end of 01/12/2026");
    await nothingRevealed();
    // the notice in the page leads to the page, and no token is stored anywhere
    const notice = await db().notice.findFirstOrThrow({
      where: { personId: pair.need.owner.personId, kind: "introduction-proposed" },
    });
    expect(notice.params).toMatchObject({ path: `/introductions/${introductionId}` });
    const token = linkIn(asked);
    expect(token).not.toBe("");
    expect(JSON.stringify(await db().mail.findMany())).not.toContain(token);

    must(await answerByLink(world.ctx(), { token, remoteAddress: "192.0.2.44", ...YES }));
    await work();
    expect((await kinds(pair.broker)).at(-1)).toBe("introduction-answered");
    must(await answerIntroduction(world.ctx(pair.offering.owner), { introductionId, side: "offering", ...YES }));
    await work();
    for (const actor of [pair.need.owner, pair.offering.owner])
      expect((await kinds(actor)).at(-1)).toBe("introduction-accepted");
    expect((await kinds(pair.broker)).at(-1)).toBe("introduction-both-agreed");
    expect(mailsTo(pair.need.owner).at(-1)?.text).toContain(`/introductions/${introductionId}`);
    // even now no contact travels by mail
    await nothingRevealed();
  });

  it("a no, politely and without its reason; a phone answer to those it speaks for", async () => {
    await fresh();
    const { introductionId } = await anIntroduction(world, pair);
    must(
      await recordPhoneAnswer(world.ctx(pair.broker), {
        introductionId,
        side: "need",
        ...YES,
        note: "Giám đốc trả lời lúc 9 giờ.",
      }),
    );
    must(
      await answerIntroduction(world.ctx(pair.offering.owner), {
        introductionId,
        side: "offering",
        ...NO,
        note: "Canary vì sao",
      }),
    );
    await work();
    // the question itself is no news any more: it was answered before it could be told
    expect(await kinds(pair.need.owner)).toEqual(["case-opened", "introduction-recorded", "introduction-declined"]);
    expect(await kinds(pair.offering.owner)).toEqual(["case-opened"]);
    expect(await kinds(pair.broker)).toEqual(["introduction-not-agreed"]);
    await nothingRevealed();
    expect(JSON.stringify(mailsTo(pair.need.owner))).not.toMatch(/Chi phí|cost|price/);
  });

  it("reminder with a link that works, escalation, expiry, withdrawal", async () => {
    await fresh();
    const start = world.clock.now();
    const first = await anIntroduction(world, pair);
    must(
      await answerIntroduction(world.ctx(pair.need.owner), {
        introductionId: first.introductionId,
        side: "need",
        ...YES,
      }),
    );
    await fresh();
    world.clock.set(new Date("2026-11-27T02:00:00.000Z"));
    must(await sweepIntroductions(world.system));
    await work();
    expect([await kinds(pair.need.owner), await kinds(pair.offering.owner)]).toEqual([[], ["introduction-reminder"]]);
    expect(linkIn(mailsTo(pair.offering.owner)[0])).not.toBe("");
    world.clock.set(new Date("2026-12-01T02:00:00.000Z"));
    must(await sweepIntroductions(world.system));
    await work();
    expect(await kinds(pair.broker)).toEqual(["introduction-due-today"]);
    world.clock.set(new Date("2026-12-02T02:00:00.000Z"));
    must(await sweepIntroductions(world.system));
    await work();
    expect([
      (await kinds(pair.need.owner)).at(-1),
      (await kinds(pair.offering.owner)).at(-1),
      (await kinds(pair.broker)).at(-1),
    ]).toEqual(["introduction-expired", "introduction-expired", "introduction-ran-out"]);
    expect(
      await answerByLink(world.ctx(), {
        token: linkIn(mailsTo(pair.offering.owner)[0]),
        remoteAddress: "192.0.2.45",
        ...YES,
      }),
    ).toMatchObject({ code: "brokering:error.expired" });
    const second = await anIntroduction(world, pair);
    await fresh();
    must(
      await withdrawIntroduction(world.ctx(await makeStaff(world, "broker")), {
        introductionId: second.introductionId,
      }),
    );
    await work();
    expect([await kinds(pair.need.owner), await kinds(pair.offering.owner), await kinds(pair.broker)]).toEqual([
      ["introduction-withdrawn"],
      ["introduction-withdrawn"],
      ["introduction-taken-back"],
    ]);
    await nothingRevealed();
    world.clock.set(start);
  });

  it("hand-over to both brokers; the end of a case to the parties that were asked", async () => {
    const { caseId, introductionId } = await anIntroduction(world, pair);
    must(await answerIntroduction(world.ctx(pair.offering.owner), { introductionId, side: "offering", ...NO }));
    const receiver = await makeBroker(world);
    await fresh();
    must(
      await handOverCase(world.ctx(pair.broker), {
        caseId,
        revision: 1,
        toBrokerId: receiver.personId,
        note: "Nhờ theo dõi tiếp.",
      }),
    );
    await work();
    expect([await kinds(receiver), await kinds(pair.broker)]).toEqual([["case-received"], ["case-given"]]);
    must(await closeCase(world.ctx(pair.broker), { caseId, revision: 2, reasonCode: "declined", note: null }));
    await work();
    expect((await kinds(receiver)).at(-1)).toBe("case-closed-for-you");
    expect(await kinds(pair.need.owner)).toEqual(["case-closed"]);
    // a case's title is the broker's own
    expect(
      JSON.stringify([
        await db().notice.findMany({ where: { personId: pair.need.owner.personId } }),
        mailsTo(pair.need.owner),
      ]),
    ).not.toContain("Nước thải chế biến – màng MBR");
    await nothingRevealed();
  });
});
