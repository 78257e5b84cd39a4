import type { TransferForm, TransferMethod, TransferObject, TransferRight } from "~/generated/prisma/enums";

/** Terms of a demo deal as its form takes them. Invented for the demonstration: no real contract, firm or price. */
export type DemoTerms = {
  title: string;
  technologyName: string;
  objects: TransferObject[];
  form: TransferForm;
  methods: TransferMethod[];
  right: TransferRight;
  scope: string;
  sectorMain: string;
  value: string;
  paymentKinds: string[];
  royaltyPercent?: string;
  royaltyYears?: string;
  stateMoney: "yes" | "no" | "";
};

const LICENCE = { form: "standalone", right: "non_exclusive_licence" } as const;
const TEACHING: TransferMethod[] = ["documents", "training", "experts"];

export const MINE_WATER: DemoTerms = {
  ...LICENCE,
  title: "Khử mangan nước thải mỏ – chuyển giao mô-đun lọc hấp phụ",
  technologyName: "Mô-đun lọc hấp phụ khử mangan, sắt cho nước thải hầm lò",
  objects: ["process_solution", "equipment_with_technology"],
  methods: [...TEACHING, "equipment"],
  scope: "Áp dụng tại các trạm xử lý nước thải mỏ của bên nhận trong tỉnh.",
  sectorMain: "KKM-05",
  value: "18 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "",
};
export const FLOATS: DemoTerms = {
  ...LICENCE,
  title: "Phao nổi HDPE cho 50 ha nuôi hàu – chuyển giao quy trình đúc",
  technologyName: "Quy trình đúc phao HDPE nguyên sinh cho nuôi biển",
  objects: ["know_how", "process_solution"],
  methods: TEACHING,
  scope: "Sản xuất tại Quảng Ninh trong 10 năm, bảo hành phao 10 năm.",
  sectorMain: "KTB-01",
  value: "4,8 tỷ",
  paymentKinds: ["lump_sum", "royalty_net_revenue"],
  royaltyPercent: "2,5",
  royaltyYears: "5",
  stateMoney: "no",
};
export const TRACEABILITY: DemoTerms = {
  ...LICENCE,
  title: "Tem truy xuất cho 300 sản phẩm OCOP",
  technologyName: "Nền tảng mã QR kèm nhật ký điện tử cho sản phẩm OCOP",
  objects: ["data_model_algorithm"],
  form: "standalone",
  methods: ["documents", "training"],
  scope: "300 sản phẩm, vận hành 3 năm.",
  sectorMain: "NNC-06",
  value: "520 triệu",
  paymentKinds: ["instalments"],
  stateMoney: "no",
};
export const METHANE: DemoTerms = {
  ...LICENCE,
  title: "Giám sát khí mê-tan và định vị công nhân trong lò",
  technologyName: "Mạng cảm biến phòng nổ kèm thẻ định vị trong hầm lò",
  objects: ["process_solution", "equipment_with_technology"],
  form: "with_equipment_sale",
  methods: [...TEACHING, "equipment"],
  scope: "Hai khu khai thác, 1.200 thẻ định vị.",
  sectorMain: "KKM-03",
  value: "5,4 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "yes",
};
export const BRICKS: DemoTerms = {
  ...LICENCE,
  title: "Gạch không nung từ tro xỉ nhiệt điện, 20 triệu viên/năm",
  technologyName: "Cấp phối geopolymer và quy trình ép tĩnh gạch từ tro xỉ",
  objects: ["know_how", "process_solution"],
  methods: TEACHING,
  scope: "Một dây chuyền tại Quảng Ninh.",
  sectorMain: "VLX-02",
  value: "12,5 tỷ",
  paymentKinds: ["instalments", "royalty_net_price"],
  royaltyPercent: "1,5",
  royaltyYears: "3",
  stateMoney: "yes",
};
export const DUST: DemoTerms = {
  ...LICENCE,
  title: "Phun sương cao áp dập bụi tuyến băng tải than",
  technologyName: "Phun sương cao áp kèm phụ gia dập bụi",
  objects: ["process_solution", "equipment_with_technology"],
  form: "with_equipment_sale",
  methods: [...TEACHING, "equipment"],
  scope: "Tuyến băng tải số 2 và bãi kho.",
  sectorMain: "MTR-03",
  value: "1,9 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "yes",
};
export const SHRIMP: DemoTerms = {
  ...LICENCE,
  title: "Nuôi tôm thẻ tuần hoàn trong nhà, giảm 80 % nước thay",
  technologyName: "Hệ tuần hoàn kết hợp biofloc ba giai đoạn",
  objects: ["process_solution", "improvement"],
  methods: TEACHING,
  scope: "Hai nhà nuôi tại Đầm Hà.",
  sectorMain: "KTB-03",
  value: "6,2 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "yes",
};
export const DRYING: DemoTerms = {
  ...LICENCE,
  title: "Sấy ba kích, trà hoa vàng giữ hoạt chất, 500 kg/mẻ",
  technologyName: "Sấy bơm nhiệt kết hợp thăng hoa kèm quy trình cho dược liệu",
  objects: ["know_how", "equipment_with_technology"],
  methods: [...TEACHING, "equipment"],
  scope: "Một xưởng sấy tại Ba Chẽ.",
  sectorMain: "CBT-02",
  value: "1,2 tỷ",
  paymentKinds: ["lump_sum"],
  stateMoney: "no",
};
export const AUDIO_GUIDE: DemoTerms = {
  ...LICENCE,
  title: "Thuyết minh tự động đa ngôn ngữ trên tàu vịnh Hạ Long",
  technologyName: "Thuyết minh theo định vị, dịch bằng trí tuệ nhân tạo",
  objects: ["data_model_algorithm"],
  methods: ["documents", "training"],
  scope: "60 tàu, năm ngôn ngữ.",
  sectorMain: "DLV-01",
  value: "850 triệu",
  paymentKinds: ["lump_sum"],
  stateMoney: "no",
};
export const VIBRATION: DemoTerms = {
  ...LICENCE,
  title: "Bảo trì dự đoán cho dây chuyền lắp ráp",
  technologyName: "Cảm biến rung kết hợp mô hình học máy",
  objects: ["data_model_algorithm", "equipment_with_technology"],
  methods: TEACHING,
  scope: "Một dây chuyền, 120 điểm đo.",
  sectorMain: "CCT-02",
  value: "2,1 tỷ",
  paymentKinds: ["lump_sum"],
  stateMoney: "no",
};
export const STORAGE: DemoTerms = {
  ...LICENCE,
  title: "Lưu trữ điện cho đảo kết hợp năng lượng mặt trời",
  technologyName: "Hệ lưu trữ dạng công-ten-nơ kèm điều khiển lưới nhỏ",
  objects: ["equipment_with_technology", "process_solution"],
  form: "with_equipment_sale",
  methods: [...TEACHING, "equipment"],
  scope: "Một đảo, 2 MWh.",
  sectorMain: "NLG-03",
  value: "28 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "yes",
};
export const LANDSLIDE: DemoTerms = {
  ...LICENCE,
  title: "Cảnh báo sớm sạt lở, lũ quét ở xã vùng cao",
  technologyName: "Trạm mưa, cảm biến dịch chuyển và bản đồ cảnh báo",
  objects: ["process_solution", "data_model_algorithm"],
  methods: TEACHING,
  scope: "Bốn xã vùng cao.",
  sectorMain: "QAT-02",
  value: "3,4 tỷ",
  paymentKinds: ["instalments"],
  stateMoney: "yes",
};
export const EXTRACTION: DemoTerms = {
  ...LICENCE,
  title: "Chiết xuất hoạt chất dược liệu bằng CO₂ siêu tới hạn",
  technologyName: "Quy trình chiết siêu tới hạn CO₂ có sáng chế",
  objects: ["know_how", "process_solution"],
  form: "with_ip_transfer",
  right: "exclusive_licence",
  methods: TEACHING,
  scope: "Độc quyền tại miền Bắc, 5 năm.",
  sectorMain: "SHY-02",
  value: "2,8 tỷ",
  paymentKinds: ["lump_sum", "royalty_net_revenue"],
  royaltyPercent: "3",
  royaltyYears: "5",
  stateMoney: "no",
};
