import type { OutcomeQuestion } from "~/generated/prisma/client";
import { answerIntroduction } from "~/modules/brokering/index.server";
import { sweepOutcomes } from "~/modules/deals/index.server";
import { audit } from "~/platform/audit.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { ok } from "~/platform/result";
import type { TestWorld } from "../setup/harness";
import { anIntroduction, aPair, type Pair, YES } from "./cases";
import { must } from "./people";

/** What the outcome chase asks about, for tests. */

export type Agreed = { pair: Pair; caseId: string; introductionId: string };

/** An introduction to which both sides have said yes, now. */
export async function anAgreed(world: TestWorld, pair?: Pair): Promise<Agreed> {
  const own = pair ?? (await aPair(world));
  const { caseId, introductionId } = await anIntroduction(world, own);
  for (const side of ["need", "offering"] as const)
    must(await answerIntroduction(world.ctx(own[side].owner), { introductionId, side, ...YES }));
  return { pair: own, caseId, introductionId };
}

/**
 * A meeting of an agreed introduction that ends now. The session's own commands are tested elsewhere: the rows, and the
 * audit row that figures are counted from, are written as they leave them.
 */
export async function aMeeting(
  world: TestWorld,
  { pair, caseId, introductionId }: Agreed,
  state: "planned" | "held" | "no_show" = "held",
): Promise<string> {
  const { db } = world.container.ports;
  const endsAt = world.clock.now();
  const startsAt = new Date(endsAt.getTime() - 30 * 60_000);
  const id = newId();
  const sessionId = newId();
  await db.connectionSession.create({
    data: {
      id: sessionId,
      officeId: pair.broker.officeId,
      title: "Phiên kết nối thử",
      state: "confirmed",
      place: "Sở KH&CN",
      startsAt,
      endsAt,
      tables: 4,
      slotMinutes: 30,
      ownerId: pair.broker.personId,
      createdAt: startsAt,
      createdById: pair.broker.personId,
    },
  });
  await db.meeting.create({
    data: {
      id,
      sessionId,
      introductionId,
      caseId,
      state,
      startsAt,
      endsAt,
      tableNumber: 1,
      uid: `${id}@test.invalid`,
      changedAt: startsAt,
      createdAt: startsAt,
    },
  });
  if (state === "held") {
    const ctx = world.ctx(pair.broker);
    await transact(ctx, async (tx) => {
      const after = { state, sessionId, introductionId };
      await audit(tx, ctx, { action: "meeting.held", subjectKind: "meeting", subjectId: id, after });
      return ok();
    });
  }
  return id;
}

/** Runs the chase; how many meetings and introductions were asked about. */
export async function chase(world: TestWorld): Promise<number> {
  const report = must(await sweepOutcomes(world.system));
  if (report.failed > 0) throw new Error("the chase failed for some");
  return report.asked;
}

/** The newest questions about a case, need side first. */
export async function questionsOf(world: TestWorld, caseId: string): Promise<[OutcomeQuestion, OutcomeQuestion]> {
  const rows = await world.container.ports.db.outcomeQuestion.findMany({
    where: { caseId },
    orderBy: [{ askedAt: "desc" }, { side: "asc" }],
    take: 2,
  });
  const [need, offering] = rows;
  if (!need || !offering) throw new Error("nobody was asked");
  return [need, offering];
}
