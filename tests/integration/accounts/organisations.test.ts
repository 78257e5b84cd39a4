import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acceptInvitation,
  assignBroker,
  brokerFor,
  claimOrganisation,
  decideClaim,
  decideMembership,
  decideOrganisation,
  editOrganisation,
  endMembership,
  findOrganisations,
  foundOrganisation,
  grantHolderIds,
  inviteColleague,
  linkToken,
  listMyInvitations,
  managerIdsOf,
  memberIdsOf,
  organisationQueue,
  requestMembership,
  revokeInvitation,
  setMembershipRole,
  viewInvitation,
  viewOrganisation,
  viewOrganisationForBroker,
} from "~/modules/accounts/index.server";
import { foundOrganisationSchema, organisationProfileSchema } from "~/modules/accounts/schemas";
import type { PersonActor } from "~/platform/context";
import {
  makeBroker,
  makeColleague,
  makeOffice,
  makeOrganisation,
  makePendingOrganisation,
  makePerson,
  must,
  refreshed,
  signedInAs,
  testTaxCode,
} from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
const EVIDENCE = "Giấy giới thiệu số 12, điện thoại trụ sở chính.";
const db = () => world.container.ports.db;
const form = (over: Record<string, unknown> = {}) =>
  foundOrganisationSchema.parse({
    nameVi: "Công ty Nước sạch Thử nghiệm",
    type: "private_enterprise",
    taxCode: testTaxCode(),
    provinceCode: "22",
    evidence: EVIDENCE,
    ...over,
  });
const eventTypes = async (subjectId: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } })).map((event) => event.type);
const membershipOf = (personId: string, organisationId: string) =>
  db().membership.findUniqueOrThrow({ where: { personId_organisationId: { personId, organisationId } } });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  await makeOffice(world);
  broker = await makeBroker(world);
});
afterAll(() => world.close());

describe("founding", () => {
  it("goes from the form to a verified organisation with its founder as manager", async () => {
    const { actor: founder, loginToken } = await makePerson(world);
    const { id } = must(await foundOrganisation(world.ctx(founder), form({ nameVi: "Công ty Khởi đầu" })));
    expect((await signedInAs(world, loginToken)).memberships).toEqual([
      { organisationId: id, role: "manager", verified: false, name: "Công ty Khởi đầu" },
    ]);
    const queue = await organisationQueue(world.ctx(broker));
    expect(queue?.filter((item) => item.organisationId === id)).toMatchObject([
      { stage: "organisation", person: founder.fullName, days: 0 },
    ]);
    expect(await organisationQueue(world.ctx(founder))).toBeNull();
    expect(await viewOrganisation(world.ctx(), id)).toBeNull();

    must(await decideOrganisation(world.ctx(broker), { organisationId: id, decision: "approve" }));
    expect((await signedInAs(world, loginToken)).memberships[0]?.verified).toBe(true);
    expect(await db().organisationClaim.findMany({ where: { organisationId: id } })).toMatchObject([
      { state: "approved", decidedById: broker.personId },
    ]);
    expect(await eventTypes(id)).toEqual(["organisation.submitted", "organisation.verified"]);
    expect((await viewOrganisation(world.ctx(), id))?.nameVi).toBe("Công ty Khởi đầu");
    expect(await brokerFor(world.system, id)).toMatchObject({ personId: broker.personId, phone: "0203 111 2222" });
  });

  it("shows likely duplicates before a second one of the same name is founded", async () => {
    const { actor } = await makePerson(world);
    must(await foundOrganisation(world.ctx(actor), form({ nameVi: "Công ty TNHH Gốm Đông Triều Thử" })));
    const { actor: second } = await makePerson(world);
    const again = form({ nameVi: "CTY CP gom dong trieu thu" });
    expect(await foundOrganisation(world.ctx(second), again)).toMatchObject({ code: "accounts:error.maybeDuplicate" });
    expect((await findOrganisations(world.ctx(second), "Gốm Đông Triều Thử")).map((row) => row.nameVi)).toEqual([
      "Công ty TNHH Gốm Đông Triều Thử",
    ]);
    expect(await findOrganisations(world.ctx(), "Gốm Đông Triều Thử")).toEqual([]);
    expect((await foundOrganisation(world.ctx(second), { ...again, notDuplicate: "yes" })).ok).toBe(true);
  });

  it("needs a tax code but from holders who have none; one tax code is one organisation, also in a race", async () => {
    expect(
      foundOrganisationSchema.safeParse({ nameVi: "X", type: "private_enterprise", provinceCode: "22" }).error?.issues,
    ).toMatchObject([{ path: ["taxCode"], message: "accounts:error.taxCodeNeeded" }]);
    expect(
      foundOrganisationSchema.safeParse({
        nameVi: "X",
        type: "private_enterprise",
        provinceCode: "22",
        taxCode: "0101234567",
      }).error?.issues[0]?.message,
    ).toBe("accounts:error.taxCodeWrong");
    for (const over of [
      { type: "individual" },
      { type: "state_body" },
      { countryCode: "kr", provinceCode: undefined },
    ]) {
      const { actor } = await makePerson(world);
      expect(
        must(await foundOrganisation(world.ctx(actor), form({ taxCode: "", notDuplicate: "yes", ...over }))).state,
      ).toBe("pending");
    }
    const taxCode = testTaxCode();
    const people = await Promise.all([1, 2, 3].map(() => makePerson(world)));
    const answers = await Promise.all(
      people.map(({ actor }) => foundOrganisation(world.ctx(actor), form({ taxCode, notDuplicate: "yes" }))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.code === "accounts:error.taxCodeTaken")).toHaveLength(2);
  });

  it("ties a branch to its parent", async () => {
    const taxCode = testTaxCode();
    const { organisationId } = await makeOrganisation(world, { broker, taxCode });
    const { actor } = await makePerson(world);
    const { id } = must(
      await foundOrganisation(
        world.ctx(actor),
        form({ taxCode: `${taxCode}-001`, nameVi: "Chi nhánh một", notDuplicate: "yes" }),
      ),
    );
    expect((await viewOrganisationForBroker(world.ctx(broker), id))?.parent?.id).toBe(organisationId);
  });

  it("is verified at once when a broker registers it, with nobody in it", async () => {
    const { id, state } = must(
      await foundOrganisation(world.ctx(broker), form({ nameVi: "Hợp tác xã do Sở lập", evidence: undefined })),
    );
    expect(state).toBe("verified");
    expect(await memberIdsOf(db(), id)).toEqual([]);
  });

  it("asks a member for evidence", async () => {
    const { actor } = await makePerson(world);
    expect(await foundOrganisation(world.ctx(actor), form({ evidence: "có" }))).toMatchObject({
      fields: { evidence: ["accounts:error.evidenceShort"] },
    });
  });
});

