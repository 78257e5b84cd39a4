import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  mailboxMail,
  notifyEvent,
  saveChoices,
  stopMails,
  stopToken,
  verifyStopToken,
  viewChoices,
  viewStop,
} from "~/modules/notifications/index.server";
import { choicesSchema } from "~/modules/notifications/schemas";
import type { PersonActor } from "~/platform/context";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, type TestWeb } from "../../setup/web";
import { emitEvent, makeListingRow } from "./subjects";

let world: TestWorld;
let web: TestWeb;
let reader: PersonActor;
let other: PersonActor;
let listingId: string;

beforeAll(async () => {
  world = await openTestWorld();
  web = await openTestWeb(world);
  const broker = await makeBroker(world);
  const made = await makeOrganisation(world, { broker });
  reader = made.manager;
  other = (await makeOrganisation(world, { broker })).manager;
  listingId = (await makeListingRow(world, { organisationId: made.organisationId })).id;
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const token = (what: "listings" | "deals" | "digest", person = reader) => stopToken(world.env, person.personId, what);
const modes = async (person = reader) =>
  Object.fromEntries((await viewChoices(world.ctx(person)))?.topics.map(({ topic, mode }) => [topic, mode]) ?? []);
/** As a mail program calls it: no Origin, no cookie. */
const oneClick = (path: string) =>
  fetch(`${web.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });

describe("the link that stops mails", () => {
  it("is in every mail that may be stopped, as RFC 8058 asks, and in no security mail", async () => {
    const eventId = await emitEvent(world, "listing.published", listingId);
    const { mailIds } = await notifyEvent(world.system, eventId);
    const written = (await mailboxMail(world.ctx(), mailIds[0] ?? ""))?.written;
    expect(written?.stopUrl).toBe(`http://127.0.0.1:3000/mail/stop/${token("listings")}`);
    expect(written?.text).toContain(written?.stopUrl);
    expect(written?.html).toContain("/account/notices");
    const secret = await notifyEvent(world.system, await emitEvent(world, "person.password-changed", reader.personId));
    const security = (await mailboxMail(world.ctx(), secret.mailIds[0] ?? ""))?.written;
    expect(security?.stopUrl).toBe(undefined);
    expect(security?.text).not.toContain("/mail/stop/");
  });

  it("cannot be forged, altered, or used for another kind or person", () => {
    const good = token("listings");
    expect(verifyStopToken(world.env, good)).toEqual({ personId: reader.personId, what: "listings" });
    const [head, , tail] = good.split(".");
    const [otherHead] = token("listings", other).split(".");
    const forged = [
      `${head}.deals.${tail}`,
      `${head}.digest.${tail}`,
      `${otherHead}.listings.${tail}`,
      `${good}=`,
      good.slice(0, -1),
      `${head}.listings.${"A".repeat(43)}`,
      "nonsense",
      "",
    ];
    for (const one of forged) expect(verifyStopToken(world.env, one), one).toBe(null);
  });

  it("changes nothing when a scanner opens it, and stops this kind at one press, twice without harm", async () => {
    const path = `/mail/stop/${token("listings")}`;
    for (let turn = 0; turn < 3; turn++) {
      const page = await fetch(`${web.url}${path}`);
      expect(page.status).toBe(200);
      expect(await page.text()).not.toContain(reader.email);
    }
    expect((await fetch(`${web.url}${path}`, { method: "HEAD" })).status).toBe(200);
    expect((await modes()).listings).toBe("immediate");
    for (let turn = 0; turn < 2; turn++) {
      const answer = await oneClick(path);
      expect(answer.status).toBe(200);
    }
    expect(await modes()).toMatchObject({ listings: "off", deals: "immediate", matches: "immediate" });
    expect((await modes(other)).listings).toBe("immediate");
    const entries = await world.container.ports.db.auditEntry.findMany({ where: { action: "person.mails-stopped" } });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actorKind: "anonymous", subjectId: reader.personId });
    expect(await viewStop(world.ctx(), token("listings"))).toMatchObject({ state: "ready", stopped: true });
    expect((await oneClick("/mail/stop/nonsense")).status).toBe(400);
    // the page's button comes back to the page
    const pressed = await fetch(`${web.url}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: web.url },
      body: "mode=daily",
    });
    expect(pressed.headers.get("location")).toMatch(/\?done=daily$/);
    expect((await modes()).listings).toBe("daily");
  });

  it("of a digest stops what comes in digests, and nothing else", async () => {
    must(
      await saveChoices(
        world.ctx(reader),
        choicesSchema.parse({
          timeZone: "UTC",
          digestHour: 8,
          digestWeekday: 1,
          listings: "daily",
          deals: "weekly",
          matches: "immediate",
        }),
      ),
    );
    must(await stopMails(world.ctx(), { token: token("digest"), mode: "off" }));
    expect(await modes()).toMatchObject({ listings: "off", deals: "off", matches: "immediate" });
  });

  it("lets go of mails of its kind that are still held", async () => {
    const fields = {
      timeZone: "Asia/Ho_Chi_Minh",
      digestHour: 8,
      digestWeekday: 1,
      listings: "immediate",
      quietOn: "on",
      quietFrom: "08:00",
      quietUntil: "12:00",
    };
    must(await saveChoices(world.ctx(reader), choicesSchema.parse(fields)));
    const eventId = await emitEvent(world, "listing.published", listingId);
    await notifyEvent(world.system, eventId);
    const held = () => world.container.ports.db.mail.findFirst({ where: { dedupeKey: { startsWith: `${eventId}:` } } });
    expect((await held())?.sendAfter).toEqual(new Date("2026-11-23T12:00+07:00"));
    must(await stopMails(world.ctx(), { token: token("listings"), mode: "off" }));
    expect(await held()).toMatchObject({ state: "failed", lastError: "stopped by its reader", sendAfter: null });
  });
});
