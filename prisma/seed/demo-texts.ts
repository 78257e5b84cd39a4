import type { Draft } from "~/modules/listings/schemas";

/** What somebody types into the form; the rest of the draft keeps its defaults. Days are counted from the day of posting. */
export type DemoText = Partial<Omit<Draft, "expiresOn" | "neededBy" | "lines">> & {
  title: string;
  lines?: {
    name: string;
    comparison: string;
    value: string;
    unit: string;
    must?: "must" | "nice";
    condition?: string;
  }[];
  neededInDays?: number;
  expiresInDays?: number;
};

const NEED = { needTypes: ["buy_line_with_technology"], funding: ["own"], communeCode: "06673" };
const OFFERING = {
  objects: ["process_solution", "equipment_with_technology"],
  forms: ["standalone"],
  methods: ["documents", "training", "experts", "equipment"],
  rights: ["non_exclusive_licence"],
};

export const MINE_WATER_NEED: DemoText = {
  ...NEED,
  title: "Xử lý nước thải hầm lò mỏ than, khử mangan và sắt, công suất 1.200 m³/h",
  titleOther: "Underground coal-mine water treatment removing manganese and iron, 1,200 m³/h",
  summary:
    "Cần công nghệ khử mangan, sắt và cặn than trong nước thải hầm lò để đạt QCVN 40 trước khi xả hoặc dùng lại cho sàng tuyển.",
  summaryOther:
    "Technology wanted to remove manganese, iron and coal fines from underground mine water before discharge or reuse.",
  description:
    "Nước thải hầm lò có pH thấp, hàm lượng mangan 6–12 mg/l, sắt 15–40 mg/l, cặn lơ lửng than 200–400 mg/l. Trạm hiện hữu chỉ lắng và trung hòa bằng vôi nên mangan không ổn định dưới ngưỡng, bùn phát sinh nhiều. Đơn vị cần giải pháp nâng cấp trên mặt bằng hiện có, vận hành tự động, chi phí hóa chất thấp.",
  currentTechnology:
    "Bể lắng ngang và trung hòa vôi, đầu tư năm 2012, công suất thiết kế 800 m³/h, thiết bị trong nước.",
  standards: "QCVN 40:2011/BTNMT cột B",
  keywords: "nước thải mỏ, khử mangan, khử sắt, nước thải hầm lò, hấp phụ",
  sectorMain: "KKM-05",
  sectorSecond: "MTR-01",
  lines: [
    { name: "Công suất xử lý", comparison: "gte", value: "1200", unit: "m³/h", must: "must" },
    { name: "Mangan sau xử lý", comparison: "lte", value: "1", unit: "mg/l", must: "must" },
    { name: "Sắt sau xử lý", comparison: "lte", value: "5", unit: "mg/l", must: "must" },
    { name: "Chất rắn lơ lửng sau xử lý", comparison: "lte", value: "100", unit: "mg/l", must: "nice" },
  ],
  trl: "8",
  moneyMin: "15 tỷ",
  moneyMax: "25 tỷ",
  neededInDays: 270,
};

export const FLOAT_NEED: DemoText = {
  ...NEED,
  title: "Phao nổi HDPE thay phao xốp cho 50 ha nuôi hàu tại Vân Đồn",
  summary: "Thay toàn bộ phao xốp của vùng nuôi hàu treo dây bằng phao nhựa bền, chịu sóng, có thể thu hồi và tái chế.",
  description:
    "Vùng nuôi hàu treo dây 50 ha đang dùng phao xốp, mau vỡ, phát tán rác nhựa và không đạt quy chuẩn địa phương. Cần phao nhựa HDPE nguyên sinh đúc kín, chịu tải treo dây hàu, chống hà bám, kèm quy trình neo giữ và bảo hành dài hạn.",
  currentTechnology: "Phao xốp EPS bọc lưới, tuổi thọ 2–3 năm, mua rời tại địa phương.",
  standards: "Quy chuẩn kỹ thuật địa phương về vật liệu phao nổi trong nuôi trồng thủy sản",
  keywords: "phao HDPE, nuôi hàu, phao xốp, nuôi biển",
  sectorMain: "KTB-01",
  sectorSecond: "VLX-04",
  lines: [
    { name: "Diện tích vùng nuôi", comparison: "gte", value: "50", unit: "ha", must: "must" },
    { name: "Bảo hành", comparison: "gte", value: "5", unit: "năm", must: "must" },
  ],
  trl: "9",
  moneyMin: "4 tỷ",
  moneyMax: "8 tỷ",
  neededInDays: 150,
};

