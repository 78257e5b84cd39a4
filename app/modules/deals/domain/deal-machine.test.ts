import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationDuty } from "~/generated/prisma/enums";
import { DEAL_DOCUMENT_KINDS, DEAL_STAGES, type DocumentKind, PARTY_SIDES } from "./choices";
import {
  type DealCommand,
  type DealFacts,
  type DealRole,
  type DealSnapshot,
  decide,
  isOpenTo,
  OPENED,
  pointsOf,
  RULES,
} from "./deal-machine";
import { type HistoryRow, replayDeal } from "./replay";

const ROLES: DealRole[] = ["broker", "registrar", "leader", "transferor", "transferee", "outsider"];
const KINDS = Object.keys(RULES) as DealCommand["kind"][];
const TERMS = [
  "bothParties",
  "technologyName",
  "value",
  "objects",
  "form",
  "methods",
  "right",
  "countries",
  "stateMoney",
  "taskCertificate",
  "restrictedList",
  "checklist",
] as const;
const known = (value: boolean): DealFacts["known"] =>
  Object.fromEntries(TERMS.map((term) => [term, value])) as DealFacts["known"];
const ALL: DealFacts = {
  today: "2027-01-10",
  known: known(true),
  documents: DEAL_DOCUMENT_KINDS,
  openMilestones: 0,
  sidesWithoutMembers: [],
};

const sign = (over: Partial<Extract<DealCommand, { kind: "sign" }>> = {}): DealCommand => ({
  kind: "sign",
  signedOn: "2027-01-04",
  contractNumber: "01",
  effectiveOn: null,
  wish: false,
  duty: "mandatory",
  ...over,
});

/** Takes steps that must be possible. */
function walk(steps: [DealCommand, DealRole][], from: DealSnapshot = OPENED, facts = ALL): DealSnapshot {
  return steps.reduce((deal, [command, role]) => {
    const decision = decide(deal, command, role, facts);
    if (!decision.ok) throw new Error(`${command.kind}: ${decision.refusal}`);
    return decision.next;
  }, from);
}
const DRAFTING = walk([[{ kind: "start_drafting" }, "broker"]]);
const SIGNED = walk([[sign(), "broker"]], DRAFTING);
const FILED = walk([[{ kind: "file_registration", filedOn: "2027-01-06" }, "registrar"]], SIGNED);
const register: DealCommand = { kind: "register", certificateNumber: "1", certificateOn: "2027-01-08" };
const PERFORMING = walk(
  [
    [register, "registrar"],
    [{ kind: "start_performing" }, "broker"],
  ],
  FILED,
);
const accept = (side: "transferor" | "transferee"): DealCommand => ({ kind: "confirm_acceptance", side });
const ACCEPTED = walk(
  [
    [accept("transferee"), "transferee"],
    [accept("transferor"), "transferor"],
  ],
  PERFORMING,
);