describe("rejecting", () => {
  it("needs a coded reason, ends what was provisional, and can be handed in again under the same tax code", async () => {
    const taxCode = testTaxCode();
    const { actor: first, loginToken } = await makePerson(world);
    const { organisationId } = await makePendingOrganisation(world, first, { taxCode });
    expect(await decideOrganisation(world.ctx(broker), { organisationId, decision: "reject" })).toMatchObject({
      code: "accounts:error.reasonNeeded",
    });
    must(
      await decideOrganisation(world.ctx(broker), {
        organisationId,
        decision: "reject",
        reasonCode: "evidence_missing",
        note: "Xin gửi kèm giấy giới thiệu",
      }),
    );
    expect((await signedInAs(world, loginToken)).memberships).toEqual([]);
    expect(await db().organisationClaim.findMany({ where: { organisationId } })).toMatchObject([
      { state: "rejected", reasonCode: "evidence_missing" },
    ]);

    const again = must(await foundOrganisation(world.ctx(first), form({ taxCode, notDuplicate: "yes" })));
    expect(again).toEqual({ id: organisationId, state: "pending" });
    must(await decideOrganisation(world.ctx(broker), { organisationId, decision: "approve" }));
    expect((await signedInAs(world, loginToken)).memberships).toMatchObject([
      { organisationId, role: "manager", verified: true },
    ]);
    expect(await eventTypes(organisationId)).toEqual([
      "organisation.submitted",
      "organisation.rejected",
      "organisation.submitted",
      "organisation.verified",
    ]);
  });

  it("is for brokers: to everybody else there is nothing there", async () => {
    const { actor } = await makePerson(world);
    const { organisationId, actor: founder } = await makePendingOrganisation(world, actor);
    const other = await makeOrganisation(world, { broker });
    for (const as of [world.ctx(), world.ctx(founder), world.ctx(other.manager)]) {
      expect(await decideOrganisation(as, { organisationId, decision: "approve" })).toMatchObject({ code: "notFound" });
      expect(await viewOrganisationForBroker(as, organisationId)).toBeNull();
    }
  });

  it("verifies an imported organisation, which has no founder, without approving whoever claims it", async () => {
    const { organisationId } = await makePendingOrganisation(world, (await makePerson(world)).actor);
    await db().organisation.update({ where: { id: organisationId }, data: { createdById: null, origin: "imported" } });
    const { actor } = await makePerson(world);
    const { id } = must(await claimOrganisation(world.ctx(actor), { organisationId, evidence: EVIDENCE }));
    must(await decideOrganisation(world.ctx(broker), { organisationId, decision: "approve" }));
    expect(await db().organisationClaim.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "pending" });
  });

  it("lets two brokers decide at once: one decision, one clear message", async () => {
    const second = await makeBroker(world);
    for (let round = 0; round < 3; round++) {
      const { actor } = await makePerson(world);
      const { organisationId } = await makePendingOrganisation(world, actor);
      const answers = await Promise.all([
        decideOrganisation(world.ctx(broker), { organisationId, decision: "approve" }),
        decideOrganisation(world.ctx(second), { organisationId, decision: "reject", reasonCode: "duplicate" }),
      ]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: "accounts:error.organisationDecided" });
      const decisions = (await eventTypes(organisationId)).filter((type) => type !== "organisation.submitted");
      expect(decisions).toHaveLength(1);
    }
  });
});