export const SHRIMP_NEED: DemoText = {
  ...NEED,
  title: "Nuôi tôm thẻ tuần hoàn trong nhà, giảm 80 % lượng nước thay",
  summary:
    "Tìm quy trình và thiết bị nuôi tôm thẻ chân trắng nhiều giai đoạn, tuần hoàn nước, phù hợp mùa đông miền Bắc.",
  description:
    "Trại nuôi cần chuyển từ ao đất sang nuôi trong nhà để chủ động mùa đông, hạn chế bệnh hoại tử gan tụy và giảm nước thải ra vùng biển. Cần quy trình nuôi nhiều giai đoạn kèm hệ lọc tuần hoàn, quan trắc oxy, pH, độ mặn và đào tạo cán bộ kỹ thuật tại chỗ.",
  currentTechnology: "Ao đất phủ bạt, thay nước 20–30 % mỗi ngày, quạt nước và cho ăn thủ công.",
  keywords: "tôm thẻ chân trắng, tuần hoàn nước, RAS, biofloc",
  sectorMain: "KTB-03",
  lines: [
    { name: "Tỷ lệ giảm nước thay", comparison: "gte", value: "80", unit: "%", must: "must" },
    { name: "Năng suất", comparison: "text", value: "từ 40 tấn/ha mỗi vụ", unit: "", must: "nice" },
  ],
  trl: "7",
  moneyMin: "5 tỷ",
  moneyMax: "9 tỷ",
  neededInDays: 210,
  communeCode: "06673",
  contactName: "Đại diện doanh nghiệp (demo)",
  contactPhone: "0203 000 0000",
  contactEmail: "doanh-nghiep@demo.cungcau.invalid",
};

export const STORAGE_NEED: DemoText = {
  ...NEED,
  title: "Lưu trữ điện cho cụm tiêu thụ trên đảo, kết hợp điện mặt trời",
  summary: "Cần hệ lưu trữ điện và điều khiển lưới nhỏ để giảm giờ chạy máy phát dầu diesel vào buổi tối.",
  description:
    "Phụ tải buổi tối trên đảo đang dựa vào máy phát dầu. Cần hệ lưu trữ bằng pin đặt trong công-te-nơ, chịu hơi muối, cùng bộ điều khiển lưới điện nhỏ để dùng điện mặt trời ban ngày cho buổi tối.",
  currentTechnology: "Máy phát dầu diesel và điện mặt trời mái nhà không có lưu trữ.",
  keywords: "BESS, lưới điện nhỏ, pin lithium, điện mặt trời",
  sectorMain: "NLG-03",
  sectorSecond: "NLG-05",
  lines: [{ name: "Dung lượng lưu trữ", comparison: "gte", value: "2", unit: "MWh", must: "must" }],
  trl: "8",
  moneyMin: "20 tỷ",
  moneyMax: "40 tỷ",
  neededInDays: 300,
  visibility: "blind",
};

