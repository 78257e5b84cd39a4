import { timingSafeEqual } from "node:crypto";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** A number of the whole exchange, read from the database when somebody asks. */
export type Sample = { name: string; help: string; labels?: Record<string, string>; value: number };

/** What this process counts and may be asked for in Prometheus' text format. */
export type Metrics = {
  contentType: string;
  /** an answered request: `route` is the route's name, never an address */
  http(labels: { method: string; route: string; status: number }, seconds: number): void;
  /** an attempt at a job that ended: "done", or the code it failed with */
  job(name: string, end: string, seconds: number): void;
  /** a job that was given up */
  givenUp(name: string, code: string): void;
  text(): Promise<string>;
};

const FAST_AND_SLOW = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * Counters of one process and, at each reading, the state of the whole exchange (`state`), which every process tells alike.
 * A database that does not answer takes nothing but the latter: cungcau_state_up is 0 then.
 */
export function createMetrics(part: "web" | "worker", state: () => Promise<Sample[]>): Metrics {
  const registers = [new Registry()] as [Registry];
  const [registry] = registers;
  registry.setDefaultLabels({ process: part });
  collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: "cungcau_http_request_duration_seconds",
    help: "Answered requests by route, method and status",
    labelNames: ["method", "route", "status"],
    buckets: FAST_AND_SLOW,
    registers,
  });
  const jobs = new Histogram({
    name: "cungcau_job_duration_seconds",
    help: "Attempts at jobs by name and end: done, or the code they failed with",
    labelNames: ["job", "end"],
    buckets: FAST_AND_SLOW,
    registers,
  });
  const givenUp = new Counter({
    name: "cungcau_jobs_given_up_total",
    help: "Jobs that were given up, by name and code",
    labelNames: ["job", "code"],
    registers,
  });
  return {
    contentType: registry.contentType,
    http: ({ method, route, status }, seconds) => http.observe({ method, route, status: String(status) }, seconds),
    job: (job, end, seconds) => jobs.observe({ job, end }, seconds),
    givenUp: (job, code) => givenUp.inc({ job, code }),
    async text() {
      const [own, whole] = await Promise.all([registry.metrics(), stateText(state)]);
      return `${own}\n${whole}`;
    },
  };
}

/** Written anew each time: what is gone (a sweep, a queue) leaves no stale number behind. */
async function stateText(state: () => Promise<Sample[]>): Promise<string> {
  const registry = new Registry();
  const up = new Gauge({
    name: "cungcau_state_up",
    help: "1 while the database tells the state of the exchange",
    registers: [registry],
  });
  const samples = await state().catch(() => null);
  up.set(samples === null ? 0 : 1);
  const gauges = new Map<string, Gauge>();
  for (const { name, help, labels = {}, value } of samples ?? []) {
    const known = gauges.get(name);
    const gauge = known ?? new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] });
    gauges.set(name, gauge);
    gauge.set(labels, value);
  }
  return registry.metrics();
}

/** Does this Authorization header carry the token? Compared in constant time. */
export function mayReadMetrics(token: string | undefined, authorization: string | undefined): boolean {
  if (!token) return false;
  const [given, expected] = [Buffer.from(authorization ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
