import { describe, expect, it } from "vitest";
import vi from "~/locales/vi/mail.json";
import viNotices from "~/locales/vi/notifications.json";
import { type DigestLine, renderDigest } from "./render-digest";
import { isMailTemplate, renderMail, type WrittenMail } from "./render-mail";
import { topicOf } from "./topics";

const PUBLIC = "https://cungcau.example.test";
const TITLES = [
  "Xử lý nước thải hầm lò",
  "Cần chuyển giao dây chuyền công nghệ sản xuất chế phẩm vi sinh xử lý bùn thải ao nuôi tôm thẻ chân trắng thâm canh quy mô 20 héc-ta, tiết kiệm năng lượng, kèm đào tạo vận hành và bảo hành tối thiểu 24 tháng tại các xã ven biển",
  'Máy "sấy lạnh" <5 °C & hút ẩm; {{title}}',
];
const words = (title: string, over: Record<string, string> = {}): Record<string, string> => ({
  title,
  reference: "NC-22-2026-000123",
  listingKind: "need",
  organisation: "Công ty cổ phần Nuôi trồng và Chế biến thuỷ sản xuất khẩu Quảng Ninh – Chi nhánh Vân Đồn",
  person: "Nguyễn Thị Thanh Thuỷ",
  other: "Viện Công nghệ môi trường",
  parties: "Bên giao – Bên nhận",
  milestone: "Bàn giao thiết bị",
  answer: "đang trao đổi",
  otherAnswer: "đã dừng",
  about: "cuộc gặp ngày 01/12/2026",
  when: "08:30 thứ Ba 01/12/2026",
  where: "Trung tâm hội nghị tỉnh",
  session: "Phiên kết nối tháng 12",
  stage: "đàm phán",
  news: "đã ký hợp đồng",
  replyBy: "01/12/2026",
  dueOn: "01/12/2026",
  signedOn: "20/11/2026",
  filedOn: "21/11/2026",
  certificateNumber: "01/2026",
  certificateOn: "25/11/2026",
  effectiveOn: "25/11/2026",
  ...over,
});

/** What holds for every mail that leaves the house. */
function holds(written: WrittenMail, stoppable: boolean): void {
  const { subject, text, html } = written;
  const all = `${subject}\n${text}\n${html.replaceAll("{{title}}", "")}`.replaceAll("{{title}}", "");
  expect(all).not.toMatch(/\{\{|undefined|\[object|\bnull\b/);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(subject.length).toBeGreaterThan(5);
  // nothing is loaded from anywhere, and links lead home only
  expect(html).not.toMatch(/<(img|link|script|iframe|object|video|form|svg)\b|url\(|@import|background=/i);
  for (const [, address = ""] of html.matchAll(/(?:href|src)="([^"]*)"/g))
    expect(address.startsWith(`${PUBLIC}/`)).toBe(true);
  for (const [address] of text.matchAll(/https?:\/\/\S+/g)) expect(address.startsWith(`${PUBLIC}/`)).toBe(true);
  for (const [, width = "0"] of html.matchAll(/width="(\d+)"/g)) expect(Number(width)).toBeLessThanOrEqual(600);
  expect(html).toContain("max-width:600px");
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html).toContain("prefers-color-scheme: dark");
  expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  expect(text.includes("/mail/stop/")).toBe(stoppable);
  expect(written.stopUrl !== undefined).toBe(stoppable);
}

describe("every mail of the catalogue", () => {
  const cases = Object.keys(vi.templates)
    .filter(isMailTemplate)
    .flatMap((template) => (["vi", "en"] as const).map((locale) => ({ template, locale })));
  it.each(cases)("$template in $locale keeps the house's rules on real listings", ({ template, locale }) => {
    const stoppable = topicOf(template) !== "security";
    const variants = [
      ...TITLES.map((title) => words(title)),
      // a draft has no reference yet; a blind listing names nobody
      words(TITLES[1] ?? "", { reference: "" }),
      words(TITLES[0] ?? "", { listingKind: "offering", reference: "CN-22-2026-000009" }),
    ];
    for (const values of variants) {
      const written = renderMail({
        template,
        locale,
        words: values,
        reason: null,
        url: `${PUBLIC}/somewhere/0199`,
        readerName: "Trần Văn Người Đọc",
        contact: { role: "broker", name: "Chuyên viên", phone: null },
        ...(stoppable ? { stop: { publicUrl: PUBLIC, token: "a-token" } } : {}),
      });
      holds(written, stoppable);
    }
  });
});

describe("a digest", () => {
  const lines: DigestLine[] = Object.keys(viNotices.kinds).map((kind, at) => ({
    id: `0199-${at}`,
    subjectId: `subject-${Math.floor(at / 3)}`,
    kind,
    count: (at % 4) + 1,
    at: new Date(0),
    params: words(TITLES[at % TITLES.length] ?? ""),
  }));
  it.each(["vi", "en"] as const)("of every kind of notice keeps the same rules in %s", (locale) => {
    const total = lines.reduce((sum, line) => sum + line.count, 0) + 7;
    const written = renderDigest({
      locale,
      lines,
      total,
      readerName: null,
      publicUrl: PUBLIC,
      stopToken: "a-token",
      office: { name: "Sở KH&CN", phone: "0203" },
    });
    holds(written, true);
    expect(written.text).toContain("7");
    expect(written.html.match(/\/notices\?open=/g)).toHaveLength(lines.length);
  });
});