export const DRYING_NEED: DemoText = {
  ...NEED,
  title: "Sấy ba kích, trà hoa vàng giữ hoạt chất, 500 kg mỗi mẻ",
  summary: "Cần thiết bị và quy trình sấy giữ màu, mùi và hoạt chất cho dược liệu bản địa.",
  description:
    "Sấy than thủ công làm mất màu và hoạt chất, chất lượng giữa các mẻ không đều. Cần công nghệ sấy nhiệt độ thấp, dễ vận hành tại hợp tác xã vùng cao.",
  currentTechnology: "Lò sấy than tự chế, mỗi mẻ 200 kg.",
  keywords: "sấy lạnh, ba kích, trà hoa vàng, sấy bơm nhiệt",
  sectorMain: "CBT-02",
  sectorSecond: "SHY-02",
  lines: [{ name: "Công suất", comparison: "gte", value: "500", unit: "kg/mẻ", must: "must" }],
  trl: "8",
  moneyMin: "800 triệu",
  moneyMax: "1,5 tỷ",
  neededInDays: 60,
  expiresInDays: 75,
};

export const TRACE_NEED: DemoText = {
  ...NEED,
  title: "Tem truy xuất nguồn gốc cho 300 sản phẩm OCOP của tỉnh",
  summary: "Tìm nền tảng tem QR và nhật ký sản xuất điện tử dùng chung cho các chủ thể OCOP.",
  description:
    "Các chủ thể OCOP đang dùng nhiều loại tem khác nhau, dữ liệu rời rạc, người tiêu dùng quét không thấy quy trình sản xuất. Cần nền tảng dùng chung, dễ nhập liệu bằng điện thoại, có cảnh báo tem giả.",
  currentTechnology: "Tem giấy in mã vạch của từng chủ thể, không có nhật ký điện tử.",
  keywords: "truy xuất nguồn gốc, OCOP, tem QR, nhật ký điện tử",
  sectorMain: "NNC-06",
  sectorSecond: "CNS-04",
  lines: [{ name: "Số sản phẩm", comparison: "gte", value: "300", unit: "sản phẩm", must: "must" }],
  trl: "9",
  moneyMin: "300 triệu",
  moneyMax: "700 triệu",
  neededInDays: 120,
};

export const MAINTENANCE_NEED: DemoText = {
  ...NEED,
  title: "Bảo trì dự đoán cho dây chuyền lắp ráp",
  summary: "Cần giải pháp cảm biến rung và phân tích dữ liệu để báo trước hỏng hóc động cơ, hộp số.",
  description:
    "Dây chuyền dừng đột xuất 3–4 lần mỗi tháng do hỏng động cơ và hộp số. Cần hệ thống cảm biến và phần mềm cảnh báo sớm, kết nối được với hệ thống điều hành sản xuất hiện có.",
  currentTechnology: "Bảo dưỡng định kỳ theo giờ chạy, ghi sổ tay.",
  keywords: "bảo trì dự đoán, cảm biến rung, phân tích dữ liệu",
  sectorMain: "CCT-02",
  sectorSecond: "CNS-01",
  lines: [{ name: "Thời gian dừng máy giảm", comparison: "text", value: "đáng kể", unit: "", must: "must" }],
  trl: "7",
  moneyMin: "1,5 tỷ",
  moneyMax: "3 tỷ",
  neededInDays: 180,
};

export const DUST_DRAFT: DemoText = {
  title: "Giảm bụi tuyến băng tải than và bãi kho",
  description: "Bụi phát tán nhiều tại điểm chuyển tải của tuyến băng và khi xe xúc bốc tại kho.",
  sectorMain: "MTR-03",
  lines: [{ name: "Nồng độ bụi tại điểm chuyển tải", comparison: "lte", value: "", unit: "mg/m³" }],
};

export const TOUR_WITHDRAWN: DemoText = {
  ...NEED,
  title: "Thuyết minh tự động đa ngôn ngữ trên tàu tham quan vịnh",
  summary: "Cần hệ thống thuyết minh theo vị trí tàu, nhiều thứ tiếng, dùng được khi mất sóng.",
  description:
    "Hướng dẫn viên không đủ ngoại ngữ cho khách từ nhiều nước. Cần thiết bị hoặc ứng dụng phát thuyết minh theo tọa độ, có bản dịch và giọng đọc tự nhiên.",
  currentTechnology: "Loa tay và hướng dẫn viên tiếng Anh, tiếng Trung.",
  keywords: "thuyết minh tự động, du lịch thông minh, audio guide",
  sectorMain: "DLV-01",
  lines: [{ name: "Số ngôn ngữ", comparison: "gte", value: "6", unit: "", must: "must" }],
  trl: "8",
  moneyMin: "500 triệu",
  moneyMax: "1,2 tỷ",
  neededInDays: 100,
};