describe("guards", () => {
  it.each(RULES.sign.points)("no signing without %s", (code) => {
    const facts =
      code === "signedContract"
        ? { ...ALL, documents: DEAL_DOCUMENT_KINDS.filter((kind) => kind !== "signed_contract") }
        : { ...ALL, known: { ...ALL.known, [code]: false } };
    expect(decide(DRAFTING, sign(), "broker", facts)).toMatchObject({ ok: false, refusal: code, missing: [code] });
    expect(pointsOf("sign", DRAFTING, facts).filter((point) => !point.met)).toEqual([{ code, met: false }]);
  });

  it.each([
    ["signedOn", DRAFTING, sign({ signedOn: "2027-01-11" }), "broker"],
    ["signedOn", DRAFTING, sign({ signedOn: "soon" }), "broker"],
    ["contractNumber", DRAFTING, sign({ contractNumber: " " }), "broker"],
    ["effectiveOn", DRAFTING, sign({ effectiveOn: "2027-01-05" }), "broker"],
    ["effectiveOn", DRAFTING, sign({ duty: "voluntary", effectiveOn: "2027-01-03" }), "broker"],
    ["filedOn", SIGNED, { kind: "file_registration", filedOn: "2027-01-03" }, "broker"],
    ["filedOn", SIGNED, { kind: "file_registration", filedOn: "2027-01-11" }, "broker"],
    ["certificateOn", FILED, { ...register, certificateOn: "2027-01-05" }, "registrar"],
    ["certificateOn", FILED, { ...register, certificateOn: "2027-01-11" }, "registrar"],
    ["certificateNumber", FILED, { ...register, certificateNumber: "" }, "registrar"],
    ["liquidatedOn", ACCEPTED, { kind: "liquidate", liquidatedOn: "2027-01-07" }, "broker"],
    ["liquidatedOn", ACCEPTED, { kind: "liquidate", liquidatedOn: "2027-01-11" }, "broker"],
    ["dutyDone", SIGNED, { kind: "start_performing" }, "broker"],
    ["sideWithoutMembers", PERFORMING, accept("transferor"), "broker"],
    ["role", FILED, register, "broker"],
    ["role", FILED, { kind: "return_registration", reasonCode: "other" }, "broker"],
    ["role", PERFORMING, accept("transferor"), "transferee"],
    ["role", ACCEPTED, { kind: "liquidate", liquidatedOn: "2027-01-09" }, "leader"],
    ["stage", OPENED, sign(), "broker"],
    ["stage", OPENED, { kind: "terminate", reasonCode: "breach" }, "broker"],
    ["stage", SIGNED, { kind: "lose", reasonCode: "price" }, "broker"],
  ] as [string, DealSnapshot, DealCommand, DealRole][])("refuses for %s", (refusal, deal, command, role) => {
    expect(decide(deal, command, role, ALL)).toMatchObject({ ok: false, refusal });
  });

  it("papers, milestones and days that have not come hold a step back", () => {
    const without = (kind: DocumentKind) => ({ ...ALL, documents: DEAL_DOCUMENT_KINDS.filter((one) => one !== kind) });
    const bare = { ...ALL, sidesWithoutMembers: ["transferor" as const] };
    const refusals: [DealSnapshot, DealCommand, DealRole, DealFacts][] = [
      [OPENED, { kind: "agree_mou" }, "broker", without("mou")],
      [SIGNED, { kind: "file_registration", filedOn: "2027-01-06" }, "broker", without("registration_file")],
      [FILED, register, "registrar", without("certificate")],
      [PERFORMING, accept("transferor"), "broker", { ...bare, documents: [] }],
      [ACCEPTED, { kind: "liquidate", liquidatedOn: "2027-01-09" }, "broker", without("liquidation_record")],
      [ACCEPTED, { kind: "liquidate", liquidatedOn: "2027-01-09" }, "broker", { ...ALL, openMilestones: 1 }],
    ];
    expect(
      refusals.map(([deal, command, role, facts]) => {
        const decision = decide(deal, command, role, facts);
        return decision.ok ? "taken" : decision.refusal;
      }),
    ).toEqual([
      "mouDocument",
      "registrationFile",
      "certificateFile",
      "acceptanceRecord",
      "liquidationRecord",
      "milestonesDone",
    ]);
    expect(decide(PERFORMING, accept("transferor"), "broker", bare)).toMatchObject({ ok: true });
    const later = walk([[sign({ duty: "voluntary", effectiveOn: "2027-02-01" }), "broker"]], DRAFTING);
    expect(decide(later, { kind: "start_performing" }, "broker", ALL)).toMatchObject({ refusal: "effectiveReached" });
  });
});

