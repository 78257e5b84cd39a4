import { z } from "zod";
import type { RegistrationDuty } from "~/generated/prisma/enums";
import { HOME_COUNTRY, type PartySide } from "./choices";

/** The facts that decide the duty to register (Luật 07/2017/QH14 Điều 31); null = not known yet. */
export type DutyFacts = {
  transferorCountry: string | null;
  transfereeCountry: string | null;
  stateMoney: boolean | null;
  taskCertificate: boolean | null;
  restrictedList: boolean | null;
};
export type MissingFact = "countries" | "stateMoney" | "taskCertificate" | "restrictedList";

const condition = z.object({
  transferorAbroad: z.boolean().optional(),
  transfereeAbroad: z.boolean().optional(),
  stateMoney: z.boolean().optional(),
  taskCertificate: z.boolean().optional(),
  restrictedList: z.boolean().optional(),
});
/** The table of rule `registration.duty`: read from the top, the first line whose conditions all hold decides. */
export const dutyTable = z
  .array(z.object({ reason: z.string(), when: condition, duty: z.enum(["mandatory", "voluntary", "licence"]) }))
  .min(1);
export type DutyTable = z.output<typeof dutyTable>;

/** What has to be known before the duty can be told. */
export function missingFacts(facts: DutyFacts): MissingFact[] {
  return [
    ...(facts.transferorCountry === null || facts.transfereeCountry === null ? (["countries"] as const) : []),
    ...(["stateMoney", "taskCertificate", "restrictedList"] as const).filter((fact) => facts[fact] === null),
  ];
}

/**
 * Whether the contract has to be registered, and why. Null while a fact is unknown.
 * @throws Error when no line of the table holds: a table ends with a line without conditions
 */
export function decideDuty(table: DutyTable, facts: DutyFacts): { duty: RegistrationDuty; reason: string } | null {
  if (missingFacts(facts).length > 0) return null;
  const given: Record<keyof z.output<typeof condition>, boolean> = {
    transferorAbroad: facts.transferorCountry !== HOME_COUNTRY,
    transfereeAbroad: facts.transfereeCountry !== HOME_COUNTRY,
    stateMoney: facts.stateMoney === true,
    taskCertificate: facts.taskCertificate === true,
    restrictedList: facts.restrictedList === true,
  };
  const keys = Object.keys(given) as (keyof typeof given)[];
  const line = table.find(({ when }) => keys.every((key) => when[key] === undefined || when[key] === given[key]));
  if (!line) throw new Error("No line of the rule registration.duty fits these facts");
  return { duty: line.duty, reason: line.reason };
}

/** Who files for both sides: the transferee, or the transferor when the technology leaves Việt Nam. Nobody under a licence. */
export function filingSide(
  duty: RegistrationDuty,
  facts: Pick<DutyFacts, "transferorCountry" | "transfereeCountry">,
): PartySide | null {
  if (duty === "licence") return null;
  const outbound = facts.transferorCountry === HOME_COUNTRY && facts.transfereeCountry !== HOME_COUNTRY;
  return outbound ? "transferor" : "transferee";
}
