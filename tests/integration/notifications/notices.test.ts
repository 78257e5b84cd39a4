import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  mailbox,
  mailboxMail,
  markRead,
  noticesOf,
  notifyEvent,
  unreadCount,
} from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent, makeListingRow } from "./subjects";

let world: TestWorld;
let organisationId: string;
let manager: PersonActor;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  ({ organisationId, manager } = await makeOrganisation(world));
  const { id } = await makeListingRow(world, { organisationId });
  for (const type of ["listing.published", "listing.expired", "listing.rejected"] as const) {
    await notifyEvent(world.system, await emitEvent(world, type, id));
  }
});
afterAll(() => world?.close());

describe("notices in the page", () => {
  it("are read by their person only, one by one or all", async () => {
    const { actor: stranger } = await makePerson(world);
    const before = await noticesOf(world.ctx(manager));
    expect(before.unread).toBeGreaterThan(2);
    const one = before.notices[0];
    expect(await markRead(world.ctx(stranger), { id: one?.id ?? "" })).toMatchObject({ ok: false, code: "notFound" });
    expect(must(await markRead(world.ctx(manager), { id: one?.id ?? "" }))).toEqual({ path: one?.path });
    expect(await unreadCount(world.ctx(manager))).toBe(before.unread - 1);
    must(await markRead(world.ctx(manager), { all: true }));
    expect(await unreadCount(world.ctx(manager))).toBe(0);
    expect((await noticesOf(world.ctx(stranger))).total).toBe(0);
    expect((await noticesOf(world.ctx())).total).toBe(0);
  });
  it("come in pages, newest first", async () => {
    const { id } = await makeListingRow(world, { organisationId });
    for (let i = 0; i < 22; i++) await notifyEvent(world.system, await emitEvent(world, "listing.expired", id));
    const [first, second, beyond] = [
      await noticesOf(world.ctx(manager), { page: 1 }),
      await noticesOf(world.ctx(manager), { page: 2 }),
      await noticesOf(world.ctx(manager), { page: 99 }),
    ];
    expect(first.notices).toHaveLength(20);
    expect(second.page).toBe(2);
    expect(beyond.page).toBe(beyond.pages);
    const ids = [...first.notices, ...second.notices].map((notice) => notice.id);
    expect(ids).toEqual([...new Set(ids)]);
  });
  it("show the broker's answer to who asked, read when shown and stored nowhere else", async () => {
    const { id } = await makeListingRow(world, { organisationId });
    const asker = await makeOrganisation(world);
    const interest = {
      id: newId(),
      listingId: id,
      organisationId: asker.organisationId,
      personId: asker.manager.personId,
    };
    const settled = {
      state: "answered" as const,
      answer: "Câu trả lời",
      answeredAt: world.clock.now(),
      answeredById: asker.broker.personId,
    };
    await db().interest.create({
      data: { ...interest, ...settled, kind: "ask_broker", message: "m", createdAt: world.clock.now() },
    });
    const eventId = await emitEvent(world, "interest.answered", interest.id);
    await notifyEvent(world.system, eventId);
    expect((await noticesOf(world.ctx(asker.manager))).notices[0]).toMatchObject({
      kind: "interest-answered",
      answer: "Câu trả lời",
      path: `/interests/${interest.id}`,
    });
    expect(
      JSON.stringify([
        await db().notice.findMany({ where: { eventId } }),
        await db().mail.findMany({ where: { subjectId: interest.id } }),
      ]),
    ).not.toContain("Câu trả lời");
  });
  it("have a mailbox only outside production", async () => {
    expect((await mailbox(world.ctx())).length).toBeGreaterThan(0);
    const production = { ...world.ctx(), env: { ...world.env, APP_MODE: "production" as const } };
    expect(await mailbox(production)).toEqual([]);
    const any = await db().mail.findFirstOrThrow();
    expect(await mailboxMail(production, any.id)).toBeNull();
  });
});
