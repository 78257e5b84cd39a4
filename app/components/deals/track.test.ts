import { describe, expect, it } from "vitest";
import type { RegistrationView } from "~/modules/deals/index.server";
import { formatAmount, formatPercent, typedAmount } from "./amounts";
import { trackOf } from "./track";

type Tracked = Parameters<typeof trackOf>[0];
const entry = (number: number, stage: Tracked["stage"]): Tracked["timeline"][number] => ({
  id: String(number),
  number,
  at: new Date(`2026-11-0${number}T02:00:00Z`),
  command: "open",
  stage,
  status: "active",
  by: null,
  byRole: "broker",
  params: {},
  note: null,
});
const registration = (over: Partial<RegistrationView>): RegistrationView => ({
  duty: "mandatory",
  reason: "stateMoney",
  ruleVersion: 1,
  source: "",
  filedBy: "transferee",
  wish: false,
  deadline: null,
  filedOn: null,
  late: false,
  processBy: null,
  returned: null,
  certificateNumber: null,
  certificateOn: null,
  certificateDocumentId: null,
  ...over,
});
const deal = (over: Partial<Tracked>): Tracked => ({
  stage: "negotiation",
  status: "active",
  timeline: [entry(1, "negotiation")],
  registration: null,
  signedOn: null,
  liquidatedOn: null,
  createdAt: new Date("2026-11-01T02:00:00Z"),
  ...over,
});
const states = (over: Partial<Tracked>) =>
  Object.fromEntries(trackOf(deal(over)).map((item) => [item.stage, item.state]));

describe("the way of a deal", () => {
  it("names one next stage; a memorandum is never owed", () => {
    expect(states({})).toMatchObject({
      negotiation: "current",
      mou: "optional",
      drafting: "next",
      signed: "ahead",
      liquidated: "ahead",
    });
  });

  it("leaves out what this deal did without", () => {
    const timeline = [entry(3, "signed"), entry(2, "drafting"), entry(1, "negotiation")];
    const found = states({ stage: "signed", timeline, registration: registration({ duty: "voluntary" }) });
    expect(found).toMatchObject({
      mou: "skipped",
      signed: "current",
      registration_filed: "skipped",
      registered: "skipped",
      performing: "next",
    });
  });

  it("dates the stages by the law's days where there are any", () => {
    const timeline = [
      entry(4, "registration_filed"),
      entry(3, "signed"),
      entry(2, "drafting"),
      entry(1, "negotiation"),
    ];
    const items = trackOf(
      deal({
        stage: "registration_filed",
        timeline,
        signedOn: "2026-10-20",
        registration: registration({ filedOn: "2026-10-28" }),
      }),
    );
    const on = Object.fromEntries(items.map((item) => [item.stage, item.on]));
    expect(on).toMatchObject({ signed: "2026-10-20", registration_filed: "2026-10-28", registered: null });
    expect(on.drafting).toEqual(new Date("2026-11-02T02:00:00Z"));
  });

  it("is done to the end when the deal is closed, and has no next stage when it is paused or lost", () => {
    const closed = states({ stage: "liquidated", status: "closed", liquidatedOn: "2026-11-05" });
    expect(closed.liquidated).toBe("done");
    expect(Object.values(states({ status: "lost" }))).not.toContain("next");
  });
});

describe("amounts", () => {
  it("are written in the page's language and read back from the field", () => {
    expect(formatAmount(1_250_000_000n, "VND", "vi")).toBe("1,25 tỷ đồng");
    expect(formatAmount(12_500_050n, "USD", "vi")).toBe("125.000,5 USD");
    expect(formatAmount(12_500_050n, "USD", "en")).toBe("USD 125,000.5");
    expect(typedAmount(1_250_000_000n, "VND")).toBe("1.250.000.000");
    expect(typedAmount(null, "VND")).toBeNull();
    expect(formatPercent(250, "vi")).toBe("2,5 %");
  });
});
