import { sweepIntroductions } from "~/modules/brokering/index.server";
import { planRoyalties, saveMilestones, sweepDeals, sweepOutcomes } from "~/modules/deals/index.server";
import { milestonesSchema, royaltyPlanSchema } from "~/modules/deals/schemas";
import { sweepReconfirm } from "~/modules/listings/index.server";
import { sendInvitations, sweepMeetings, sweepMeetingsSoon } from "~/modules/sessions/index.server";
import type { EventType } from "~/platform/events";
import type { Result } from "~/platform/result";
import { anIntroduction, aPair } from "../../factories/cases";
import { aDealAt, aDealScene, revisionOf } from "../../factories/deals";
import { aPublishedNeed } from "../../factories/listings";
import { anAgreed } from "../../factories/outcomes";
import { must } from "../../factories/people";
import { aMeeting, anAccepted, aSession, stepOf } from "../../factories/sessions";
import type { TestWorld } from "../../setup/harness";

/** One rule of the calendar: what begins, which rules time it, and what a clock must do over its whole life. */
export type Life = {
  name: string;
  /** keys of the versioned rules that set its dates */
  rules: readonly string[];
  /** the day and hour on which it begins, in Việt Nam */
  start: string;
  begin(world: TestWorld): Promise<unknown>;
  sweep(world: TestWorld): Promise<Result<{ failed: number }>>;
  /** the clock goes from the beginning to this day, in steps of so many minutes */
  until: string;
  everyMinutes: number;
  /** what is told, in order: the moment in Việt Nam, the event, how many groups of readers */
  told: readonly (readonly [at: string, event: EventType, readers: number])[];
  /** the clock stands still from the beginning until then … */
  pausedUntil: string;
  /** … and makes up for it with this, once */
  afterPause: readonly (readonly [event: EventType, readers: number])[];
};

const HALF_DAY = 720;

