import { aPdf, aPicture, dayInMonths, fillNeed, fillOffering, goToStep } from "./setup/listing-forms";
import { PASSPHRASE, RUN, signUpAndConfirm, taxCodeOf, wrongTaxCode } from "./setup/people";
import {
  approve,
  BEHALF_FORM,
  comesTo,
  NEED_FORM,
  needsCounted,
  OFFERING_FORM,
  openReview,
  REFERENCE,
  SECTOR,
} from "./setup/vi-walk";
import { wordsIn } from "./setup/words";
import { DEMO, expect, field, linkIn, mailTo, openHome, signIn, test } from "./setup/world";

const vi = wordsIn("vi");
const BROKER = "Chuyên viên môi giới (demo)";
const DATE = /\d{2}\/\d{2}\/\d{4}/;
const COMPANY = `Công ty Chế biến Hải sản Thử nghiệm ${RUN}`;
const NEED = `Xử lý nước thải chế biến hải sản độ mặn cao ${RUN}`;
const OFFERING = `Công nghệ màng MBR xử lý nước thải chế biến hải sản ${RUN}`;
const BEHALF = `Sấy bơm nhiệt cho cá cơm, mực một nắng ${RUN}`;
const owner = {
  fullName: "Người phụ trách kỹ thuật (thử)",
  email: `chu-tin-${RUN}@example.invalid`,
  phone: "0203 555 1111",
};
const colleague = { fullName: "Đồng nghiệp (thử)", email: `dong-nghiep-${RUN}@example.invalid` };

test.use({ actionTimeout: 20_000 });

