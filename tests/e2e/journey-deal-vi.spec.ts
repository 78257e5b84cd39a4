import {
  asRead,
  choice,
  DEAL_REFERENCE,
  dayFromNow,
  ENTERPRISE,
  funnelFigures,
  INSTITUTE,
  letTheHourCome,
  NEED_FORM,
  OFFERING,
  putIn,
  takeStep,
  visit,
} from "./setup/deal-walk";
import { aPdf, fillNeed } from "./setup/listing-forms";
import { RUN } from "./setup/people";
import { approve, comesTo } from "./setup/vi-walk";
import { wordsIn } from "./setup/words";
import { DEMO, expect, field, linkIn, mailsSoFar, mailTo, openHome, signIn, test } from "./setup/world";

const vi = wordsIn("vi");
const NEED = `Sấy lạnh ba kích, trà hoa vàng giữ hoạt chất ${RUN}`;
const CASE = `Sấy dược liệu vùng cao ${RUN}`;
const SESSION = `Phiên kết nối công nghệ sấy ${RUN}`;
const DEAL = `Chuyển giao công nghệ sấy bơm nhiệt ${RUN}`;
const CONTRACT = `01/2026/HĐCGCN-${RUN}`;
const CERTIFICATE = `GCN-${RUN}`;
const MEETING_DAY = dayFromNow(12);

test.use({ actionTimeout: 20_000 });

