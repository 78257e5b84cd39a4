import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listSectors } from "~/modules/listings/index.server";
import { calendarFrom, numberRuleAt } from "~/platform/rules.server";
import { addWorkingDays } from "~/platform/working-days";
import { seedReferenceData } from "../../../prisma/seed/reference-data";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

describe("reference data", () => {
  it("loads the whole tree once, and a second time nothing", async () => {
    const first = await seedReferenceData(world.system);
    expect(first.sectors).toBe(94);
    expect(await seedReferenceData(world.system)).toEqual({ sectors: 0, rules: 0, days: 0 });
    const tree = await listSectors(world.system);
    expect(tree).toHaveLength(14);
    expect(tree.flatMap((field) => field.children)).toHaveLength(80);
  });
  it("brings a changed sector up to date and retires one that is gone", async () => {
    const { db } = world.system;
    await db.sector.update({ where: { code: "MTR-01" }, data: { nameVi: "Tên cũ" } });
    await db.sector.create({
      data: { code: "MTR-99", parentCode: "MTR", nameVi: "Đã bỏ", nameEn: "Gone", position: 999 },
    });
    expect((await seedReferenceData(world.system)).sectors).toBe(2);
    expect((await db.sector.findUniqueOrThrow({ where: { code: "MTR-01" } })).nameVi).toBe(
      "Xử lý nước cấp và nước thải",
    );
    expect((await db.sector.findUniqueOrThrow({ where: { code: "MTR-99" } })).retiredAt).not.toBeNull();
  });
  it("never overwrites a rule that was in force", async () => {
    const { db } = world.system;
    await db.ruleParameter.update({
      where: { key_version: { key: "review.workingDays", version: 1 } },
      data: { value: 5 },
    });
    expect((await seedReferenceData(world.system)).rules).toBe(0);
    expect((await numberRuleAt(db, "review.workingDays", world.clock.now())).value).toBe(5);
  });
  it("knows the law's deadline of registration from its day on", async () => {
    const rule = await numberRuleAt(world.system.db, "registration.daysAfterSigning", new Date("2026-11-23T02:00:00Z"));
    expect(rule.value).toBe(90);
    expect(rule.source).toContain("07/2017/QH14");
    await expect(
      numberRuleAt(world.system.db, "registration.daysAfterSigning", new Date("2018-06-01T02:00:00Z")),
    ).rejects.toThrow(/No rule/);
  });
  it("reckons working days around Tết and make-up Saturdays", async () => {
    const tet = await calendarFrom(world.system.db, new Date("2026-02-12T02:00:00Z"));
    expect(addWorkingDays("2026-02-13", 1, tet)).toBe("2026-02-23");
    const nationalDay = await calendarFrom(world.system.db, new Date("2026-08-20T02:00:00Z"));
    expect(addWorkingDays("2026-08-21", 1, nationalDay)).toBe("2026-08-22");
    expect(addWorkingDays("2026-08-28", 1, nationalDay)).toBe("2026-09-03");
  });
  it("says of every day off where it comes from, and marks what is not yet announced", async () => {
    const days = await world.system.db.calendarDay.findMany();
    expect(days.every((day) => day.source.length > 20)).toBe(true);
    const tet2027 = days.filter((day) => day.day.toISOString().startsWith("2027-02"));
    expect(tet2027).toHaveLength(5);
    expect(tet2027.every((day) => day.source.startsWith("Dự kiến"))).toBe(true);
  });
});
