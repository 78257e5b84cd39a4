import { afterAll, beforeAll, expect, it } from "vitest";
import {
  DEMO_LOGINS,
  DEMO_PASSWORD,
  ensureDemoAccounts,
  ensureImportedOrganisation,
  organisationQueue,
  personActor,
  signIn,
  viewOrganisation,
} from "~/modules/accounts/index.server";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const counts = async () => {
  const { db } = world.container.ports;
  return Promise.all([
    db.office.count(),
    db.person.count(),
    db.organisation.count(),
    db.organisationClaim.count(),
    db.membership.count(),
    db.outboxEvent.count(),
    db.auditEntry.count(),
  ]);
};

it("sets the demo up once, with each stage in the broker's queue", async () => {
  const made = await ensureDemoAccounts(world.system);
  const first = await counts();
  expect(await ensureDemoAccounts(world.system)).toEqual(made);
  expect(await counts()).toEqual(first);

  const broker = await personActor(world.system, made.brokerId);
  const queue = await organisationQueue(world.ctx(broker));
  expect(queue?.map((item) => item.stage).sort()).toEqual(["claim", "organisation", "request"]);
  expect(await viewOrganisation(world.ctx(), made.enterprise.organisationId)).toMatchObject({
    nameVi: "Doanh nghiệp trình diễn (demo)",
    state: "verified",
  });
  for (const login of DEMO_LOGINS) {
    expect(
      (await signIn(world.ctx(), { email: login.email, password: DEMO_PASSWORD, remoteAddress: "192.0.2.1" })).ok,
      login.email,
    ).toBe(true);
  }
  const enterprise = await personActor(world.system, made.enterprise.personId);
  expect(enterprise.memberships).toMatchObject([{ role: "manager", verified: true }]);
});

it("imports a holder once and never stores a private person's name", async () => {
  const { db } = world.container.ports;
  const base = { homeExchange: "test", provinceName: "Quảng Nam" };
  const import_ = (input: { name: string | null; typeText: string | null; externalId: string }) =>
    db.$transaction((tx) =>
      ensureImportedOrganisation(tx, world.system, { ...base, ...input, sourceUrl: "https://example.invalid/p" }),
    );
  const one = await import_({ name: "Viện Cơ khí Thử", typeText: "viện nghiên cứu", externalId: "o1" });
  expect(one).toMatchObject({ anonymous: false, created: true });
  expect(await import_({ name: "Viện Cơ khí Thử", typeText: "viện nghiên cứu", externalId: "o1" })).toEqual({
    ...one,
    created: false,
  });
  const row = await db.organisation.findUniqueOrThrow({ where: { id: one?.id } });
  expect(row).toMatchObject({
    type: "research_institute",
    provinceCode: "48",
    taxCode: null,
    state: "pending",
    origin: "imported",
    nameFolded: "vien co khi thu",
  });

  const person = await import_({ name: "Canary Nguyễn Văn Kín", typeText: "cá nhân", externalId: "o2" });
  expect(person?.anonymous).toBe(true);
  const stored = await db.$queryRaw<
    { text: string }[]
  >`SELECT o::text AS text FROM organisation o WHERE id = ${person?.id}::uuid`;
  expect(stored[0]?.text).not.toContain("Kín");
  expect(await viewOrganisation(world.ctx(), person?.id ?? "")).toBeNull();
  expect(await import_({ name: " ", typeText: null, externalId: "o3" })).toBeNull();
  const broker = await personActor(world.system, (await ensureDemoAccounts(world.system)).brokerId);
  expect((await organisationQueue(world.ctx(broker)))?.some((item) => item.organisationId === one?.id)).toBe(false);
  must(
    await signIn(world.ctx(), {
      email: DEMO_LOGINS[0]?.email ?? "",
      password: DEMO_PASSWORD,
      remoteAddress: "192.0.2.1",
    }),
  );
});