describe("claims", () => {
  it("make the first approved claimant manager and later ones members", async () => {
    const { id } = must(
      await foundOrganisation(world.ctx(broker), form({ nameVi: "Viện có sẵn trên sàn", notDuplicate: "yes" })),
    );
    const [a, b] = [(await makePerson(world)).actor, (await makePerson(world)).actor];
    const first = must(await claimOrganisation(world.ctx(a), { organisationId: id, evidence: EVIDENCE })).id;
    expect(await claimOrganisation(world.ctx(a), { organisationId: id, evidence: EVIDENCE })).toMatchObject({
      code: "accounts:error.claimWaiting",
    });
    const second = must(await claimOrganisation(world.ctx(b), { organisationId: id, evidence: EVIDENCE })).id;
    expect(
      (await organisationQueue(world.ctx(broker)))
        ?.filter((item) => item.organisationId === id)
        .map((item) => item.stage),
    ).toEqual(["claim", "claim"]);
    must(await decideClaim(world.ctx(broker), { claimId: second, decision: "approve" }));
    must(await decideClaim(world.ctx(broker), { claimId: first, decision: "approve" }));
    expect((await membershipOf(b.personId, id)).role).toBe("manager");
    expect((await membershipOf(a.personId, id)).role).toBe("member");
    expect(await eventTypes(first)).toEqual(["claim.submitted", "claim.decided"]);
    expect(await managerIdsOf(db(), id)).toEqual([b.personId]);
    expect(
      await claimOrganisation(world.ctx(await refreshed(world, a)), { organisationId: id, evidence: EVIDENCE }),
    ).toMatchObject({ code: "accounts:error.alreadyMember" });
  });

  it("let the true owner take a waiting organisation from somebody who only knew its tax code", async () => {
    const squatter = (await makePerson(world)).actor;
    const { organisationId } = await makePendingOrganisation(world, squatter);
    const owner = (await makePerson(world)).actor;
    const { id: claimId } = must(await claimOrganisation(world.ctx(owner), { organisationId, evidence: EVIDENCE }));
    must(await decideClaim(world.ctx(broker), { claimId, decision: "approve" }));
    expect(await membershipOf(owner.personId, organisationId)).toMatchObject({ role: "manager", state: "active" });
    expect((await db().organisation.findUniqueOrThrow({ where: { id: organisationId } })).state).toBe("verified");
    const founders = await db().organisationClaim.findFirstOrThrow({
      where: { organisationId, personId: squatter.personId },
    });
    must(
      await decideClaim(world.ctx(broker), { claimId: founders.id, decision: "reject", reasonCode: "not_entitled" }),
    );
    expect(await memberIdsOf(db(), organisationId)).toEqual([owner.personId]);
  });

  it("are decided once when two brokers press at once", async () => {
    const second = await makeBroker(world);
    const { id } = must(
      await foundOrganisation(world.ctx(broker), form({ nameVi: "Viện tranh chấp", notDuplicate: "yes" })),
    );
    for (let round = 0; round < 3; round++) {
      const { actor } = await makePerson(world);
      const { id: claimId } = must(
        await claimOrganisation(world.ctx(actor), { organisationId: id, evidence: EVIDENCE }),
      );
      const answers = await Promise.all([
        decideClaim(world.ctx(broker), { claimId, decision: "approve" }),
        decideClaim(world.ctx(second), { claimId, decision: "reject", reasonCode: "other", note: "không rõ" }),
      ]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: "accounts:error.claimDecided" });
      const claim = await db().organisationClaim.findUniqueOrThrow({ where: { id: claimId } });
      const member = await db().membership.count({
        where: { organisationId: id, personId: actor.personId, state: "active" },
      });
      expect(member).toBe(claim.state === "approved" ? 1 : 0);
      expect((await eventTypes(claimId)).filter((type) => type === "claim.decided")).toHaveLength(1);
    }
  });

  it("make exactly one manager when two claims are approved at once", async () => {
    const { id } = must(
      await foundOrganisation(world.ctx(broker), form({ nameVi: "Viện hai người nhận", notDuplicate: "yes" })),
    );
    const claims = [];
    for (let at = 0; at < 2; at++) {
      const { actor } = await makePerson(world);
      claims.push(must(await claimOrganisation(world.ctx(actor), { organisationId: id, evidence: EVIDENCE })).id);
    }
    const answers = await Promise.all(
      claims.map((claimId) => decideClaim(world.ctx(broker), { claimId, decision: "approve" })),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await managerIdsOf(db(), id)).toHaveLength(1);
    expect(await memberIdsOf(db(), id)).toHaveLength(2);
  });
});

