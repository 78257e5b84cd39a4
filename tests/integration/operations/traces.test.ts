import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import en from "~/locales/en/operate.json";
import vi from "~/locales/vi/operate.json";
import { RETRIES } from "~/modules/notifications/index.server";
import { exchangeState } from "~/modules/operations/index.server";
import { createMetrics } from "~/platform/metrics.server";
import { createRelay } from "../../../workers/outbox-relay";
import { standsStill } from "../../../workers/probe";
import { allWork, startWork } from "../../../workers/registry";
import { SUBSCRIPTIONS } from "../../../workers/subscriptions";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, type TestWeb } from "../../setup/web";
import { openSmtpProcess, type SmtpProcess, startWorker } from "../notifications/processes";

const TOKEN = "a token that only machines know";
const BEARER = { Authorization: `Bearer ${TOKEN}` };

let world: TestWorld;
let web: TestWeb;
beforeAll(async () => {
  world = await openTestWorld({ start: new Date(), env: { METRICS_TOKEN: TOKEN }, poolSize: 10 });
  web = await openTestWeb(world);
}, 300_000);
afterAll(async () => {
  await web?.close();
  await world?.close();
});
const db = () => world.container.ports.db;

describe("one request through the whole house", () => {
  it("its id travels from the answer's header through event and job to the mail's row and the worker's log", async () => {
    const { manager } = await makeOrganisation(world, { broker: await makeBroker(world) });
    await db().outboxEvent.updateMany({ data: { relayedAt: new Date() } });
    const answer = await web.request("POST", "/forgot", { body: { email: manager.email } });
    expect(answer.status).toBeLessThan(400);
    const requestId = answer.headers.get("x-request-id") ?? "";
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const event = await db().outboxEvent.findFirstOrThrow({ where: { type: "person.reset-requested" } });
    expect(event.requestId).toBe(requestId);

    const metrics = createMetrics("worker", () => exchangeState(world.container.ports));
    const relay = createRelay(world.container, SUBSCRIPTIONS);
    startWork(world.container, metrics);
    await relay.relayOnce();
    const mail = await eventually(
      () => db().mail.findFirst({ where: { personId: manager.personId, kind: "reset-password", state: "sent" } }),
      { within: 30_000, what: "the mail" },
    );
    expect(mail.requestId).toBe(requestId);
    const line = await eventually(() => world.logLines().find((one) => one.msg === "mail accepted"));
    expect(line).toMatchObject({ job: `deliver-mail.${mail.id}`, requestId, mailId: mail.id, kind: "reset-password" });
    const lines = world.logLines().filter((one) => one.requestId === requestId);
    expect(lines.map((one) => one.msg)).toContain("request");
    // ids only: neither the address nor a way in
    expect(JSON.stringify(lines)).not.toContain(manager.email);

    const text = await metrics.text();
    expect(text).toMatch(/cungcau_job_duration_seconds_count\{[^}]*job="deliver-mail"[^}]*end="done"[^}]*\} 1/);
    expect(text).toContain('process="worker"');
  });
});

describe("/metrics of the web process", () => {
  it("is for who holds the token; without one it is not there", async () => {
    expect((await web.request("GET", "/metrics")).status).toBe(404);
    expect((await web.request("GET", "/metrics", { headers: { Authorization: "Bearer wrong" } })).status).toBe(404);
    expect((await web.request("GET", "/metrics", { headers: BEARER })).status).toBe(200);
  });

  it("counts requests by route and status, and tells the state of the exchange without a name in it", async () => {
    const { organisationId } = await makeOrganisation(world, {
      broker: await makeBroker(world),
      nameVi: "Công ty ZQMETRIC",
    });
    // read whole: an answer counts once its last byte has left
    for (const path of ["/search", `/organisations/${organisationId}`, "/nothing/of/the/kind"])
      await (await web.request("GET", path)).text();
    const metrics = async () => (await web.request("GET", "/metrics", { headers: BEARER })).text();
    const countsOf = (text: string) =>
      [...text.matchAll(/cungcau_http_request_duration_seconds_count\{([^}]*)\} \d+/g)].map(
        ([, labels]) => labels ?? "",
      );
    const text = await eventually(async () => {
      const now = await metrics();
      return countsOf(now).some((labels) => labels.includes('status="404"')) ? now : null;
    });
    expect(countsOf(text)).toContainEqual(expect.stringMatching(/route="routes\/search".*status="200"/));
    for (const secret of [organisationId, "ZQMETRIC", "/nothing", "@"]) expect(text).not.toContain(secret);
    for (const name of [
      "cungcau_state_up 1",
      "cungcau_outbox_waiting ",
      "cungcau_outbox_oldest_seconds ",
      'cungcau_mails{state="sent"} ',
      "cungcau_workers_alive ",
      "process_cpu_seconds_total",
      "nodejs_eventloop_lag_seconds",
    ])
      expect(text).toContain(name);
  });

  it("still tells of its own process when the database does not answer", async () => {
    const metrics = createMetrics("web", () => Promise.reject(new Error("away")));
    const text = await metrics.text();
    expect(text).toContain("cungcau_state_up 0");
    expect(text).toContain("process_cpu_seconds_total");
  });
});

