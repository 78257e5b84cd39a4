import { createServer, type ServerResponse } from "node:http";
import type { WorkContainer } from "~/platform/container.server";
import { jobErrorCode } from "~/platform/job-errors";
import { type Metrics, mayReadMetrics } from "~/platform/metrics.server";
import type { Relay } from "./outbox-relay";
import type { Schedules } from "./schedules";

/** The relay looks every five seconds, whether or not the database answers. */
const RELAY_STUCK_MS = 120_000;
/** A queue that does not answer within this time is away: its client would wait for it for ever. */
const ANSWER_MS = 3_000;

type Parts = {
  metrics: Metrics | undefined;
  relay: Relay;
  schedules: Schedules;
  /** the work has begun: before, the worker waits for its database */
  started(): boolean;
};

/** What does not move any more. A database or queue that is away is no reason to start this process anew. */
export function standsStill(relay: Pick<Relay, "lookedAt">, schedules: Pick<Schedules, "stuck">): string[] {
  const looked = relay.lookedAt();
  const stuck = schedules.stuck().map((name) => `sweep:${name}`);
  return looked !== null && performance.now() - looked > RELAY_STUCK_MS ? ["relay", ...stuck] : stuck;
}

async function queueAnswers({ queue }: WorkContainer): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const asked = queue.counts().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/**
 * A worker's own small HTTP server on WORKER_PORT, where one is set. /healthz: 200 while its loops move, 503 when it should
 * be started anew. /readyz: 200 when it works and database (with this release's schema), queue and search answer. /metrics
 * with METRICS_TOKEN.
 */
export function openProbe(container: WorkContainer, parts: Parts): { close(): void } {
  const { env, log } = container;
  if (env.WORKER_PORT === undefined) return { close() {} };
  const json = (res: ServerResponse, status: number, body: object) =>
    res.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  const answer = async (path: string, authorization: string | undefined, res: ServerResponse) => {
    if (path === "/healthz") {
      const still = standsStill(parts.relay, parts.schedules);
      return json(res, still.length === 0 ? 200 : 503, { alive: still.length === 0, still });
    }
    if (path === "/readyz") {
      const [rest, queue] = await Promise.all([container.ready(), queueAnswers(container)]);
      const started = parts.started();
      const ready = rest.ready && queue && started;
      return json(res, ready ? 200 : 503, { ...rest, ready, queue, started });
    }
    if (path === "/metrics" && parts.metrics && mayReadMetrics(env.METRICS_TOKEN, authorization))
      return res.writeHead(200, { "Content-Type": parts.metrics.contentType }).end(await parts.metrics.text());
    return json(res, 404, {});
  };
  const server = createServer((req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
    answer(path, req.headers.authorization, res).catch((error: unknown) => {
      log.error({ code: jobErrorCode(error) }, "the probe could not answer");
      json(res, 500, {});
    });
  });
  // the work goes on without it: a port that is taken must stop no mail
  server.on("error", (error) => log.error({ code: jobErrorCode(error), port: env.WORKER_PORT }, "no probe"));
  server.listen(env.WORKER_PORT, env.HOST, () => log.info({ port: env.WORKER_PORT }, "probe ready"));
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
