import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endMembership } from "~/modules/accounts/index.server";
import {
  answerByLink,
  answerIntroduction,
  answerToken,
  openIntroductionsOf,
  proposeIntroduction,
  recordPhoneAnswer,
  sweepIntroductions,
  viewAnswerLink,
  viewCase,
  viewIntroduction,
  withdrawIntroduction,
} from "~/modules/brokering/index.server";
import { answerSchema, phoneAnswerSchema } from "~/modules/brokering/schemas";
import { viewListing } from "~/modules/listings/index.server";
import { aBareCase, aCase, anIntroduction, aPair, NO, type Pair, proposed, YES } from "../../factories/cases";
import { makeColleague, makePerson, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const db = () => world.container.ports.db;
const side = async (introductionId: string, which: "need" | "offering") =>
  db().introductionSide.findUniqueOrThrow({ where: { introductionId_side: { introductionId, side: which } } });
const state = async (id: string) => (await db().introduction.findUniqueOrThrow({ where: { id } })).state;
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const blind = (name: string) => ({
  visibility: "blind",
  contactName: `Canary ${name} person`,
  contactPhone: "0999 123 456",
  contactEmail: `canary-${name}@example.invalid`,
});
const phoned = { ...YES, note: "Giám đốc trả lời lúc 9 giờ: đồng ý." };

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
});
afterAll(() => world.close());

describe("proposing", () => {
  it("asks both sides within five working days, pins versions and opens the deadline", async () => {
    const pair = await aPair(world);
    const { introductionId, replyBy, caseId } = await anIntroduction(world, pair, "Mời hai bên xem xét.");
    // Monday 23 November and five working days; 24 November is a public holiday
    expect(replyBy.toISOString()).toBe("2026-12-01T00:00:00.000Z");
    expect(await db().due.findFirst({ where: { subjectId: introductionId } })).toMatchObject({
      kind: "introduction.reply",
      ruleKey: "introduction.replyWorkingDays",
      state: "open",
      personId: pair.broker.personId,
    });
    const row = await db().introduction.findUniqueOrThrow({ where: { id: introductionId }, include: { sides: true } });
    const published = await Promise.all(
      [pair.need, pair.offering].map(({ listingId }) => db().listing.findUniqueOrThrow({ where: { id: listingId } })),
    );
    expect([row.needVersionId, row.offeringVersionId]).toEqual(published.map((listing) => listing.publishedVersionId));
    expect(await events(introductionId, "introduction.proposed")).toHaveLength(2);
    expect(await viewCase(world.ctx(pair.broker), caseId)).toMatchObject({
      nextAction: "Theo dõi trả lời",
      nextActionOn: replyBy,
      may: { propose: false, close: false },
    });
    for (const [actor, title] of [
      [pair.need.owner, "MBR"],
      [pair.offering.owner, "Cần hệ thống"],
    ] as const) {
      expect(await openIntroductionsOf(world.ctx(actor))).toEqual([
        expect.objectContaining({ introductionId, myMove: true, replyBy, title: expect.stringContaining(title) }),
      ]);
    }
  });

  it("refuses a second question in one case, one side only, and a listing that left the shelf", async () => {
    const pair = await aPair(world);
    const { caseId } = await anIntroduction(world, pair);
    await expect(proposed(world, pair.broker, caseId)).rejects.toThrow("brokering:error.introductionOpen");
    const half = await aCase(world, pair, { offering: {} });
    await expect(proposed(world, pair.broker, half)).rejects.toThrow("brokering:error.bothPartiesNeeded");
    const gone = await aCase(world, pair);
    await db().listing.update({ where: { id: pair.need.listingId }, data: { state: "withdrawn" } });
    await expect(proposed(world, pair.broker, gone)).rejects.toThrow("brokering:error.listingNotPublished");
  });

  it("refuses a message that names a hidden organisation or gives a contact away", async () => {
    const pair = await aPair(world, { need: blind("message") });
    const caseId = await aCase(world, pair);
    const name = (await db().organisation.findUniqueOrThrow({ where: { id: pair.need.organisationId } })).nameVi;
    for (const message of [`Bên cần là ${name}.`, "gọi 0999.123.456 nhé", "viết cho canary-message@example.invalid"]) {
      const result = await proposeIntroduction(world.ctx(pair.broker), {
        caseId,
        revision: 0,
        message,
        nextAction: "x",
      });
      expect(result).toMatchObject({ code: "common:invalid", fields: { message: ["brokering:error.messageReveals"] } });
    }
    await proposed(world, pair.broker, caseId, "Một đơn vị chế biến cần giải pháp trong quý I.");
  });

  it("lets no organisation have more than five open questions, also when two are asked at once", async () => {
    const pair = await aPair(world);
    for (let count = 0; count < 4; count++) await anIntroduction(world, pair);
    const cases = [await aCase(world, pair), await aCase(world, pair)];
    const both = await Promise.all(
      cases.map((caseId) =>
        proposeIntroduction(world.ctx(pair.broker), { caseId, revision: 0, message: null, nextAction: "x" }),
      ),
    );
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    expect(both.find((result) => !result.ok)).toMatchObject({
      code: "brokering:error.tooManyOpen",
      params: { count: 5, max: 5 },
    });
  });
});

