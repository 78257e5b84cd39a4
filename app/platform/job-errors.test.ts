import { describe, expect, it } from "vitest";
import { DATABASE_AWAY, jobErrorCode } from "./job-errors";
import { JobError } from "./ports/queue";

const raw = (originalCode: string) =>
  Object.assign(new Error("x"), { code: "P2010", meta: { driverAdapterError: { cause: { originalCode } } } });

describe("the code of a failure", () => {
  it("is our own, a driver's or Prisma's where there is one", () => {
    expect(jobErrorCode(new JobError("mail.temporary", "later"))).toBe("mail.temporary");
    expect(jobErrorCode(Object.assign(new Error("x"), { code: "P1017" }))).toBe("P1017");
    expect(jobErrorCode(Object.assign(new Error("x"), { code: "ECONNRESET" }))).toBe("ECONNRESET");
    expect(jobErrorCode(new Error("x"))).toBe("unexpected");
    expect(jobErrorCode("x")).toBe("unexpected");
  });

  it("is PostgreSQL's where a statement written by hand failed, so that a deadlock or a restart is tried again", () => {
    for (const code of ["40P01", "40001", "57P01", "57P03"]) {
      expect(jobErrorCode(raw(code))).toBe(code);
      expect(DATABASE_AWAY).toContain(jobErrorCode(raw(code)));
    }
    expect(jobErrorCode(raw("23505"))).toBe("23505");
    expect(jobErrorCode(raw("a value of somebody"))).toBe("P2010");
  });
});
