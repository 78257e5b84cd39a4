import type { GrantRole } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { linkToken } from "../links.server";
import { hashPassword } from "../passwords.server";
import { mayMakePeople } from "../policy";
import { createLink } from "./shared.server";

export type OfficeInput = {
  code: string;
  provinceCode: string;
  nameVi: string;
  nameEn: string;
  phone: string;
  email: string;
};

/** Sets up the Department's office, or brings its names and contacts up to date. System only. */
export async function ensureOffice(ctx: Ctx, input: OfficeInput): Promise<Result<{ id: string }>> {
  if (!mayMakePeople(ctx.actor)) return fail("notFound");
  const { code, ...rest } = input;
  const office = await ctx.db.office.upsert({
    where: { code },
    create: { id: newId(), ...input },
    update: rest,
    select: { id: true },
  });
  return ok(office);
}

export type PersonInput = {
  email: string;
  fullName: string;
  phone?: string;
  position?: string;
  password: string;
  grants?: GrantRole[];
};

/**
 * A person who does not sign up by themselves: confirmed, with a password and roles of the Department. Made once; a second
 * call with the same address changes nothing. System only.
 */
export async function ensurePerson(ctx: Ctx, input: PersonInput): Promise<Result<{ id: string; created: boolean }>> {
  if (!mayMakePeople(ctx.actor)) return fail("notFound");
  const email = cleanText(input.email).toLowerCase();
  const known = await ctx.db.person.findUnique({ where: { email }, select: { id: true } });
  if (known) return ok({ id: known.id, created: false });
  const passwordHash = await hashPassword(input.password);
  return transact(ctx, async (tx) => {
    const office = await tx.office.findFirstOrThrow({ select: { id: true } });
    const now = ctx.clock.now();
    const id = newId();
    await tx.person.create({
      data: {
        id,
        officeId: office.id,
        email,
        fullName: cleanText(input.fullName),
        phone: input.phone ?? null,
        position: input.position ?? null,
        passwordHash,
        emailConfirmedAt: now,
        createdAt: now,
        grants: {
          create: (input.grants ?? []).map((role) => ({ id: newId(), officeId: office.id, role, createdAt: now })),
        },
      },
    });
    await audit(tx, ctx, {
      action: "person.made",
      subjectKind: "person",
      subjectId: id,
      after: { grants: input.grants ?? [] },
    });
    return ok({ id, created: true });
  });
}

/**
 * Gives somebody a role of the Department, a new person or a known one, and returns an address at which they choose a
 * password once, within two hours. For the operator's terminal; nothing is mailed. System only.
 * Fails: notFound, accounts:error.noOffice.
 */
export async function appointStaff(
  ctx: Ctx,
  input: { email: string; fullName: string; phone?: string; role: GrantRole },
): Promise<Result<{ url: string; personId: string }>> {
  if (!mayMakePeople(ctx.actor)) return fail("notFound");
  const email = cleanText(input.email).toLowerCase();
  const { role } = input;
  return transact(ctx, async (tx) => {
    const office = await tx.office.findFirst({ select: { id: true } });
    if (!office) abort("accounts:error.noOffice");
    const now = ctx.clock.now();
    const known = await tx.person.findUnique({ where: { email }, select: { id: true } });
    const personId = known?.id ?? newId();
    if (!known) {
      await tx.person.create({
        data: {
          id: personId,
          officeId: office.id,
          email,
          fullName: cleanText(input.fullName),
          phone: input.phone ?? null,
          createdAt: now,
        },
      });
    }
    const grant = await tx.grant.findFirst({
      where: { personId, role, endedAt: null },
      select: { id: true },
    });
    if (!grant)
      await tx.grant.create({
        data: { id: newId(), officeId: office.id, personId, role, createdAt: now },
      });
    const linkId = await createLink(tx, ctx, personId, "reset_password");
    await audit(tx, ctx, { action: "person.appointed", subjectKind: "person", subjectId: personId, after: { role } });
    const url = new URL(`/reset/${linkToken(ctx.env, "reset_password", linkId)}`, ctx.env.PUBLIC_URL).href;
    return ok({ url, personId });
  });
}

/**
 * Takes a role of the Department away: from the next request on the person does no more than anybody else. What they did
 * stays theirs; the grant keeps its dates. System only. Fails: notFound (no such person, or not in that role).
 */
export async function endAppointment(ctx: Ctx, input: { email: string; role: GrantRole }): Promise<Result> {
  if (!mayMakePeople(ctx.actor)) return fail("notFound");
  const email = cleanText(input.email).toLowerCase();
  return transact(ctx, async (tx) => {
    const person = await tx.person.findUnique({ where: { email }, select: { id: true } });
    if (!person) return fail("notFound");
    const ended = await tx.grant.updateMany({
      where: { personId: person.id, role: input.role, endedAt: null },
      data: { endedAt: ctx.clock.now() },
    });
    if (ended.count === 0) return fail("notFound");
    await audit(tx, ctx, {
      action: "person.appointment-ended",
      subjectKind: "person",
      subjectId: person.id,
      before: { role: input.role },
    });
    return ok();
  });
}
