import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import pg from "pg";

/** Works on the exchange behind the pages, for what no page can do. */
export async function onExchange<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Signs a browser in by a row of its own: the way through the page is walked by the journeys. */
export async function signedIn(context: BrowserContext, email: string): Promise<void> {
  const secret = randomBytes(32).toString("base64url");
  await onExchange(async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO login (id, person_id, token_hash, created_at, last_seen_at, expires_at)
       SELECT $1, id, $2, now(), now(), now() + interval '1 hour' FROM person WHERE email = $3`,
      [randomUUID(), createHash("sha256").update(secret).digest("hex"), email],
    );
    if (rowCount !== 1) throw new Error(`nobody signs in as ${email}`);
  });
  await context.addCookies([{ name: "login", value: secret, url: process.env.E2E_URL ?? "" }]);
}

/** Things of the demo exchange that addresses name. */
export type DemoThings = Record<
  | "needReference"
  | "blindReference"
  | "offeringReference"
  | "importedReference"
  | "draft"
  | "submitted"
  | "published"
  | "changes"
  | "review"
  | "enterprise"
  | "waiting"
  | "interest"
  | "introduction"
  | "sessionDraft"
  | "sessionInviting"
  | "sessionClosed"
  | "meetingPlanned"
  | "meetingHeld"
  | "meetingToWrite"
  | "dealDrafting"
  | "dealSigned"
  | "dealFiled"
  | "dealPerforming"
  | "dealLiquidated"
  | "dealPaused"
  | "outcome",
  string
>;

/** One thing of each kind, as the demo exchange holds them. */
export function demoThings(): Promise<DemoThings> {
  const own = (email: string) =>
    `SELECT organisation_id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '${email}' AND m.state = 'active'`;
  const enterprise = own("doanh-nghiep@demo.cungcau.invalid");
  const institute = own("vien@demo.cungcau.invalid");
  const session = (state: string) => `SELECT id FROM connection_session WHERE state = '${state}'`;
  const deal = (stage: string) => `SELECT id FROM deal WHERE status = 'active' AND stage = '${stage}'`;
  const queries: Record<keyof DemoThings, string> = {
    needReference: `SELECT reference FROM listing WHERE kind = 'need' AND state = 'published' AND visibility = 'public' AND organisation_id IN (${enterprise})`,
    blindReference: "SELECT reference FROM listing WHERE state = 'published' AND visibility = 'blind'",
    offeringReference: `SELECT reference FROM listing WHERE kind = 'offering' AND state = 'published' AND organisation_id IN (${institute})`,
    importedReference: "SELECT reference FROM listing WHERE origin = 'imported' AND state = 'published'",
    draft: `SELECT id FROM listing WHERE state = 'draft' AND kind = 'need' AND organisation_id IN (${enterprise})`,
    submitted: `SELECT id FROM listing WHERE state = 'submitted' AND organisation_id IN (${enterprise})`,
    published: `SELECT id FROM listing WHERE kind = 'need' AND state = 'published' AND organisation_id IN (${enterprise})`,
    changes: `SELECT id FROM listing WHERE state = 'changes_requested' AND organisation_id IN (${enterprise})`,
    review: "SELECT id FROM review WHERE state = 'open'",
    enterprise: `SELECT id FROM organisation WHERE id IN (${enterprise})`,
    waiting: "SELECT id FROM organisation WHERE state = 'pending' AND origin = 'member'",
    interest: `SELECT id FROM interest WHERE state = 'answered' AND organisation_id IN (${institute})`,
    introduction: `SELECT introduction_id FROM introduction_side WHERE organisation_id IN (${enterprise})`,
    sessionDraft: session("draft"),
    sessionInviting: session("inviting"),
    sessionClosed: session("closed"),
    meetingPlanned: "SELECT id FROM meeting WHERE state = 'planned' AND invited_at IS NOT NULL",
    meetingHeld: "SELECT meeting_id FROM minutes WHERE state = 'sent'",
    meetingToWrite: "SELECT id FROM meeting WHERE state = 'held' AND id NOT IN (SELECT meeting_id FROM minutes)",
    dealDrafting: deal("drafting"),
    dealSigned: deal("signed"),
    dealFiled: deal("registration_filed"),
    dealPerforming: deal("performing"),
    dealLiquidated: "SELECT id FROM deal WHERE status = 'closed'",
    dealPaused: "SELECT id FROM deal WHERE status = 'paused'",
    outcome: `SELECT id FROM outcome_question WHERE answer IS NULL AND organisation_id IN (${enterprise})`,
  };
  return onExchange(async (client) => {
    const found: [string, string][] = [];
    for (const [name, query] of Object.entries(queries)) {
      const { rows } = await client.query<{ value: string }>(
        `SELECT (q.*)::text AS value FROM (${query} ORDER BY 1 LIMIT 1) q`,
      );
      const value = rows[0]?.value.replace(/[()"]/g, "");
      if (!value) throw new Error(`the demo exchange has no ${name}`);
      found.push([name, value]);
    }
    return Object.fromEntries(found) as DemoThings;
  });
}
