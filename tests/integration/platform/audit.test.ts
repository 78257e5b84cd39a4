import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "~/platform/audit.server";
import type { Db } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let db: Db;
let raw: pg.Client;

const ctx = () => world.ctx({ kind: "system", name: "test" });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 12 });
  db = world.container.ports.db;
  raw = new pg.Client({ connectionString: world.databaseUrl });
  await raw.connect();
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

type Row = Record<
  | "seq"
  | "id"
  | "at_text"
  | "actor_kind"
  | "actor_id"
  | "on_behalf_of_id"
  | "request_id"
  | "action"
  | "subject_kind"
  | "subject_id"
  | "before_text"
  | "after_text"
  | "prev_hash"
  | "hash",
  string | null
>;

/** The chain reckoned again here, from the columns alone, without asking the database for a digest. */
async function verifyChain(): Promise<{ length: number; broken: string[] }> {
  const { rows } = await raw.query<Row>(`
    SELECT seq::text, id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') AS at_text, actor_kind, actor_id,
      on_behalf_of_id, request_id, action, subject_kind, subject_id, before::text AS before_text,
      after::text AS after_text, prev_hash, hash
    FROM audit_entry ORDER BY audit_entry.seq`);
  let previous = "";
  const broken: string[] = [];
  for (const row of rows) {
    const text = [
      row.prev_hash,
      row.seq,
      row.id,
      row.at_text,
      row.actor_kind,
      row.actor_id,
      row.on_behalf_of_id,
      row.request_id,
      row.action,
      row.subject_kind,
      row.subject_id,
      row.before_text,
      row.after_text,
    ]
      .map((value) => value ?? "")
      .join("|");
    const hash = createHash("sha256").update(text).digest("hex");
    if (row.prev_hash !== previous || row.hash !== hash) broken.push(`row ${row.seq}`);
    previous = row.hash ?? "";
  }
  return { length: rows.length, broken };
}

describe("the audit log", () => {
  it("links every row to the one before and the chain verifies from the columns alone", async () => {
    for (let i = 0; i < 3; i++) {
      await db.$transaction((tx) =>
        audit(tx, ctx(), {
          action: "listing.published",
          subjectKind: "listing",
          subjectId: newId(),
          after: { step: i, note: "Tiếng Việt | có gạch" },
        }),
      );
    }
    expect(await verifyChain()).toEqual({ length: 3, broken: [] });
  });

  it("does not fork when many writers commit at once, and a rolled-back writer leaves no gap in the links", async () => {
    const before = (await verifyChain()).length;
    const writes = Array.from({ length: 40 }, (_, i) =>
      db.$transaction(
        async (tx) => {
          await audit(tx, ctx(), {
            action: "match.shortlisted",
            subjectKind: "match",
            subjectId: newId(),
            before: { i },
          });
          if (i % 10 === 0) throw new Error("rolled back on purpose");
        },
        { maxWait: 20_000, timeout: 20_000 },
      ),
    );
    const settled = await Promise.allSettled(writes);
    expect(settled.filter((s) => s.status === "rejected")).toHaveLength(4);
    expect(await verifyChain()).toEqual({ length: before + 36, broken: [] });
  });

  it.each([
    ["UPDATE", "UPDATE audit_entry SET action = 'nothing happened'"],
    ["DELETE", "DELETE FROM audit_entry"],
    ["TRUNCATE", "TRUNCATE audit_entry"],
  ])("refuses %s", async (_verb, sql) => {
    await expect(raw.query(sql)).rejects.toThrow(/never changed or deleted/);
  });

  it("notices a row that was changed behind the trigger's back", async () => {
    await raw.query("BEGIN");
    await raw.query("SET LOCAL session_replication_role = replica");
    await raw.query("UPDATE audit_entry SET action = 'something else' WHERE seq = (SELECT min(seq) FROM audit_entry)");
    const { broken } = await verifyChain();
    await raw.query("ROLLBACK");
    expect(broken).toHaveLength(1);
  });
});
