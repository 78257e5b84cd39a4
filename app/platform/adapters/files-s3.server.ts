import type { S3Client } from "@aws-sdk/client-s3";
import { type FilesPort, isFileKey, type StoredObject } from "../ports/files";
import { filesErrorOf } from "./files-s3-errors";

export type FilesS3Options = {
  bucket: string;
  /** unset: Amazon's own of the region */
  endpoint?: string | undefined;
  region: string;
  /** the bucket in the path of the address instead of its host name */
  pathStyle: boolean;
  /** put before every key, so that several exchanges may share a bucket */
  prefix: string;
  /** unset: what the machine itself may do (role, profile) */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

const PAGE = 1_000;
/** Tries of one call, with growing pauses between them. */
const TRIES = 3;
const CONNECT_MS = 3_000;
/** A connection on which nothing comes or goes for this long is given up. */
const SILENT_MS = 20_000;
/** A probe wants to know now. */
const PROBE_MS = 4_000;

/**
 * Files in a bucket of an S3-compatible server. The client (docs/decisions/0042) is loaded at the first call: who keeps files
 * on the disk pays nothing for it. An object is written by one signed request, whole or not at all.
 */
export function createFilesS3(options: FilesS3Options): FilesPort {
  const { bucket, prefix } = options;
  let loaded: Promise<{ sdk: typeof import("@aws-sdk/client-s3"); client: S3Client }> | undefined;
  const load = () => {
    loaded ??= import("@aws-sdk/client-s3").then((sdk) => ({
      sdk,
      client: new sdk.S3Client({
        region: options.region,
        forcePathStyle: options.pathStyle,
        ...(options.endpoint ? { endpoint: options.endpoint } : {}),
        ...(options.credentials ? { credentials: options.credentials } : {}),
        maxAttempts: TRIES,
        requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
        // the signature covers the bytes; sums in trailers are what compatible servers do not all know
        requestChecksumCalculation: "WHEN_REQUIRED",
        responseChecksumValidation: "WHEN_REQUIRED",
      }),
    }));
    return loaded;
  };
  const at = (key: string) => {
    if (!isFileKey(key)) throw new Error("Not a file key");
    return { Bucket: bucket, Key: `${prefix}${key}` };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;

  async function ask<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    try {
      return await work(await load());
    } catch (error) {
      throw filesErrorOf(error, bucket);
    }
  }
  /** the same, null where there is no such object */
  const find = <T>(work: (loaded: Loaded) => Promise<T>): Promise<T | null> =>
    ask((loaded) =>
      work(loaded).catch((error: unknown) => {
        if (error instanceof loaded.sdk.NoSuchKey || error instanceof loaded.sdk.NotFound) return null;
        throw error;
      }),
    );

  return {
    place: `${options.endpoint ?? "s3"} ${bucket}${prefix ? `/${prefix}` : ""}`,
    async put(key, body, mime) {
      const where = at(key);
      await ask(({ sdk, client }) =>
        client.send(new sdk.PutObjectCommand({ ...where, Body: body, ContentType: mime })),
      );
    },
    async get(key) {
      const where = at(key);
      return find(async ({ sdk, client }) => {
        const { Body } = await client.send(new sdk.GetObjectCommand(where));
        return Body ? await Body.transformToByteArray() : new Uint8Array();
      });
    },
    async open(key) {
      const where = at(key);
      return find(async ({ sdk, client }) => {
        const { Body, ContentLength } = await client.send(new sdk.GetObjectCommand(where));
        if (!Body || ContentLength === undefined) throw new Error("An object without body or length");
        return { bytes: ContentLength, stream: Body.transformToWebStream() as ReadableStream<Uint8Array> };
      });
    },
    async has(key) {
      const where = at(key);
      return (await find(({ sdk, client }) => client.send(new sdk.HeadObjectCommand(where)))) !== null;
    },
    async remove(key) {
      const where = at(key);
      await find(({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(where)));
    },
    async *list() {
      let token: string | undefined;
      do {
        const page = await ask(({ sdk, client }) =>
          client.send(
            new sdk.ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              MaxKeys: PAGE,
              ...(token ? { ContinuationToken: token } : {}),
            }),
          ),
        );
        const objects: StoredObject[] = [];
        for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
          const key = Key.slice(prefix.length);
          // what others keep beside ours is not ours
          if (isFileKey(key) && LastModified) objects.push({ key, bytes: Size, changedAt: LastModified });
        }
        if (objects.length > 0) yield objects;
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token);
    },
    async check() {
      // not HeadBucket: its refusals have no body that would say why
      await ask(({ sdk, client }) =>
        client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }), {
          abortSignal: AbortSignal.timeout(PROBE_MS),
        }),
      );
    },
    async close() {
      if (loaded) (await loaded).client.destroy();
    },
  };
}
