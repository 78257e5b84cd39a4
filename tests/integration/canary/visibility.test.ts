import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchListings } from "~/modules/matching/index.server";
import type { Actor } from "~/platform/context";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, signInAs, type TestWeb } from "../../setup/web";
import { openSmtpProcess, type SmtpProcess } from "../notifications/processes";
import { crawl, leaks, routesOf, type Sighting } from "./crawl";
import { type Scene, setScene } from "./scene";
import { ACTORS, type ActorName, found, mayRead, SECRET_NAMES, SECRETS, type SecretName } from "./secrets";
import { workersOf } from "./work";

let smtp: SmtpProcess;
let world: TestWorld;
let web: TestWeb;
let scene: Scene;
let workers: ReturnType<typeof workersOf>;

/** Every row of these tables as text. */
async function dump(pattern: RegExp): Promise<string> {
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    const wanted = tables.rows.filter(({ name }) => pattern.test(name));
    expect(wanted.length, `tables like ${pattern}`).toBeGreaterThan(0);
    const rows: string[] = [];
    for (const { name } of wanted)
      rows.push(
        ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map(({ row }) => row),
      );
    return rows.join("\n");
  } finally {
    await client.end();
  }
}

const actorOf = (name: ActorName): Actor => (name === "anonymous" ? { kind: "anonymous" } : scene.actors[name]);
const nameOf = (email: string) => ACTORS.find((name) => name !== "anonymous" && scene.emails[name] === email);

beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ poolSize: 10, env: { SMTP_URL: smtp.url } });
  workers = workersOf(world);
  scene = await setScene(world, workers.workAll);
  await workers.workAll();
  web = await openTestWeb(world);
}, 240_000);

afterAll(async () => {
  await web?.close();
  await world?.close();
  await smtp?.close();
});

describe("no hidden field leaves through a page", () => {
  for (const actor of ACTORS) {
    it(`as ${actor}: pages, data, files and refused forms of every route`, { timeout: 180_000 }, async () => {
      const token = actor === "anonymous" ? null : await signInAs(world, scene.emails[actor]);
      const { asked, sightings, broken } = await crawl(web, scene, actor, token);
      expect.soft(broken, "answers that hid the page behind an error").toEqual([]);
      expect(asked).toBeGreaterThan(routesOf(web).length * 2);
      expect.soft(leaks(sightings, scene.places)).toEqual([]);
      expect(missing(actor, sightings), "what must be shown, so that this test can fail").toEqual([]);
    });
  }

  /** A secret stands on at least one page of whoever it is meant for. */
  function missing(actor: ActorName, sightings: Sighting[]): SecretName[] {
    const seen = new Set(sightings.map(({ name }) => name));
    return SECRET_NAMES.filter((name) => SECRETS[name].shownTo.includes(actor) && !seen.has(name));
  }
});

describe("no hidden field leaves another way", () => {
  it("search finds nothing by a word that the searcher may not read", { timeout: 120_000 }, async () => {
    for (const name of SECRET_NAMES) {
      const word = SECRETS[name].traces?.[0] ?? SECRETS[name].value;
      for (const actor of ACTORS) {
        if (mayRead(actor, name)) continue;
        const { total, cards } = await searchListings(world.ctx(actorOf(actor)), {
          q: `"${word}"`,
          sort: "relevance",
          page: 1,
        });
        const plain = await searchListings(world.ctx(actorOf(actor)), { q: word, sort: "relevance", page: 1 });
        expect([total, cards, plain.total], `${actor} searches ${name}`).toEqual([0, [], 0]);
      }
    }
    const known = await searchListings(world.ctx(scene.actors.broker), {
      q: "zqbrokerstext",
      sort: "relevance",
      page: 1,
    });
    expect(known.total, "brokers find what is for brokers").toBe(1);
  });

  it("the index holds no owner, contact or source of a blind listing and no contact of any", async () => {
    const rows = await world.container.ports.db.searchDocumentRow.findMany();
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const text = JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
      // listings for brokers and for the invited are indexed under their visibility, with their own words
      const words: SecretName[] =
        row.visibility === "brokers" || row.visibility === "invited"
          ? ["brokersTitle", "brokersText", "invitedTitle", "invitedText", "organisationName"]
          : [];
      expect(
        found(text).filter((name) => !words.includes(name)),
        `${row.visibility} in the index`,
      ).toEqual([]);
    }
    expect(found(rows.map(({ bodyFolded }) => bodyFolded).join("\n"))).toContain("brokersText");
  });

  it("mails tell their readers what they may know", () => {
    const mails = smtp.accepted();
    expect(mails.length).toBeGreaterThan(10);
    const told: string[] = [];
    const wrong: string[] = [];
    for (const { to, subject, text, html, attached = [] } of mails) {
      const actor = nameOf(to);
      for (const name of found([subject, text, html, ...attached].join("\n"))) {
        if (actor && SECRETS[name].shownTo.includes(actor)) told.push(name);
        if (!mayRead(actor ?? "anonymous", name))
          wrong.push(`${actor ?? "somebody else"} is told ${name} in "${subject}"`);
      }
    }
    expect(wrong).toEqual([]);
    expect(told, "the owner reads the reviewer's note in the mail").toContain("reviewNote");
    expect(told, "invited sides find the online room in their calendars").toContain("sessionUrl");
  });

  it("notices tell their readers what they may know", async () => {
    const notices = await world.container.ports.db.notice.findMany({
      include: { person: { select: { email: true } } },
    });
    expect(notices.length).toBeGreaterThan(10);
    const wrong = notices.flatMap(({ person, kind, params }) => {
      const actor = nameOf(person.email) ?? "anonymous";
      return found(JSON.stringify(params))
        .filter((name) => !mayRead(actor, name))
        .map((name) => `${actor}: ${kind} says ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("jobs, the outbox and the queue's own tables carry ids only", async () => {
    expect(workers.payloads.length).toBeGreaterThan(20);
    expect(found(JSON.stringify(workers.payloads))).toEqual([]);
    expect(found(await dump(/outbox_event|dead_letter|bullmq\./))).toEqual([]);
    expect(found(await dump(/listing_version/)), "the dump would show it").toContain("blindContactName");
  });

  it("log lines carry none", () => {
    expect(world.logText().length).toBeGreaterThan(1_000);
    expect(found(world.logText())).toEqual([]);
  });

  it("stored files are named by chance and stripped of what the camera wrote", async () => {
    const stored = await world.container.ports.db.storedFile.findMany({
      select: { storageKey: true, thumbnailKey: true },
    });
    expect(stored.length).toBe(4);
    expect(found(JSON.stringify(stored))).toEqual([]);
  });
});