export const MANGANESE_OFFERING: DemoText = {
  ...OFFERING,
  title: "Hệ lọc hấp phụ mangan cho nước thải mỏ than hầm lò",
  titleOther: "Manganese adsorption filters for underground coal-mine water",
  summary:
    "Cụm ô-xy hóa – lọc hấp phụ mangan, sắt dùng vật liệu lọc phủ mangan đi-ô-xít, vận hành tự động, ghép được vào trạm lắng hiện có.",
  summaryOther:
    "Oxidation and adsorption filter units for manganese and iron that can be added to an existing settling plant.",
  description:
    "Nước sau lắng được nâng pH, sục khí ô-xy hóa sắt rồi qua cột lọc vật liệu phủ mangan đi-ô-xít để hấp phụ và ô-xy hóa mangan. Vật liệu tự hoàn nguyên trong lúc vận hành, rửa ngược tự động. Thiết kế theo mô-đun 300 m³/h, lắp ghép theo công suất yêu cầu.",
  problemSolved: "Mangan trong nước thải mỏ vượt ngưỡng khi chỉ trung hòa vôi và lắng; bùn nhiều, tốn hóa chất.",
  advantages: "Không cần nâng pH trên 9, giảm hóa chất khoảng một nửa so với kết tủa kiềm, mặt bằng nhỏ.",
  keywords: "nước thải mỏ, hấp phụ mangan, khử sắt, lọc áp lực",
  sectorMain: "KKM-05",
  sectorSecond: "MTR-01",
  lines: [
    { name: "Công suất xử lý", comparison: "between", value: "300 – 1500", unit: "m³/h", condition: "ghép 1–5 mô-đun" },
    { name: "Mangan sau xử lý", comparison: "lte", value: "0,5", unit: "mg/l", condition: "đầu vào đến 12 mg/l" },
    { name: "Sắt sau xử lý", comparison: "lte", value: "1", unit: "mg/l" },
  ],
  trl: "8",
  ipType: "utility_solution",
  ipStatus: "filed",
  priceModel: "range",
  moneyMin: "12 tỷ",
  moneyMax: "22 tỷ",
  originTaskCode: "",
};

export const DRYER_OFFERING: DemoText = {
  ...OFFERING,
  title: "Công nghệ sấy bơm nhiệt kèm quy trình cho dược liệu và trà hoa vàng",
  summary: "Máy sấy bơm nhiệt 35–50 °C cùng quy trình sấy theo từng loại dược liệu, giữ màu và hoạt chất.",
  description:
    "Buồng sấy tuần hoàn kín, tách ẩm bằng bơm nhiệt, điều khiển theo đường cong sấy đã thử nghiệm cho ba kích, trà hoa vàng, cát sâm. Kèm đào tạo vận hành và tài liệu quy trình.",
  problemSolved: "Sấy than hoặc phơi làm mất màu, mất hoạt chất và nhiễm khói bụi.",
  advantages: "Tiết kiệm điện so với sấy điện trở, chất lượng đều giữa các mẻ.",
  keywords: "sấy bơm nhiệt, sấy lạnh, dược liệu, trà hoa vàng, ba kích",
  sectorMain: "CBT-02",
  sectorSecond: "SHY-02",
  lines: [
    { name: "Công suất", comparison: "between", value: "100 – 600", unit: "kg/mẻ" },
    { name: "Nhiệt độ sấy", comparison: "between", value: "35 – 50", unit: "°C" },
  ],
  trl: "9",
  ipType: "trade_secret",
  priceModel: "negotiable",
};

