import { describe, expect, it } from "vitest";
import { JobError } from "~/platform/ports/queue";
import { REASONS, reasonOfJob, reasonOfMail } from "./failure-reasons";
import { attentions, type HealthFacts, isAlive, sweepHealth } from "./health";

const now = new Date("2026-11-23T02:00:00.000Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const MINUTE = 60_000;
const well: HealthFacts = {
  now,
  workersAlive: 1,
  listening: true,
  oldestEvent: ago(1_000),
  oldestMail: ago(MINUTE),
  unhealthySweeps: 0,
  indexBehindSince: null,
  deadLetters: 0,
  mailsFailed: 0,
  files: "fine",
  unattended: 0,
};

describe("what an administrator is told", () => {
  it("is nothing when all is well", () => expect(attentions(well)).toEqual([]));

  it("names each trouble, the most urgent first", () => {
    expect(attentions({ ...well, workersAlive: 0, listening: false })).toEqual(["no-worker"]);
    expect(attentions({ ...well, listening: false })).toEqual(["not-listening"]);
    expect(attentions({ ...well, oldestEvent: ago(2 * MINUTE), deadLetters: 3 })).toEqual([
      "events-late",
      "dead-letters",
    ]);
    expect(attentions({ ...well, oldestMail: ago(31 * MINUTE), unhealthySweeps: 1, mailsFailed: 1 })).toEqual([
      "mails-late",
      "sweeps",
      "mails-failed",
    ]);
    expect(attentions({ ...well, indexBehindSince: ago(6 * MINUTE) })).toEqual(["index-late"]);
  });
});

describe("a sweep", () => {
  const sweep = {
    everyMs: 10 * MINUTE,
    startedAt: ago(MINUTE),
    finishedAt: ago(MINUTE),
    succeededAt: ago(MINUTE),
    failures: 0,
  };
  it("is fine while it ends in time, failing after an error, late when it does not end", () => {
    expect(sweepHealth(sweep, now)).toBe("fine");
    expect(sweepHealth({ ...sweep, failures: 1 }, now)).toBe("failing");
    const old = ago(36 * MINUTE);
    expect(sweepHealth({ ...sweep, startedAt: ago(MINUTE), finishedAt: null, succeededAt: old }, now)).toBe("late");
    expect(sweepHealth({ ...sweep, startedAt: old, finishedAt: null, succeededAt: null }, now)).toBe("late");
    expect(sweepHealth({ ...sweep, finishedAt: null }, now)).toBe("fine");
  });
});

describe("a worker", () => {
  it("is alive while it beats and has not ended", () => {
    expect(isAlive({ seenAt: ago(44_000), stoppedAt: null }, now)).toBe(true);
    expect(isAlive({ seenAt: ago(46_000), stoppedAt: null }, now)).toBe(false);
    expect(isAlive({ seenAt: ago(1_000), stoppedAt: ago(500) }, now)).toBe(false);
  });
});

describe("a failure", () => {
  it("belongs to the family that has its next step", () => {
    const jobs = {
      "mail.temporary": "mail-later",
      "mail.refused": "mail-refused",
      P1001: "database",
      "40P01": "database",
    };
    for (const [code, reason] of Object.entries(jobs)) expect(reasonOfJob(code)).toBe(reason);
    expect(reasonOfJob("stalled")).toBe("stalled");
    expect(reasonOfJob(new JobError("job.unknown", "").code)).toBe("program");
    expect(reasonOfMail("535 authentication failed")).toBe("mail-auth");
    expect(reasonOfMail("ECONNECTION connection lost")).toBe("mail-unreachable");
    expect(reasonOfMail("550 no such user")).toBe("mail-recipient");
    expect(reasonOfMail("554 policy")).toBe("mail-refused");
    expect(reasonOfMail("451 try later")).toBe("mail-later");
    expect(reasonOfMail("given up after 30 claims")).toBe("mail-stuck");
    expect(reasonOfMail(null)).toBe("program");
    expect(new Set(REASONS).size).toBe(REASONS.length);
  });
});
