import { afterAll, beforeAll, expect, it } from "vitest";
import type { DealStage } from "~/generated/prisma/enums";
import {
  addDealDocument,
  completeMilestone,
  confirmAcceptance,
  editTerms,
  loseDeal,
  moveDeal,
  pauseDeal,
  planDeal,
  resumeDeal,
  saveMilestones,
  sweepDeals,
  terminateDeal,
} from "~/modules/deals/index.server";
import { DEAL_DOCUMENT_KINDS, MOVE_COMMANDS, milestonesSchema, termsSchema } from "~/modules/deals/schemas";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import { replayDeal } from "../../../app/modules/deals/domain/replay";
import { aDeal, aDealScene, type DealScene, moveInput, termsForm } from "../../factories/deals";
import { PDF } from "../../factories/files";
import { makePerson, makeStaff } from "../../factories/people";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
let actors: { name: string; actor: PersonActor }[];
const db = () => world.container.ports.db;

/** Small seeded generator, so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  scene = await aDealScene(world);
  actors = [
    { name: "broker", actor: scene.broker },
    { name: "registrar", actor: scene.registrar },
    { name: "transferor", actor: scene.transferor.manager },
    { name: "transferee", actor: scene.transferee.manager },
    { name: "broker", actor: scene.other },
    { name: "stranger", actor: (await makePerson(world)).actor },
    { name: "leader", actor: await makeStaff(world, "leader") },
  ];
});
afterAll(() => world.close());

type Step = { who: string; what: string; result: Result<unknown> };

type Act = "paper" | "move" | "accept" | "terms" | "milestones" | "milestone" | "plan" | "pause" | "resume" | "end";
/** What leads on from a stage, and who does it; the rest comes by chance. */
const ON: Partial<Record<DealStage, [string, Act, string][]>> = {
  negotiation: [
    ["broker", "terms", ""],
    ["broker", "move", "start_drafting"],
  ],
  drafting: [
    ["broker", "terms", ""],
    ["broker", "paper", "signed_contract"],
    ["broker", "move", "sign"],
  ],
  signed: [
    ["broker", "paper", "registration_file"],
    ["broker", "move", "file_registration"],
    ["broker", "move", "start_performing"],
  ],
  registration_filed: [
    ["registrar", "paper", "certificate"],
    ["registrar", "move", "register"],
  ],
  registered: [["broker", "move", "start_performing"]],
  performing: [
    ["transferor", "accept", ""],
    ["transferee", "accept", ""],
  ],
  accepted: [
    ["broker", "paper", "liquidation_record"],
    ["broker", "milestone", ""],
    ["broker", "move", "liquidate"],
  ],
};
const ACTS: Act[] = ["paper", "move", "accept", "terms", "milestones", "milestone", "plan", "pause", "resume", "move"];

/** One command by one person, half of the time one that leads on, with the deal's revision as it is read now. */
async function randomStep(random: () => number, id: string): Promise<Step> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const today = localDay(world.clock.now());
  const { revision, stage, status } = await db().deal.findUniqueOrThrow({ where: { id } });
  const on = random() < 0.55 ? ON[stage] : undefined;
  const [leads, wanted, what] = on ? pick(on) : [null, random() < 0.02 ? "end" : pick(ACTS), ""];
  const act: Act = status === "paused" && random() < 0.5 ? "resume" : wanted;
  const named = act === "resume" ? "broker" : leads;
  const { name: who, actor } = actors.find((one) => one.name === named) ?? pick(actors);
  const ctx = world.ctx(actor);
  const key = { dealId: id, revision };
  const note = { reasonCode: "other" as const, note: "ghi chú" };
  const run = async (name: string, result: Promise<Result<unknown>>): Promise<Step> => ({
    ...{ who, what: name, result: await result },
  });
  switch (act) {
    case "paper": {
      const kind = DEAL_DOCUMENT_KINDS.find((one) => one === what) ?? pick(DEAL_DOCUMENT_KINDS);
      const upload = { name: "a.pdf", bytes: PDF };
      return run(`paper:${kind}`, addDealDocument(ctx, { dealId: id, kind, title: null, upload }));
    }
    case "move": {
      const command = MOVE_COMMANDS.find((one) => one === what) ?? pick(MOVE_COMMANDS);
      const days = { signedOn: today, filedOn: today, certificateOn: today, liquidatedOn: today };
      const form = { ...days, contractNumber: "1", certificateNumber: "1", ...note, revision };
      return run(command, moveDeal(ctx, await moveInput(world, id, command, form)));
    }
    case "accept":
      return run(
        "accept",
        confirmAcceptance(ctx, { dealId: id, side: pick([null, null, "transferor", "transferee"]) }),
      );
    case "terms": {
      const over = { stateMoney: pick(["yes", "no"]), transferorCountry: pick(["VN", "JP"]) };
      const form = termsForm(scene, random() < 0.8 ? over : { ...over, checklist: ["1"] });
      return run("terms", editTerms(ctx, { dealId: id, ...termsSchema.parse({ ...form, revision }) }));
    }
    case "milestones": {
      const rows = milestonesSchema.parse({ revision, milestones: [{ label: "Mốc", dueOn: today }] });
      return run("milestones", saveMilestones(ctx, { dealId: id, ...rows }));
    }
    case "milestone": {
      const open = await db().dealMilestone.findFirst({ where: { dealId: id, doneOn: null } });
      const form = { outcome: "done" as const, on: today, note: null };
      return run("milestone", completeMilestone(ctx, { dealId: id, milestoneId: open?.id ?? id, ...form }));
    }
    case "plan":
      return run("plan", planDeal(ctx, { ...key, nextAction: "Gọi", nextActionOn: today }));
    case "pause":
      return run("pause", pauseDeal(ctx, { ...key, ...note }));
    case "resume":
      return run("resume", resumeDeal(ctx, key));
    case "end":
      return run("end", random() < 0.5 ? loseDeal(ctx, { ...key, ...note }) : terminateDeal(ctx, { ...key, ...note }));
  }
}

