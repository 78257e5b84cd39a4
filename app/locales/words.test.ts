import { expect, it } from "vitest";
import { createI18n, translate } from "./index";

const SUPPLIED = { sectors: { A: "Tên cũ", B: "Không đổi" }, listings: { reason: { price: "Giá" }, title: "Tin" } };

it("lays words of administrators over the supplied ones, added ones beside them, and leaves the supplied texts as they are", () => {
  const before = JSON.stringify(SUPPLIED);
  const i18n = createI18n("vi", SUPPLIED, {
    sectors: { A: "Tên mới", C: "Thêm" },
    listings: { reason: { late: "Muộn" } },
  });
  expect(
    ["sectors:A", "sectors:B", "sectors:C", "listings:reason.price", "listings:reason.late"].map((key) => i18n.t(key)),
  ).toEqual(["Tên mới", "Không đổi", "Thêm", "Giá", "Muộn"]);
  expect(translate("vi", "sectors:A")).toBe("Tên mới");
  expect(JSON.stringify(SUPPLIED)).toBe(before);
  expect(createI18n("vi", SUPPLIED).t("sectors:A")).toBe("Tên cũ");
});

it("takes words that changed while a page was open", () => {
  const i18n = createI18n("vi", SUPPLIED, { sectors: { A: "Một" } });
  let told = 0;
  i18n.store.on("added", () => told++);
  i18n.addResourceBundle("vi", "sectors", { A: "Hai" }, true, true);
  expect(i18n.t("sectors:A")).toBe("Hai");
  expect(i18n.t("sectors:B")).toBe("Không đổi");
  expect(told).toBe(1);
});
