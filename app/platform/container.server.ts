import type { Logger } from "pino";
import { embedderOf } from "./adapters/embedder-rest.server";
import { createFilesLocal } from "./adapters/files-local.server";
import { createFilesS3 } from "./adapters/files-s3.server";
import { createLimits } from "./adapters/limits.server";
import { createMailPreview } from "./adapters/mail-preview.server";
import { createMailSmtp } from "./adapters/mail-smtp.server";
import { createQueue } from "./adapters/queue-bullmq.server";
import { createSearchMeilisearch } from "./adapters/search-meilisearch.server";
import { createSearchPostgres } from "./adapters/search-postgres.server";
import { createSignalsPostgres } from "./adapters/signals-postgres.server";
import { smtpOptions } from "./adapters/smtp-options.server";
import { createViewsPostgres } from "./adapters/views-postgres.server";
import type { Ctx } from "./context";
import { createDb } from "./db/client.server";
import { hasOurSchema } from "./db/schema-version.server";
import type { Env } from "./env.server";
import { newId } from "./ids";
import { createLogger } from "./logger.server";
import { type ClockPort, systemClock } from "./ports/clock";
import { FilesError, type FilesPort } from "./ports/files";
import type { MailPort } from "./ports/mail";
import type { QueuePort } from "./ports/queue";
import { createRightOfWay, type RightOfWay } from "./right-of-way";

type Ports = Pick<Ctx, "db" | "env" | "clock" | "files" | "search" | "embedder" | "limits" | "signals" | "views">;

/** What the web process needs: no queue and no mail, so that a request cannot use them. */
export type ServeContainer = {
  env: Env;
  log: Logger;
  ports: Ports;
  /**
   * may requests be sent here? `schema`: every migration this release brings is applied. `files` is told and does not count:
   * a store that is away is away for every copy, and all pages but pictures and uploads go on without it
   */
  ready(): Promise<{ ready: boolean; database: boolean; schema: boolean; search: boolean; files: boolean }>;
  close(): Promise<void>;
};
/** What a worker needs besides. */
export type WorkContainer = ServeContainer & {
  queue: QueuePort;
  mail: MailPort;
  /** held while somebody waits for what a worker does; digests step aside meanwhile */
  rightOfWay: RightOfWay;
};

export type ContainerOptions = { clock?: ClockPort; name?: string; log?: Logger; poolSize?: number };

/** Where this exchange keeps its files. */
export function filesOf(env: Env): FilesPort {
  if (!env.S3_BUCKET) return createFilesLocal(env.DATA_DIR);
  return createFilesS3({
    bucket: env.S3_BUCKET,
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    pathStyle: env.S3_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
    prefix: env.S3_PREFIX,
    credentials:
      env.S3_ACCESS_KEY && env.S3_SECRET_KEY
        ? { accessKeyId: env.S3_ACCESS_KEY, secretAccessKey: env.S3_SECRET_KEY }
        : undefined,
  });
}

/** Composition root of the web process. Only this file and the adapters know which server stands behind a port. */
export function createServeContainer(env: Env, options: ContainerOptions = {}): ServeContainer {
  const log = options.log ?? createLogger(env.LOG_LEVEL, options.name ?? "web");
  const db = createDb(env.DATABASE_URL, options.poolSize);
  const search = env.MEILI_URL
    ? createSearchMeilisearch({ url: env.MEILI_URL, key: env.MEILI_KEY, prefix: env.SEARCH_PREFIX })
    : createSearchPostgres(db, env.SEARCH_PREFIX);
  const limits = createLimits(env);
  const ports: Ports = {
    db,
    env,
    clock: options.clock ?? systemClock,
    files: filesOf(env),
    search,
    embedder: embedderOf(env),
    limits,
    signals: createSignalsPostgres(env.DATABASE_URL, log),
    views: createViewsPostgres(db, log),
  };
  return {
    env,
    log,
    ports,
    async ready() {
      const answers = (work: Promise<unknown>) =>
        work.then(
          () => true,
          () => false,
        );
      const [database, schema, found, files] = await Promise.all([
        answers(db.$queryRaw`SELECT 1`),
        hasOurSchema(db),
        answers(search.search({ text: "", filter: { visibilities: ["public"] }, sort: "newest", offset: 0, limit: 1 })),
        answers(ports.files.check()),
      ]);
      return { ready: database && schema && found, database, schema, search: found, files };
    },
    async close() {
      await Promise.allSettled([search.close(), limits.close(), ports.signals.close(), ports.views.flush()]);
      await ports.files.close();
      await db.$disconnect();
    },
  };
}

/**
 * Looks at start whether files can be stored. A store that is away is waited for; one that is set up wrongly ends the start.
 * @throws FilesError that says what to mend
 */
export async function checkFiles({ ports, log }: Pick<ServeContainer, "ports" | "log">): Promise<void> {
  try {
    await ports.files.check();
  } catch (error) {
    if (!(error instanceof FilesError) || error.problem !== "away") throw error;
    log.warn({ problem: error.problem }, `${error.message}: uploads and pictures wait for it`);
  }
}

/** Composition root of a worker. */
export function createWorkContainer(env: Env, options: ContainerOptions = {}): WorkContainer {
  const base = createServeContainer(env, { name: "worker", ...options });
  const queue = createQueue(env, base.log);
  const mail = env.SMTP_URL ? createMailSmtp(env.SMTP_URL, smtpOptions(env)) : createMailPreview();
  return {
    ...base,
    queue,
    mail,
    rightOfWay: createRightOfWay(),
    async close() {
      await queue.close();
      await mail.close();
      await base.close();
    },
  };
}

/** The context in which a worker or script acts. */
export function systemCtx(container: ServeContainer, name: string, requestId: string = newId()): Ctx {
  return { ...container.ports, log: container.log, actor: { kind: "system", name }, requestId, locale: "vi" };
}
