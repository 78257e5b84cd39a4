import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "~/platform/audit.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok } from "~/platform/result";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const record = (subjectId: string) => ({ action: "listing.published", subjectKind: "listing", subjectId });
async function written(subjectId: string): Promise<[number, number]> {
  const { db } = world.container.ports;
  return [await db.auditEntry.count({ where: { subjectId } }), await db.outboxEvent.count({ where: { subjectId } })];
}

describe("transact", () => {
  it("commits state, audit row and event together, at the clock's time", async () => {
    const ctx = world.ctx({ kind: "system", name: "test" });
    const id = newId();
    const result = await transact(ctx, async (tx) => {
      await audit(tx, ctx, record(id));
      await emit(tx, ctx, "listing.published", id);
      return ok("done");
    });
    expect(result).toEqual({ ok: true, value: "done" });
    expect(await written(id)).toEqual([1, 1]);
    const row = await ctx.db.auditEntry.findFirstOrThrow({ where: { subjectId: id } });
    expect(row.at).toEqual(world.clock.now());
    expect(row.requestId).toBe(ctx.requestId);
  });

  it.each([
    ["a returned failure", () => fail("errors:x")],
    ["abort", () => abort("errors:x")],
  ])("keeps nothing after %s and gives it back as a value", async (_what, end) => {
    const id = newId();
    const result = await transact(world.system, async (tx) => {
      await audit(tx, world.system, record(id));
      await emit(tx, world.system, "listing.published", id);
      return end();
    });
    expect(result).toEqual({ ok: false, code: "errors:x" });
    expect(await written(id)).toEqual([0, 0]);
  });

  it("keeps nothing after a surprise, which goes on as an exception", async () => {
    const id = newId();
    await expect(
      transact(world.system, async (tx) => {
        await audit(tx, world.system, record(id));
        throw new Error("surprise");
      }),
    ).rejects.toThrow("surprise");
    expect(await written(id)).toEqual([0, 0]);
  });

  it("tries again after a deadlock, so that both writers get through", async () => {
    const { db } = world.container.ports;
    const [a, b] = [`a${newId()}`, `b${newId()}`];
    for (const key of [a, b]) {
      await db.ruleParameter.create({
        data: { key, version: 1, value: 0, validFrom: world.clock.now(), source: "test" },
      });
    }
    let tries = 0;
    let meet: () => void = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const add = (first: string, second: string) =>
      transact(world.system, async (tx) => {
        tries += 1;
        const bump = (key: string) =>
          tx.$executeRaw`UPDATE rule_parameter SET value = to_jsonb((value #>> '{}')::int + 1) WHERE key = ${key}`;
        await bump(first);
        // both hold their first row before either asks for the second
        if (tries >= 2) meet();
        await met;
        await bump(second);
        return ok();
      });
    expect(await Promise.all([add(a, b), add(b, a)])).toEqual([ok(), ok()]);
    expect(tries).toBe(3);
    const rows = await db.ruleParameter.findMany({ where: { key: { in: [a, b] } } });
    expect(rows.map((row) => row.value)).toEqual([2, 2]);
  });
});