describe("joining", () => {
  it("is decided by a manager or a broker, not by members or other organisations", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const stranger = await makeOrganisation(world, { broker });
    const colleague = await makeColleague(world, manager, organisationId);
    const { actor, loginToken } = await makePerson(world);
    const { id } = must(await requestMembership(world.ctx(actor), { organisationId, note: "Phòng kỹ thuật" }));
    expect(await requestMembership(world.ctx(actor), { organisationId })).toMatchObject({
      code: "accounts:error.requestWaiting",
    });
    expect((await signedInAs(world, loginToken)).memberships).toEqual([]);
    for (const as of [world.ctx(), world.ctx(actor), world.ctx(colleague), world.ctx(stranger.manager)]) {
      expect(await decideMembership(as, { membershipId: id, decision: "accept" })).toMatchObject({ code: "notFound" });
    }
    must(await decideMembership(world.ctx(manager), { membershipId: id, decision: "accept" }));
    expect((await signedInAs(world, loginToken)).memberships).toMatchObject([{ organisationId, role: "member" }]);
    expect(await decideMembership(world.ctx(broker), { membershipId: id, decision: "decline" })).toMatchObject({
      code: "accounts:error.requestDecided",
    });
    expect(await eventTypes(id)).toEqual(["membership.requested", "membership.decided"]);
  });

  it("can be asked again after a refusal; two presses make one request", async () => {
    const { organisationId } = await makeOrganisation(world, { broker });
    const { actor } = await makePerson(world);
    const { id } = must(await requestMembership(world.ctx(actor), { organisationId }));
    must(await decideMembership(world.ctx(broker), { membershipId: id, decision: "decline" }));
    const twice = await Promise.all([1, 2].map(() => requestMembership(world.ctx(actor), { organisationId })));
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await db().membership.count({ where: { organisationId, personId: actor.personId } })).toBe(1);
  });
});