test("bốn người đi từ đăng ký tới gợi ý phù hợp", async ({ visitor }) => {
  test.setTimeout(300_000);
  const enterprise = await visitor();
  const staff = await visitor();
  const institute = await visitor();
  const broker = await visitor();
  const anybody = await visitor();
  const counted = await needsCounted(anybody);
  await signIn(broker, DEMO.broker);
  await signIn(institute, DEMO.institute);

  await test.step("đăng ký, xác nhận qua thư, đăng ký tổ chức", async () => {
    await signUpAndConfirm(enterprise, vi, owner);
    await enterprise.getByRole("link", { name: "Tìm hoặc đăng ký tổ chức" }).click();
    await field(enterprise, "Tên tổ chức hoặc mã số thuế").fill(COMPANY);
    await enterprise.getByRole("button", { name: "Tìm tổ chức" }).click();
    await enterprise.getByRole("link", { name: /[Đđ]ăng ký tổ chức mới/ }).click();

    const code = taxCodeOf(Number.parseInt(RUN, 36));
    await field(enterprise, "Loại hình").selectOption("Doanh nghiệp tư nhân");
    await field(enterprise, "Mã số thuế").fill(wrongTaxCode(code));
    await field(enterprise, "Xã, phường, đặc khu (Quảng Ninh)").selectOption("Phường Hà Tu");
    await field(enterprise, vi("accounts:organisation.evidence")).fill(
      "Trưởng phòng kỹ thuật, giấy giới thiệu số 12 ngày 20/11/2026.",
    );
    await enterprise.getByRole("button", { name: "Gửi để xác minh" }).click();
    await expect(field(enterprise, "Mã số thuế")).toHaveAccessibleDescription(/sai số kiểm tra/);
    await expect(field(enterprise, "Mã số thuế")).toHaveValue(wrongTaxCode(code));
    await expect(field(enterprise, "Tên tiếng Việt")).toHaveValue(COMPANY);
    await expect(field(enterprise, vi("accounts:organisation.evidence"))).toHaveValue(/giấy giới thiệu số 12/);

    await field(enterprise, "Mã số thuế").fill(code);
    await enterprise.getByRole("button", { name: "Gửi để xác minh" }).click();
    await expect(enterprise.getByText("Đã gửi hồ sơ. Chuyên viên của Sở sẽ xác minh và báo qua thư.")).toBeVisible();
  });

  await test.step("chuyên viên xác minh; đồng nghiệp xin tham gia và được nhận", async () => {
    await openHome(broker, "/broker");
    await broker.getByRole("link", { name: `Xác minh tổ chức: ${COMPANY}` }).click();
    await broker.getByRole("button", { name: "Xác minh tổ chức" }).click();
    await expect(broker.getByText("Đã xác minh tổ chức.")).toBeVisible();
    await mailTo(owner.email, /đã được xác minh/);

    await signUpAndConfirm(staff, vi, colleague);
    await staff.getByRole("link", { name: "Tìm hoặc đăng ký tổ chức" }).click();
    await field(staff, "Tên tổ chức hoặc mã số thuế").fill(COMPANY);
    await staff.getByRole("button", { name: "Tìm tổ chức" }).click();
    await staff.getByRole("link", { name: COMPANY, exact: true }).click();
    await field(staff, "Lời nhắn").fill("Phòng sản xuất, xin cùng theo dõi nhu cầu.");
    await staff.getByRole("button", { name: "Gửi đề nghị tham gia" }).click();
    await expect(staff.getByText("Đề nghị tham gia của Quý vị đang chờ trả lời.")).toBeVisible();

    await enterprise.goto(await linkIn(owner.email, `${colleague.fullName} xin tham gia`));
    await enterprise.getByRole("button", { name: `Chấp nhận: ${colleague.fullName}` }).click();
    await expect(enterprise.getByText("Đã chấp nhận thành viên mới.")).toBeVisible();
    await staff.goto("/home");
    await expect(staff.getByRole("link", { name: COMPANY })).toBeVisible();
  });

  await test.step("soạn nhu cầu: bản nháp tự lưu, gửi sai rồi gửi đúng", async () => {
    await enterprise.goto("/home");
    await enterprise.getByRole("link", { name: "Đăng nhu cầu" }).click();
    await enterprise.getByRole("button", { name: "Bắt đầu soạn" }).click();
    const title = field(enterprise, "Tên tin");
    const saved = enterprise.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
    await title.fill(NEED);
    await saved;
    await expect(enterprise.getByText(/Đã lưu lúc \d{2}:\d{2}/)).toBeVisible();
    await goToStep(enterprise, vi, "need", "requirements");
    await enterprise.getByRole("button", { name: "Chọn Chế biến thủy sản làm lĩnh vực chính" }).click();
    await expect(field(enterprise, "Lĩnh vực chính")).toHaveValue("CBT-01");
    await goToStep(enterprise, vi, "need", "problem");
    await expect(title).toHaveValue(NEED);

    await fillNeed(enterprise, vi, { ...NEED_FORM, title: NEED });
    await goToStep(enterprise, vi, "need", "files");
    await field(enterprise, "Chọn ảnh có sẵn").setInputFiles([await aPicture("xuong.jpg"), await aPicture("bun.jpg")]);
    await field(enterprise, "Tài liệu PDF").setInputFiles(aPdf("so-do.pdf"));
    await enterprise.getByRole("button", { name: "Tải ảnh lên" }).click();
    await expect(field(enterprise, "Mô tả ảnh 2")).toBeVisible();
    await expect(enterprise.getByText(/Đang có: so-do\.pdf/)).toBeVisible();
    await goToStep(enterprise, vi, "need", "terms");
    await field(enterprise, "Thời hạn cần").fill("31/02/2027");
    await enterprise.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    await expect(enterprise.getByRole("alert")).toContainText("Thời hạn cần");
    await expect(field(enterprise, "Thời hạn cần")).toHaveAccessibleDescription(/Ngày chưa đúng/);
    await expect(field(enterprise, "Kinh phí dự kiến, từ")).toHaveValue("1,25 tỷ");

    await field(enterprise, "Thời hạn cần").fill(dayInMonths(8));
    await goToStep(enterprise, vi, "need", "review");
    await expect(enterprise.getByText("Đã đủ các mục cần có để gửi duyệt.")).toBeVisible();
    await enterprise.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(enterprise.getByText(/Đã gửi duyệt\. Chuyên viên trả lời chậm nhất ngày \d/)).toBeVisible();
    await expect(enterprise.getByRole("img", { name: `Ảnh: ${NEED}` })).toHaveCount(2);
  });

  await test.step("nhà của doanh nghiệp: việc đang ở đâu, ai giữ, hạn nào", async () => {
    await enterprise.goto("/home");
    const row = enterprise.getByRole("listitem").filter({ hasText: `Đang được duyệt: ${NEED}` });
    await expect(row).toContainText("Chuyên viên môi giới đang xử lý");
    await expect(row).toContainText(DATE);
    await expect(enterprise.getByText(BROKER)).toBeVisible();
    await expect(enterprise.getByRole("link", { name: "0203 000 0000" }).first()).toBeVisible();
  });

  let needReference = "";
  await test.step("chuyên viên đề nghị bổ sung, chủ tin sửa, chuyên viên duyệt", async () => {
    await openHome(broker, "/broker");
    await expect(broker.getByRole("listitem").filter({ hasText: `Duyệt nhu cầu: ${NEED}` })).toContainText(DATE);
    await openReview(broker, "nhu cầu", NEED);
    await field(broker, "Lời nhắn cho đơn vị").fill("Xin nêu độ mặn và lưu lượng giờ cao điểm.");
    await field(broker, "Lý do bổ sung").selectOption("Thiếu chỉ tiêu kỹ thuật, đơn vị đo");
    await broker.getByRole("button", { name: "Đề nghị bổ sung" }).click();
    await expect(broker.getByText("Đã xử lý: đề nghị bổ sung")).toBeVisible();

    const { text } = await mailTo(owner.email, new RegExp(`Cần bổ sung hồ sơ: ${NEED}`));
    expect(text).toContain("Thiếu chỉ tiêu kỹ thuật, đơn vị đo");
    expect(text).toContain("Xin nêu độ mặn và lưu lượng giờ cao điểm.");
    await enterprise.goto(await linkIn(owner.email, `Cần bổ sung hồ sơ: ${NEED}`));
    await expect(enterprise.getByText("Đề nghị bổ sung: Thiếu chỉ tiêu kỹ thuật, đơn vị đo").first()).toBeVisible();
    await expect(enterprise.getByText("Xin nêu độ mặn và lưu lượng giờ cao điểm.").first()).toBeVisible();
    await enterprise.getByRole("link", { name: /^(Sửa|Soạn tiếp)$/ }).click();
    await field(enterprise, "Vấn đề cần giải quyết").fill(
      "Nước thải chế biến hải sản độ mặn 12 g/l, giờ cao điểm 40 m³/h, bùn vi sinh chết, COD vượt quy chuẩn.",
    );
    await goToStep(enterprise, vi, "need", "review");
    await enterprise.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(enterprise.getByText(/Đã gửi duyệt\./)).toBeVisible();

    needReference = await approve(broker, "nhu cầu", NEED);
    expect(needReference).toMatch(/^NC-22-/);
    await mailTo(owner.email, new RegExp(`Đã đăng ${needReference}`));
    await enterprise.reload();
    await expect(enterprise.getByText(`Đang công khai với mã ${needReference}.`)).toBeVisible();
  });

  let offeringReference = "";
  await test.step("viện đăng nguồn cung, chuyên viên duyệt", async () => {
    await institute.goto("/home");
    await institute.getByRole("link", { name: "Đăng nguồn cung" }).click();
    await institute.getByRole("button", { name: "Bắt đầu soạn" }).click();
    await fillOffering(institute, vi, { ...OFFERING_FORM, title: OFFERING });
    await institute.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(institute.getByText(/Đã gửi duyệt\./)).toBeVisible();
    offeringReference = await approve(broker, "nguồn cung", OFFERING);
    expect(offeringReference).toMatch(/^CN-22-/);
  });

  await test.step("gợi ý phù hợp có lý do ở cả hai bên", async () => {
    for (const [page, own, other] of [
      [enterprise, NEED, OFFERING],
      [institute, OFFERING, NEED],
    ] as const) {
      await page.goto("/my/listings");
      await page.getByRole("link", { name: own, exact: true }).click();
      await page.getByRole("link", { name: "Gợi ý phù hợp", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: /phù hợp với/ })).toBeVisible();
      await comesTo(page, page.url(), async (here) => {
        const card = here.getByRole("article").filter({ hasText: other });
        await expect(card).toBeVisible({ timeout: 2_000 });
        await expect(card).toContainText(`Cùng lĩnh vực: ${SECTOR}`);
        await expect(card).toContainText(/Đạt chỉ tiêu COD sau xử lý/);
        await expect(card).toContainText(/Trùng cụm từ/);
      });
    }
  });

  await test.step("chuyên viên chọn một gợi ý, gạt một gợi ý có lý do", async () => {
    await broker.getByRole("link", { name: "Gợi ý phù hợp", exact: true }).first().click();
    await broker.getByRole("link", { name: NEED }).click();
    await broker.getByRole("button", { name: `Chọn để kết nối: ${offeringReference}` }).click();
    await expect(broker.getByRole("heading", { name: "Đã chọn để kết nối (1)" })).toBeVisible();
    const other = broker.getByRole("article").filter({ hasNotText: offeringReference }).first();
    const dismissed = REFERENCE.exec((await other.textContent()) ?? "")?.[0] ?? "";
    await other.getByText("Không phù hợp…").click();
    await field(other, "Lý do không phù hợp").selectOption("Không hợp quy mô");
    await other.getByRole("button", { name: /^Gạt ra/ }).click();
    await expect(broker.getByRole("heading", { name: "Đã gạt ra (1)" })).toBeVisible();
    await expect(broker.getByRole("article").filter({ hasText: dismissed })).toContainText("Lý do: Không hợp quy mô.");
  });

  await test.step("viện nói giải quyết được, chủ tin hỏi chuyên viên", async () => {
    await institute.goto(`/listings/${needReference}`);
    await institute.getByRole("link", { name: "Chúng tôi giải quyết được" }).click();
    await field(institute, "Nội dung").fill("Viện đã làm tương tự cho một nhà máy 300 m³/ngày, xin được khảo sát.");
    await institute.getByRole("button", { name: "Gửi chuyên viên môi giới" }).click();
    await expect(institute.getByText("Đã gửi chuyên viên môi giới")).toBeVisible();
    await expect(institute.getByText(/Chuyên viên phụ trách: .*0203 000 0000/)).toBeVisible();

    await enterprise.goto("/my/listings");
    await enterprise.getByRole("link", { name: NEED, exact: true }).click();
    await enterprise.getByRole("link", { name: "Gợi ý phù hợp", exact: true }).click();
    await enterprise.getByRole("link", { name: `Hỏi chuyên viên môi giới về gợi ý: ${OFFERING}` }).click();
    await field(enterprise, "Nội dung").fill("Xin cho biết công nghệ này đã chạy với nước mặn chưa?");
    await enterprise.getByRole("button", { name: "Gửi chuyên viên môi giới" }).click();
    await expect(enterprise.getByText("Đã gửi chuyên viên môi giới")).toBeVisible();

    await broker.goto("/broker/interests");
    const asked = broker.getByRole("listitem").filter({ hasText: "đã chạy với nước mặn chưa?" });
    await expect(asked).toContainText(`${COMPANY} hỏi chuyên viên môi giới`);
    await expect(
      broker.getByRole("listitem").filter({ hasText: "xin được khảo sát" }).filter({ hasText: needReference }),
    ).toContainText("báo giải quyết được");
    await field(asked, "Trả lời").fill("Đã chạy hai năm với nước 10 g/l; tôi sẽ hẹn hai bên.");
    await asked.getByLabel("Kết quả").selectOption({ label: "Sẽ kết nối hai bên" });
    await asked.getByRole("button", { name: "Gửi trả lời" }).click();
    await mailTo(owner.email, /Chuyên viên đã trả lời về/);
    await enterprise.goto("/notices");
    await expect(enterprise.getByText("Chuyên viên đã trả lời", { exact: true }).first()).toBeVisible();
  });

  await test.step("chuyên viên đăng thay, tổ chức xác nhận", async () => {
    await openHome(broker, "/broker");
    await broker.getByRole("link", { name: "Đăng tin thay tổ chức" }).click();
    await field(broker, "Tìm tổ chức theo tên hoặc mã số thuế").fill(COMPANY);
    await broker.getByRole("main").getByRole("button", { name: "Tìm kiếm" }).click();
    await broker.getByRole("radio", { name: COMPANY }).check();
    await broker.getByRole("button", { name: "Bắt đầu soạn" }).click();
    await expect(broker.getByText(`Soạn thay cho ${COMPANY}.`)).toBeVisible();
    await fillNeed(broker, vi, { ...BEHALF_FORM, title: BEHALF });
    await broker.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(broker.getByText(/Đã gửi duyệt\./)).toBeVisible();

    await enterprise.goto(await linkIn(owner.email, `Vui lòng xác nhận hồ sơ đăng hộ: ${BEHALF}`));
    await enterprise.getByRole("button", { name: "Xác nhận nội dung đúng" }).click();
    await expect(enterprise.getByText("Đã xác nhận, cảm ơn Quý đơn vị.")).toBeVisible();
    // before that, a second broker would have to agree
    await approve(broker, "nhu cầu", BEHALF);
  });

  await test.step("trang chủ tìm không dấu, lĩnh vực đếm đúng", async () => {
    await anybody.goto("/");
    await anybody.getByRole("combobox").fill(`xu ly nuoc thai che bien hai san do man cao ${RUN}`);
    await anybody.getByRole("button", { name: "Tìm", exact: true }).click();
    await expect(anybody.getByRole("link", { name: NEED })).toBeVisible();
    expect(await needsCounted(anybody)).toBe(counted + 1);
    await anybody.getByRole("link", { name: new RegExp(`^${SECTOR}: \\d+ nhu cầu$`) }).click();
    await anybody.getByRole("link", { name: NEED }).click();
    await expect(anybody.getByText(needReference).first()).toBeVisible();
    await expect(anybody.getByText(COMPANY).first()).toBeVisible();
    await expect(anybody.getByText("Thông tin liên hệ chỉ mở khi hai bên đồng ý kết nối.")).toBeVisible();
    await expect(anybody.getByText("dau-moi@example.invalid")).toHaveCount(0);
  });

  await test.step("đồng nghiệp đăng nhập lại và thấy cùng một việc", async () => {
    await signIn(await visitor(), colleague.email, PASSPHRASE);
    await staff.goto("/my/listings");
    await expect(staff.getByRole("link", { name: NEED, exact: true })).toBeVisible();
  });
});
