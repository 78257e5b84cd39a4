import { describe, expect, it } from "vitest";
import vi from "~/locales/vi/mail.json";
import { isMailTemplate, type MailInput, renderMail } from "./render-mail";

const input = (over: Partial<MailInput> = {}): MailInput => ({
  template: "listing-changes-requested",
  locale: "vi",
  words: { title: "Xử lý nước thải mỏ", listingKind: "need", reference: "", note: "Xin nêu rõ công suất." },
  reason: "Thiếu chỉ tiêu kỹ thuật",
  url: "https://cungcau.example.test/my/listings/1",
  readerName: "Người nhận",
  contact: { role: "broker", name: "Chuyên viên môi giới (demo)", phone: "0203 000 000" },
  ...over,
});

describe("mail", () => {
  it("says everything in Vietnamese, in text and in HTML", () => {
    const { subject, text, html } = renderMail(input());
    expect(subject).toBe("Cần bổ sung hồ sơ: Xử lý nước thải mỏ");
    expect(text).toBe(
      [
        "Kính gửi Quý đơn vị,",
        "Chuyên viên đề nghị Quý đơn vị bổ sung hồ sơ nhu cầu công nghệ “Xử lý nước thải mỏ” trước khi đăng.",
        "Mọi nội dung đã nhập vẫn được giữ. Sau khi bổ sung, Quý đơn vị gửi duyệt lại.",
        "Lý do: Thiếu chỉ tiêu kỹ thuật",
        "Ý kiến của chuyên viên: Xin nêu rõ công suất.",
        "Bổ sung hồ sơ:\nhttps://cungcau.example.test/my/listings/1",
        "Trân trọng,\nSàn giao dịch công nghệ Cungcau\nChuyên viên môi giới phụ trách: Chuyên viên môi giới (demo)\nĐiện thoại: 0203 000 000",
        "-- \nVì sao Quý vị nhận thư này: Quý vị là thành viên của đơn vị có hồ sơ này.\nThư này được gửi tự động, vui lòng không trả lời.",
      ].join("\n\n"),
    );
    for (const line of text.split("\n").filter((l) => l.length > 3)) expect(html).toContain(line.replace(/:$/, ""));
  });
  it("says it in English to an English reader and greets a person by name", () => {
    const { subject, text } = renderMail(
      input({
        template: "interest-answered",
        locale: "en",
        words: { title: "T", listingKind: "offering", reference: "CN-22-2026-000001" },
        reason: null,
      }),
    );
    expect(subject).toBe("The broker answered about CN-22-2026-000001");
    expect(text).toContain("Dear Người nhận,");
    expect(text).toContain("technology offering “T”");
  });
  it("keeps what people typed from becoming markup, headers or templates", () => {
    const { subject, text, html } = renderMail(
      input({ words: { title: 'A<img src=x onerror=1>\r\nBcc: x@y {{note}}"', note: "n<b>\nm", listingKind: "need" } }),
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject).toContain("{{note}}");
    expect(html).not.toMatch(/<img|<b>/);
    expect(text).toContain("n<b> m");
  });
  it("loads nothing from anywhere and has one button", () => {
    for (const template of Object.keys(vi.templates).filter(isMailTemplate)) {
      for (const locale of ["vi", "en"] as const) {
        const { html, text, subject } = renderMail(
          input({
            template,
            locale,
            words: {
              organisation: "Đơn vị",
              person: "Ai đó",
              title: "T",
              reference: "R",
              dueOn: "01/12/2026",
              listingKind: "need",
              other: "Bên kia",
              search: "Lọc bụi",
              count: "2",
              titles: "“T”; “U”",
              parties: "Bên giao – Bên nhận",
              milestone: "Bàn giao",
              answer: "đang trao đổi",
              otherAnswer: "đã dừng",
            },
            reason: null,
          }),
        );
        expect(html.match(/<a [^>]*href="([^"]+)"/g), template).toHaveLength(2);
        expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import/);
        expect(`${subject}${text}`, template).not.toMatch(/\{\{|undefined| {2}|“”/);
      }
    }
  });
});