describe("invitations", () => {
  it("let in the person they were sent to, once, within 14 days", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const { actor: invited } = await makePerson(world);
    const { actor: other } = await makePerson(world);
    const { id } = must(
      await inviteColleague(world.ctx(manager), { organisationId, email: invited.email, role: "member" }),
    );
    const token = linkToken(world.env, "invitation", id);
    expect(await viewInvitation(world.ctx(), token)).toMatchObject({ state: "ready", mine: "signed-out" });
    expect(await viewInvitation(world.ctx(invited), token)).toMatchObject({
      state: "ready",
      mine: "yes",
      invitedBy: manager.fullName,
    });
    expect(await acceptInvitation(world.ctx(), { token })).toMatchObject({ code: "notFound" });
    expect(await acceptInvitation(world.ctx(other), { token })).toMatchObject({
      code: "accounts:error.invitationOtherAddress",
    });
    expect(await acceptInvitation(world.ctx(other), { invitationId: id })).toMatchObject({
      code: "accounts:error.linkWrong",
    });
    expect(await listMyInvitations(world.ctx(other))).toEqual([]);
    expect((await listMyInvitations(world.ctx(invited))).map((row) => row.id)).toEqual([id]);
    const twice = await Promise.all([1, 2].map(() => acceptInvitation(world.ctx(invited), { token })));
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    expect(twice.find((answer) => !answer.ok)).toMatchObject({ code: "accounts:error.invitationOver" });
    expect(await viewInvitation(world.ctx(invited), token)).toEqual({ state: "over" });
    expect(
      await inviteColleague(world.ctx(manager), { organisationId, email: invited.email, role: "member" }),
    ).toMatchObject({ code: "accounts:error.alreadyColleague" });
  });

  it("end after 14 days, when taken back, and when a newer one is sent", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const { actor: invited } = await makePerson(world);
    const send = async () =>
      must(await inviteColleague(world.ctx(manager), { organisationId, email: invited.email, role: "manager" })).id;
    const first = await send();
    const second = await send();
    expect(await acceptInvitation(world.ctx(invited), { invitationId: first })).toMatchObject({
      code: "accounts:error.invitationOver",
    });
    const stranger = await makeOrganisation(world, { broker });
    expect(await revokeInvitation(world.ctx(stranger.manager), { invitationId: second })).toMatchObject({
      code: "notFound",
    });
    must(await revokeInvitation(world.ctx(manager), { invitationId: second }));
    expect(await acceptInvitation(world.ctx(invited), { invitationId: second })).toMatchObject({
      code: "accounts:error.invitationOver",
    });
    const third = await send();
    world.clock.advanceDays(14.01);
    expect(await acceptInvitation(world.ctx(invited), { invitationId: third })).toMatchObject({
      code: "accounts:error.invitationOver",
    });
    expect(
      await acceptInvitation(world.ctx(invited), { token: `${linkToken(world.env, "invitation", third)}x` }),
    ).toMatchObject({ code: "accounts:error.linkWrong" });
  });

  it("are sent by managers of this organisation and by brokers only", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const colleague = await makeColleague(world, manager, organisationId);
    const stranger = await makeOrganisation(world, { broker });
    for (const actor of [colleague, stranger.manager]) {
      expect(
        await inviteColleague(world.ctx(actor), { organisationId, email: "x@example.invalid", role: "member" }),
      ).toMatchObject({ code: "notFound" });
    }
  });
});

describe("the last manager", () => {
  it("stays, whoever asks", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const { id } = await membershipOf(manager.personId, organisationId);
    for (const actor of [manager, broker]) {
      expect(await endMembership(world.ctx(actor), { membershipId: id })).toMatchObject({
        code: "accounts:error.lastManager",
      });
      expect(await setMembershipRole(world.ctx(actor), { membershipId: id, role: "member" })).toMatchObject({
        code: "accounts:error.lastManager",
      });
    }
    expect(await managerIdsOf(db(), organisationId)).toEqual([manager.personId]);
  });

  it("holds nobody back where there never was one", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const member = await makeColleague(world, manager, organisationId);
    // as after a broker registered the organisation and let a first member in
    await db().membership.updateMany({ where: { organisationId, role: "manager" }, data: { state: "ended" } });
    const { id } = await membershipOf(member.personId, organisationId);
    must(await endMembership(world.ctx(member), { membershipId: id }));
  });

  it("stays when two managers end one another at once", async () => {
    for (let round = 0; round < 3; round++) {
      const { organisationId, manager } = await makeOrganisation(world, { broker });
      const second = await makeColleague(world, manager, organisationId, "manager");
      const [a, b] = await Promise.all([
        membershipOf(manager.personId, organisationId),
        membershipOf(second.personId, organisationId),
      ]);
      const answers = await Promise.all([
        endMembership(world.ctx(manager), { membershipId: b.id }),
        setMembershipRole(world.ctx(second), { membershipId: a.id, role: "member" }),
      ]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(await managerIdsOf(db(), organisationId)).toHaveLength(1);
    }
  });

  it("may go when there is another; members leave by themselves; strangers end nobody", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const second = await makeColleague(world, manager, organisationId, "manager");
    const member = await makeColleague(world, manager, organisationId);
    const stranger = await makeOrganisation(world, { broker });
    const own = await membershipOf(member.personId, organisationId);
    expect(await endMembership(world.ctx(stranger.manager), { membershipId: own.id })).toMatchObject({
      code: "notFound",
    });
    expect(await setMembershipRole(world.ctx(member), { membershipId: own.id, role: "manager" })).toMatchObject({
      code: "notFound",
    });
    must(await endMembership(world.ctx(member), { membershipId: own.id }));
    expect(await endMembership(world.ctx(member), { membershipId: own.id })).toMatchObject({
      code: "accounts:error.membershipEnded",
    });
    must(
      await endMembership(world.ctx(manager), {
        membershipId: (await membershipOf(manager.personId, organisationId)).id,
      }),
    );
    expect(await managerIdsOf(db(), organisationId)).toEqual([second.personId]);
  });
});

