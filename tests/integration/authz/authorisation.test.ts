import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDeal } from "~/modules/deals/index.server";
import { storeUpload } from "~/modules/documents/index.server";
import { handleNotify } from "~/modules/notifications/index.server";
import { newId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { aDraft, addressIn, aPublishedNeed, aSubmitted } from "../../factories/listings";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { anAccepted, anInvited } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, signInAs, type TestWeb } from "../../setup/web";
import { ACTORS, type ActorName, EXPECTATIONS, type Row, type Things } from "./expectations";

let world: TestWorld;
let web: TestWeb;
let things: Things;
let emails: Record<ActorName, string | null>;
const tokens = {} as Record<ActorName, string | null>;

async function signInAll(): Promise<void> {
  for (const actor of ACTORS) {
    const email = emails[actor];
    tokens[actor] = email ? await signInAs(world, email) : null;
  }
}

/** Tells people of everything that happened so far, as the worker would; returns one of the mails. */
async function firstMail(): Promise<string> {
  const notify = handleNotify(() => world.system, world.container.queue);
  for (const { id } of await world.container.ports.db.outboxEvent.findMany({ orderBy: { seq: "asc" } })) {
    await notify({ payload: { eventId: id }, jobId: id, attempt: 1, lastAttempt: false });
  }
  return (await world.container.ports.db.mail.findFirstOrThrow({ orderBy: { id: "asc" } })).id;
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  const broker = await makeBroker(world);
  const own = await makeOrganisation(world, { broker });
  const other = await makeOrganisation(world, { broker });
  const owner = { organisationId: own.organisationId, manager: own.manager };
  const published = await aPublishedNeed(world, { owner, broker });
  const blind = await aPublishedNeed(world, { owner, broker, draft: { visibility: "blind" } });
  const bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#0a7" } })
    .png()
    .toBuffer();
  const stored = must(
    await storeUpload(world.ctx(own.manager), {
      kind: "picture",
      name: "anh.png",
      bytes,
      organisationId: own.organisationId,
    }),
  );
  const draft = await aDraft(world, "need", { owner, broker, draft: { pictureId: stored.fileId } });
  const submitted = await aSubmitted(world, "offering", { owner, broker });
  const deal = must(
    await openDeal(world.ctx(broker), {
      title: "Chuyển giao hệ lọc nước",
      origin: "phone",
      caseId: null,
      introductionId: null,
      meetingId: null,
      transferorId: null,
      transfereeId: own.organisationId,
      nextAction: "Gọi cho đơn vị",
      nextActionOn: localDay(world.clock.now()),
    }),
  );
  const { sessionId, meetingId } = await anInvited(world, {
    accepted: await anAccepted(world, { broker, need: owner }),
  });
  const mailId = await firstMail();
  things = {
    reference: published.reference,
    address: await addressIn(world, published),
    blindReference: blind.reference,
    publishedId: published.listingId,
    draftId: draft.listingId,
    submittedId: submitted.listingId,
    reviewId: submitted.reviewId,
    organisationId: own.organisationId,
    fileId: stored.fileId,
    dealId: deal.id,
    sessionId,
    meetingId,
    absentId: newId(),
    mailId,
  };
  emails = {
    anonymous: null,
    member: own.manager.email,
    other: other.manager.email,
    broker: broker.email,
  } as typeof emails;
  for (const role of ["registrar", "leader", "administrator"] as const)
    emails[role] = (await makeStaff(world, role)).email;
  await signInAll();
  web = await openTestWeb(world);
  // building, when the sources changed, is part of it
}, 600_000);
afterAll(async () => {
  await web?.close();
  await world?.close();
});

/** What an answer amounts to, in the words of the table. */
async function outcome(answer: Response, method: "GET" | "POST"): Promise<string> {
  const text = await answer.text();
  // a zero byte in a page spoils a letter of a field's value (app/entry.server.tsx)
  if (answer.headers.get("content-type")?.startsWith("text/html") && text.includes("\0")) return "zero-byte";
  // single fetch carries a redirect inside a 202
  const inside = answer.status === 202 ? /"redirect","?([^",]+)|"(\/[^"]*)"/.exec(text) : null;
  const location = answer.headers.get("location") ?? inside?.[2] ?? inside?.[1] ?? null;
  const redirected = answer.status === 202 || (answer.status >= 300 && answer.status < 400);
  if (redirected) {
    const path = location?.split("?")[0] ?? "";
    if (path === "/sign-in" && location?.includes("next=")) return "in";
    return method === "POST" ? "done" : path;
  }
  if (answer.status === 403) return "no";
  if (answer.status === 404) return "none";
  if (method === "POST" && answer.status === 200) return "done";
  if (method === "POST" && [400, 409, 413, 422, 429].includes(answer.status)) return "bad";
  return answer.status === 200 ? "ok" : String(answer.status);
}

async function ask(row: Row, method: "GET" | "POST", kind: "page" | "data"): Promise<string> {
  const at = row.at(things);
  const [path = "/", query] = at.split("?");
  const data = `${path === "/" ? "/_root" : path}.data`;
  const where = kind === "page" ? at : query ? `${data}?${query}` : data;
  const found: string[] = [];
  for (const actor of ACTORS) {
    const answer = await web.request(method, where, { token: tokens[actor], body: row.body });
    found.push(await outcome(answer, method));
  }
  return found.join(" ");
}

describe("who may use each route", () => {
  it("is written down for every route of the build, and only for those", () => {
    expect(Object.keys(web.build.routes).sort()).toEqual(Object.keys(EXPECTATIONS).sort());
  });

  for (const [id, row] of Object.entries(EXPECTATIONS)) {
    it(`${id}: GET`, async () => {
      if (!web.build.routes[id]) return;
      expect(await ask(row, "GET", "page")).toBe(row.get);
    });

    it(`${id}: data`, async () => {
      const route = web.build.routes[id];
      // resource routes have no page, so they have no data address
      if (!route?.module.default || !route.module.loader) return;
      expect(await ask(row, "GET", "data")).toBe(row.get);
    });

    it(`${id}: POST`, async () => {
      const route = web.build.routes[id];
      if (!route) return;
      expect(Boolean(route.module.action), "the table says whether there is an action").toBe(row.post !== undefined);
      if (!row.post) return;
      expect(await ask(row, "POST", "page")).toBe(row.post);
      if (id === "routes/sign-out") await signInAll();
    });
  }
});
