import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import en from "./en/sectors.json";
import vi from "./vi/sectors.json";

type Node = { code: string; nameVi: string; nameEn: string; children?: Node[] };

it("sector names on screen are the taxonomy's own", () => {
  const tree = JSON.parse(readFileSync("prisma/seed/data/sectors.json", "utf8")) as Node[];
  const all = tree.flatMap((field) => [field, ...(field.children ?? [])]);
  expect(vi).toEqual(Object.fromEntries(all.map((node) => [node.code, node.nameVi])));
  expect(en).toEqual(Object.fromEntries(all.map((node) => [node.code, node.nameEn])));
});
