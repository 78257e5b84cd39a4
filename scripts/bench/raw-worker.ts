/** The bare engine: a BullMQ worker that sends one ready-made mail per job through nodemailer. Started by jobs.ts. */
import { createPostgresBackend, Worker, withBackend } from "bullmq";
import { Redis } from "ioredis";
import { createTransport } from "nodemailer";
import pg from "pg";

/** As the product's own pool (platform/adapters/mail-smtp.server.ts), which only the container may name. */
const SMTP_POOL = { pool: true, maxConnections: 4, maxMessages: 200 } as const;

const { RAW_QUEUE, REDIS_URL, DATABASE_URL, SMTP_URL, RAW_MAIL, RAW_CONCURRENCY } = process.env;
if (!RAW_QUEUE || !SMTP_URL || !RAW_MAIL) throw new Error("started by hand");
const mail = JSON.parse(RAW_MAIL) as { from: string; to: string; subject: string; text: string; html: string };
const transport = createTransport({ url: SMTP_URL, ...SMTP_POOL });
const send = async (job: { id?: string }) => {
  await transport.sendMail({ ...mail, textEncoding: "base64", messageId: `<${job.id}@raw.invalid>` });
};
const concurrency = Number(RAW_CONCURRENCY);
const settings = { concurrency, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
if (REDIS_URL) {
  new Worker(RAW_QUEUE, send, { connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }), ...settings });
} else {
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: 40,
    options: "-c search_path=bullmq",
    keepAlive: true,
  });
  const bound = withBackend(createPostgresBackend);
  new bound.Worker(RAW_QUEUE, send, { connection: pool, ...settings });
}
console.log("ready");
process.on("disconnect", () => process.exit(0));
