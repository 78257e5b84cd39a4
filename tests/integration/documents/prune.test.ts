import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFile, storeUpload } from "~/modules/documents/index.server";
import { claimFiles, operatorOverview, pruneFiles } from "~/modules/operations/index.server";
import type { PersonActor } from "~/platform/context";
import { openS3, type S3Server, s3AtHand } from "../../contract/storage/s3-server";
import { bytesOf, PDF } from "../../factories/files";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

const HOUR = 3_600_000;
const stores = [
  { name: "the disk", atHand: true, open: async (): Promise<S3Server | null> => null },
  { name: "s3", atHand: s3AtHand(), open: async (): Promise<S3Server | null> => openS3() },
];
if (!s3AtHand()) console.warn("SKIPPED: orphans on s3 (set S3_ENDPOINT and its keys, or put `versitygw` on the PATH)");

for (const store of stores) {
  describe.skipIf(!store.atHand)(`files on ${store.name} that nothing uses`, () => {
    let server: S3Server | null = null;
    let world: TestWorld;
    let broker: PersonActor;
    let administrator: PersonActor;
    beforeAll(async () => {
      server = await store.open();
      world = await openTestWorld({
        env: server
          ? {
              S3_BUCKET: server.bucket,
              S3_ENDPOINT: server.endpoint,
              S3_REGION: server.region,
              S3_ACCESS_KEY: server.credentials.accessKeyId,
              S3_SECRET_KEY: server.credentials.secretAccessKey,
              S3_PREFIX: `t${randomBytes(6).toString("hex")}/`,
            }
          : {},
      });
      broker = await makeBroker(world);
      administrator = await makeStaff(world, "administrator");
    });
    afterAll(async () => {
      await world?.close();
      await server?.close();
    });
    const db = () => world.container.ports.db;
    const files = () => world.container.ports.files;
    const upload = async () =>
      must(await storeUpload(world.ctx(broker), { kind: "pdf", name: "a.pdf", bytes: PDF, organisationId: null }))
        .fileId;
    const orphan = async () => {
      const key = randomBytes(24).toString("base64url");
      await files().put(key, Buffer.from("nobody's"), "application/pdf");
      return key;
    };
    const prune = async () => must(await pruneFiles(world.system));
    /** stores tell their own time, which is the real one */
    const later = (hours: number) => world.clock.set(new Date(Date.now() + hours * HOUR));
    const view = async () => (await operatorOverview(world.ctx(administrator)))?.files;

    it("go after a day, and what rows know stays to the byte", async () => {
      expect(await pruneFiles(world.ctx(broker))).toMatchObject({ code: "common:forbidden" });
      const kept = [await upload(), await upload()];
      const upload500 = randomBytes(24).toString("base64url");
      await files().put(upload500, Buffer.from("a sheet"), "x");
      await db().importUpload.create({
        data: {
          ...{ id: crypto.randomUUID(), officeId: broker.officeId, personId: broker.personId, kind: "need" },
          ...{ state: "columns", fileName: "a.xlsx", storageKey: upload500, columns: {}, createdAt: world.clock.now() },
        },
      });
      const lost = await orphan();
      const gone = await upload();
      const { storageKey } = await db().storedFile.delete({ where: { id: gone } });

      later(1);
      expect(await prune()).toMatchObject({ verdict: "fine", objects: 5, young: 2, orphans: 0, pruned: 0, missing: 0 });
      expect(await files().has(lost)).toBe(true);
      later(25);
      expect(await prune()).toMatchObject({ verdict: "fine", objects: 5, young: 0, orphans: 2, pruned: 2, missing: 0 });
      expect([await files().has(lost), await files().has(storageKey), await files().has(upload500)]).toEqual([
        false,
        false,
        true,
      ]);
      for (const id of kept)
        expect((await bytesOf(await readFile(world.system, id, "full"))).subarray(0, 5).toString()).toBe("%PDF-");
      expect(await view()).toMatchObject({ verdict: "fine", objects: 5, orphans: 2, pruned: 2, prunedEver: 2 });
      expect(await db().auditEntry.findFirst({ where: { action: "files.pruned" } })).toMatchObject({
        actorKind: "system",
        after: { pruned: 2 },
      });
      expect(await prune()).toMatchObject({ objects: 3, orphans: 0, pruned: 0 });
      expect((await view())?.prunedEver).toBe(2);
    });

    it("stay while a row misses its file: store and database may not belong together", async () => {
      const lost = await orphan();
      const row = await db().storedFile.findUniqueOrThrow({ where: { id: await upload() } });
      const body = await files().get(row.storageKey);
      await files().remove(row.storageKey);
      later(50);
      expect(await prune()).toMatchObject({ verdict: "missing", missing: 1, orphans: 1, pruned: 0 });
      expect(await files().has(lost)).toBe(true);
      const seen = await operatorOverview(world.ctx(administrator));
      expect([seen?.attention.includes("files-missing"), seen?.files?.missing]).toEqual([true, 1]);
      await files().put(row.storageKey, body ?? new Uint8Array(), row.mime);
      expect(await prune()).toMatchObject({ verdict: "fine", missing: 0, pruned: 1 });
      expect(await files().has(lost)).toBe(false);
    });

    it("stay when the store says that it is another exchange's, which may not start on it either", async () => {
      await claimFiles({ ...world.container.ports, log: world.container.log });
      const lost = await orphan();
      await files().put("owner-of-these-files", Buffer.from("another"), "text/plain");
      later(80);
      expect(await prune()).toMatchObject({ verdict: "foreign", orphans: 1, pruned: 0 });
      expect(await files().has(lost)).toBe(true);
      expect((await operatorOverview(world.ctx(administrator)))?.attention).toContain("files-foreign");
      await expect(claimFiles({ ...world.container.ports, log: world.container.log })).rejects.toThrow(/S3_PREFIX/);
      // taken over on purpose: but most of what it holds must be known
      await files().remove("owner-of-these-files");
      expect(await prune()).toMatchObject({ verdict: "fine", pruned: 1 });
      expect(Buffer.from((await files().get("owner-of-these-files")) ?? []).toString()).toBe(broker.officeId);
    });

    it("stay when an empty database stands before a full store that nobody signed", async () => {
      await files().remove("owner-of-these-files");
      await db().importUpload.deleteMany();
      await db().storedFile.deleteMany();
      later(120);
      expect(await prune()).toMatchObject({ verdict: "foreign", pruned: 0 });
    });
  });
}
