import { describe, expect, it } from "vitest";
import { fold } from "~/platform/text";
import { anInputLine, anInputListing } from "../../../../tests/factories/matching";
import { compareLine } from "../../listings/domain/compare-line";
import { countCorpus } from "./corpus-stats";
import { sharePoints } from "./evidence";
import type { InputLine } from "./listing-input";
import { nextDecision } from "./match-decisions";
import { fuseLists, planCandidates } from "./plan-candidates";
import { readListing } from "./read-listing";
import { scorePair } from "./score-pair";
import { sectorAffinity } from "./sector-affinity";

const now = new Date("2026-11-23T00:00:00Z");
const listing = anInputListing;
const line = anInputLine;

const OFFERINGS = [
  {
    title: "Hệ thống xử lý nước thải dệt nhuộm bằng keo tụ điện hóa",
    body: "Khử màu nước thải, giảm COD và độ màu cho làng nghề dệt nhuộm lụa tơ tằm.",
    sectorCodes: ["TNM-01"],
  },
  {
    title: "Máy sấy bơm nhiệt cho hải sản",
    body: "Sấy tôm, mực, cá ở nhiệt độ thấp, tiết kiệm điện năng so với sấy than.",
    sectorCodes: ["CBN-01"],
  },
  {
    title: "Phao nổi HDPE thay phao xốp",
    body: "Nuôi hàu, nuôi cá lồng bè trên biển, chịu sóng gió cấp 10.",
    sectorCodes: ["KTB-01"],
  },
  {
    title: "Rice straw baler for wet fields",
    body: "Collects rice straw after harvest so that farmers need not burn it.",
    sectorCodes: ["NNC-01"],
  },
  {
    title: "Phần mềm bệnh án điện tử",
    body: "Quản lý khám chữa bệnh, kết nối xét nghiệm, lưu trữ bệnh án.",
    sectorCodes: ["YTE-01"],
  },
  { title: "Máy may công nghiệp", body: "May quần áo tự động, cắt vải bằng laser.", sectorCodes: ["CCT-04"] },
  { title: "Mây tre đan xuất khẩu", body: "Công nghệ xử lý mây tre chống mốc.", sectorCodes: ["CCT-05"] },
  {
    title: "Công nghệ khử mùi trại gà",
    body: "Chế phẩm vi sinh ủ phân gà, giảm mùi hôi chuồng trại.",
    sectorCodes: ["NNC-02"],
  },
].map((facts) => readListing(listing(facts)));
const NEEDS = [
  {
    title: "Xử lý nước thải nhuộm lụa ở làng nghề",
    body: "Nước thải màu của hộ dệt nhuộm xả ra mương, vượt quy chuẩn về độ màu.",
    sectorCodes: ["TNM-01"],
  },
  {
    title: "Cần máy sấy hải sản tiết kiệm điện",
    body: "Cơ sở sấy tôm, mực bằng than, nhiệt độ không đều.",
    sectorCodes: ["CBN-01"],
  },
  { title: "Thu gom rơm rạ sau thu hoạch lúa", body: "Nông dân đốt rơm ngoài đồng ruộng, khói nhiều." },
  { title: "giam mui hoi trai ga" },
  { title: "Tấm pin cho vệ tinh viễn thám" },
].map((facts) => readListing(listing({ kind: "need", ...facts })));
const stats = countCorpus([...OFFERINGS, ...NEEDS], sectorAffinity([]));
const rules = { stats, compareLine, now };
type Read = (typeof NEEDS)[number];
const [dyeing, drying, straw, smell, satellite] = NEEDS as [Read, Read, Read, Read, Read];
const best = (need: Read) =>
  OFFERINGS.map((offering) => ({ offering, ...scorePair(need, offering, rules) })).sort((a, b) => b.score - a.score)[0];

