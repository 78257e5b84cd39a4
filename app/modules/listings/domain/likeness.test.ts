import { describe, expect, it } from "vitest";
import { LIKELY, likeness } from "./likeness";

const base = {
  title: "Xử lý nước thải chế biến hải sản có độ mặn cao",
  text: "Nước thải sau chế biến hải sản có độ mặn cao, bùn vi sinh chết, COD vượt quy chuẩn vào mùa cao điểm. Cần công nghệ chịu mặn, dễ vận hành.",
  lines: ["Công suất ≥ 500 m³/ngày", "COD ≤ 75 mg/l"],
};
const score = (over: Partial<typeof base>) => likeness(base, { ...base, ...over }).score;

describe("likeness", () => {
  it("sees the same listing however it was typed", () => {
    expect(score({})).toBe(100);
    expect(likeness(base, { ...base, title: "XU LY NUOC THAI CHE BIEN HAI SAN CO DO MAN CAO" }).score).toBe(100);
    expect(score({ title: "Nhà máy cần giải pháp môi trường" })).toBeGreaterThanOrEqual(LIKELY);
    expect(score({ text: "Một bài viết khác hẳn về cùng một việc của xưởng." })).toBeGreaterThanOrEqual(LIKELY);
  });

  it("leaves listings of one field apart", () => {
    const other = {
      title: "Xử lý nước thải dệt nhuộm bằng keo tụ điện hóa",
      text: "Nước thải dệt nhuộm có độ màu cao, COD vượt quy chuẩn. Cần khử màu cho làng nghề, thiết bị gọn.",
      lines: ["Công suất ≥ 50 m³/ngày"],
    };
    expect(likeness(base, other).score).toBeLessThan(40);
    expect(likeness(base, { title: "", text: "", lines: [] })).toEqual({ score: 0, why: [] });
  });
});
