import { tellSearches } from "~/modules/matching/index.server";
import { deliverMailJob } from "~/modules/notifications/index.server";
import { jobsOf } from "../../../workers/outbox-relay";
import { allWork } from "../../../workers/registry";
import { SUBSCRIPTIONS } from "../../../workers/subscriptions";
import type { TestWorld } from "../../setup/harness";

/** What the workers would do with everything that happened since the last time, mails included; keeps what jobs were told. */
export function workersOf(world: TestWorld): { payloads: unknown[]; workAll(): Promise<void> } {
  const payloads: unknown[] = [];
  let worked = 0n;
  return {
    payloads,
    async workAll() {
      const { db } = world.container.ports;
      const work = new Map(allWork(world.container).map(({ definition, handler }) => [definition.name, handler]));
      const run = (name: string, payload: unknown, jobId: string) =>
        work.get(name)?.({ payload, jobId, attempt: 1, lastAttempt: false });
      const happened = async () => {
        for (const row of await db.outboxEvent.findMany({ where: { seq: { gt: worked } }, orderBy: { seq: "asc" } })) {
          worked = row.seq;
          for (const { definition, id, payload } of jobsOf(row, SUBSCRIPTIONS).jobs) {
            payloads.push(payload);
            await run(definition.name, payload, id);
          }
        }
      };
      await happened();
      // alerts of saved searches are told by a sweep
      await tellSearches(world.system);
      await happened();
      for (const { id } of await db.mail.findMany({ where: { state: "queued" }, select: { id: true } })) {
        payloads.push({ mailId: id });
        await run(deliverMailJob.name, { mailId: id }, `deliver-mail.${id}`);
      }
    },
  };
}
