import { expect, it } from "vitest";
import { type LineData, lineValue } from "./listing-lines";

const line = (part: Partial<LineData>): LineData => ({
  name: "Công suất",
  comparison: "eq",
  minValue: null,
  maxValue: null,
  textValue: null,
  unit: null,
  must: true,
  condition: null,
  ...part,
});

it("writes a line as an engineer would", () => {
  expect(lineValue(line({ comparison: "gte", minValue: 1500, unit: "m³/ngày" }), "vi")).toBe("≥ 1.500 m³/ngày");
  expect(lineValue(line({ comparison: "lte", maxValue: 0.5, unit: "mg/l" }), "vi")).toBe("≤ 0,5 mg/l");
  expect(lineValue(line({ comparison: "between", minValue: 20, maxValue: 35.5, unit: "°C" }), "en")).toBe(
    "20 – 35.5 °C",
  );
  expect(lineValue(line({ minValue: 3, maxValue: 3 }), "vi")).toBe("3");
  expect(lineValue(line({ comparison: "text", textValue: "SUS304" }), "vi")).toBe("SUS304");
});

it("says nothing where nothing is stated, and keeps zero", () => {
  expect(lineValue(line({ comparison: "gte" }), "vi")).toBeNull();
  expect(lineValue(line({ comparison: "lte", maxValue: 0, unit: "%" }), "vi")).toBe("≤ 0 %");
});