describe("what people see", () => {
  it("shows colleagues to colleagues, requests and invitations to managers, contacts to nobody else", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const colleague = await makeColleague(world, manager, organisationId);
    const { actor: asking } = await makePerson(world);
    must(await requestMembership(world.ctx(asking), { organisationId, note: "ghi chú của người xin vào" }));
    must(
      await inviteColleague(world.ctx(manager), {
        organisationId,
        email: "canary-invited@example.invalid",
        role: "member",
      }),
    );
    const secrets = [
      manager.email,
      manager.fullName,
      colleague.email,
      colleague.fullName,
      "canary-invited",
      "ghi chú của người xin vào",
      EVIDENCE,
    ];
    const stranger = await makeOrganisation(world, { broker });
    for (const as of [world.ctx(), world.ctx(asking), world.ctx(stranger.manager)]) {
      const seen = JSON.stringify(await viewOrganisation(as, organisationId));
      for (const secret of secrets) expect(seen).not.toContain(secret);
    }
    const inside = await viewOrganisation(world.ctx(colleague), organisationId);
    expect(inside?.members.map((row) => row.email)).toEqual([manager.email, colleague.email]);
    expect([inside?.requests.length, inside?.invitations.length, inside?.may.manage]).toEqual([0, 0, false]);
    const managing = await viewOrganisation(world.ctx(manager), organisationId);
    expect([managing?.requests.length, managing?.invitations.length, managing?.may.manage]).toEqual([1, 1, true]);
    expect(await viewOrganisation(world.ctx(), "not-an-id")).toBeNull();
  });

  it("lets managers and brokers edit, nobody else", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const colleague = await makeColleague(world, manager, organisationId);
    const stranger = await makeOrganisation(world, { broker });
    const edit = organisationProfileSchema.parse({
      nameVi: "Tên mới",
      type: "startup",
      provinceCode: "22",
      communeCode: "06673",
      website: "example.com",
    });
    expect(await editOrganisation(world.ctx(colleague), { organisationId, ...edit })).toMatchObject({
      code: "accounts:error.managersOnly",
    });
    expect(await editOrganisation(world.ctx(stranger.manager), { organisationId, ...edit })).toMatchObject({
      code: "accounts:error.forbidden",
    });
    expect(await editOrganisation(world.ctx(), { organisationId, ...edit })).toMatchObject({ code: "notFound" });
    must(await editOrganisation(world.ctx(manager), { organisationId, ...edit }));
    expect(await viewOrganisation(world.ctx(), organisationId)).toMatchObject({
      nameVi: "Tên mới",
      website: "https://example.com",
      communeCode: "06673",
    });
    expect(
      organisationProfileSchema.safeParse({ nameVi: "X", type: "startup", provinceCode: "01", communeCode: "06673" })
        .success,
    ).toBe(false);
    expect(
      organisationProfileSchema.safeParse({
        nameVi: "X",
        type: "startup",
        provinceCode: "22",
        website: "javascript:alert(1)",
      }).success,
    ).toBe(false);
  });

  it("puts a broker in charge", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    const second = await makeBroker(world);
    expect(await assignBroker(world.ctx(manager), { organisationId, brokerId: second.personId })).toMatchObject({
      code: "notFound",
    });
    expect(await assignBroker(world.ctx(broker), { organisationId, brokerId: manager.personId })).toMatchObject({
      code: "accounts:error.notABroker",
    });
    must(await assignBroker(world.ctx(broker), { organisationId, brokerId: second.personId }));
    expect((await brokerFor(world.system, organisationId))?.personId).toBe(second.personId);
    await db().grant.updateMany({ where: { personId: second.personId }, data: { endedAt: world.clock.now() } });
    expect((await brokerFor(world.system, organisationId))?.personId).toBe((await grantHolderIds(db(), "broker"))[0]);
  });
});