describe("health", () => {
  it("/readyz looks at the database, its schema and the search engine; /healthz at nothing but the process", async () => {
    const ready = { ready: true, database: true, schema: true, search: true, files: true };
    expect(await (await web.request("GET", "/readyz")).json()).toEqual(ready);
    const [newest] = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`;
    const set = (at: Date | null) =>
      db().$executeRaw`UPDATE _prisma_migrations SET finished_at = ${at} WHERE id = ${newest?.id}`;
    await set(null);
    const unready = await web.request("GET", "/readyz");
    await set(new Date());
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({ ready: false, database: true, schema: false });
    expect((await web.request("GET", "/healthz")).status).toBe(200);
  });

  it("a loop that does not move is named; a database that is away is no reason to start anew", () => {
    const sweeps = { stuck: () => [] as string[] };
    expect(standsStill({ lookedAt: () => null }, sweeps)).toEqual([]);
    expect(standsStill({ lookedAt: () => performance.now() - 5_000 }, sweeps)).toEqual([]);
    expect(standsStill({ lookedAt: () => performance.now() - 600_000 }, { stuck: () => ["mails"] })).toEqual([
      "relay",
      "sweep:mails",
    ]);
  });
});

describe("a worker's own port", () => {
  let smtp: SmtpProcess;
  beforeAll(async () => {
    smtp = await openSmtpProcess();
    await withReferenceData(world);
  });
  afterAll(() => smtp?.close());

  it("says that it lives and works, and its numbers to who holds the token", { timeout: 200_000 }, async () => {
    const socket = createServer().listen(0, "127.0.0.1");
    await once(socket, "listening");
    const port = (socket.address() as AddressInfo).port;
    await new Promise((resolve) => socket.close(resolve));
    const worker = startWorker(world, { SMTP_URL: smtp.url, WORKER_PORT: String(port), METRICS_TOKEN: TOKEN });
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers }).catch(() => null);
    await eventually(async () => (await ask("/readyz"))?.status === 200, { within: 90_000, what: "readiness" });
    expect(await (await ask("/readyz"))?.json()).toEqual({
      ...{ ready: true, database: true, schema: true, search: true, files: true, queue: true, started: true },
    });
    expect(await (await ask("/healthz"))?.json()).toEqual({ alive: true, still: [] });
    expect((await ask("/metrics"))?.status).toBe(404);
    const text = await eventually(
      async () => {
        const found = await (await ask("/metrics", BEARER))?.text();
        return found?.includes('cungcau_queue_jobs{queue="notify",state="waiting"}') ? found : null;
      },
      { within: 30_000, what: "the queues" },
    );
    expect(text).toMatch(/cungcau_sweep_last_success_timestamp_seconds\{sweep="mails"\} \d{10}/);
    expect(text).toContain("cungcau_workers_alive 1");
    expect(await worker.terminate(), worker.output()).toEqual({ code: 0, signal: null });
    expect(await ask("/healthz")).toBeNull();
  });
});

it("the operators' page knows the retry table of every job that a worker can do", () => {
  const names = allWork(world.container).map(({ definition }) => definition.name);
  expect(RETRIES.map((one) => one.name).sort()).toEqual(names.sort());
  // operators read of jobs by their names in words
  for (const { jobName } of [vi, en]) expect(Object.keys(jobName).sort()).toEqual(names);
  expect(RETRIES.find((one) => one.name === "deliver-mail")?.codes).toContain("mail.temporary");
});
