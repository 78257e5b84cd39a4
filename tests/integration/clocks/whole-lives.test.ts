import { afterEach, describe, expect, it } from "vitest";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { LIVES, type Life } from "./lives";

let world: TestWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const MINUTE = 60_000;
const local = (text: string): Date => new Date(`${text.replace(" ", "T")}:00+07:00`);
const inVietnam = (at: Date): string =>
  new Date(at.getTime() + 7 * 60 * MINUTE).toISOString().slice(0, 16).replace("T", " ");

async function begun(life: Life): Promise<TestWorld> {
  world = await openTestWorld({ start: local(life.start), poolSize: 10 });
  await life.begin(world);
  return world;
}

/** What the sweeps told since the beginning, grouped by moment and event. */
async function told(life: Life, { container }: TestWorld): Promise<[string, string, number][]> {
  const types = [...new Set(life.told.map(([, event]) => event))];
  const rows = await container.ports.db.outboxEvent.findMany({
    where: { type: { in: types } },
    orderBy: { seq: "asc" },
    select: { type: true, createdAt: true },
  });
  const found: [string, string, number][] = [];
  for (const { type, createdAt } of rows) {
    const at = inVietnam(createdAt);
    const last = found.at(-1);
    if (last?.[0] === at && last[1] === type) last[2] += 1;
    else found.push([at, type, 1]);
  }
  return found;
}

describe.each(LIVES)("$name", (life) => {
  it("walks its whole life: everything on its day, once, whatever else sweeps", async () => {
    const here = await begun(life);
    const step = life.everyMinutes * MINUTE;
    const end = local(`${life.until} 00:00`).getTime();
    // whole steps of the Vietnamese day, so that its midnight is one of them
    const midnight = local(`${life.start.slice(0, 10)} 00:00`).getTime();
    for (let at = midnight; at <= end; at += step) {
      if (at < local(life.start).getTime()) continue;
      here.clock.set(new Date(at));
      expect(must(await life.sweep(here)).failed).toBe(0);
    }
    expect(await told(life, here)).toEqual(life.told);
  });

  it("a clock that was down catches up once, two workers at a time, without a flood", async () => {
    const here = await begun(life);
    here.clock.set(local(life.pausedUntil));
    const both = await Promise.all([life.sweep(here), life.sweep(here)]);
    for (const report of both) expect(must(report).failed).toBe(0);
    here.clock.set(new Date(local(life.pausedUntil).getTime() + 3 * MINUTE));
    must(await life.sweep(here));
    const caughtUp = life.afterPause.map(([event, readers]) => [life.pausedUntil, event, readers]);
    expect(await told(life, here)).toEqual(caughtUp);
  });
});

/** Rules that no clock of ours follows: lengths, limits and days on which somebody else's deadline is only shown. */
const NOT_A_CLOCK =
  /^(listing\.(need|offering)\.months|listing\.(max|default)Months|introduction\.maxOpen|registration\.duty|technology\.|retention\.|review\.(obsolete|secondReviewer))/;
/** Reminded of day by day once they are over (notifications/overdue.test.ts). */
const OVERDUE = [
  "review.workingDays",
  "interest.answer.workingDays",
  "minutes.write.workingDays",
  "outcome.resolve.workingDays",
];
/** Days that pages show and nobody is reminded of by a clock. */
const SHOWN = [
  "onBehalf.confirm.workingDays",
  "organisation.verify.workingDays",
  "claim.decide.workingDays",
  "registration.processing.workingDays",
  "deal.nextAction.workingDays",
  "minutes.confirm.workingDays",
];

it("every versioned rule that moves a clock is in the table above", async () => {
  const { default: rules } = await import("../../../prisma/seed/data/rules.json");
  const keys = [...new Set(rules.map((rule) => rule.key))].filter((key) => !NOT_A_CLOCK.test(key));
  const known = [...LIVES.flatMap((life) => life.rules), ...OVERDUE, ...SHOWN];
  expect(keys.sort()).toEqual(known.sort());
});
