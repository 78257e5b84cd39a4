import { describe, expect, it } from "vitest";
import rules from "../../../../prisma/seed/data/rules.json";
import {
  askedOf,
  listHints,
  needsSecond,
  obsoleteQuestionsSchema,
  readChecklist,
  technologyListsSchema,
} from "./review-checklist";

const ruleValue = (key: string) => rules.find((rule) => rule.key === key)?.value;
const lists = technologyListsSchema.parse(ruleValue("technology.lists"));
const questions = obsoleteQuestionsSchema.parse(ruleValue("review.obsoleteQuestions"));
const offering = { kind: "offering" as const, objects: ["equipment_with_technology"], needTypes: [], methods: [] };
const need = { kind: "need" as const, objects: [], needTypes: ["licence"], methods: [] };

describe("the checklist", () => {
  it("asks about machines only where machines come along, about the owner only of offerings", () => {
    expect(askedOf(offering, questions, 0, "public")).toEqual({ questions, owner: true, contacts: false });
    expect(askedOf(need, questions, 2, "blind")).toEqual({ questions: [], owner: false, contacts: true });
    expect(askedOf({ ...need, needTypes: ["buy_line_with_technology"] }, questions, 0, "public").questions).toEqual(
      questions,
    );
    expect(askedOf(need, questions, 2, "brokers").contacts).toBe(false);
  });

  it("must be answered whole; what forbids approval says so at its field", () => {
    const asked = askedOf(offering, questions, 1, "public");
    const all = Object.fromEntries(questions.map(({ code }) => [code, "no"]));
    const empty = readChecklist({}, asked);
    expect(empty.ok ? [] : Object.keys(empty.fields)).toEqual([
      "listStatus",
      ...questions.map(({ code }) => `obsolete.${code}`),
      "owner",
      "contactsSeen",
    ]);
    const good = { listStatus: "restricted", obsolete: all, owner: "proven", contactsSeen: true };
    expect(readChecklist(good, asked)).toEqual({ ok: true, checklist: good });
    expect(readChecklist({ ...good, listStatus: "prohibited" }, asked)).toMatchObject({
      fields: { listStatus: ["review:error.prohibited"] },
    });
    expect(readChecklist({ ...good, owner: "unproven" }, asked)).toMatchObject({
      fields: { owner: ["review:error.unproven"] },
    });
    expect(readChecklist({ listStatus: "none" }, askedOf(need, questions, 0, "public"))).toMatchObject({ ok: true });
  });

  it("points to entries of the lists by whole words, whatever the accents", () => {
    const hints = (text: string) => listHints([text], lists).map((entry) => entry.list);
    expect(hints("Dây chuyền tấm lợp amiăng")).toContain("restricted");
    expect(hints("giống ngô biến đổi gen")).toContain("restricted");
    expect(hints("Xử lý nước thải chế biến hải sản bằng màng")).toEqual([]);
  });

  it("a broker never approves alone what they posted, unless the organisation confirmed it", () => {
    const author = { onBehalf: true, onBehalfConfirmedAt: null, createdById: "a", submittedById: "b" };
    expect(needsSecond(false, author, "a")).toBe(true);
    expect(needsSecond(false, author, "b")).toBe(true);
    expect(needsSecond(false, author, "c")).toBe(false);
    expect(needsSecond(false, { ...author, onBehalfConfirmedAt: new Date() }, "a")).toBe(false);
    expect(needsSecond(true, { ...author, onBehalf: false }, "c")).toBe(true);
  });
});
