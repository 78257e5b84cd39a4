import { expect, it } from "vitest";
import { pageNumbers } from "./pagination";

it("shows the ends, the neighbours, and gaps only where pages are left out", () => {
  expect(pageNumbers(1, 1)).toEqual([1]);
  expect(pageNumbers(1, 5)).toEqual([1, 2, 0, 5]);
  expect(pageNumbers(3, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(pageNumbers(4, 12)).toEqual([1, 2, 3, 4, 5, 0, 12]);
  expect(pageNumbers(7, 12)).toEqual([1, 0, 6, 7, 8, 0, 12]);
});