test("bốn người đi từ gợi ý phù hợp tới thương vụ đã đăng ký, nghiệm thu và thanh lý", async ({ visitor }) => {
  test.setTimeout(420_000);
  const enterprise = await visitor();
  const institute = await visitor();
  const broker = await visitor();
  const registrar = await visitor();
  const reader = await visitor();
  await signIn(enterprise, DEMO.enterprise);
  await signIn(institute, DEMO.institute);
  await signIn(broker, DEMO.broker);
  const before = await funnelFigures(broker);

  await test.step("doanh nghiệp đăng nhu cầu, chuyên viên duyệt", async () => {
    await enterprise.getByRole("link", { name: "Đăng nhu cầu" }).click();
    await enterprise.getByRole("button", { name: "Bắt đầu soạn" }).click();
    await fillNeed(enterprise, vi, { ...NEED_FORM, title: NEED });
    await enterprise.getByRole("button", { name: "Gửi duyệt" }).click();
    await expect(enterprise.getByText(/Đã gửi duyệt\./)).toBeVisible();
    await approve(broker, "nhu cầu", NEED);
  });

  await test.step("chuyên viên chọn gợi ý và mở hồ sơ từ đó", async () => {
    await broker.getByRole("link", { name: "Gợi ý phù hợp", exact: true }).first().click();
    await broker.getByRole("link", { name: NEED }).click();
    await expect(broker.getByRole("heading", { level: 1, name: NEED })).toBeVisible();
    await comesTo(broker, broker.url(), async (here) => {
      await expect(here.getByRole("article").filter({ hasText: OFFERING })).toBeVisible({ timeout: 2_000 });
    });
    const card = broker.getByRole("article").filter({ hasText: OFFERING });
    await card.getByRole("button", { name: /^Chọn để kết nối: CN-22-/ }).click();
    await expect(broker.getByRole("heading", { name: "Đã chọn để kết nối (1)" })).toBeVisible();
    await card.getByRole("link", { name: /^Hồ sơ kết nối với CN-22-/ }).click();
    await expect(broker.getByText(/Hai bên và địa bàn lấy từ gợi ý đã chọn/)).toBeVisible();
    await field(broker, "Tên hồ sơ").fill(CASE);
    await broker.getByRole("button", { name: "Mở hồ sơ", exact: true }).click();
    await expect(broker.getByRole("heading", { level: 1, name: CASE })).toBeVisible();
  });

  await test.step("đề nghị giới thiệu: doanh nghiệp trả lời bằng thư, viện trên trang", async () => {
    const sent = mailsSoFar();
    await broker.getByRole("link", { name: "Đề nghị giới thiệu" }).first().click();
    await field(broker, "Lời nhắn cho hai bên").fill("Mời hai bên trao đổi về quy mô mẻ sấy và cách đào tạo vận hành.");
    await broker.getByRole("button", { name: "Gửi đề nghị tới hai bên" }).click();
    await expect(broker.getByText("Đã gửi đề nghị tới hai bên.")).toBeVisible();

    await visit(reader, await linkIn(DEMO.enterprise, `Đề nghị giới thiệu đối tác: ${OFFERING}`, sent));
    await expect(reader.getByText("Thông tin liên hệ mở khi cả hai bên đồng ý.")).toBeVisible();
    await field(reader, "Quý đơn vị mong muốn hợp tác thế nào?").fill("Mua máy kèm quy trình, đào tạo tại xưởng.");
    await reader.getByRole("button", { name: "Đồng ý được giới thiệu" }).click();
    await expect(reader.getByRole("heading", { level: 1, name: "Đã ghi nhận: đồng ý" })).toBeVisible();

    await openHome(institute, "/home");
    await institute.getByRole("link", { name: `Trả lời đề nghị giới thiệu: ${NEED}` }).click();
    await expect(institute.getByText("dau-moi@example.invalid")).toHaveCount(0);
    await field(institute, "Còn điều gì chưa rõ?").fill("Độ ẩm đầu vào và thời gian thu hoạch.");
    await institute.getByRole("button", { name: "Đồng ý được giới thiệu" }).click();
    await expect(institute.getByText("Hai bên đã đồng ý được giới thiệu")).toBeVisible();
    await expect(institute.getByRole("link", { name: "dau-moi@example.invalid" })).toBeVisible();
    await expect(institute.getByText("Mua máy kèm quy trình, đào tạo tại xưởng.")).toBeVisible();

    await visit(enterprise, await linkIn(DEMO.enterprise, `Hai bên đã đồng ý được giới thiệu: ${OFFERING}`, sent));
    await expect(enterprise.getByText(INSTITUTE).first()).toBeVisible();
    await expect(enterprise.getByText("Thông tin liên hệ", { exact: true })).toBeVisible();
    await expect(enterprise.getByText("Thông tin liên hệ mở khi cả hai bên đồng ý.")).toHaveCount(0);
    await expect(enterprise.getByText("Độ ẩm đầu vào và thời gian thu hoạch.")).toBeVisible();
  });

  await test.step("chuyên viên lập phiên, xếp cuộc gặp, gửi lời mời", async () => {
    await broker.getByRole("link", { name: "Phiên kết nối", exact: true }).first().click();
    await broker.getByRole("link", { name: "Lập phiên mới" }).first().click();
    await field(broker, "Tên phiên").fill(SESSION);
    await field(broker, "Ngày").fill(MEETING_DAY);
    await field(broker, "Từ giờ").fill("08:00");
    await field(broker, "Đến giờ").fill("17:00");
    await field(broker, "Địa điểm").fill("Phòng họp số 2, Sở Khoa học và Công nghệ Quảng Ninh");
    await field(broker, "Số bàn").fill("2");
    await field(broker, "Mỗi cuộc gặp (phút)").fill("10");
    await broker.getByRole("button", { name: "Lập phiên", exact: true }).click();
    await expect(broker.getByText("Đã lập phiên. Bước tiếp theo: xếp các cuộc gặp.")).toBeVisible();
    await expect(broker.getByText(/Cần thêm ít nhất một cuộc gặp trước khi gửi lời mời/)).toBeVisible();

    await broker.getByRole("link", { name: "Xếp cuộc gặp" }).first().click();
    const pair = broker.getByRole("listitem").filter({ hasText: CASE });
    await pair.getByRole("link", { name: "Chọn giờ và bàn" }).click();
    await broker.getByRole("button", { name: "Lưu cuộc gặp" }).click();
    await expect(broker.getByText("Đã xếp cuộc gặp.")).toBeVisible();
  });

  await test.step("hai bên nhận lời mời kèm tệp lịch, xác nhận bằng thư và trên trang", async () => {
    const sent = mailsSoFar();
    await broker.getByRole("button", { name: "Gửi lời mời" }).click();
    await expect(broker.getByText(/Đã gửi lời mời tới các đơn vị/)).toBeVisible();
    const { attached } = await mailTo(DEMO.enterprise, new RegExp(`“${SESSION}”`), sent);
    const calendar = attached.find((file) => file.includes("BEGIN:VCALENDAR")) ?? "";
    expect(calendar).toMatch(/METHOD:REQUEST/);
    expect(calendar).toMatch(/SEQUENCE:0/);
    expect(calendar).toContain(`DTSTART:${MEETING_DAY.replaceAll("-", "")}T`);

    await visit(reader, await linkIn(DEMO.enterprise, `“${SESSION}”`, sent));
    await expect(reader.getByText(/Phòng họp số 2/)).toBeVisible();
    await reader.getByRole("button", { name: "Sẽ tham dự" }).click();
    await expect(reader.getByRole("heading", { level: 1, name: "Cảm ơn: Quý đơn vị sẽ tham dự" })).toBeVisible();

    await openHome(institute, "/home");
    const invited = institute.getByRole("listitem").filter({ hasText: `Trả lời lời mời gặp ${ENTERPRISE}` });
    await invited
      .filter({ hasText: asRead(MEETING_DAY) })
      .getByRole("link")
      .click();
    await expect(institute.getByText(SESSION).first()).toBeVisible();
    await institute.getByRole("button", { name: "Sẽ tham dự" }).click();
    await expect(institute.getByText("Đã ghi nhận câu trả lời. Xin cảm ơn Quý đơn vị.")).toBeVisible();

    await broker.reload();
    await expect(broker.getByRole("table", { name: "Các cuộc gặp của phiên" }).getByText("Sẽ tham dự")).toHaveCount(2);
    await broker.getByRole("button", { name: "Chốt lịch" }).click();
    await expect(broker.getByText(/Đã chốt lịch\./)).toBeVisible();
  });

  await test.step("ghi nhận có mặt, viết biên bản: thiếu rồi đủ", async () => {
    await letTheHourCome(SESSION);
    await broker.getByRole("table", { name: "Các cuộc gặp của phiên" }).getByRole("link").first().click();
    await expect(broker.getByText("Ghi nhận ai có mặt")).toBeVisible();
    for (const side of [ENTERPRISE, INSTITUTE]) await choice(broker, side.replace(/[()]/g, "."), "Có mặt").check();
    await broker.getByRole("button", { name: "Lưu ghi nhận" }).click();
    await expect(broker.getByText("Đã ghi nhận có mặt.")).toBeVisible();

    await broker.getByRole("link", { name: "Viết biên bản" }).click();
    const decisions = field(broker, "Nội dung đã trao đổi, thống nhất");
    await decisions.fill("Hai bên thống nhất quy mô 500 kg/mẻ; viện gửi dự thảo hợp đồng.");
    await choice(broker, "Kết quả cuộc gặp", /^Đi vào đàm phán/).check();
    await broker.getByRole("button", { name: "Lưu và gửi hai bên" }).click();
    await expect(broker.getByRole("alert")).toContainText("Cần ghi việc tiếp theo, bên thực hiện và ngày");
    await expect(decisions).toHaveValue(/thống nhất quy mô 500 kg\/mẻ/);
    await field(broker, "Việc tiếp theo").fill("Gửi dự thảo hợp đồng cho doanh nghiệp");
    await field(broker, "Bên thực hiện").selectOption(`Bên có công nghệ: ${INSTITUTE}`);
    await field(broker, "Ngày hoàn thành").fill(dayFromNow(7));
  });

  await test.step("hai bên xác nhận biên bản và đánh giá", async () => {
    const sent = mailsSoFar();
    await broker.getByRole("button", { name: "Lưu và gửi hai bên" }).click();
    await expect(broker.getByText("Đã gửi biên bản cho hai bên xác nhận.")).toBeVisible();

    await visit(enterprise, await linkIn(DEMO.enterprise, `Xin xác nhận biên bản làm việc với ${INSTITUTE}`, sent));
    await expect(enterprise.getByText("Gửi dự thảo hợp đồng cho doanh nghiệp")).toBeVisible();
    await enterprise.getByRole("button", { name: "Xác nhận biên bản đúng" }).click();
    const thanks = "Cảm ơn: Quý đơn vị đã xác nhận biên bản";
    await expect(enterprise.getByRole("heading", { level: 1, name: thanks })).toBeVisible();
    await enterprise.getByRole("link", { name: "Đăng nhập để xem chi tiết" }).click();

    await institute.reload({ waitUntil: "networkidle" });
    await institute.getByRole("button", { name: "Xác nhận biên bản đúng" }).click();
    await expect(institute.getByText("Đã ghi nhận câu trả lời về biên bản. Xin cảm ơn Quý đơn vị.")).toBeVisible();
    for (const [page, score] of [
      [enterprise, "Rất có ích"],
      [institute, "Có ích"],
    ] as const) {
      await page.getByRole("radio", { name: score, exact: true }).check();
      await page.getByRole("button", { name: "Gửi đánh giá" }).click();
      await expect(page.getByText(`Quý đơn vị đã đánh giá: ${score}. Xin cảm ơn.`)).toBeVisible();
    }

    await broker.reload();
    await expect(broker.getByText("Biên bản đã xác nhận").first()).toBeVisible();
    await broker.getByRole("link", { name: SESSION }).click();
    await broker.getByRole("button", { name: "Ghi nhận đã tổ chức" }).click();
    await broker.getByRole("button", { name: "Kết thúc phiên" }).click();
    await expect(broker.getByText("Đã kết thúc phiên.")).toBeVisible();
  });

  let reference = "";
  await test.step("chuyên viên mở thương vụ từ cuộc gặp, điền điều khoản, rà soát Điều 23", async () => {
    await broker.getByRole("table", { name: "Các cuộc gặp của phiên" }).getByRole("link").first().click();
    await broker.getByRole("link", { name: "Mở thương vụ" }).click();
    await expect(broker.getByText(/^Cuộc gặp cho thấy hai bên muốn đi tiếp\./)).toBeVisible();
    await field(broker, "Tên thương vụ").fill(DEAL);
    await broker.getByRole("button", { name: "Mở thương vụ" }).click();
    await expect(broker.getByText("Đã mở thương vụ và báo cho hai bên.")).toBeVisible();
    reference = DEAL_REFERENCE.exec((await broker.getByRole("main").textContent()) ?? "")?.[0] ?? "";
    expect(reference).toMatch(DEAL_REFERENCE);
    await mailTo(DEMO.institute, new RegExp(`Sở đã mở hồ sơ thương vụ ${reference}`));

    await broker.getByRole("link", { name: "Sửa", exact: true }).first().click();
    await field(broker, "Tên công nghệ").fill("Công nghệ sấy bơm nhiệt 500 kg/mẻ cho dược liệu");
    for (const [group, name] of [
      ["Đối tượng công nghệ", /^Phương án, quy trình công nghệ/],
      ["Hình thức chuyển giao", "Chuyển giao công nghệ độc lập"],
      ["Phương thức chuyển giao", "Đào tạo"],
      ["Quyền được chuyển giao", "Chuyển quyền sử dụng không độc quyền"],
      ["Phương thức thanh toán", "Trả nhiều lần"],
    ] as const)
      await choice(broker, group, name).check();
    await field(broker, "Giá trị hợp đồng").fill("1,2 tỷ");
    await field(broker, "Quốc gia của bên giao").selectOption("Việt Nam");
    await field(broker, "Quốc gia của bên nhận").selectOption("Việt Nam");
    await field(broker, "Sử dụng vốn nhà nước hoặc ngân sách nhà nước").selectOption("Có");
    await field(broker, vi("deals:field.taskCertificate")).selectOption("Không");
    await field(broker, "Thuộc Danh mục công nghệ hạn chế chuyển giao").selectOption("Không");
    const items = broker.getByRole("group", { name: /^Những nội dung đã rà soát trong dự thảo/ }).getByRole("checkbox");
    await expect(items).toHaveCount(14);
    for (const item of await items.all()) await item.check();
    await broker.getByRole("button", { name: "Lưu điều khoản" }).click();
    await expect(broker.getByText("Đã lưu điều khoản.")).toBeVisible();
    await expect(broker.getByText(/1,2 tỷ/).first()).toBeVisible();
  });

  await test.step("không ghi nhận ký khi thiếu hợp đồng hay sai ngày; không mất chữ nào", async () => {
    await takeStep(broker, "Bắt đầu soạn hợp đồng");
    await expect(broker.getByText(/Đã chuyển sang soạn hợp đồng/)).toBeVisible();
    await expect(broker.getByText("Còn thiếu 1 điều kiện:")).toBeVisible();
    await expect(broker.getByRole("link", { name: "Ghi nhận hợp đồng đã ký" })).toHaveCount(0);
    await broker.getByRole("link", { name: "Bổ sung: Bản quét hợp đồng đã ký" }).click();
    await broker.getByRole("button", { name: "Tải lên" }).click();
    await expect(broker.getByRole("alert")).toContainText("Vui lòng chọn một tệp.");
    await expect(broker.getByRole("radio", { name: "Hợp đồng đã ký" })).toBeChecked();
    await field(broker, "Tệp").setInputFiles(aPdf("hop-dong.pdf"));
    await broker.getByRole("button", { name: "Tải lên" }).click();

    await field(broker, "Số hợp đồng").fill(CONTRACT);
    await field(broker, "Ngày ký").fill(dayFromNow(2));
    await broker.getByRole("button", { name: "Ghi nhận hợp đồng đã ký" }).click();
    await expect(broker.getByRole("alert")).toContainText("Ngày ký không được sau hôm nay.");
    await expect(field(broker, "Số hợp đồng")).toHaveValue(CONTRACT);
    await field(broker, "Ngày ký").fill(dayFromNow(0));
    await broker.getByRole("button", { name: "Ghi nhận hợp đồng đã ký" }).click();
    await expect(broker.getByText(/Đã ghi nhận hợp đồng đã ký\./)).toBeVisible();
  });

  await test.step("nghĩa vụ đăng ký có lý do và hạn 90 ngày; chuyên viên nộp hồ sơ", async () => {
    const main = broker.getByRole("main");
    await expect(main).toContainText("Bắt buộc đăng ký");
    await expect(main).toContainText("có sử dụng vốn nhà nước hoặc ngân sách nhà nước: bắt buộc đăng ký");
    await expect(main).toContainText("90 ngày kể từ ngày ký.");
    await expect(main).toContainText(asRead(dayFromNow(90)));
    await expect(main).toContainText("Chưa có hiệu lực: chờ giấy chứng nhận");
    await mailTo(DEMO.enterprise, new RegExp(`Hợp đồng ${reference} đã ký: đăng ký trước hết ngày`));

    await putIn(broker, "Hồ sơ đăng ký (tệp đính kèm)", "ho-so-dang-ky.pdf");
    await broker.getByRole("button", { name: "Ghi nhận đã nộp hồ sơ" }).click();
    await expect(broker.getByText("Đã ghi nhận nộp hồ sơ và báo cho cán bộ đăng ký.")).toBeVisible();
    await expect(broker.getByText("Đang chờ cán bộ đăng ký của Sở xem xét hồ sơ.")).toBeVisible();
  });

  await test.step("cán bộ đăng ký thấy việc của mình và cấp giấy chứng nhận", async () => {
    await mailTo(DEMO.registrar, new RegExp(`Hồ sơ đăng ký ${reference} chờ xử lý đến hết ngày`));
    await signIn(registrar, DEMO.registrar);
    await openHome(registrar, "/desk");
    await registrar.getByRole("link", { name: `Xử lý hồ sơ đăng ký: ${DEAL}` }).click();
    await putIn(registrar, "Bản quét Giấy chứng nhận đăng ký", "giay-chung-nhan.pdf");
    await field(registrar, "Số giấy chứng nhận").fill(CERTIFICATE);
    await field(registrar, "Ngày cấp").fill(dayFromNow(0));
    await registrar.getByRole("button", { name: "Cấp giấy chứng nhận" }).click();
    await expect(registrar.getByText("Đã cấp giấy chứng nhận và báo cho hai bên.")).toBeVisible();
    await expect(registrar.getByText("Chưa có hiệu lực: chờ giấy chứng nhận")).toHaveCount(0);
    await mailTo(DEMO.institute, new RegExp(`Hợp đồng ${reference} đã được cấp Giấy chứng nhận đăng ký`));
  });

  await test.step("thực hiện: hai mốc được lập và hoàn thành", async () => {
    await broker.reload({ waitUntil: "networkidle" });
    await takeStep(broker, "Bắt đầu thực hiện");
    await expect(broker.getByText("Đã chuyển sang thực hiện và báo cho hai bên.")).toBeVisible();
    await broker.getByRole("link", { name: "Lập kế hoạch mốc" }).click();
    for (const [number, label, amount] of [
      [1, "Bàn giao máy, tạm ứng", "500 triệu"],
      [2, "Đào tạo xong, thanh toán đợt hai", "700 triệu"],
    ] as const) {
      const row = broker.getByRole("listitem").filter({ hasText: `Mốc ${number}` });
      await field(row, "Nội dung").fill(label);
      await field(row, "Hạn").fill(dayFromNow(30 * number));
      await field(row, "Thanh toán (VND)").fill(amount);
    }
    await broker.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await expect(broker.getByText("Đã lưu kế hoạch.")).toBeVisible();
    await broker.getByRole("link", { name: "Cập nhật mốc" }).click();
    for (const label of ["1. Bàn giao máy", "2. Đào tạo xong"]) {
      await expect(choice(broker, "Mốc nào", new RegExp(`^${label}`))).toBeChecked();
      await broker.getByRole("button", { name: "Ghi nhận mốc" }).click();
    }
    await expect(broker.getByRole("heading", { name: "Ghi nhận một mốc" })).toHaveCount(0);
    await broker.getByRole("link", { name: new RegExp(`^${reference}`) }).click();
  });

  await test.step("hai bên nghiệm thu", async () => {
    const sent = mailsSoFar();
    await openHome(enterprise, "/home");
    await enterprise.getByRole("link", { name: `Xác nhận nghiệm thu: ${DEAL}` }).click();
    await enterprise.getByRole("button", { name: `Xác nhận nghiệm thu thay mặt ${ENTERPRISE}` }).click();
    await expect(enterprise.getByText("Đã ghi nhận xác nhận nghiệm thu.")).toBeVisible();
    await expect(enterprise.getByText(`Đang chờ xác nhận của: ${INSTITUTE}.`)).toBeVisible();

    await visit(institute, await linkIn(DEMO.institute, `Xin xác nhận nghiệm thu thương vụ ${reference}`, sent));
    await institute.getByRole("button", { name: `Xác nhận nghiệm thu thay mặt ${INSTITUTE}` }).click();
    await expect(institute.getByText("Đã ghi nhận xác nhận nghiệm thu.")).toBeVisible();
  });

  await test.step("thanh lý; trang thương vụ kể lại cả câu chuyện cho hai bên", async () => {
    await broker.reload({ waitUntil: "networkidle" });
    await putIn(broker, "Biên bản thanh lý hợp đồng (tệp đính kèm)", "thanh-ly.pdf");
    await broker.getByRole("button", { name: "Ghi nhận thanh lý" }).click();
    await expect(broker.getByText("Đã ghi nhận thanh lý. Thương vụ hoàn thành.")).toBeVisible();
    await mailTo(DEMO.enterprise, new RegExp(`Thương vụ ${reference} đã thanh lý`));
    await enterprise.reload();
    for (const page of [broker, enterprise]) {
      await expect(page.getByRole("heading", { name: "Thương vụ đã hoàn thành" })).toBeVisible();
      await page.getByText(/\d+ diễn biến trước đó/).click();
      for (const told of [
        /mở thương vụ \(từ cuộc gặp 1:1\)/,
        `Hai bên ký hợp đồng số ${CONTRACT} ngày ${asRead(dayFromNow(0))}`,
        "Hợp đồng bắt buộc đăng ký.",
        `cấp giấy chứng nhận đăng ký số ${CERTIFICATE}`,
        "ghi nhận mốc “Bàn giao máy, tạm ứng” hoàn thành",
        "Cả hai bên đã nghiệm thu.",
        `Hợp đồng được thanh lý ngày ${asRead(dayFromNow(0))}`,
      ])
        await expect(page.getByText(told).first()).toBeVisible();
    }
  });

  await test.step("phễu trên bàn làm việc đếm thêm mỗi bước một, và mở đúng hồ sơ", async () => {
    const after = await funnelFigures(broker);
    expect(Object.keys(after)).toHaveLength(10);
    expect(after).toEqual(Object.fromEntries(Object.entries(before).map(([step, count]) => [step, count + 1])));
    await broker.getByRole("link", { name: /^Đã thanh lý/ }).click();
    await broker.getByRole("link", { name: DEAL }).click();
    await expect(broker.getByRole("heading", { level: 1, name: DEAL })).toBeVisible();
  });
});