describe("random lives", () => {
  const day = fc.constantFrom("2026-12-30", "2027-01-04", "2027-01-06", "2027-01-08", "2027-01-20", "not a day");
  const duty = fc.constantFrom<RegistrationDuty | null>("mandatory", "voluntary", "licence", null);
  const side = fc.constantFrom(...PARTY_SIDES);
  const text = fc.constantFrom("", "1");
  const command: fc.Arbitrary<DealCommand> = fc.oneof(
    fc
      .constantFrom(
        ...KINDS.filter(
          (kind) =>
            ![
              "sign",
              "file_registration",
              "register",
              "return_registration",
              "pause",
              "lose",
              "terminate",
              "confirm_acceptance",
              "liquidate",
            ].includes(kind),
        ),
      )
      .map((kind) => ({ kind }) as DealCommand),
    fc.record({
      kind: fc.constant("sign" as const),
      signedOn: day,
      contractNumber: text,
      effectiveOn: fc.option(day),
      wish: fc.boolean(),
      duty,
    }),
    fc.record({ kind: fc.constant("file_registration" as const), filedOn: day }),
    fc.record({ kind: fc.constant("register" as const), certificateNumber: text, certificateOn: day }),
    fc.record({
      kind: fc.constantFrom("return_registration" as const, "pause" as const, "lose" as const, "terminate" as const),
      reasonCode: fc.constant("price"),
    }),
    fc.record({ kind: fc.constant("confirm_acceptance" as const), side }),
    fc.record({ kind: fc.constant("liquidate" as const), liquidatedOn: day }),
  );
  // most facts are there most of the time, or nothing would ever get far
  const often = fc.integer({ min: 0, max: 9 }).map((value) => value > 0);
  const facts: fc.Arbitrary<DealFacts> = fc.record({
    today: fc.constantFrom("2027-01-04", "2027-01-08", "2027-01-12"),
    known: fc.record(
      Object.fromEntries(TERMS.map((term) => [term, often])) as Record<(typeof TERMS)[number], fc.Arbitrary<boolean>>,
    ),
    documents: fc.oneof(fc.constant(DEAL_DOCUMENT_KINDS), fc.subarray([...DEAL_DOCUMENT_KINDS])),
    openMilestones: fc.constantFrom(0, 0, 0, 2),
    sidesWithoutMembers: fc.subarray([...PARTY_SIDES]),
  });
  /** Half of the time a step of the present stage by somebody who may take it; half of the time anything by anybody. */
  const turn = fc.record({
    command,
    role: fc.constantFrom(...ROLES),
    facts,
    fitting: fc.boolean(),
    pick: fc.nat(1_000),
  });
  const GOOD: Partial<Record<DealCommand["kind"], DealCommand>> = {
    sign: sign(),
    file_registration: { kind: "file_registration", filedOn: "2027-01-04" },
    register: { kind: "register", certificateNumber: "1", certificateOn: "2027-01-04" },
    liquidate: { kind: "liquidate", liquidatedOn: "2027-01-04" },
  };

  /** Steps that lead nowhere; they come by chance often enough. */
  const STAYING = [
    "lose",
    "terminate",
    "plan",
    "hand_over",
    "set_terms",
    "add_document",
    "save_milestones",
    "complete_milestone",
    "pause",
  ];

  it("no sequence of commands by any roles reaches a stage without its guards, and every history folds to its deal", () => {
    const reached = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(turn, { minLength: 5, maxLength: 40 }), (turns) => {
        let deal = OPENED;
        const history: HistoryRow[] = [
          { number: 0, command: "open", facts: {}, stage: "negotiation", status: "active" },
        ];
        const done: { before: DealSnapshot; command: DealCommand; role: DealRole; facts: DealFacts }[] = [];
        for (const { command: anyCommand, role: anybody, facts: now, fitting, pick } of turns) {
          const open = KINDS.filter((kind) => isOpenTo(kind, deal) && !STAYING.includes(kind));
          const kind = open[pick % Math.max(1, open.length)];
          const fits = fitting && kind !== undefined;
          const chosen: DealCommand = fits
            ? (GOOD[kind] ?? ({ kind, reasonCode: "price", side: PARTY_SIDES[pick % 2] } as DealCommand))
            : anyCommand;
          const roles = RULES[chosen.kind].roles;
          const role = fits
            ? chosen.kind === "confirm_acceptance"
              ? chosen.side
              : (roles[pick % roles.length] ?? anybody)
            : anybody;
          const decision = decide(deal, chosen, role, now);
          if (!decision.ok) continue;
          done.push({ before: deal, command: chosen, role, facts: now });
          const { stage, status, revision } = decision.next;
          history.push({ number: revision, command: chosen.kind, facts: decision.step.facts, stage, status });
          deal = decision.next;
          check(done, deal);
        }
        expect(replayDeal(history)).toEqual(deal);
        reached.set(deal.stage, (reached.get(deal.stage) ?? 0) + 1);
      }),
      { numRuns: 3_000 },
    );
    // the walk is worth something: it gets everywhere
    expect([...DEAL_STAGES].filter((stage) => !reached.has(stage))).toEqual([]);
  });

  /** What must have happened for a deal to stand where it stands. Written apart from the machine's own tables. */
  function check(
    done: { before: DealSnapshot; command: DealCommand; role: DealRole; facts: DealFacts }[],
    deal: DealSnapshot,
  ): void {
    const at = DEAL_STAGES.indexOf(deal.stage);
    const last = (kind: DealCommand["kind"]) => done.findLast((step) => step.command.kind === kind);
    const demand = (ok: boolean | undefined, what: string) => {
      if (!ok) throw new Error(`${deal.stage}/${deal.status} without ${what}`);
    };
    for (const step of done) demand(step.role !== "leader" && step.role !== "outsider", "somebody entitled");
    if (at >= DEAL_STAGES.indexOf("signed")) {
      const signing = last("sign");
      demand(signing?.role === "broker", "a broker's signing");
      demand(
        TERMS.every((term) => signing?.facts.known[term]),
        "complete terms",
      );
      demand(signing?.facts.documents.includes("signed_contract"), "the signed contract");
      demand(deal.duty !== null, "a decided duty");
      demand(deal.signedOn !== null && deal.signedOn <= (signing?.facts.today ?? ""), "a day of signing");
    } else demand(deal.signedOn === null && deal.effectiveOn === null, "an unsigned deal");
    if (deal.stage === "registration_filed") {
      demand(last("file_registration")?.facts.documents.includes("registration_file"), "a file");
      demand(deal.duty !== "licence", "a duty that is filed");
    }
    const registered = last("register");
    if (deal.stage === "registered") demand(registered !== undefined, "registration");
    if (registered) {
      demand(registered.role === "registrar", "a registrar");
      demand(registered.facts.documents.includes("certificate") && deal.certificateOn !== null, "the certificate");
    }
    // a contract that must be registered is never effective and never performed before its certificate
    if (deal.duty === "mandatory") {
      demand(deal.effectiveOn === deal.certificateOn, "effect by certificate");
      if (at >= DEAL_STAGES.indexOf("performing")) demand(registered !== undefined, "registration before performance");
    }
    if (at >= DEAL_STAGES.indexOf("performing"))
      demand(deal.effectiveOn !== null && deal.effectiveOn <= (last("start_performing")?.facts.today ?? ""), "effect");
    for (const one of PARTY_SIDES) {
      const given = done.find((step) => step.command.kind === "confirm_acceptance" && step.command.side === one);
      demand(deal.accepted[one] === (given !== undefined), "an acceptance of its own");
      if (given?.role === "broker")
        demand(
          given.facts.sidesWithoutMembers.includes(one) && given.facts.documents.includes("acceptance_record"),
          "a record for the absent",
        );
      else if (given) demand(given.role === one, "the side's own word");
    }
    if (at >= DEAL_STAGES.indexOf("accepted")) demand(deal.accepted.transferor && deal.accepted.transferee, "both");
    demand((deal.stage === "liquidated") === (deal.status === "closed"), "closing by liquidation");
    if (deal.stage === "liquidated") {
      const { facts: then } = last("liquidate") ?? {};
      demand(
        then?.documents.includes("liquidation_record") && then.openMilestones === 0,
        "a record and no open milestone",
      );
    }
    if (deal.status === "lost") demand(deal.signedOn === null && deal.reasonCode !== null, "an unsigned contract");
    if (deal.status === "terminated") demand(deal.signedOn !== null && deal.reasonCode !== null, "a signed contract");
    const ended = done.at(-1)?.before.status;
    demand(ended === "active" || ended === "paused", "a live deal before");
  }

  it("replays nothing that could not have happened", () => {
    const open: HistoryRow = { number: 0, command: "open", facts: {}, stage: "negotiation", status: "active" };
    const next = (command: string, over: Partial<HistoryRow> = {}): HistoryRow => ({
      ...open,
      number: 1,
      command,
      ...over,
    });
    expect(() => replayDeal([])).toThrow("without history");
    expect(() => replayDeal([next("sign", { number: 0 })])).toThrow("begins by opening");
    expect(() => replayDeal([open, next("register")])).toThrow("not possible in negotiation");
    expect(() => replayDeal([open, next("dance")])).toThrow("not possible");
    expect(() => replayDeal([open, next("agree_mou")])).toThrow("gives mou/active");
    expect(() => replayDeal([open, next("plan", { number: 2 })])).toThrow("not in order");
  });
});
