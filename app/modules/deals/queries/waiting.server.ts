import type { Prisma } from "~/generated/prisma/client";
import { type Ctx, isPerson } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { addDays } from "~/platform/reminder-steps";
import { FILE_DUE, PROCESS_DUE } from "../commands/due-kinds";
import { filingSide } from "../domain/registration-duty";
import { maySeeOfficeDeals, ownSides } from "../policy";
import { dayOf } from "./deal-row.server";
import type { DealTask, OpenDealItem } from "./views";

const WAITING = {
  id: true,
  officeId: true,
  reference: true,
  title: true,
  stage: true,
  status: true,
  brokerId: true,
  transferorId: true,
  transfereeId: true,
  transferorCountry: true,
  transfereeCountry: true,
  registrationDuty: true,
  transferorAcceptedAt: true,
  transfereeAcceptedAt: true,
  nextAction: true,
  nextActionOn: true,
  createdAt: true,
  milestones: {
    where: { doneOn: null, waivedOn: null, dueOn: { not: null } },
    select: { label: true, dueOn: true },
    orderBy: { dueOn: "asc" },
  },
} as const satisfies Prisma.DealSelect;
/** What comes within these days is worth a line; what is later waits on the deal's page. */
const AHEAD_DAYS = 30;
const SOON_DAYS = 14;

async function load(ctx: Ctx, where: Prisma.DealWhereInput) {
  const rows = await ctx.db.deal.findMany({
    where: { AND: [where, { status: { in: ["active", "paused"] } }] },
    select: WAITING,
    take: 500,
    orderBy: [{ nextActionOn: "asc" }, { id: "asc" }],
  });
  const dues = await ctx.db.due.findMany({
    where: { kind: { in: [FILE_DUE, PROCESS_DUE] }, state: "open", subjectId: { in: rows.map((row) => row.id) } },
    select: { kind: true, subjectId: true, dueOn: true },
  });
  const dueOf = (id: string, kind: string) =>
    dayOf(dues.find((due) => due.subjectId === id && due.kind === kind)?.dueOn ?? null);
  return { rows, dueOf };
}

const byDay = <T extends { dueOn: string | null }>(items: T[]): T[] =>
  items.sort((a, b) => (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999"));

/** What waits for the organisations this person belongs to: acceptance, the registration they file, milestones; else what goes on. */
export async function openDealsOf(ctx: Ctx): Promise<OpenDealItem[]> {
  const { actor } = ctx;
  if (!isPerson(actor) || actor.memberships.length === 0) return [];
  const ids = actor.memberships.map((membership) => membership.organisationId);
  const today = localDay(ctx.clock.now());
  const soon = addDays(today, SOON_DAYS);
  const { rows, dueOf } = await load(ctx, { OR: [{ transferorId: { in: ids } }, { transfereeId: { in: ids } }] });
  const items = rows.flatMap((row): OpenDealItem[] => {
    const sides = ownSides(actor, row);
    const item = (kind: OpenDealItem["kind"], dueOn: string | null = null, what: string | null = null) => ({
      kind,
      dealId: row.id,
      reference: row.reference,
      title: row.title,
      stage: row.stage,
      dueOn,
      overdue: dueOn !== null && dueOn < today,
      what,
    });
    const found: OpenDealItem[] = [];
    // the law's days run on while a deal rests; nothing else is asked then
    const rests = row.status === "paused";
    if (!rests && row.stage === "performing" && sides.some((side) => row[`${side}AcceptedAt`] === null))
      found.push(item("accept"));
    const fileBy = dueOf(row.id, FILE_DUE);
    const filer = row.registrationDuty && filingSide(row.registrationDuty, row);
    if (fileBy && filer && sides.includes(filer)) found.push(item("file_registration", fileBy));
    if (rests) return found;
    for (const milestone of row.milestones) {
      const dueOn = dayOf(milestone.dueOn);
      if (dueOn && dueOn <= soon) found.push(item("milestone", dueOn, milestone.label));
    }
    return found.length > 0 ? found : [item("follow")];
  });
  return byDay(items);
}

/** What waits for a broker (the office's, their own marked) or a registrar. Nothing for others. */
export async function dealTasks(ctx: Ctx): Promise<DealTask[]> {
  const { actor } = ctx;
  if (!maySeeOfficeDeals(actor)) return [];
  const broker = actor.grants.includes("broker");
  const registrar = actor.grants.includes("registrar");
  const today = localDay(ctx.clock.now());
  const ahead = addDays(today, AHEAD_DAYS);
  const { rows, dueOf } = await load(ctx, { officeId: actor.officeId });
  const tasks = rows.flatMap((row): DealTask[] => {
    // who belongs to a party waits as that party
    if (ownSides(actor, row).length > 0) return [];
    const task = (kind: DealTask["kind"], dueOn: string | null, what: string | null = null): DealTask => ({
      kind,
      dealId: row.id,
      reference: row.reference,
      title: row.title,
      stage: row.stage,
      what,
      dueOn,
      overdue: dueOn !== null && dueOn < today,
      mine: actor.personId === row.brokerId,
    });
    const found: DealTask[] = [];
    const fileBy = dueOf(row.id, FILE_DUE);
    if ((broker || registrar) && fileBy && fileBy <= ahead) found.push(task("registration_deadline", fileBy));
    const processBy = dueOf(row.id, PROCESS_DUE);
    if (registrar && processBy) found.push(task("registration_process", processBy));
    // the law's days run on while a deal rests; the rest of it waits
    if (!broker || row.status === "paused") return found;
    const next = dayOf(row.nextActionOn);
    if (next !== null && next <= today) found.push(task("next_action", next, row.nextAction));
    for (const milestone of row.milestones) {
      const dueOn = dayOf(milestone.dueOn);
      if (dueOn && dueOn <= today) found.push(task("milestone", dueOn, milestone.label));
    }
    const given = [row.transferorAcceptedAt, row.transfereeAcceptedAt].filter((at) => at !== null).length;
    if (row.stage === "performing" && given === 1) found.push(task("acceptance", null));
    return found;
  });
  return byDay(tasks);
}
