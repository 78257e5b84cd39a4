import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withdrawListing } from "~/modules/listings/index.server";
import { indexListing, rebuildIndex, searchListings } from "~/modules/matching/index.server";
import { createSearchMeilisearch } from "~/platform/adapters/search-meilisearch.server";
import { createSearchPostgres } from "~/platform/adapters/search-postgres.server";
import type { SearchPort } from "~/platform/ports/search";
import { bundled } from "../../../scripts/lib/bundled";
import { type MeiliServer, meilisearchAtHand, openMeilisearch } from "../../contract/search/meilisearch-server";
import { aPublished, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";

const LISTINGS = 7;
/** After so many listings of two each step the process is held and killed. */
const REACHED = 4;
const WORDS = "dệt nhuộm";

/** `npm run reindex` as a process of its own. */
function reindex(world: TestWorld, env: Record<string, string>) {
  const { REDIS_URL: _redis, MEILI_URL: _meili, ...inherited } = process.env;
  const child = spawn(process.execPath, [bundled("scripts/reindex.ts"), "--batch", "2"], {
    env: {
      ...inherited,
      NODE_ENV: "test",
      APP_MODE: "test",
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.env.DATA_DIR,
      PUBLIC_URL: world.env.PUBLIC_URL,
      SESSION_SECRET: world.env.SESSION_SECRET,
      SEARCH_PREFIX: world.env.SEARCH_PREFIX,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += String(chunk)));
  const ended = once(child, "exit");
  return { output: () => output, ended, kill: () => child.kill("SIGKILL") };
}

/** Holds the process when it wants to write the next documents into the fresh index: `env` it needs, and how to let go. */
type Hold = { env: Record<string, string>; release(): Promise<void> };

/** A trigger that waits for a lock of ours once the fresh index holds what was to be reached. */
async function holdPostgres(world: TestWorld): Promise<Hold> {
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  await client.query(`
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.index_name <> (SELECT index_name FROM search_alias WHERE alias = '${world.env.SEARCH_PREFIX}listings')
        AND (SELECT count(*) FROM search_document WHERE index_name = NEW.index_name) >= ${REACHED}
      THEN PERFORM pg_advisory_xact_lock(7); END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER hold BEFORE INSERT ON search_document FOR EACH ROW EXECUTE FUNCTION hold();
    SELECT pg_advisory_lock(7)`);
  return {
    env: {},
    async release() {
      await client.query("SELECT pg_advisory_unlock(7); DROP TRIGGER hold ON search_document; DROP FUNCTION hold");
      await client.end();
    },
  };
}

/** A server in between that does not answer further writes into the fresh index. */
async function holdMeilisearch(server: MeiliServer): Promise<Hold> {
  let writes = 0;
  const between = createServer((asked, answer) => {
    const write = asked.method === "POST" && /listings_[0-9a-f]{32}\/documents(\?|$)/.test(asked.url ?? "");
    if (write && ++writes > REACHED / 2) return;
    const { hostname, port } = new URL(server.url);
    const on = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (said) => {
      answer.writeHead(said.statusCode ?? 500, said.headers);
      said.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    asked.pipe(on);
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  return {
    env: { MEILI_URL: `http://127.0.0.1:${(between.address() as AddressInfo).port}` },
    async release() {
      between.closeAllConnections();
      await new Promise((resolve) => between.close(resolve));
    },
  };
}

const engines = [
  { engine: "postgres", atHand: true },
  { engine: "meilisearch", atHand: meilisearchAtHand() },
] as const;

for (const { engine, atHand } of engines) {
  describe.skipIf(!atHand)(`a rebuild on ${engine} that is killed half way`, () => {
    let server: MeiliServer | null = null;
    let world: TestWorld;
    let made: MadeListing[];
    let hold: Hold | null = null;

    beforeAll(async () => {
      server = engine === "meilisearch" ? await openMeilisearch() : null;
      world = await openTestWorld({ env: server ? { MEILI_URL: server.url } : {} });
      const broker = await makeBroker(world);
      await withReferenceData(world);
      await world.container.ports.search.prepare();
      const owner = await makeOrganisation(world, { broker });
      made = [];
      for (let at = 0; at < LISTINGS; at += 1) {
        const draft = { title: `Xử lý nước thải dệt nhuộm số ${at}`, sectorMain: "MTR-01" };
        made.push(await aPublished(world, "offering", { broker, owner, draft }));
      }
      for (const { listingId } of made) await indexListing(world.system, listingId);
    });
    afterEach(async () => {
      await hold?.release();
      hold = null;
    });
    afterAll(async () => {
      await world?.close();
      await server?.close();
    });

    const found = async (search: SearchPort = world.container.ports.search) => {
      const page = await searchListings({ ...world.ctx(), search }, { q: WORDS, sort: "newest", page: 1 });
      return { ids: page.cards.map(({ id }) => id), total: page.total, facets: page.facets };
    };
    /** An index built from nothing beside it. */
    const another = async (): Promise<SearchPort> => {
      const prefix = `other_${world.env.SEARCH_PREFIX}`;
      const search = server
        ? createSearchMeilisearch({ ...server, prefix })
        : createSearchPostgres(world.container.ports.db, prefix);
      await rebuildIndex({ ...world.system, search });
      return search;
    };

    it("goes on where it was; searches are answered all the while; the index is as one built from nothing", async () => {
      hold = server ? await holdMeilisearch(server) : await holdPostgres(world);
      const env: Record<string, string> = server ? { MEILI_URL: server.url } : {};
      const first = reindex(world, { ...env, ...hold.env });
      await eventually(() => first.output().includes(`${REACHED} listings,`), {
        within: 25_000,
        what: `the step after ${REACHED} listings`,
      });
      expect((await found()).total, "while it is being built").toBe(LISTINGS);
      first.kill();
      expect(await first.ended).toEqual([null, "SIGKILL"]);
      await hold.release();
      hold = null;
      expect((await found()).total, "after it was killed").toBe(LISTINGS);

      // life goes on: one of those already written leaves the shelf
      const [gone] = made as [MadeListing];
      must(await withdrawListing(world.ctx(gone.owner), { listingId: gone.listingId }));
      await indexListing(world.system, gone.listingId);
      expect((await found()).total).toBe(LISTINGS - 1);

      const second = reindex(world, env);
      expect(await second.ended, second.output()).toEqual([0, null]);
      expect(second.output()).toContain(`Indexed ${LISTINGS - REACHED} listings`);
      expect(second.output()).toContain(`(${engine}, going on with a rebuild that was broken off)`);
      const after = await found();
      expect(after.total).toBe(LISTINGS - 1);
      expect(after).toEqual(await found(await another()));

      const third = reindex(world, env);
      expect(await third.ended, third.output()).toEqual([0, null]);
      expect(third.output()).toContain(`Indexed ${LISTINGS - 1} listings`);
      expect(third.output()).not.toContain("going on");
      expect(await found()).toEqual(after);
    }, 60_000);
  });
}
