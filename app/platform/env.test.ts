import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env.server";

const complete = {
  APP_MODE: "production",
  DATABASE_URL: "postgres://u:p@db:5432/cungcau",
  DATA_DIR: "/var/lib/data",
  PUBLIC_URL: "https://cungcau.example.vn",
  SESSION_SECRET: "x".repeat(32),
  SMTP_URL: "smtp://mail.example.vn:587",
};
const without = (...names: (keyof typeof complete)[]) =>
  Object.fromEntries(Object.entries(complete).filter(([key]) => !names.some((name) => name === key)));

describe("the environment", () => {
  it("is taken when it is complete, with defaults for the rest", () => {
    expect(parseEnv(complete)).toMatchObject({
      NODE_ENV: "production",
      PORT: 3000,
      HOST: "127.0.0.1",
      QUEUE_PREFIX: "cungcau",
    });
  });

  it.each(["DATABASE_URL", "DATA_DIR", "PUBLIC_URL", "SESSION_SECRET", "SMTP_URL"] as const)(
    "production refuses to start without %s",
    (name) => {
      expect(() => parseEnv(without(name))).toThrow(EnvError);
      expect(() => parseEnv(without(name))).toThrow(new RegExp(name));
      // an empty variable is an absent one
      expect(() => parseEnv({ ...complete, [name]: "" })).toThrow(new RegExp(name));
    },
  );

  it("counts an unnamed mode as production", () => {
    expect(() => parseEnv(without("APP_MODE", "SMTP_URL"))).toThrow(/SMTP_URL/);
  });

  it("names every mistake at once", () => {
    expect(() => parseEnv({ ...complete, PORT: "http", SESSION_SECRET: "short", REDIS_URL: "localhost:6379" })).toThrow(
      /PORT[\s\S]*SESSION_SECRET|SESSION_SECRET[\s\S]*PORT/,
    );
  });

  it("refuses plain http in production and accepts it in the demo", () => {
    expect(() => parseEnv({ ...complete, PUBLIC_URL: "http://cungcau.example.vn" })).toThrow(/https/);
    expect(parseEnv({ ...without("SMTP_URL"), APP_MODE: "demo", PUBLIC_URL: "http://127.0.0.1:3000" }).APP_MODE).toBe(
      "demo",
    );
  });

  it("takes a bucket for files, with what belongs to it", () => {
    expect(parseEnv(complete).S3_BUCKET).toBeUndefined();
    const bucket = { ...complete, S3_BUCKET: "cungcau-files", S3_ENDPOINT: "https://s3.example.vn" };
    expect(parseEnv({ ...bucket, S3_PATH_STYLE: "false", S3_PREFIX: "qn/" })).toMatchObject({
      S3_REGION: "us-east-1",
      S3_PATH_STYLE: false,
      S3_PREFIX: "qn/",
    });
    for (const [wrong, name] of [
      [{ ...bucket, S3_BUCKET: "" }, "S3_BUCKET"],
      [{ ...bucket, S3_BUCKET: "../x" }, "S3_BUCKET"],
      [{ ...bucket, S3_ENDPOINT: "https://s3.example.vn/cungcau-files" }, "S3_ENDPOINT"],
      [{ ...bucket, S3_ACCESS_KEY: "id" }, "S3_SECRET_KEY"],
      [{ ...bucket, S3_PREFIX: "qn" }, "S3_PREFIX"],
      [{ ...bucket, S3_PATH_STYLE: "yes" }, "S3_PATH_STYLE"],
    ] as const)
      expect(() => parseEnv(wrong)).toThrow(new RegExp(name));
  });

  it("never repeats a secret in its complaint", () => {
    const given = { ...complete, SESSION_SECRET: "too short", DATABASE_URL: "mysql://u:hidden@db/x" };
    const complaint = (() => {
      try {
        parseEnv(given);
        return "";
      } catch (error) {
        return String(error);
      }
    })();
    expect(complaint).toMatch(/SESSION_SECRET/);
    expect(complaint).not.toMatch(/too short|hidden/);
  });
});
