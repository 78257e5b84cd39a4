import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { onPath } from "../on-path";
import { freePort } from "../queue/redis-server";

export type S3Server = {
  endpoint: string;
  region: string;
  bucket: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  close(): Promise<void>;
};

const PROGRAM = "versitygw";

/** True when a real S3-compatible server is at hand: S3_ENDPOINT with its keys, or a `versitygw` program on the PATH. */
export const s3AtHand = (): boolean => Boolean(process.env.S3_ENDPOINT) || onPath(PROGRAM) !== null;

async function makeBucket({ endpoint, region, bucket, credentials }: Omit<S3Server, "close">): Promise<void> {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
}

/** The server at S3_ENDPOINT (bucket S3_BUCKET, or one made for the tests), or one of our own on a free port with its data in a temporary directory. */
export async function openS3(): Promise<S3Server> {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY = "", S3_SECRET_KEY = "" } = process.env;
  const given = {
    region: S3_REGION || "us-east-1",
    bucket: S3_BUCKET || `cungcau-test-${randomBytes(6).toString("hex")}`,
  };
  if (S3_ENDPOINT) {
    const server = {
      ...given,
      endpoint: S3_ENDPOINT,
      credentials: { accessKeyId: S3_ACCESS_KEY, secretAccessKey: S3_SECRET_KEY },
    };
    if (!S3_BUCKET) await makeBucket(server);
    return { ...server, close: async () => {} };
  }
  const program = onPath(PROGRAM);
  if (!program) throw new Error(`No S3 server: set S3_ENDPOINT or put \`${PROGRAM}\` on the PATH`);
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-s3-"));
  for (const name of ["data", "sidecar"]) mkdirSync(path.join(directory, name));
  const port = await freePort();
  const server = {
    region: "us-east-1",
    bucket: "cungcau-test",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "tester", secretAccessKey: randomBytes(12).toString("hex") },
  };
  const { accessKeyId, secretAccessKey } = server.credentials;
  const child: ChildProcess = spawn(
    program,
    // attributes beside the files: not every temporary directory has a file system that keeps them
    [
      "--port",
      `127.0.0.1:${port}`,
      "posix",
      "--sidecar",
      path.join(directory, "sidecar"),
      path.join(directory, "data"),
    ],
    {
      stdio: "ignore",
      cwd: directory,
      env: { ...process.env, ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const close = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(directory, { recursive: true, force: true });
  };
  const deadline = Date.now() + 20_000;
  for (;;) {
    const failure = await makeBucket(server).then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return { ...server, close };
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error("The S3 server did not start", { cause: failure });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
