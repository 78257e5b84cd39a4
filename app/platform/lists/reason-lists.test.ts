import { expect, it } from "vitest";
import { type ReasonRow, reasonsInForce, reasonsOf } from "./reason-lists";

const SUPPLIED = ["price", "time", "other"];
const row = (over: Partial<ReasonRow>): ReasonRow => ({
  list: "match.dismiss",
  code: "price",
  position: 10,
  retired: false,
  ...over,
});

it("is as supplied until somebody says otherwise", () => {
  expect(reasonsInForce("match.dismiss", SUPPLIED, [])).toEqual(SUPPLIED);
  expect(reasonsInForce("match.dismiss", SUPPLIED, [row({ list: "deal.pause", retired: true })])).toEqual(SUPPLIED);
});

it("is added to, moved and retired", () => {
  const rows = [
    row({ code: "colour", position: 15 }),
    row({ position: 40 }),
    row({ code: "time", position: 20, retired: true }),
  ];
  expect(reasonsInForce("match.dismiss", SUPPLIED, rows)).toEqual(["colour", "other", "price"]);
  expect(reasonsOf("match.dismiss", SUPPLIED, rows).find(({ code }) => code === "time")?.retired).toBe(true);
});
