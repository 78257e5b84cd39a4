import { afterAll, beforeAll, expect, it } from "vitest";
import type { Side } from "~/generated/prisma/enums";
import {
  answerByLink,
  answerIntroduction,
  answerToken,
  closeCase,
  proposeIntroduction,
  recordPhoneAnswer,
  sweepIntroductions,
  withdrawIntroduction,
} from "~/modules/brokering/index.server";
import type { Actor } from "~/platform/context";
import type { Result } from "~/platform/result";
import { replay } from "../../../app/modules/brokering/domain/introduction-states";
import { aCase, aPair, NO, type Pair, YES } from "../../factories/cases";
import { makePerson, makeStaff } from "../../factories/people";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
let actors: { name: string; actor: Actor }[];
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
  world = await openTestWorld({ poolSize: 5 });
  pair = await aPair(world);
  actors = [
    { name: "broker", actor: pair.broker },
    { name: "need", actor: pair.need.owner },
    { name: "offering", actor: pair.offering.owner },
    { name: "stranger", actor: (await makePerson(world)).actor },
    { name: "leader", actor: await makeStaff(world, "leader") },
    { name: "anonymous", actor: { kind: "anonymous" } },
    { name: "system", actor: world.system.actor },
  ];
});
afterAll(() => world.close());

type Step = { who: string; what: string; result: Result<unknown> };

/** One random command by one random actor on one case; who succeeded must have been allowed to. */
async function randomStep(random: () => number, caseId: string, serial: number): Promise<Step> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // brokers and members more often than others, so that lives get somewhere
  const { name, actor } = random() < 0.6 ? pick(actors.slice(0, 3)) : pick(actors);
  const ctx = world.ctx(actor);
  const [row, latest] = await Promise.all([
    db().brokerCase.findUniqueOrThrow({ where: { id: caseId } }),
    db().introduction.findFirst({ where: { caseId }, orderBy: { proposedAt: "desc" }, include: { sides: true } }),
  ]);
  const introductionId = latest?.id ?? caseId;
  const side: Side = pick(["need", "offering"]);
  const answer = random() < 0.5 ? YES : NO;
  const revision = random() < 0.9 ? row.revision : row.revision + 1;
  const commands: Record<string, () => Promise<Result<unknown>>> = {
    propose: () => proposeIntroduction(ctx, { caseId, revision, message: null, nextAction: "x" }),
    answer: () =>
      answerIntroduction(ctx, {
        introductionId,
        side: name === "need" || name === "offering" ? name : side,
        ...answer,
      }),
    phone: () => recordPhoneAnswer(ctx, { introductionId, side, ...answer, note: "Ghi nhận cuộc gọi của đơn vị." }),
    link: () =>
      answerByLink(ctx, {
        token: answerToken(
          world.env,
          latest?.sides.find((one) => one.side === side)?.id ?? caseId,
          actor.kind === "person" ? actor.personId : caseId,
        ),
        remoteAddress: `198.51.${Math.floor(serial / 250)}.${serial % 250}`,
        ...answer,
      }),
    withdraw: () => withdrawIntroduction(ctx, { introductionId }),
    sweep: () => sweepIntroductions(ctx),
    clock: () => sweepIntroductions(world.system),
    close: () => closeCase(ctx, { caseId, revision, reasonCode: "other", note: "x" }),
  };
  const what = pick([
    "propose",
    "propose",
    "propose",
    "answer",
    "answer",
    "phone",
    "link",
    "withdraw",
    "withdraw",
    "sweep",
    "clock",
    random() < 0.3 ? "close" : "answer",
  ]);
  const result = (await commands[what]?.()) ?? { ok: false as const, code: "none" };
  if (random() < 0.3) world.clock.advanceDays(1 + Math.floor(random() * 5));
  return { who: what === "clock" ? "system" : name, what, result };
}

const ALLOWED: Record<string, string[]> = {
  propose: ["broker"],
  withdraw: ["broker"],
  close: ["broker"],
  phone: ["broker"],
  answer: ["need", "offering"],
  link: ["need", "offering"],
  sweep: ["system"],
  clock: ["system"],
};

it("no sequence of commands by anybody reaches a state without its guards, and the log plays back to where things are", async () => {
  const reached = new Set<string>();
  let serial = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const random = randomFrom(seed);
    // every life begins on the same day: the listings last for months only
    world.clock.set(TEST_START);
    const caseId = await aCase(world, pair);
    for (let step = 0; step < 22; step++) {
      const { who, what, result } = await randomStep(random, caseId, ++serial);
      if (result.ok) expect(ALLOWED[what], `${what} by ${who} (seed ${seed}, step ${step})`).toContain(who);
    }
    for (const introduction of await db().introduction.findMany({ where: { caseId }, include: { sides: true } })) {
      const entries = await db().auditEntry.findMany({
        where: { subjectKind: "introduction", subjectId: introduction.id },
        orderBy: { seq: "asc" },
      });
      const answers = Object.fromEntries(introduction.sides.map((one) => [one.side, one.state]));
      expect(replay(entries), `seed ${seed}`).toEqual({ state: introduction.state, sides: answers });
      reached.add(introduction.state);
      const said = introduction.sides.map((one) => one.state);
      if (introduction.state === "accepted") expect(said).toEqual(["accepted", "accepted"]);
      if (introduction.state === "declined") expect(said).toContain("declined");
      if (introduction.state !== "accepted")
        expect(await db().accessGrant.count({ where: { reasonId: introduction.id } })).toBe(0);
      expect(introduction.settledAt === null).toBe(introduction.state === "proposed");
      const due = await db().due.findFirstOrThrow({ where: { subjectId: introduction.id } });
      expect(due.state === "open").toBe(introduction.state === "proposed");
      // the log tells of contacts opening exactly when they did
      expect(entries.filter((entry) => entry.action === "introduction.accepted")).toHaveLength(
        introduction.state === "accepted" ? 1 : 0,
      );
    }
    // leave nothing that would fill the cap of the next life
    for (const { id } of await db().introduction.findMany({ where: { caseId, state: "proposed" } }))
      await withdrawIntroduction(world.ctx(pair.broker), { introductionId: id });
  }
  expect([...reached].sort()).toEqual(["accepted", "declined", "expired", "proposed", "withdrawn"]);
});