/** Tết 2027: days off from Friday 5 February to Thursday 11 February, with the weekend in between. */
export const LIVES: readonly Life[] = [
  {
    name: "an introduction's reply-by over Tết: a reminder, the broker on the last day, expiry",
    rules: ["introduction.replyWorkingDays", "introduction.remindWorkingDays"],
    start: "2027-02-02 09:00",
    begin: async (world) => anIntroduction(world, await aPair(world)),
    sweep: (world) => sweepIntroductions(world.system),
    until: "2027-03-01",
    everyMinutes: HALF_DAY,
    // five working days: 3, 4 | 12, 15, 16 February; two before it is the 12th, the first day after the holidays
    told: [
      ["2027-02-12 00:00", "introduction.reminder-due", 2],
      ["2027-02-16 00:00", "introduction.escalated", 1],
      ["2027-02-17 00:00", "introduction.expired", 3],
    ],
    pausedUntil: "2027-02-25 09:00",
    afterPause: [["introduction.expired", 3]],
  },
  {
    name: "a meeting after Tết: a week and a day before it, on working days",
    rules: ["meeting.remindDaysBefore"],
    start: "2027-01-20 09:00",
    begin: (world) => aMeetingOn(world, "2027-02-16"),
    sweep: (world) => sweepMeetings(world.system),
    until: "2027-02-20",
    everyMinutes: HALF_DAY,
    // a week before is the 9th, in the holidays: told on the last working day before them
    told: [
      ["2027-02-04 00:00", "meeting.reminder-due", 2],
      ["2027-02-15 00:00", "meeting.reminder-due", 2],
    ],
    pausedUntil: "2027-02-15 15:00",
    afterPause: [["meeting.reminder-due", 2]],
  },
  {
    name: "a meeting on its day: an hour before it begins",
    rules: ["meeting.remindMinutesBefore"],
    start: "2027-02-12 08:00",
    begin: (world) => aMeetingOn(world, "2027-02-16"),
    sweep: (world) => sweepMeetingsSoon(world.system),
    until: "2027-02-17",
    everyMinutes: 10,
    told: [["2027-02-16 07:00", "meeting.soon", 2]],
    pausedUntil: "2027-02-16 07:55",
    afterPause: [["meeting.soon", 2]],
  },
  {
    name: "the registration of a contract whose ninety days end in Tết",
    rules: ["registration.daysAfterSigning", "registration.remindDays"],
    start: "2026-11-10 09:00",
    begin: async (world) => aDealAt(world, await aDealScene(world), "signed", { terms: { stateMoney: "yes" } }),
    sweep: (world) => sweepDeals(world.system),
    until: "2027-03-15",
    everyMinutes: HALF_DAY,
    // the ninetieth day is 8 February, a day off: the last day is the 12th
    told: [
      ["2027-01-13 00:00", "deal.registration-reminder", 3],
      ["2027-01-29 00:00", "deal.registration-reminder", 3],
      ["2027-02-09 00:00", "deal.registration-reminder", 3],
      ["2027-02-12 00:00", "deal.registration-reminder", 3],
      ["2027-02-15 00:00", "deal.registration-reminder", 3],
    ],
    pausedUntil: "2027-02-14 09:00",
    afterPause: [["deal.registration-reminder", 3]],
  },
  {
    name: "a milestone before Tết, told of until a week after its day",
    rules: ["deal.milestone.remindDays"],
    start: "2027-01-11 09:00",
    async begin(world) {
      const scene = await aDealScene(world);
      const dealId = await aDealAt(world, scene, "performing");
      const milestones = [{ label: "Bàn giao", dueOn: "2027-02-03" }];
      const plan = milestonesSchema.parse({ revision: await revisionOf(world, dealId), milestones });
      must(await saveMilestones(world.ctx(scene.broker), { dealId, ...plan }));
    },
    sweep: (world) => sweepDeals(world.system),
    until: "2027-03-01",
    everyMinutes: HALF_DAY,
    told: [
      ["2027-01-20 00:00", "deal.milestone-reminder", 3],
      ["2027-01-31 00:00", "deal.milestone-reminder", 3],
      ["2027-02-03 00:00", "deal.milestone-reminder", 3],
      ["2027-02-06 00:00", "deal.milestone-reminder", 3],
      ["2027-02-10 00:00", "deal.milestone-reminder", 3],
    ],
    pausedUntil: "2027-02-20 09:00",
    afterPause: [["deal.milestone-reminder", 3]],
  },
  {
    name: "royalties: each period of its own, a day off in Tết becomes the next working day",
    rules: ["deal.royalty.remindDays"],
    start: "2026-10-20 09:00",
    async begin(world) {
      const scene = await aDealScene(world);
      const terms = { paymentKinds: ["royalty_net_revenue"], royaltyPercent: "2,5", royaltyYears: "1" };
      const dealId = await aDealAt(world, scene, "performing", { terms });
      const form = { label: "Phí kỳ vụ, kỳ", firstOn: "2026-11-08", everyMonths: "3", times: "2" };
      const plan = royaltyPlanSchema.parse({ ...form, revision: await revisionOf(world, dealId) });
      must(await planRoyalties(world.ctx(scene.broker), { dealId, ...plan }));
    },
    sweep: (world) => sweepDeals(world.system),
    until: "2027-03-01",
    everyMinutes: HALF_DAY,
    // 8 November is a Sunday, 8 February a day of Tết
    told: [
      ["2026-10-26 00:00", "deal.royalty-reminder", 3],
      ["2026-11-06 00:00", "deal.royalty-reminder", 3],
      ["2026-11-09 00:00", "deal.royalty-reminder", 3],
      ["2026-11-12 00:00", "deal.royalty-reminder", 3],
      ["2026-11-16 00:00", "deal.royalty-reminder", 3],
      ["2027-01-29 00:00", "deal.royalty-reminder", 3],
      ["2027-02-09 00:00", "deal.royalty-reminder", 3],
      ["2027-02-12 00:00", "deal.royalty-reminder", 3],
      ["2027-02-15 00:00", "deal.royalty-reminder", 3],
      ["2027-02-19 00:00", "deal.royalty-reminder", 3],
    ],
    pausedUntil: "2027-02-25 09:00",
    // one for each of the two payments that nobody recorded, not one for each step missed
    afterPause: [["deal.royalty-reminder", 6]],
  },
  {
    name: "a listing that nobody confirms, asked in Tết",
    rules: ["listing.reconfirmMonths", "listing.reconfirmRemindDays", "listing.reconfirmHideDays"],
    start: "2026-11-06 09:00",
    begin: (world) => aPublishedNeed(world, { draft: { expiresOn: "15/10/2027" } }),
    sweep: (world) => sweepReconfirm(world.system),
    until: "2027-03-15",
    everyMinutes: HALF_DAY,
    told: [
      ["2027-02-06 00:00", "listing.reconfirm-due", 1],
      ["2027-02-13 00:00", "listing.reconfirm-due", 1],
      ["2027-02-20 00:00", "listing.unconfirmed", 1],
    ],
    pausedUntil: "2027-03-10 09:00",
    // nobody is hidden unwarned, however late it is
    afterPause: [["listing.reconfirm-due", 1]],
  },
  {
    name: "the chase after what came of it: 7, 30, 90, 180 days, over Tết",
    rules: ["outcome.askAfterDays"],
    start: "2027-01-08 09:00",
    begin: (world) => anAgreed(world),
    sweep: (world) => sweepOutcomes(world.system),
    until: "2027-08-01",
    everyMinutes: HALF_DAY,
    told: [
      ["2027-01-15 00:00", "outcome.asked", 2],
      ["2027-02-07 00:00", "outcome.asked", 2],
      ["2027-04-08 00:00", "outcome.asked", 2],
      ["2027-07-07 00:00", "outcome.asked", 2],
    ],
    pausedUntil: "2027-05-01 09:00",
    afterPause: [["outcome.asked", 2]],
  },
];

async function aMeetingOn(world: TestWorld, date: string): Promise<void> {
  const accepted = await anAccepted(world);
  const sessionId = await aSession(world, accepted.broker, { date });
  await aMeeting(world, sessionId, accepted);
  must(await sendInvitations(world.ctx(accepted.broker), await stepOf(world, sessionId)));
}
