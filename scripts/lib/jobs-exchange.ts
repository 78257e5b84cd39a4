/** An exchange of its own with a mail server and a queue, for measuring workers and for killing them. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Prisma } from "~/generated/prisma/client";
import { ensureOffice } from "~/modules/accounts/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { fold } from "~/platform/text";
import { migrate } from "../migrate";
import { bundled } from "./bundled";
import { type Service, startPostgres, startRedis, startSink } from "./jobs-services";

export type Accepted = { messageId: string; at: bigint };
export type JobsExchange = {
  ctx: Ctx;
  databaseUrl: string;
  redisUrl: string | null;
  /** `accepted` grows: the same list every time */
  smtp: { url: string; accepted(): readonly Accepted[] };
  /** one member each, one broker for all: an event about one makes one notice and one mail */
  organisationIds: string[];
  described: string;
  workerEnv: Record<string, string>;
  services: { postgres: Service; redis: Service | null; smtp: Service };
  directory: string;
  /** a process of our code; resolves when it says that it is ready */
  spawnReady(program: string, env: Record<string, string>): Promise<ChildProcess>;
  close(): Promise<void>;
};

/**
 * PostgreSQL with everything that keeps data safe (fsync, synchronous commit), Redis with its append-only file, and a mail
 * server, each a process of its own on a folder that close() removes.
 */
export async function openJobsExchange(
  queue: "redis" | "postgres",
  organisations: number,
  settings: Record<string, string> = {},
): Promise<JobsExchange> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-jobs-"));
  // PostgreSQL's own account passes through this folder
  chmodSync(directory, 0o755);
  const running: { stop(): Promise<void> }[] = [];
  const children = new Set<ChildProcess>();
  const close = async () => {
    for (const child of children) child.kill("SIGKILL");
    for (const one of running.reverse()) await one.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres(directory);
    running.push(postgres);
    const redis = queue === "redis" ? await startRedis(directory) : null;
    if (redis) running.push(redis);
    const smtp = await startSink(directory);
    running.push(smtp);
    const databaseUrl = postgres.url;
    await migrate(databaseUrl, "prisma", true);
    const workerEnv = {
      NODE_ENV: "production",
      APP_MODE: "test",
      DATABASE_URL: databaseUrl,
      DATA_DIR: directory,
      PUBLIC_URL: "http://127.0.0.1:3000",
      SESSION_SECRET: randomUUID() + randomUUID(),
      SMTP_URL: smtp.url,
      LOG_LEVEL: "info",
      ...(redis ? { REDIS_URL: redis.url } : {}),
      ...settings,
    };
    const container = createServeContainer(parseEnv({ ...workerEnv, LOG_LEVEL: "warn" }), { name: "jobs" });
    running.push({ stop: () => container.close() });
    const ctx = systemCtx(container, "jobs");
    const organisationIds = await fillPeople(ctx, organisations);
    const file = path.join(directory, "heard");
    return {
      ctx,
      databaseUrl,
      redisUrl: redis?.url ?? null,
      smtp: { url: smtp.url, accepted: acceptedIn(file) },
      organisationIds,
      described: "PostgreSQL with fsync and synchronous commit on",
      workerEnv,
      services: { postgres, redis, smtp },
      directory,
      async spawnReady(program, env) {
        const { REDIS_URL: _redis, MEILI_URL: _meili, ...inherited } = process.env;
        const child = spawn(process.execPath, [bundled(program)], {
          env: { ...inherited, ...env },
          stdio: ["ignore", "pipe", "inherit", "ipc"],
        });
        children.add(child);
        child.once("exit", () => children.delete(child));
        await new Promise<void>((resolve, reject) => {
          let output = "";
          child.stdout?.on("data", (chunk: Buffer) => {
            if (output.length > 20_000) return;
            output += chunk.toString();
            if (/\bready\b/.test(output)) resolve();
          });
          child.once("exit", () => reject(new Error(`${program} ended before it was ready\n${output}`)));
        });
        return child;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the mail server of smtp-sink.ts wrote down so far. Reads on from where it was: who measures must not take the machine's time. */
export function acceptedIn(file: string): () => readonly Accepted[] {
  const found: Accepted[] = [];
  const chunk = Buffer.alloc(1 << 16);
  let at = 0;
  let rest = "";
  return () => {
    const opened = openSync(file, "r");
    try {
      for (;;) {
        const read = readSync(opened, chunk, 0, chunk.length, at);
        if (read === 0) return found;
        at += read;
        const lines = (rest + chunk.toString("latin1", 0, read)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const [messageId = "", heard = "0"] = line.split(" ");
          found.push({ messageId, at: BigInt(heard) });
        }
      }
    } finally {
      closeSync(opened);
    }
  };
}

/** Verified organisations as commands leave them, many at a time: what is measured begins after this. */
async function fillPeople(ctx: Ctx, count: number): Promise<string[]> {
  const createdAt = ctx.clock.now();
  const office = await ensureOffice(ctx, {
    code: "JOBS",
    provinceCode: "22",
    nameVi: "Sở KH&CN",
    nameEn: "DOST",
    phone: "0203 000 0000",
    email: "office@cungcau.invalid",
  });
  if (!office.ok) throw new Error(office.code);
  const officeId = office.value.id;
  const person = (name: string, at: number): Prisma.PersonCreateManyInput => ({
    id: newId(),
    officeId,
    email: `${name}-${at}@d${at}.invalid`,
    fullName: `Người thử ${at}`,
    locale: "vi",
    emailConfirmedAt: createdAt,
    createdAt,
  });
  const broker = person("moi-gioi", 0);
  const members = Array.from({ length: count }, (_, at) => person("nguoi", at + 1));
  await ctx.db.person.createMany({ data: [broker, ...members] });
  await ctx.db.grant.create({ data: { id: newId(), officeId, personId: broker.id, role: "broker", createdAt } });
  const organisations = members.map((member, at) => ({
    id: newId(),
    officeId,
    nameVi: `Đơn vị thử nghiệm ${at + 1}`,
    nameFolded: fold(`Đơn vị thử nghiệm ${at + 1}`),
    state: "verified" as const,
    verifiedAt: createdAt,
    origin: "member" as const,
    brokerId: broker.id,
    createdById: member.id,
    createdAt,
  }));
  await ctx.db.organisation.createMany({ data: organisations });
  await ctx.db.membership.createMany({
    data: organisations.map((organisation, at) => ({
      id: newId(),
      organisationId: organisation.id,
      personId: members[at]?.id ?? "",
      role: "manager" as const,
      state: "active" as const,
      createdAt,
    })),
  });
  await ctx.db.$executeRaw`ANALYZE`;
  return organisations.map((organisation) => organisation.id);
}
