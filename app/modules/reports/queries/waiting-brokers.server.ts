import { type DealTask, dealTasks, outcomesToResolve } from "~/modules/deals/index.server";
import { brokerSessionTasks } from "~/modules/sessions/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { WaitingItem } from "../domain/waiting";
import { dealsMovedAt } from "./waiting-connections.server";

export type ConnectionTasks = {
  waiting: WaitingItem[];
  /** answers of the whole office that a broker has to look into */
  outcomes: number;
};

/** What a broker's own sessions, deals and questions about outcomes ask for; a registrar's files too. */
export async function waitingConnectionTasks(ctx: Ctx): Promise<ConnectionTasks> {
  const [sessions, deals, outcomes] = await Promise.all([
    brokerSessionTasks(ctx, { mine: true }),
    dealTasks(ctx),
    outcomesToResolve(ctx),
  ]);
  const { conflicts, agreements } = outcomes ?? { conflicts: [], agreements: [] };
  const waiting = [
    ...sessions.map(
      (task): WaitingItem => ({
        id: `session-${task.meetingId}-${task.kind}`,
        key: `session.${task.kind}`,
        params: { sides: task.sides, detail: task.detail ?? "", session: task.sessionTitle },
        to: task.kind === "write" ? `/broker/meetings/${task.meetingId}/minutes` : `/broker/meetings/${task.meetingId}`,
        who: "you",
        since: task.at,
        dueOn: dateOnly(localDay(task.at)),
      }),
    ),
    ...(await dealItems(
      ctx,
      // a colleague's deals are the colleague's; files to process are every registrar's
      deals.filter((task) => task.mine || task.kind === "registration_process"),
    )),
    ...conflicts
      .filter((conflict) => conflict.mine)
      .map(
        (conflict): WaitingItem => ({
          id: `outcome-${conflict.step.questionId}`,
          key: "outcome.conflict",
          params: { title: conflict.caseTitle },
          to: `/broker/outcomes#step-${conflict.step.questionId}`,
          who: "you",
          since: conflict.since,
          dueOn: conflict.dueOn,
        }),
      ),
    ...agreements
      .filter((agreement) => agreement.mine)
      .map(
        (agreement): WaitingItem => ({
          id: `outcome-deal-${agreement.caseId}`,
          key: `outcome.${agreement.answer}`,
          params: { title: agreement.caseTitle },
          to: agreement.dealId ? `/deals/${agreement.dealId}` : `/deals/new?case=${agreement.caseId}`,
          who: "you",
          since: agreement.since,
          dueOn: null,
        }),
      ),
  ];
  return { waiting, outcomes: conflicts.length + agreements.length };
}

/** Tasks of deals as rows of a work list. */
export async function dealItems(ctx: Ctx, tasks: DealTask[]): Promise<WaitingItem[]> {
  const moved = await dealsMovedAt(
    ctx,
    tasks.map((task) => task.dealId),
  );
  return tasks.map((task) => ({
    id: `deal-${task.dealId}-${task.kind}-${task.what ?? ""}`,
    key: `dealTask.${task.kind}`,
    params: { title: task.title, reference: task.reference, what: task.what ?? "" },
    to: `/deals/${task.dealId}`,
    who: "you",
    since: moved.get(task.dealId) ?? ctx.clock.now(),
    dueOn: task.dueOn ? dateOnly(task.dueOn) : null,
  }));
}