describe("answering", () => {
  it("opens contacts and blind names to both only when both said yes", async () => {
    const pair = await aPair(world, { need: blind("need"), offering: blind("offering") });
    const { introductionId } = await anIntroduction(world, pair);
    const names = await db().organisation.findMany({
      where: { id: { in: [pair.need.organisationId, pair.offering.organisationId] } },
    });
    const nameOf = (id: string) => names.find((one) => one.id === id)?.nameVi ?? "";
    const secretsOf = (one: Pair["need"], key: string) => [
      `Canary ${key} person`,
      `canary-${key}@example.invalid`,
      nameOf(one.organisationId),
    ];
    const looks = [
      { me: pair.need, other: pair.offering, secrets: secretsOf(pair.offering, "offering") },
      { me: pair.offering, other: pair.need, secrets: secretsOf(pair.need, "need") },
    ];
    const seen = async (actor: typeof pair.need.owner, other: Pair["need"]) =>
      JSON.stringify([
        await viewIntroduction(world.ctx(actor), introductionId),
        await viewListing(world.ctx(actor), other.listingId),
        await openIntroductionsOf(world.ctx(actor)),
      ]);
    const hidden = async () => {
      for (const { me, other, secrets } of looks)
        for (const secret of secrets) expect(await seen(me.owner, other)).not.toContain(secret);
    };
    await hidden();
    expect(
      must(
        await answerIntroduction(world.ctx(pair.need.owner), {
          introductionId,
          side: "need",
          ...YES,
          about: "Đơn vị chế biến 200 người.",
        }),
      ),
    ).toEqual({ state: "proposed" });
    await hidden();
    expect(await seen(pair.offering.owner, pair.need)).not.toContain("200 người");
    expect(await openIntroductionsOf(world.ctx(pair.need.owner))).toEqual([expect.objectContaining({ myMove: false })]);
    expect(
      must(await answerIntroduction(world.ctx(pair.offering.owner), { introductionId, side: "offering", ...YES })),
    ).toEqual({ state: "accepted" });
    for (const { me, other, secrets } of looks)
      for (const secret of secrets) expect(await seen(me.owner, other)).toContain(secret);
    expect(await seen(pair.offering.owner, pair.need)).toContain("200 người");
    const grants = await db().accessGrant.findMany({
      where: { reasonId: introductionId },
      orderBy: { listingId: "asc" },
    });
    expect(grants.map(({ organisationId, listingId, scope }) => [organisationId, listingId, scope]).sort()).toEqual(
      [
        [pair.need.organisationId, pair.offering.listingId, "annex"],
        [pair.need.organisationId, pair.offering.listingId, "contacts"],
        [pair.offering.organisationId, pair.need.listingId, "annex"],
        [pair.offering.organisationId, pair.need.listingId, "contacts"],
      ].sort(),
    );
    expect((await db().due.findFirst({ where: { subjectId: introductionId } }))?.state).toBe("done");
    // strangers still see nothing, and a grant that is taken back closes the page again
    const stranger = (await makePerson(world)).actor;
    expect(await viewIntroduction(world.ctx(stranger), introductionId)).toBeNull();
    await db().accessGrant.updateMany({ where: { reasonId: introductionId }, data: { revokedAt: world.clock.now() } });
    await hidden();
    // nothing of it in events or the audit log either
    const written = JSON.stringify(
      [
        await db().outboxEvent.findMany({ where: { subjectId: introductionId } }),
        await db().auditEntry.findMany({ where: { subjectId: introductionId } }),
      ],
      (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    );
    for (const { secrets } of looks) for (const secret of secrets) expect(written).not.toContain(secret);
    expect(world.logText()).not.toContain("canary-");
  });

  it("shows the broker's contact of a side without a listing once both agreed, and not before", async () => {
    const { caseId, broker, need, offering } = await aBareCase(world);
    await db().caseParty.updateMany({
      where: { caseId, side: "offering" },
      data: { contactName: "Bà Canary", contactPhone: "0988 777 666" },
    });
    const { introductionId } = await proposed(world, broker, caseId);
    const seen = async () => JSON.stringify(await viewIntroduction(world.ctx(need.manager), introductionId));
    const name = (await db().organisation.findUniqueOrThrow({ where: { id: offering.organisationId } })).nameVi;
    expect(await seen()).not.toMatch(/Canary|0988/);
    expect(await seen()).not.toContain(name);
    must(await recordPhoneAnswer(world.ctx(broker), { introductionId, side: "need", ...phoned }));
    must(await answerIntroduction(world.ctx(offering.manager), { introductionId, side: "offering", ...YES }));
    expect(await seen()).toMatch(/Bà Canary.*0988 777 666/);
    expect(await seen()).toContain(name);
  });

  it("ends with one no; the other side learns that, and no reason", async () => {
    const pair = await aPair(world);
    const { introductionId } = await anIntroduction(world, pair);
    expect(answerSchema.safeParse({ answer: "declined" }).error?.issues[0]).toMatchObject({
      path: ["reasonCode"],
      message: "brokering:error.reasonNeeded",
    });
    expect(answerSchema.safeParse({ answer: "declined", reasonCode: "other" }).error?.issues[0]).toMatchObject({
      path: ["note"],
    });
    expect(
      must(
        await answerIntroduction(world.ctx(pair.offering.owner), {
          introductionId,
          side: "offering",
          ...NO,
          note: "Canary reason text",
        }),
      ),
    ).toEqual({ state: "declined" });
    const other = await viewIntroduction(world.ctx(pair.need.owner), introductionId);
    expect(other).toMatchObject({ state: "declined", mayAnswer: false });
    expect(JSON.stringify(other)).not.toMatch(/Canary|price/);
    expect(
      await answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }),
    ).toMatchObject({ code: "brokering:error.settled" });
    const needSide = await side(introductionId, "need");
    expect(await events(introductionId, "introduction.declined")).toEqual([
      { sideId: needSide.id },
      { brokerId: pair.broker.personId },
    ]);
    expect(await db().accessGrant.count({ where: { reasonId: introductionId } })).toBe(0);
  });

  it("takes a consent by phone from the broker with a note, and from nobody else", async () => {
    const pair = await aPair(world);
    const { introductionId } = await anIntroduction(world, pair);
    expect(phoneAnswerSchema.safeParse({ answer: "accepted", note: "ok" }).error?.issues[0]?.message).toBe(
      "brokering:error.phoneNoteShort",
    );
    const others = [
      pair.need.owner,
      await makeStaff(world, "leader"),
      { ...pair.broker, officeId: "01990000-0000-7000-8000-00000000ffff" },
    ];
    for (const actor of others)
      expect(await recordPhoneAnswer(world.ctx(actor), { introductionId, side: "need", ...phoned })).toMatchObject({
        code: "common:notFound",
      });
    must(await recordPhoneAnswer(world.ctx(pair.broker), { introductionId, side: "need", ...phoned }));
    expect(await side(introductionId, "need")).toMatchObject({
      channel: "phone",
      answeredById: pair.broker.personId,
      note: phoned.note,
    });
    // the organisation hears what was written down for it, and can read it
    expect(await events(introductionId, "introduction.side-answered")).toEqual([
      { sideId: (await side(introductionId, "need")).id },
    ]);
    expect((await viewIntroduction(world.ctx(pair.need.owner), introductionId))?.mine).toMatchObject({
      channel: "phone",
      note: phoned.note,
    });
    expect(await answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...NO })).toMatchObject(
      { code: "brokering:error.alreadyAnswered.accepted", params: { name: pair.broker.fullName } },
    );
  });

  it("is for members of the asked side only", async () => {
    const pair = await aPair(world);
    const { introductionId } = await anIntroduction(world, pair);
    const stranger = (await makePerson(world)).actor;
    for (const [actor, which] of [
      [stranger, "need"],
      [pair.need.owner, "offering"],
      [pair.broker, "need"],
    ] as const) {
      expect(await answerIntroduction(world.ctx(actor), { introductionId, side: which, ...YES })).toMatchObject({
        code: "common:notFound",
      });
    }
    expect(await answerIntroduction(world.ctx(), { introductionId, side: "need", ...YES })).toMatchObject({
      code: "common:notFound",
    });
    expect(await withdrawIntroduction(world.ctx(pair.need.owner), { introductionId })).toMatchObject({
      code: "common:notFound",
    });
    must(await withdrawIntroduction(world.ctx(pair.broker), { introductionId }));
    expect(
      await answerIntroduction(world.ctx(pair.need.owner), { introductionId, side: "need", ...YES }),
    ).toMatchObject({ code: "brokering:error.withdrawn" });
    expect(await withdrawIntroduction(world.ctx(pair.broker), { introductionId })).toMatchObject({
      code: "brokering:error.withdrawn",
    });
  });
});

