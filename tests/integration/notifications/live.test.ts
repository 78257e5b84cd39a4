import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveActor, signOut } from "~/modules/accounts/index.server";
import { markRead, notifyEvent } from "~/modules/notifications/index.server";
import { loginCookieName } from "~/platform/http/cookies.server";
import { makePerson, must } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, type TestWeb } from "../../setup/web";
import { emitEvent, makeListingRow } from "./subjects";

let world: TestWorld;
let web: TestWeb;
/** another web process on the same database */
let second: TestWeb;

beforeAll(async () => {
  world = await openTestWorld();
  web = await openTestWeb(world);
  second = await openTestWeb(world);
});
afterAll(async () => {
  await web?.close();
  await second?.close();
  await world?.close();
});

type Open = {
  status: number;
  headers: Record<string, unknown>;
  events(): { id: string; event: string; data: string }[];
  ended(): boolean;
  close(): void;
};

/** A browser's EventSource, as far as the server can tell. */
function listen(to: TestWeb, token: string | null, lastEventId?: string): Promise<Open> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${to.url}/notices/live`,
      {
        headers: {
          accept: "text/event-stream",
          "accept-encoding": "gzip, br",
          ...(token ? { cookie: `${loginCookieName(world.env)}=${token}` } : {}),
          ...(lastEventId ? { "last-event-id": lastEventId } : {}),
        },
      },
      (answer) => {
        let text = "";
        let ended = false;
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () => {
          ended = true;
        });
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          ended: () => ended,
          events: () =>
            text
              .split("\n\n")
              .filter((block) => block.includes("event: "))
              .map((block) => ({
                id: /^id: (.*)$/m.exec(block)?.[1] ?? "",
                event: /^event: (.*)$/m.exec(block)?.[1] ?? "",
                data: /^data: (.*)$/m.exec(block)?.[1] ?? "",
              })),
          close: () => call.destroy(),
        });
      },
    );
    call.on("error", reject);
    call.end();
  });
}
const unread = (open: Open) =>
  open
    .events()
    .filter((event) => event.event === "unread")
    .map((event) => JSON.parse(event.data).unread as number);
async function tell(personId: string) {
  const { id } = await makeListingRow(world, { organisationId: null, createdById: personId });
  await notifyEvent(world.system, await emitEvent(world, "listing.published", id));
}

describe("the unread count in open pages", () => {
  it("comes at once, uncompressed, and again whenever it changes, in every web process", async () => {
    const { actor, loginToken } = await makePerson(world);
    const here = await listen(web, loginToken);
    const there = await listen(second, loginToken);
    expect(here.status).toBe(200);
    expect(here.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8" });
    expect(here.headers["content-encoding"]).toBe(undefined);
    await eventually(() => unread(here).at(-1) === 0 && unread(there).at(-1) === 0);
    await tell(actor.personId);
    await eventually(() => unread(here).at(-1) === 1 && unread(there).at(-1) === 1, { what: "the count in both" });
    must(await markRead(world.ctx(actor), { all: true }));
    await eventually(() => unread(here).at(-1) === 0 && unread(there).at(-1) === 0);
    here.close();
    there.close();
  });

  it("says nothing twice to a browser that comes back, and what it missed at once", async () => {
    const { actor, loginToken } = await makePerson(world);
    const first = await listen(web, loginToken);
    await eventually(() => first.events().length === 1);
    const { id } = first.events()[0] ?? { id: "" };
    first.close();
    const again = await listen(web, loginToken, id);
    await tell(actor.personId);
    await eventually(() => again.events().length > 0);
    expect(unread(again)).toEqual([1]);
    again.close();
    await tell(actor.personId);
    const later = await listen(web, loginToken, id);
    await eventually(() => unread(later).at(-1) === 2);
    later.close();
  });

  it("is nobody else's, and not for visitors", async () => {
    const { loginToken } = await makePerson(world);
    const other = await makePerson(world);
    const mine = await listen(web, loginToken);
    await eventually(() => mine.events().length === 1);
    await tell(other.actor.personId);
    const theirs = await listen(web, other.loginToken);
    await eventually(() => unread(theirs).at(-1) === 1);
    expect(unread(mine)).toEqual([0]);
    expect((await listen(web, null)).status).toBe(204);
    expect((await listen(web, "a login that nobody has ever had")).status).toBe(204);
    mine.close();
    theirs.close();
  });

  it("ends when its login ends, in whichever process that happens", async () => {
    const { loginToken } = await makePerson(world);
    const open = await listen(web, loginToken);
    await eventually(() => open.events().length === 1);
    const resolved = await resolveActor(world.container, loginToken);
    if (!resolved) throw new Error("not signed in");
    must(await signOut(world.ctx(resolved.actor)));
    await eventually(() => open.ended());
    expect(open.events().at(-1)?.event).toBe("end");
    expect((await listen(web, loginToken)).status).toBe(204);
  });

  it("keeps a few streams a person; the oldest gives way", async () => {
    const { loginToken } = await makePerson(world);
    const all: Open[] = [];
    for (let tab = 0; tab < 6; tab++) {
      const open = await listen(web, loginToken);
      await eventually(() => open.events().length === 1);
      all.push(open);
    }
    await eventually(() => all.filter((open) => open.ended()).length === 2);
    expect(all.map((open) => open.ended())).toEqual([true, true, false, false, false, false]);
    expect(all[0]?.events().at(-1)?.event).toBe("moved");
    for (const open of all) open.close();
  });
});