export const EXTRACT_OFFERING: DemoText = {
  ...OFFERING,
  title: "Quy trình chiết hoạt chất dược liệu bằng CO₂ siêu tới hạn",
  summary: "Quy trình và thông số chiết hoạt chất không dùng dung môi hữu cơ, phù hợp nguyên liệu đạt GACP-WHO.",
  description:
    "Chiết bằng CO₂ siêu tới hạn ở áp suất và nhiệt độ được tối ưu theo từng nguyên liệu, thu cao chiết sạch dung môi. Đã thử nghiệm ở quy mô xưởng thực nghiệm.",
  problemSolved: "Cao chiết bằng dung môi hữu cơ còn tồn dư, khó đạt chuẩn dược.",
  advantages: "Không tồn dư dung môi, giữ được hợp chất dễ bay hơi.",
  keywords: "chiết siêu tới hạn, dược liệu, GACP, cao chiết",
  sectorMain: "SHY-02",
  sectorSecond: "CBT-05",
  lines: [{ name: "Dung tích bình chiết", comparison: "eq", value: "50", unit: "lít" }],
  trl: "6",
  ipType: "patent",
  ipStatus: "examining",
  priceModel: "royalty",
};

export const BIOCHAR_OFFERING: DemoText = {
  ...OFFERING,
  title: "Lò nhiệt phân liên tục sản xuất than sinh học từ vỏ keo, mùn cưa",
  summary: "Lò nhiệt phân liên tục tự cấp nhiệt, biến phụ phẩm gỗ thành than sinh học cải tạo đất.",
  description:
    "Phụ phẩm gỗ được sấy bằng nhiệt khí thải, nhiệt phân yếm khí trong trục vít hai vỏ, khí tổng hợp quay lại làm chất đốt. Đã chạy thử ở quy mô xưởng thực nghiệm của viện.",
  problemSolved: "Vỏ keo, mùn cưa của xưởng băm dăm phải đốt bỏ hoặc đổ đống, gây khói và cháy ngầm.",
  advantages: "Không dùng nhiên liệu ngoài sau khi khởi động, than đều, ít khói.",
  keywords: "than sinh học, nhiệt phân, phụ phẩm gỗ, vỏ keo",
  sectorMain: "NNC-03",
  lines: [{ name: "Năng suất nguyên liệu", comparison: "eq", value: "300", unit: "kg/h" }],
  trl: "6",
  ipType: "none",
  priceModel: "royalty",
};

export const SCALE_REJECTED: DemoText = {
  ...OFFERING,
  objects: ["equipment_only"],
  title: "Cung cấp cân ô tô điện tử 80 tấn",
  summary: "Bán và lắp đặt cân ô tô điện tử 80 tấn, bảo hành 24 tháng.",
  description:
    "Cung cấp cân ô tô điện tử loại nổi, mặt cân 18 m, sáu cảm biến lực, đầu hiển thị và phần mềm in phiếu. Giao hàng trong 30 ngày.",
  problemSolved: "Doanh nghiệp cần cân hàng ra vào kho bãi.",
  advantages: "Giá hợp lý, có sẵn hàng.",
  keywords: "cân ô tô, cân điện tử",
  sectorMain: "CCT-06",
  lines: [{ name: "Mức cân lớn nhất", comparison: "eq", value: "80", unit: "tấn" }],
  trl: "9",
  ipType: "none",
  priceModel: "fixed",
  moneyMin: "280 triệu",
};

export const LANDSLIDE_DRAFT: DemoText = {
  title: "Trạm cảnh báo sớm sạt lở bằng cảm biến dịch chuyển và đo mưa",
  summary: "Trạm đo mưa, độ ẩm đất và dịch chuyển mái dốc, gửi cảnh báo theo ngưỡng.",
  sectorMain: "QAT-02",
  trl: "6",
};