const MAY: Record<string, (what: string) => boolean> = {
  broker: (what) => !["register", "return_registration", "paper:certificate"].includes(what),
  registrar: (what) =>
    [
      "register",
      "return_registration",
      "file_registration",
      "paper:certificate",
      "paper:registration_file",
      "paper:other",
    ].includes(what),
  transferor: (what) => ["accept", "paper:draft_contract", "paper:handover", "paper:other"].includes(what),
  transferee: (what) => ["accept", "paper:draft_contract", "paper:handover", "paper:other"].includes(what),
  stranger: () => false,
  leader: () => false,
};

it("whatever anybody tries, two at a time: nothing breaks the law's constraints, and the history is the deal", async () => {
  const reached = new Set<string>();
  for (let life = 1; life <= 5; life++) {
    world.clock.set(TEST_START);
    const random = randomFrom(life);
    const id = await aDeal(world, scene);
    for (let turn = 0; turn < 26; turn++) {
      // a constraint of the database that the machine does not know would throw here
      const steps = await Promise.all([randomStep(random, id), randomStep(random, id)]);
      for (const { who, what, result } of steps) {
        if (result.ok) expect([who, what, MAY[who]?.(what)]).toEqual([who, what, true]);
        else expect(result.code).toMatch(/^(deals:error\.|common:(notFound|invalid))/);
        if (!result.ok && who === "stranger") expect(result.code).toBe("common:notFound");
      }
      world.clock.advanceDays(Math.floor(random() * 4));
    }
    expect(await sweepDeals(world.system)).toMatchObject({ ok: true, value: { failed: 0 } });
    const [row, history, log] = await Promise.all([
      db().deal.findUniqueOrThrow({ where: { id } }),
      db().dealEvent.findMany({ where: { dealId: id }, orderBy: { number: "asc" } }),
      db().auditEntry.findMany({
        where: { subjectId: id, action: { not: { endsWith: "reminded" } } },
        orderBy: { seq: "asc" },
      }),
    ]);
    const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
    expect(replayDeal(history)).toMatchObject({
      ...{ stage: row.stage, status: row.status, revision: row.revision, reasonCode: row.reasonCode },
      ...{ duty: row.registrationDuty, signedOn: day(row.signedOn), filedOn: day(row.filedOn) },
      ...{
        certificateOn: day(row.certificateOn),
        effectiveOn: day(row.effectiveOn),
        liquidatedOn: day(row.liquidatedOn),
      },
      accepted: { transferor: row.transferorAcceptedAt !== null, transferee: row.transfereeAcceptedAt !== null },
    });
    // one line of the audit log per line of the history, with the same state
    expect(log.map((entry) => (entry.after as { stage?: string }).stage)).toEqual(history.map((event) => event.stage));
    for (const event of history) reached.add(event.stage);
    // nothing is due of a deal that ended
    if (row.status !== "active" && row.status !== "paused")
      expect(await db().due.count({ where: { subjectId: id, state: "open" } })).toBe(0);
  }
  // the lives are worth something: they get to the end
  expect([...reached].sort()).toEqual(expect.arrayContaining(["accepted", "performing", "registered", "signed"]));
}, 240_000);
