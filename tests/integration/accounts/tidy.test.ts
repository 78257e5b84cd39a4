import { afterAll, beforeAll, expect, it } from "vitest";
import { requestReset, tidyLogins } from "~/modules/accounts/index.server";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, must } from "../../factories/people";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";
import { signInAs } from "../../setup/web";

const DAY = 86_400_000;
let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
  await withReferenceData(world);
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;

it("ended sign-ins and spent links go after the days of the rules, not before; what is open stays", async () => {
  world.clock.set(TEST_START);
  const broker = await makeBroker(world);
  await signInAs(world, broker.email);
  must(await requestReset(world.ctx(), { email: broker.email, remoteAddress: "192.0.2.7" }));
  const login = await db().login.findFirstOrThrow({
    where: { personId: broker.personId },
    orderBy: { createdAt: "desc" },
  });
  const link = await db().oneTimeLink.findFirstOrThrow({
    where: { personId: broker.personId, purpose: "reset_password" },
  });
  const there = async () => [
    await db().oneTimeLink.count({ where: { id: link.id } }),
    await db().login.count({ where: { id: login.id } }),
  ];
  const sweepAt = async (at: Date, days: number) => {
    world.clock.set(new Date(at.getTime() + days * DAY));
    return must(await tidyLogins(world.system));
  };
  expect(await tidyLogins(world.ctx(broker))).toMatchObject({ code: "common:forbidden" });
  await sweepAt(link.expiresAt, 29.9);
  expect(await there()).toEqual([1, 1]);
  expect((await sweepAt(link.expiresAt, 30.1)).links).toBeGreaterThanOrEqual(1);
  expect(await there()).toEqual([0, 1]);
  await sweepAt(login.expiresAt, 89.9);
  expect(await there()).toEqual([0, 1]);
  expect((await sweepAt(login.expiresAt, 90.1)).logins).toBeGreaterThanOrEqual(1);
  expect(await there()).toEqual([0, 0]);
  expect(await sweepAt(login.expiresAt, 91)).toEqual({ logins: 0, links: 0 });
});
