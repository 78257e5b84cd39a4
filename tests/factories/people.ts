import type { GrantRole, MembershipRole } from "~/generated/prisma/enums";
import {
  acceptInvitation,
  confirmEmail,
  decideOrganisation,
  ensureOffice,
  ensurePerson,
  foundOrganisation,
  inviteColleague,
  linkToken,
  personActor,
  resolveActor,
  signUp,
} from "~/modules/accounts/index.server";
import { foundOrganisationSchema, signUpSchema } from "~/modules/accounts/schemas";
import type { PersonActor } from "~/platform/context";
import type { Result } from "~/platform/result";
import type { TestWorld } from "../setup/harness";

/** People and organisations for tests, made by the real commands. */

export const PASSWORD = "mưa rào tháng bảy";
const caller = { remoteAddress: "192.0.2.1", userAgent: "test" };
let serial = 0;
const next = () => ++serial;

/** The value of a result that must be good. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected success, got ${result.code}: ${JSON.stringify(result)}`);
  return result.value;
}

/** A valid tax code of no real holder (prefix 99), another one for every number. */
export function testTaxCode(number: number = next() + 1000): string {
  for (let serialPart = number * 11 + 1; ; serialPart++) {
    const nine = `99${String(serialPart).padStart(7, "0")}`;
    const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce(
      (total, weight, index) => total + weight * Number(nine[index]),
      0,
    );
    const digit = 10 - (sum % 11);
    if (digit !== 10) return `${nine}${digit}`;
  }
}

/** The Department's office; every world needs one before its first person. */
export async function makeOffice(world: TestWorld): Promise<{ id: string }> {
  return must(
    await ensureOffice(world.system, {
      code: "QN",
      provinceCode: "22",
      nameVi: "Sở KH&CN Quảng Ninh",
      nameEn: "Quang Ninh DOST",
      phone: "0203 000 0000",
      email: "office@example.invalid",
    }),
  );
}

/** Somebody who signed up and confirmed, signed in: actor and the cookie's secret. */
export async function makePerson(
  world: TestWorld,
  input: { email?: string; fullName?: string } = {},
): Promise<{ actor: PersonActor; loginToken: string }> {
  await makeOffice(world);
  const email = input.email ?? `person-${next()}@example.invalid`;
  const form = signUpSchema.parse({
    fullName: input.fullName ?? `Người thử ${serial}`,
    email,
    password: PASSWORD,
    locale: "vi",
    consents: ["account"],
  });
  must(await signUp(world.ctx(), { ...form, ...caller }));
  const token = await confirmationToken(world, email);
  const { loginToken } = must(await confirmEmail(world.ctx(), { token, password: PASSWORD, ...caller }));
  return { actor: await signedInAs(world, loginToken), loginToken };
}

/** Token of the newest confirmation link of this address, as the mail would carry it. */
export async function confirmationToken(
  world: TestWorld,
  email: string,
  purpose: "confirm_email" | "reset_password" = "confirm_email",
): Promise<string> {
  const link = await world.container.ports.db.oneTimeLink.findFirstOrThrow({
    where: { purpose, person: { email } },
    orderBy: { id: "desc" },
  });
  return linkToken(world.env, purpose, link.id);
}

/** The actor behind a cookie's secret now, with today's memberships and grants. */
export async function signedInAs(world: TestWorld, loginToken: string): Promise<PersonActor> {
  const resolved = await resolveActor(world.container, loginToken);
  if (!resolved) throw new Error("this login is not good (any more)");
  return resolved.actor;
}

/** The same person with memberships and grants read again. */
export function refreshed(world: TestWorld, actor: PersonActor): Promise<PersonActor> {
  return personActor(world.system, actor.personId).then((fresh) => ({ ...fresh, loginId: actor.loginId }));
}

/** Somebody with a role of the Department. */
export async function makeStaff(
  world: TestWorld,
  role: GrantRole,
  input: { fullName?: string; phone?: string } = {},
): Promise<PersonActor> {
  await makeOffice(world);
  const number = next();
  const { id } = must(
    await ensurePerson(world.system, {
      email: `${role}-${number}@example.invalid`,
      fullName: input.fullName ?? `${role} ${number}`,
      phone: input.phone ?? "0203 111 2222",
      password: PASSWORD,
      grants: [role],
    }),
  );
  return personActor(world.system, id);
}

export const makeBroker = (world: TestWorld): Promise<PersonActor> => makeStaff(world, "broker");

export type OrganisationOptions = {
  nameVi?: string;
  taxCode?: string;
  type?: string;
  provinceCode?: string;
  communeCode?: string;
};

/** A pending organisation founded by this person; returns the actor with its new membership. */
export async function makePendingOrganisation(
  world: TestWorld,
  founder: PersonActor,
  input: OrganisationOptions = {},
): Promise<{ organisationId: string; actor: PersonActor }> {
  const number = next();
  const form = foundOrganisationSchema.parse({
    nameVi: `Công ty thử nghiệm ${number}`,
    type: "private_enterprise",
    taxCode: testTaxCode(number),
    provinceCode: "22",
    evidence: "Giấy giới thiệu số 01 của đơn vị, điện thoại trụ sở.",
    notDuplicate: "yes",
    ...input,
  });
  const { id } = must(await foundOrganisation(world.ctx(founder), form));
  return { organisationId: id, actor: await refreshed(world, founder) };
}

/** A verified organisation with its manager, signed in. Give a broker to save making one. */
export async function makeOrganisation(
  world: TestWorld,
  input: OrganisationOptions & { broker?: PersonActor } = {},
): Promise<{ organisationId: string; manager: PersonActor; broker: PersonActor }> {
  const { broker: given, ...options } = input;
  const broker = given ?? (await makeBroker(world));
  const { actor } = await makePerson(world);
  const { organisationId, actor: manager } = await makePendingOrganisation(world, actor, options);
  must(await decideOrganisation(world.ctx(broker), { organisationId, decision: "approve" }));
  return { organisationId, manager: await refreshed(world, manager), broker };
}

/** Another member of an organisation, who came by invitation. */
export async function makeColleague(
  world: TestWorld,
  manager: PersonActor,
  organisationId: string,
  role: MembershipRole = "member",
): Promise<PersonActor> {
  const { actor } = await makePerson(world);
  const { id } = must(await inviteColleague(world.ctx(manager), { organisationId, email: actor.email, role }));
  must(await acceptInvitation(world.ctx(actor), { token: linkToken(world.env, "invitation", id) }));
  return refreshed(world, actor);
}
