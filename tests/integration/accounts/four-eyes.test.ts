import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  claimOrganisation,
  decideClaim,
  decideMembership,
  decideOrganisation,
  foundOrganisation,
  managerIdsOf,
  memberIdsOf,
  requestMembership,
} from "~/modules/accounts/index.server";
import { foundOrganisationSchema } from "~/modules/accounts/schemas";
import type { PersonActor } from "~/platform/context";
import {
  makeBroker,
  makeOrganisation,
  makePendingOrganisation,
  makePerson,
  must,
  signedInAs,
  testTaxCode,
} from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
const EVIDENCE = "Giấy giới thiệu số 12, điện thoại trụ sở chính.";
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
});
afterAll(() => world.close());

describe("somebody else looks first", () => {
  it("shows nothing of a rejected one to somebody else who hands it in, before a broker has looked", async () => {
    const taxCode = testTaxCode();
    const { organisationId } = await makePendingOrganisation(world, (await makePerson(world)).actor, { taxCode });
    const reject = { decision: "reject", reasonCode: "evidence_missing" } as const;
    must(await decideOrganisation(world.ctx(broker), { organisationId, ...reject }));
    const second = await makePerson(world);
    must(
      await foundOrganisation(
        world.ctx(second.actor),
        foundOrganisationSchema.parse({
          nameVi: "Công ty Nước sạch Thử nghiệm",
          type: "private_enterprise",
          taxCode,
          provinceCode: "22",
          evidence: EVIDENCE,
          notDuplicate: "yes",
        }),
      ),
    );
    expect((await signedInAs(world, second.loginToken)).memberships).toEqual([]);
    must(await decideOrganisation(world.ctx(broker), { organisationId, decision: "approve" }));
    expect((await signedInAs(world, second.loginToken)).memberships).toMatchObject([
      { organisationId, role: "manager", verified: true },
    ]);
    expect(await managerIdsOf(db(), organisationId)).toEqual([second.actor.personId]);
  });

  it("lets no broker decide on their own claim or request", async () => {
    const { organisationId } = await makeOrganisation(world, { broker });
    const claim = must(await claimOrganisation(world.ctx(broker), { organisationId, evidence: EVIDENCE }));
    const own = { code: "accounts:error.ownRequest" };
    expect(await decideClaim(world.ctx(broker), { claimId: claim.id, decision: "approve" })).toMatchObject(own);
    const asked = must(await requestMembership(world.ctx(broker), { organisationId }));
    expect(await decideMembership(world.ctx(broker), { membershipId: asked.id, decision: "accept" })).toMatchObject(
      own,
    );
    expect(await memberIdsOf(db(), organisationId)).not.toContain(broker.personId);
  });
});
