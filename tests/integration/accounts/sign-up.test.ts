import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  appointStaff,
  changePassword,
  confirmEmail,
  endAppointment,
  linkToken,
  requestConfirmation,
  requestReset,
  resetPassword,
  resolveActor,
  revokeLogin,
  setConsents,
  signIn,
  signOut,
  signUp,
  verifyLinkToken,
  viewAccount,
  viewLink,
} from "~/modules/accounts/index.server";
import { signUpSchema } from "~/modules/accounts/schemas";
import {
  confirmationToken,
  makeOffice,
  makePerson,
  makeStaff,
  must,
  PASSWORD,
  signedInAs,
} from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

const caller = { remoteAddress: "192.0.2.7", userAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0" };
let world: TestWorld;
const form = (email: string, over: Record<string, unknown> = {}) => ({
  ...signUpSchema.parse({
    fullName: "Người thử",
    email,
    password: PASSWORD,
    consents: ["account", "newsletter"],
    ...over,
  }),
  ...caller,
});
const db = () => world.container.ports.db;
const events = (type: string, subjectId?: string) =>
  db().outboxEvent.findMany({ where: { type, subjectId }, orderBy: { seq: "asc" } });

beforeAll(async () => {
  world = await openTestWorld();
  await makeOffice(world);
});
afterAll(() => world.close());

describe("sign-up", () => {
  it("stores the person, consents per purpose and one link; mails it through the outbox with ids only", async () => {
    must(
      await signUp(
        world.ctx(),
        form("first@example.invalid", { email: " First@Example.INVALID ", phone: "0203 123 4567" }),
      ),
    );
    const person = await db().person.findUniqueOrThrow({
      where: { email: "first@example.invalid" },
      include: { consents: true, oneTimeLinks: true },
    });
    expect(person).toMatchObject({ phone: "0203 123 4567", emailConfirmedAt: null, locale: "vi" });
    expect(person.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(person.consents.map((row) => row.purpose).sort()).toEqual(["account", "newsletter"]);
    expect(person.consents.every((row) => row.textVersion === "2026-11-22" && row.channel === "sign-up form")).toBe(
      true,
    );
    const [event] = await events("person.signed-up", person.id);
    expect(event?.payload).toEqual({ linkId: person.oneTimeLinks[0]?.id });
    const audit = await db().auditEntry.findMany({
      where: { subjectId: person.id },
      select: { action: true, before: true, after: true },
    });
    expect(audit).toEqual([
      { action: "person.signed-up", before: null, after: { consents: ["account", "newsletter"] } },
    ]);
  });

  it("refuses what will not do, beside the field", () => {
    const result = signUpSchema.safeParse({
      fullName: " ",
      email: "no",
      password: "matkhau123",
      phone: "12",
      consents: [],
    });
    const paths = Object.fromEntries(
      (result.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]),
    );
    expect(paths).toMatchObject({
      fullName: "accounts:error.required",
      email: "accounts:error.emailWrong",
      password: "accounts:error.passwordCommon",
      phone: "accounts:error.phoneWrong",
    });
    const noConsent = signUpSchema.safeParse({ fullName: "A", email: "a@b.vn", password: PASSWORD });
    expect(noConsent.error?.issues.map((issue) => issue.message)).toEqual(["accounts:error.consentNeeded"]);
  });

  it("answers alike for a new, a waiting and a confirmed address", async () => {
    const { actor } = await makePerson(world, { email: "known@example.invalid" });
    const answers = [];
    for (const email of ["brand-new@example.invalid", "first@example.invalid", "known@example.invalid"]) {
      answers.push(await signUp(world.ctx(), form(email, { password: "một mật khẩu khác hẳn" })));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    // the confirmed person keeps the password and gets a way to choose a new one
    expect((await signIn(world.ctx(), { email: "known@example.invalid", password: PASSWORD, ...caller })).ok).toBe(
      true,
    );
    expect(await events("person.reset-requested", actor.personId)).toHaveLength(1);
  });

  it("makes one person when the same address signs up many times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => signUp(world.ctx(), form("rush@example.invalid"))),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await db().person.count({ where: { email: "rush@example.invalid" } })).toBe(1);
  });
});

describe("confirmation", () => {
  it("takes mailbox and password both: a stranger's sign-up with my address opens nothing for them", async () => {
    must(await signUp(world.ctx(), form("victim@example.invalid", { password: "kẻ gian chọn trước" })));
    const token = await confirmationToken(world, "victim@example.invalid");
    expect(await confirmEmail(world.ctx(), { token, password: "mật khẩu chủ hộp thư", ...caller })).toMatchObject({
      ok: false,
      code: "accounts:error.passwordWrong",
    });
    // the owner signs up: the newest sign-up counts, its link too
    must(await signUp(world.ctx(), form("victim@example.invalid", { password: "mật khẩu chủ hộp thư" })));
    const own = await confirmationToken(world, "victim@example.invalid");
    expect(await confirmEmail(world.ctx(), { token, password: "mật khẩu chủ hộp thư", ...caller })).toMatchObject({
      code: "accounts:error.linkUsed",
    });
    expect((await confirmEmail(world.ctx(), { token: own, password: "mật khẩu chủ hộp thư", ...caller })).ok).toBe(
      true,
    );
  });

  it("works once, also when pressed twice at once, and looking at it uses nothing up", async () => {
    must(await signUp(world.ctx(), form("once@example.invalid")));
    const token = await confirmationToken(world, "once@example.invalid");
    expect(await viewLink(world.ctx(), "confirm_email", token)).toEqual({
      state: "ready",
      email: "on…@example.invalid",
    });
    const twice = await Promise.all(
      [1, 2].map(() => confirmEmail(world.ctx(), { token, password: PASSWORD, ...caller })),
    );
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    expect(twice.find((answer) => !answer.ok)).toMatchObject({ code: "accounts:error.linkUsed" });
    expect(await viewLink(world.ctx(), "confirm_email", token)).toMatchObject({ state: "over" });
  });

  it("ends after three days; a new link is mailed to who waits, and the answer never tells", async () => {
    must(await signUp(world.ctx(), form("late@example.invalid")));
    const token = await confirmationToken(world, "late@example.invalid");
    world.clock.advanceDays(3.01);
    expect(await viewLink(world.ctx(), "confirm_email", token)).toMatchObject({ state: "over" });
    expect(await confirmEmail(world.ctx(), { token, password: PASSWORD, ...caller })).toMatchObject({
      code: "accounts:error.linkUsed",
    });
    const before = await db().oneTimeLink.count();
    const answers = await Promise.all(
      ["late@example.invalid", "known@example.invalid", "nobody@example.invalid"].map((email) =>
        requestConfirmation(world.ctx(), { email, ...caller }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await db().oneTimeLink.count()).toBe(before + 1);
    const again = await confirmationToken(world, "late@example.invalid");
    expect((await confirmEmail(world.ctx(), { token: again, password: PASSWORD, ...caller })).ok).toBe(true);
  });

  it("knows its own tokens only", async () => {
    const id = "01990000-0000-7000-8000-000000000001";
    const token = linkToken(world.env, "confirm_email", id);
    expect(verifyLinkToken(world.env, "confirm_email", token)).toBe(id);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
    for (const wrong of [
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      token.toUpperCase(),
      "",
      ".",
      "a.b.c",
      "x".repeat(200),
    ]) {
      expect(verifyLinkToken(world.env, "confirm_email", wrong), wrong).toBeNull();
    }
    expect(verifyLinkToken(world.env, "reset_password", token)).toBeNull();
    expect(
      verifyLinkToken({ ...world.env, SESSION_SECRET: "another secret that is long enough!" }, "confirm_email", token),
    ).toBeNull();
    expect(await viewLink(world.ctx(), "confirm_email", token)).toEqual({ state: "wrong", email: null });
  });
});

describe("sign-in", () => {
  it("gives one answer for an unknown e-mail and a wrong password, at a similar cost", async () => {
    await makePerson(world, { email: "timing@example.invalid" });
    // processor time, which other work on the machine does not stretch: argon2 is nearly all of it
    const cost = async (email: string) => {
      const before = process.cpuUsage();
      const answer = await signIn(world.ctx(), { email, password: "sai mật khẩu rồi", ...caller });
      const used = process.cpuUsage(before);
      return { answer, microseconds: used.user + used.system };
    };
    await cost("warm-up@example.invalid");
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round++) {
      const a = await cost("timing@example.invalid");
      const b = await cost("nobody-here@example.invalid");
      expect(a.answer).toEqual(b.answer);
      expect(a.answer).toMatchObject({ ok: false, code: "accounts:error.signInWrong" });
      known.push(a.microseconds);
      unknown.push(b.microseconds);
    }
    const median = (list: number[]) => list.sort((x, y) => x - y)[3] ?? 0;
    // a look-up without argon2 takes under a tenth of one with it
    expect(median(unknown)).toBeGreaterThan(median(known) / 3);
    expect(median(known)).toBeGreaterThan(median(unknown) / 3);
  });

  it("tells only who knows the password that the address waits for confirmation", async () => {
    must(await signUp(world.ctx(), form("waiting@example.invalid")));
    expect(
      await signIn(world.ctx(), { email: "waiting@example.invalid", password: "không phải", ...caller }),
    ).toMatchObject({ code: "accounts:error.signInWrong" });
    expect(
      await signIn(world.ctx(), { email: "waiting@example.invalid", password: PASSWORD, ...caller }),
    ).toMatchObject({ code: "accounts:error.unconfirmed" });
  });

  it("keeps a hash of the cookie's secret, and ends with sign-out, after 14 days and when the person is disabled", async () => {
    const { actor, loginToken } = await makePerson(world);
    expect(Buffer.from(loginToken, "base64url")).toHaveLength(32);
    expect(JSON.stringify(await db().login.findMany({ where: { personId: actor.personId } }))).not.toContain(
      loginToken,
    );
    expect(await resolveActor(world.container, `${loginToken}x`)).toBeNull();
    expect(await resolveActor(world.container, "")).toBeNull();
    must(await signOut(world.ctx(actor)));
    expect(await resolveActor(world.container, loginToken)).toBeNull();

    const second = must(await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).loginToken;
    world.clock.advanceDays(13.9);
    expect(await resolveActor(world.container, second)).not.toBeNull();
    world.clock.advanceDays(0.2);
    expect(await resolveActor(world.container, second)).toBeNull();

    const third = must(await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).loginToken;
    await db().person.update({ where: { id: actor.personId }, data: { disabledAt: world.clock.now() } });
    expect(await resolveActor(world.container, third)).toBeNull();
    expect(await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).toMatchObject({
      code: "accounts:error.signInWrong",
    });
  });

  it("notes that a login was seen at most once an hour", async () => {
    const { actor, loginToken } = await makePerson(world);
    const seen = async () =>
      (await db().login.findUniqueOrThrow({ where: { id: actor.loginId } })).lastSeenAt.getTime();
    const start = await seen();
    world.clock.advanceDays(0.5 / 24);
    await signedInAs(world, loginToken);
    expect(await seen()).toBe(start);
    world.clock.advanceDays(1 / 24);
    await signedInAs(world, loginToken);
    expect(await seen()).toBe(world.clock.now().getTime());
  });

  it("lists my logins and ends mine only", async () => {
    const { actor } = await makePerson(world);
    const other = must(await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).loginToken;
    const view = await viewAccount(world.ctx(actor));
    expect(view?.logins).toHaveLength(2);
    expect(view?.logins.filter((login) => login.current).map((login) => login.id)).toEqual([actor.loginId]);
    expect(view?.logins.map((login) => login.device)).toContain("Firefox · Windows");
    const otherId = view?.logins.find((login) => !login.current)?.id ?? "";
    const stranger = await makePerson(world);
    expect(await revokeLogin(world.ctx(stranger.actor), { loginId: otherId })).toMatchObject({ code: "notFound" });
    expect(await revokeLogin(world.ctx(actor), { loginId: "not-an-id" })).toMatchObject({ code: "notFound" });
    must(await revokeLogin(world.ctx(actor), { loginId: otherId }));
    expect(await resolveActor(world.container, other)).toBeNull();
  });
});

describe("passwords", () => {
  it("changes with the current one and ends the other logins", async () => {
    const { actor, loginToken } = await makePerson(world);
    const other = must(await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).loginToken;
    expect(
      await changePassword(world.ctx(actor), { current: "không đúng", password: "nắng tháng tám rám trái bưởi" }),
    ).toMatchObject({
      code: "accounts:error.passwordWrong",
      fields: { current: ["accounts:error.passwordWrong"] },
    });
    expect(
      must(await changePassword(world.ctx(actor), { current: PASSWORD, password: "nắng tháng tám rám trái bưởi" })),
    ).toEqual({ ended: 1 });
    expect(await resolveActor(world.container, other)).toBeNull();
    expect(await resolveActor(world.container, loginToken)).not.toBeNull();
    expect((await signIn(world.ctx(), { email: actor.email, password: PASSWORD, ...caller })).ok).toBe(false);
    expect(await events("person.password-changed", actor.personId)).toHaveLength(1);
  });

  it("is reset by a link that works once, within two hours, and ends all logins", async () => {
    const { actor, loginToken } = await makePerson(world);
    const answers = await Promise.all(
      [actor.email, "nobody@example.invalid"].map((email) => requestReset(world.ctx(), { email, ...caller })),
    );
    expect(answers[0]).toEqual(answers[1]);
    const first = await confirmationToken(world, actor.email, "reset_password");
    must(await requestReset(world.ctx(), { email: actor.email, ...caller }));
    const token = await confirmationToken(world, actor.email, "reset_password");
    expect(await resetPassword(world.ctx(), { token: first, password: "mây trôi trên vịnh" })).toMatchObject({
      code: "accounts:error.linkUsed",
    });
    expect(await resetPassword(world.ctx(), { token, password: actor.email })).toMatchObject({
      code: "accounts:error.passwordCommon",
    });
    must(await resetPassword(world.ctx(), { token, password: "mây trôi trên vịnh" }));
    expect(await resetPassword(world.ctx(), { token, password: "mây trôi trên vịnh 2" })).toMatchObject({
      code: "accounts:error.linkUsed",
    });
    expect(await resolveActor(world.container, loginToken)).toBeNull();
    expect((await signIn(world.ctx(), { email: actor.email, password: "mây trôi trên vịnh", ...caller })).ok).toBe(
      true,
    );

    must(await requestReset(world.ctx(), { email: actor.email, ...caller }));
    const late = await confirmationToken(world, actor.email, "reset_password");
    world.clock.advanceDays(2.1 / 24);
    expect(await resetPassword(world.ctx(), { token: late, password: "quá muộn mất rồi" })).toMatchObject({
      code: "accounts:error.linkUsed",
    });
  });

  it("is chosen by the first administrator at a printed address", async () => {
    const made = must(
      await appointStaff(world.system, {
        email: "first-admin@example.invalid",
        fullName: "Quản trị",
        role: "administrator",
      }),
    );
    const token = new URL(made.url).pathname.replace("/reset/", "");
    must(await resetPassword(world.ctx(), { token, password: "vịnh xanh đảo đá" }));
    const login = must(
      await signIn(world.ctx(), { email: "first-admin@example.invalid", password: "vịnh xanh đảo đá", ...caller }),
    );
    expect((await signedInAs(world, login.loginToken)).grants).toEqual(["administrator"]);
    const role = { email: "first-admin@example.invalid", role: "administrator" } as const;
    expect((await endAppointment(world.ctx(await makeStaff(world, "broker")), role)).ok).toBe(false);
    must(await endAppointment(world.system, role));
    expect((await signedInAs(world, login.loginToken)).grants).toEqual([]);
    expect((await endAppointment(world.system, role)).ok).toBe(false);
    expect((await appointStaff(world.ctx(), { email: "evil@example.invalid", fullName: "X", role: "broker" })).ok).toBe(
      false,
    );
    expect(
      (
        await appointStaff(world.ctx(await makeStaff(world, "broker")), {
          email: "evil@example.invalid",
          fullName: "X",
          role: "administrator",
        })
      ).ok,
    ).toBe(false);
  });
});

describe("consents", () => {
  it("are given and withdrawn by purpose; history stays", async () => {
    const { actor } = await makePerson(world);
    must(await setConsents(world.ctx(actor), { purposes: ["newsletter", "made-up"] }));
    must(await setConsents(world.ctx(actor), { purposes: [] }));
    must(await setConsents(world.ctx(actor), { purposes: ["newsletter"] }));
    const rows = await db().consent.findMany({ where: { personId: actor.personId }, orderBy: { id: "asc" } });
    // somebody the Department entered agreed to nothing yet, and saving other choices does not agree for them
    const staff = await makeStaff(world, "leader");
    must(await setConsents(world.ctx(staff), { purposes: ["newsletter"] }));
    expect((await db().consent.findMany({ where: { personId: staff.personId } })).map((row) => row.purpose)).toEqual([
      "newsletter",
    ]);
    expect(rows.map((row) => [row.purpose, row.withdrawnAt !== null])).toEqual([
      ["account", false],
      ["newsletter", true],
      ["newsletter", false],
    ]);
  });
});

it("logs no secret and no address", () => {
  expect(world.logText()).not.toContain(PASSWORD);
  expect(world.logText()).not.toContain("@example.invalid");
});