describe("scorePair", () => {
  it("puts the offering that solves the need first, also across languages and without accents", () => {
    expect(best(dyeing)?.offering).toBe(OFFERINGS[0]);
    expect(best(drying)?.offering).toBe(OFFERINGS[1]);
    expect(best(straw)?.offering).toBe(OFFERINGS[3]);
    expect(best(smell)?.offering).toBe(OFFERINGS[7]);
    expect(best(satellite)?.score).toBeLessThan(20);
    expect(
      best(straw)?.contributions.some((one) => one.kind === "concept" && one.other.toLowerCase().includes("rice")),
    ).toBe(true);
  });

  it("gives contributions that add up to the score, for every pair", () => {
    for (const need of NEEDS) {
      for (const offering of OFFERINGS) {
        const { score, contributions } = scorePair(need, offering, rules);
        const sum = contributions.reduce((total, one) => total + one.points, 0);
        expect(sum).toBeCloseTo(score, 6);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }
    }
  });

  it("scores less when a named phrase is taken out of the offering", () => {
    let tried = 0;
    for (const need of NEEDS) {
      for (const offering of OFFERINGS) {
        const card = scorePair(need, offering, rules);
        for (const reason of card.contributions) {
          if (reason.kind !== "phrase") continue;
          const words = new Set(reason.phrase.split(" ").map(fold));
          const strip = (text: string | null) =>
            text
              ?.split(" ")
              .filter((word) => !words.has(fold(word.replace(/[.,]/g, ""))))
              .join(" ");
          const { listing: was } = offering;
          const without = readListing({
            ...was,
            texts: was.texts.map((text) => ({
              ...text,
              title: strip(text.title) ?? "",
              description: strip(text.description) ?? null,
            })),
          });
          expect(
            scorePair(need, without, rules).score,
            `${reason.phrase} in ${was.texts[0]?.title ?? ""}`,
          ).toBeLessThan(card.score);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(8);
  });

  it("adds like meaning as a reason of its own, and losing it costs the points shown", () => {
    const meaning = { tag: "m.12", model: "m", points: 12, likeness: () => 0.75 };
    for (const need of [dyeing, drying]) {
      const offering = best(need)?.offering ?? dyeing;
      const card = scorePair(need, offering, { ...rules, meaning });
      const plain = scorePair(need, offering, rules);
      const shown = card.contributions.find(({ kind }) => kind === "meaning");
      expect(shown).toMatchObject({ model: "m" });
      expect(card.score - plain.score).toBeCloseTo(shown?.points ?? -1, 0);
      expect(card.contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(card.score, 6);
      expect(scorePair(need, offering, { ...rules, meaning: { ...meaning, likeness: () => 0 } })).toEqual(plain);
    }
  });

  it("tells accents apart where both sides write them", () => {
    const need = readListing(listing({ kind: "need", title: "Máy", body: "Máy công nghiệp" }));
    const [, , , , , may, rattan] = OFFERINGS as [Read, Read, Read, Read, Read, Read, Read];
    expect(scorePair(need, may, rules).score).toBeGreaterThan(2 * scorePair(need, rattan, rules).score);
  });

  it("prefers the same sector to the same field, and that to a related one, but never without words", () => {
    const need = (sectorCodes: string[]) => readListing(listing({ kind: "need", title: "Máy gom rơm", sectorCodes }));
    const offering = readListing(listing({ title: "Máy gom rơm cuộn", sectorCodes: ["NNC-01"] }));
    const scores = [["NNC-01"], ["NNC-09"], ["TNM-02"], ["XXX-01"]].map((codes) =>
      scorePair(need(codes), offering, { ...rules, stats }),
    );
    const sharing = ["NNC-01", "TNM-02"].map((code) => ({ code, relatedCodes: ["KHCN:401"] }));
    const related = countCorpus([...OFFERINGS, ...NEEDS], sectorAffinity(sharing));
    scores[2] = scorePair(need(["TNM-02"]), offering, { ...rules, stats: related });
    const sectors = scores.map(({ contributions }) => contributions.find((one) => one.kind === "sector"));
    expect(sectors.slice(0, 3)).toMatchObject([
      { level: "same", code: "NNC-01" },
      { level: "field", code: "NNC" },
      { level: "related", code: "TNM-02" },
    ]);
    expect(sectors[3]).toBeUndefined();
    expect(scores.map(({ score }) => score)).toEqual([...scores.map(({ score }) => score)].sort((a, b) => b - a));
    const unlike = readListing(listing({ title: "Vệ tinh", sectorCodes: ["NNC-01"] }));
    expect(scorePair(need(["NNC-01"]), unlike, rules).score).toBe(0);
  });

  it("compares requirement lines with parameters of the same name, in any unit", () => {
    const asked = [
      line("Công suất xử lý", "gte", 240, null, "m³/ngày", true),
      line("Độ ồn", "lte", null, 60, "dB", false),
    ];
    const need = readListing(listing({ kind: "need", title: "Xử lý nước thải dệt nhuộm", lines: asked }));
    const offer = (lines: InputLine[]) =>
      scorePair(need, readListing(listing({ title: "Xử lý nước thải dệt nhuộm", lines })), rules);
    const meets = offer([line("Công suất xử lý", "eq", 20, 20, "m³/h")]);
    const fails = offer([line("Công suất xử lý", "eq", 2, 2, "m³/h")]);
    const silent = offer([line("Trọng lượng", "eq", 2, 2, "kg")]);
    expect(meets.contributions).toContainEqual(expect.objectContaining({ kind: "line", verdict: "meets" }));
    expect(fails.contributions).toContainEqual(expect.objectContaining({ kind: "line", verdict: "fails" }));
    expect(meets.score).toBeGreaterThan(silent.score);
    expect(silent.score).toBeGreaterThan(fails.score);
    expect(fails.missing).toContainEqual(expect.objectContaining({ kind: "line", why: "fails" }));
    expect(silent.missing.filter((one) => one.kind === "line")).toHaveLength(2);
    for (const card of [meets, fails, silent]) {
      expect(card.contributions.reduce((total, one) => total + one.points, 0)).toBeCloseTo(card.score, 6);
    }
  });

  it("is pure: the same pair gives the same card", () => {
    expect(scorePair(dyeing, OFFERINGS[0] as Read, rules)).toEqual(scorePair(dyeing, OFFERINGS[0] as Read, rules));
  });
});

describe("candidates", () => {
  it("plans short queries from the listing's own words, the other language and its sectors", () => {
    const plan = planCandidates(dyeing, stats);
    expect(plan[0]).toMatchObject({ label: "title", text: "Xử lý nước thải nhuộm lụa ở làng nghề" });
    expect(plan.some((query) => query.label.startsWith("phrase:") && /nước thải/i.test(query.text ?? ""))).toBe(true);
    expect(plan.some((query) => query.text === "waste water")).toBe(true);
    expect(plan.find((query) => query.label === "fields")?.sectors).toEqual(["TNM"]);
    for (const query of plan.slice(1))
      if (query.label.startsWith("phrase:")) expect((query.text ?? "").split(" ").length).toBeLessThanOrEqual(7);
  });

  it("rewards agreement when lists are fused", () => {
    const lists = [
      [{ id: "a" }, { id: "b" }],
      [{ id: "c" }, { id: "b" }],
      [{ id: "d" }, { id: "b" }],
    ];
    expect(fuseLists(lists, [1, 1, 1], 3)[0]).toBe("b");
    expect(fuseLists(lists, [1, 1, 1], 2)).toHaveLength(2);
  });
});

describe("small rules", () => {
  it("shares points so that tenths still add up", () => {
    expect(sharePoints([1, 1, 1], 10).reduce((a, b) => a + b)).toBeCloseTo(10, 9);
    expect(sharePoints([3, -1], 50)).toEqual([75, -25]);
    expect(sharePoints([0, 0], 0)).toEqual([0, 0]);
  });

  it("decides, changes and takes back, and refuses what makes no sense", () => {
    expect(nextDecision("none", "shortlist")).toBe("shortlisted");
    expect(nextDecision("shortlisted", "dismiss")).toBe("dismissed");
    expect(nextDecision("dismissed", "undo")).toBe("none");
    expect(nextDecision("none", "undo")).toBeNull();
    expect(nextDecision("shortlisted", "shortlist")).toBeNull();
  });
});
