import { aPdf, dayInMonths, fillNeed, goToStep } from "./setup/listing-forms";
import { RUN } from "./setup/people";
import { wordsIn } from "./setup/words";
import { DEMO, expect, field, signIn, test } from "./setup/world";

const vi = wordsIn("vi");
const NEED = `Thu hồi nhiệt khí thải lò nung gạch tuynel ${RUN}`;

test.use({ javaScriptEnabled: false });

test("không có JavaScript vẫn tìm, đăng nhập, đăng nhu cầu và gửi tài liệu thương vụ", async ({ page }) => {
  await test.step("tìm từ trang chủ và lọc", async () => {
    await page.goto("/");
    await page.getByRole("combobox").fill("xu ly nuoc thai");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await expect(page.getByRole("heading", { level: 2, name: /kết quả cho “xu ly nuoc thai”/ })).toBeVisible();
    await page.getByRole("article").first().getByRole("link").first().click();
    await expect(page.getByText(/(NC|CN)-22-\d{4}-\d{6}/).first()).toBeVisible();
  });

  await test.step("đăng nhập: sai rồi đúng", async () => {
    await page.goto("/sign-in");
    await field(page, "Thư điện tử").fill(DEMO.enterprise);
    await field(page, "Mật khẩu").fill("không phải mật khẩu này");
    await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("Thư điện tử hoặc mật khẩu không đúng.");
    await expect(field(page, "Thư điện tử")).toHaveValue(DEMO.enterprise);
    await signIn(page, DEMO.enterprise);
  });

  await test.step("đăng nhu cầu: sai rồi đúng, không mất chữ nào", async () => {
    await page.getByRole("link", { name: "Đăng nhu cầu" }).click();
    await page.getByRole("button", { name: "Bắt đầu soạn" }).click();
    await fillNeed(page, vi, {
      title: NEED,
      description: "Khí thải ra ống khói còn 180 °C, mỗi năm mất khoảng 400 tấn than.",
      current: "Lò tuynel năm 2010, 25 triệu viên mỗi năm.",
      sector: "MTR-01",
      lines: [
        { name: "Nhiệt thu hồi", comparison: "gte", value: "30", unit: "%" },
        { name: "Thời gian hoàn vốn", comparison: "lte", value: "3", unit: "năm" },
      ],
    });
    await goToStep(page, vi, "need", "publish");
    await field(page, "Điện thoại").fill("12");
    // going on from a step says what cannot be read
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    await expect(page.getByRole("alert")).toContainText("Điện thoại");
    await expect(field(page, "Điện thoại")).toHaveAccessibleDescription(/Số điện thoại chưa đúng/);
    await expect(field(page, "Điện thoại")).toHaveValue("12");
    // leaving by the list of steps keeps it, and sending leads back to it
    await goToStep(page, vi, "need", "review");
    await page.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(page.getByRole("alert")).toContainText("Điện thoại");
    await goToStep(page, vi, "need", "problem");
    await expect(field(page, "Tên tin")).toHaveValue(NEED);
    await goToStep(page, vi, "need", "requirements");
    await expect(page.getByText("Dòng 2", { exact: true })).toBeVisible();
    await goToStep(page, vi, "need", "terms");
    await expect(field(page, "Thời hạn cần")).toHaveValue(dayInMonths(8));
    await goToStep(page, vi, "need", "review");
    await page.getByRole("link", { name: /^Điện thoại:/ }).click();
    await expect(field(page, "Điện thoại")).toHaveAccessibleDescription(/Số điện thoại chưa đúng/);
    await field(page, "Điện thoại").fill("0203 555 6666");
    await goToStep(page, vi, "need", "review");
    await page.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(page.getByText(/Đã gửi duyệt\. Chuyên viên trả lời chậm nhất ngày \d/)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: NEED })).toBeVisible();
    await expect(page.getByText("Thời gian hoàn vốn")).toBeVisible();
  });

  await test.step("thêm tài liệu vào thương vụ: thiếu tệp rồi đủ", async () => {
    await page.getByRole("link", { name: "Thương vụ", exact: true }).first().click();
    await page.getByRole("row").filter({ hasText: "Soạn hợp đồng" }).first().getByRole("link").first().click();
    await page.getByRole("link", { name: "Thêm tài liệu" }).first().click();
    await page.getByRole("radio", { name: "Dự thảo hợp đồng" }).check();
    await field(page, "Ghi chú về tài liệu").fill(`Bản góp ý ${RUN}`);
    await page.getByRole("button", { name: "Tải lên" }).click();
    await expect(page.getByRole("alert")).toContainText("Vui lòng chọn một tệp.");
    await expect(page.getByRole("radio", { name: "Dự thảo hợp đồng" })).toBeChecked();
    await expect(field(page, "Ghi chú về tài liệu")).toHaveValue(`Bản góp ý ${RUN}`);
    await field(page, "Tệp").setInputFiles(aPdf("gop-y.pdf"));
    await page.getByRole("button", { name: "Tải lên" }).click();
    await expect(page.getByText("Đã thêm tài liệu.")).toBeVisible();
    await expect(page.getByRole("link", { name: `Dự thảo hợp đồng: Bản góp ý ${RUN}` })).toBeVisible();
  });
});