describe("one-tap link", () => {
  const remoteAddress = "192.0.2.9";
  it("answers signed out, once, for its side, and looking changes nothing", async () => {
    const pair = await aPair(world, { offering: blind("link") });
    const { introductionId } = await anIntroduction(world, pair);
    const mine = await side(introductionId, "need");
    const token = answerToken(world.env, mine.id, pair.need.owner.personId);
    for (let look = 0; look < 2; look++) {
      const view = await viewAnswerLink(world.ctx(), token);
      expect(view.state).toBe("ready");
      expect(JSON.stringify(view)).not.toMatch(/Canary|canary|0999/);
    }
    expect(await state(introductionId)).toBe("proposed");
    must(await answerByLink(world.ctx(), { token, remoteAddress, ...YES }));
    expect(await side(introductionId, "need")).toMatchObject({
      state: "accepted",
      channel: "link",
      answeredById: pair.need.owner.personId,
    });
    expect(await viewAnswerLink(world.ctx(), token)).toEqual({ state: "answered", answer: "accepted", introductionId });
    expect(await answerByLink(world.ctx(), { token, remoteAddress, ...NO })).toMatchObject({
      code: "brokering:error.alreadyAnswered.accepted",
    });
    const [entry] = await db().auditEntry.findMany({
      where: { subjectId: introductionId, action: "introduction.side-answered" },
    });
    expect(entry).toMatchObject({ actorKind: "anonymous", actorId: null, onBehalfOfId: pair.need.owner.personId });
    // a colleague's link is spent by the same answer
    const colleague = await makeColleague(world, pair.need.owner, pair.need.organisationId);
    expect(await viewAnswerLink(world.ctx(), answerToken(world.env, mine.id, colleague.personId))).toMatchObject({
      state: "answered",
    });
    // acceptance by the other side shows the contacts on the page only, never behind a link
    must(await answerIntroduction(world.ctx(pair.offering.owner), { introductionId, side: "offering", ...YES }));
    expect(JSON.stringify(await viewAnswerLink(world.ctx(), token))).not.toMatch(/Canary|canary|0999/);
  });

  it("is worth nothing forged, for a stranger, after leaving the organisation, or when time is over", async () => {
    const pair = await aPair(world);
    const { introductionId } = await anIntroduction(world, pair);
    const mine = await side(introductionId, "need");
    const stranger = (await makePerson(world)).actor;
    const colleague = await makeColleague(world, pair.need.owner, pair.need.organisationId);
    const leaving = answerToken(world.env, mine.id, colleague.personId);
    const membership = await db().membership.findFirstOrThrow({ where: { personId: colleague.personId } });
    must(await endMembership(world.ctx(pair.need.owner), { membershipId: membership.id }));
    const good = answerToken(world.env, mine.id, pair.need.owner.personId);
    const wrong = [
      leaving,
      answerToken(world.env, mine.id, stranger.personId),
      answerToken(world.env, (await side(introductionId, "offering")).id, pair.need.owner.personId),
      `${good}A`,
      good.slice(0, -2),
      "",
      "a.b",
    ];
    for (const token of wrong) {
      expect(await viewAnswerLink(world.ctx(), token), token).toEqual({ state: "wrong" });
      expect(
        await answerByLink(world.ctx(), { token, remoteAddress: `192.0.2.${token.length % 200}`, ...YES }),
      ).toMatchObject({ code: "brokering:error.linkWrong" });
    }
    world.clock.advanceDays(9);
    expect(await viewAnswerLink(world.ctx(), good)).toMatchObject({ state: "over" });
    expect(await answerByLink(world.ctx(), { token: good, remoteAddress, ...YES })).toMatchObject({
      code: "brokering:error.expired",
    });
    expect(await state(introductionId)).toBe("proposed");
    must(await sweepIntroductions(world.system));
    expect(await state(introductionId)).toBe("expired");
    expect(await answerByLink(world.ctx(), { token: good, remoteAddress, ...YES })).toMatchObject({
      code: "brokering:error.expired",
    });
    world.clock.advanceDays(-9);
  });
});

describe("a broker who belongs to one of the sides", () => {
  it("neither asks both sides nor writes down what they said", async () => {
    const pair = await aPair(world);
    const own = { organisationId: pair.need.organisationId ?? "", role: "member" as const, verified: true, name: "x" };
    const torn = { ...pair.broker, memberships: [own] };
    const { introductionId } = await anIntroduction(world, pair);
    for (const which of ["need", "offering"] as const)
      expect(await recordPhoneAnswer(world.ctx(torn), { introductionId, side: which, ...phoned })).toMatchObject({
        code: "brokering:error.ownOrganisation",
      });
    expect(await state(introductionId)).toBe("proposed");
    const caseId = await aCase(world, pair);
    const form = { caseId, revision: 0, message: null, nextAction: "Gọi hai bên" };
    expect(await proposeIntroduction(world.ctx(torn), form)).toMatchObject({ code: "brokering:error.ownOrganisation" });
  });
});
