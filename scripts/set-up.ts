/**
 * Sets up what only the operator may: the Department's office, and the people who hold its roles.
 *   npm run set-up -- office --code QN --province 22 --name-vi NAME --name-en NAME --phone TEL --email ADDRESS
 *   npm run set-up -- person --role broker|registrar|leader|administrator --email ADDRESS --name NAME [--phone TEL]
 *   npm run set-up -- end --role ROLE --email ADDRESS
 * Running it again brings the office up to date, or gives a person a role (once) and a new address to choose a password.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { appointStaff, endAppointment, ensureOffice, provinceName } from "~/modules/accounts/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";

const USAGE = `Usage: npm run set-up -- office --code QN --province 22 --name-vi NAME --name-en NAME --phone TEL --email ADDRESS
       npm run set-up -- person --role broker|registrar|leader|administrator --email ADDRESS --name NAME [--phone TEL]
       npm run set-up -- end --role ROLE --email ADDRESS`;

const words = z.string().trim().min(1);
const office = z.object({
  code: z.string().regex(/^[A-Z0-9]{2,10}$/, "two to ten capital letters or digits"),
  province: z.string().refine((code) => provinceName(code, "en") !== null, "the two-digit code of a province"),
  "name-vi": words,
  "name-en": words,
  phone: words,
  email: z.email(),
});
const person = z.object({
  role: z.enum(["broker", "registrar", "leader", "administrator"]),
  email: z.email(),
  name: words,
  phone: words.optional(),
});

const ended = person.pick({ role: true, email: true });

type Work = (ctx: Ctx) => Promise<string>;

async function setOffice(ctx: Ctx, input: z.output<typeof office>): Promise<string> {
  const { code, province, phone, email } = input;
  const names = { nameVi: input["name-vi"], nameEn: input["name-en"] };
  const result = await ensureOffice(ctx, { code, provinceCode: province, ...names, phone, email });
  if (!result.ok) throw new Error(result.code);
  return `Office ${code}: ${names.nameVi}`;
}

async function appoint(ctx: Ctx, { name, ...input }: z.output<typeof person>): Promise<string> {
  const result = await appointStaff(ctx, { ...input, fullName: name });
  if (result.ok)
    return `${input.email} is ${input.role} and chooses a password once, within two hours, at\n${result.value.url}`;
  throw new Error(result.code === "accounts:error.noOffice" ? `Set up the office first.\n${USAGE}` : result.code);
}

async function end(ctx: Ctx, input: z.output<typeof ended>): Promise<string> {
  const result = await endAppointment(ctx, input);
  if (!result.ok) throw new Error(`${input.email} is not ${input.role}.`);
  return `${input.email} is ${input.role} no more.`;
}

function readWork(): Work | string {
  const option = { type: "string" } as const;
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        code: option,
        province: option,
        "name-vi": option,
        "name-en": option,
        phone: option,
        email: option,
        role: option,
        name: option,
      },
    });
    const told = (error: z.ZodError) => error.issues.map((one) => `--${one.path.join(".")}: ${one.message}`).join("\n");
    if (positionals[0] === "office") {
      const read = office.safeParse(values);
      return read.success ? (ctx) => setOffice(ctx, read.data) : told(read.error);
    }
    if (positionals[0] === "person") {
      const read = person.safeParse(values);
      return read.success ? (ctx) => appoint(ctx, read.data) : told(read.error);
    }
    if (positionals[0] === "end") {
      const read = ended.safeParse(values);
      return read.success ? (ctx) => end(ctx, read.data) : told(read.error);
    }
    return "Say what to set up.";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function main(): Promise<number> {
  const work = readWork();
  if (typeof work === "string") {
    console.error(`${work}\n${USAGE}`);
    return 2;
  }
  const container = createServeContainer(parseEnv(process.env), { name: "set-up" });
  try {
    console.log(await work(systemCtx(container, "set-up")));
    return 0;
  } finally {
    await container.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
