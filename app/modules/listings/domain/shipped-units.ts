/**
 * Units that requirement and parameter lines are written in. `factor` and `offset` lead to the dimension's base unit:
 * base = value × factor + offset. Aliases are compared without blanks, with ² ³ as 2 3, first exactly and then folded
 * (no diacritics, lower case). New units: add a row, and the property tests cover it; administrators add theirs in the app.
 */
export type Dimension =
  | "volume-flow"
  | "mass-flow"
  | "mass-per-batch"
  | "volume-per-batch"
  | "pieces-per-time"
  | "power"
  | "energy"
  | "concentration"
  | "gas-concentration"
  | "ratio"
  | "temperature"
  | "pressure"
  | "length"
  | "area"
  | "volume"
  | "mass"
  | "money"
  | "time"
  | "sound"
  | "acidity"
  | "count-per-gram"
  | "count-per-volume"
  | "speed"
  | "voltage"
  | "current"
  | "frequency"
  | "turbidity"
  | "conductivity"
  | "count"
  | "rotation"
  | "density"
  | "yield-per-area"
  | "energy-per-mass"
  | "energy-per-volume"
  | "data";

export type Unit = { id: string; dimension: Dimension; factor: number; offset?: number; aliases: string[] };

const DAY_H = 24;
/** a year of 365 days, as capacities "per year" are reckoned in the forms */
const YEAR_H = 8_760;

export const SHIPPED_UNITS: readonly Unit[] = [
  // base m³/h
  { id: "m³/h", dimension: "volume-flow", factor: 1, aliases: ["m3/giờ", "m3/hour", "khối/giờ", "m3/g"] },
  {
    id: "m³/ngày",
    dimension: "volume-flow",
    factor: 1 / DAY_H,
    aliases: ["m3/ngày đêm", "m3/ngđ", "m3/ng.đ", "m3/nđ", "m3/d", "m3/day", "khối/ngày", "khối/ngày đêm"],
  },
  { id: "m³/s", dimension: "volume-flow", factor: 3_600, aliases: ["m3/giây", "m3/sec"] },
  { id: "m³/phút", dimension: "volume-flow", factor: 60, aliases: ["m3/min", "m3/ph"] },
  { id: "m³/năm", dimension: "volume-flow", factor: 1 / YEAR_H, aliases: ["m3/year", "m3/y", "khối/năm"] },
  { id: "l/s", dimension: "volume-flow", factor: 3.6, aliases: ["lít/giây", "l/giây", "lit/s"] },
  { id: "l/phút", dimension: "volume-flow", factor: 0.06, aliases: ["lít/phút", "l/min", "lit/phut", "lpm"] },
  { id: "l/h", dimension: "volume-flow", factor: 0.001, aliases: ["lít/giờ", "l/giờ", "lít/h", "l/hour"] },
  { id: "l/ngày", dimension: "volume-flow", factor: 0.001 / DAY_H, aliases: ["lít/ngày", "l/d", "l/day"] },
  // base kg/h
  { id: "kg/h", dimension: "mass-flow", factor: 1, aliases: ["kg/giờ", "kg/hour"] },
  {
    id: "tấn/h",
    dimension: "mass-flow",
    factor: 1_000,
    aliases: ["tấn/giờ", "t/h", "ton/h", "t/giờ", "tonnes/h", "tph"],
  },
  { id: "kg/ngày", dimension: "mass-flow", factor: 1 / DAY_H, aliases: ["kg/ngày đêm", "kg/d", "kg/day"] },
  {
    id: "tấn/ngày",
    dimension: "mass-flow",
    factor: 1_000 / DAY_H,
    aliases: ["tấn/ngày đêm", "t/ngày", "t/d", "t/day", "ton/day", "tonnes/day", "tpd"],
  },
  {
    id: "tấn/tháng",
    dimension: "mass-flow",
    factor: 12_000 / YEAR_H,
    aliases: ["t/tháng", "ton/month", "tonnes/month"],
  },
  { id: "kg/năm", dimension: "mass-flow", factor: 1 / YEAR_H, aliases: ["kg/year", "kg/y"] },
  {
    id: "tấn/năm",
    dimension: "mass-flow",
    factor: 1_000 / YEAR_H,
    aliases: ["t/năm", "t/y", "ton/year", "tonnes/year", "tpa"],
  },
  { id: "kg/mẻ", dimension: "mass-per-batch", factor: 1, aliases: ["kg/batch", "kg/lần"] },
  { id: "tấn/mẻ", dimension: "mass-per-batch", factor: 1_000, aliases: ["t/mẻ", "t/batch", "ton/batch"] },
  { id: "l/mẻ", dimension: "volume-per-batch", factor: 1, aliases: ["lít/mẻ", "l/batch"] },
  { id: "m³/mẻ", dimension: "volume-per-batch", factor: 1_000, aliases: ["m3/batch"] },
  {
    id: "sản phẩm/h",
    dimension: "pieces-per-time",
    factor: 1,
    aliases: [
      "sản phẩm/giờ",
      "sp/h",
      "cái/h",
      "cái/giờ",
      "chiếc/h",
      "pcs/h",
      "units/h",
      "chai/giờ",
      "chai/h",
      "hộp/giờ",
      "gói/giờ",
    ],
  },
  {
    id: "sản phẩm/phút",
    dimension: "pieces-per-time",
    factor: 60,
    aliases: ["sp/phút", "cái/phút", "pcs/min", "units/min", "chai/phút", "gói/phút"],
  },
  {
    id: "sản phẩm/ngày",
    dimension: "pieces-per-time",
    factor: 1 / DAY_H,
    aliases: ["sp/ngày", "cái/ngày", "pcs/day", "units/day"],
  },
  {
    id: "sản phẩm/năm",
    dimension: "pieces-per-time",
    factor: 1 / YEAR_H,
    aliases: ["sp/năm", "cái/năm", "pcs/year", "units/year"],
  },
  // base kW, kWh
  { id: "W", dimension: "power", factor: 0.001, aliases: ["watt", "oát"] },
  { id: "kW", dimension: "power", factor: 1, aliases: ["kilowatt", "kilôoát"] },
  { id: "MW", dimension: "power", factor: 1_000, aliases: ["megawatt"] },
  { id: "HP", dimension: "power", factor: 0.745_699_872, aliases: ["mã lực", "sức ngựa", "cv"] },
  { id: "kWp", dimension: "power", factor: 1, aliases: [] },
  { id: "MWp", dimension: "power", factor: 1_000, aliases: [] },
  { id: "Wh", dimension: "energy", factor: 0.001, aliases: [] },
  { id: "kWh", dimension: "energy", factor: 1, aliases: ["số điện"] },
  { id: "MWh", dimension: "energy", factor: 1_000, aliases: [] },
  { id: "MJ", dimension: "energy", factor: 1 / 3.6, aliases: ["megajoule"] },
  { id: "kcal", dimension: "energy", factor: 4.184 / 3_600, aliases: [] },
  { id: "kWh/tấn", dimension: "energy-per-mass", factor: 1, aliases: ["kwh/t", "kwh/ton"] },
  { id: "kWh/kg", dimension: "energy-per-mass", factor: 1_000, aliases: [] },
  { id: "kWh/m³", dimension: "energy-per-volume", factor: 1, aliases: ["kwh/khối"] },
  // base mg/l; ppm as it is used for water (density 1 kg/l)
  { id: "mg/l", dimension: "concentration", factor: 1, aliases: ["mg/lít", "mgl", "mg/lit"] },
  { id: "g/l", dimension: "concentration", factor: 1_000, aliases: ["g/lít", "gam/lít", "gr/l"] },
  { id: "µg/l", dimension: "concentration", factor: 0.001, aliases: ["μg/l", "ug/l", "mcg/l", "µg/lít"] },
  { id: "mg/ml", dimension: "concentration", factor: 1_000, aliases: [] },
  { id: "ppm", dimension: "concentration", factor: 1, aliases: ["phần triệu"] },
  { id: "ppb", dimension: "concentration", factor: 0.001, aliases: ["phần tỷ"] },
  { id: "mg/Nm³", dimension: "gas-concentration", factor: 1, aliases: ["mg/nm3"] },
  { id: "mg/m³", dimension: "gas-concentration", factor: 1, aliases: [] },
  { id: "µg/m³", dimension: "gas-concentration", factor: 0.001, aliases: ["μg/m3", "ug/m3"] },
  { id: "g/Nm³", dimension: "gas-concentration", factor: 1_000, aliases: ["g/m3"] },
  {
    id: "%",
    dimension: "ratio",
    factor: 1,
    aliases: ["phần trăm", "percent", "pct", "%rh", "% khối lượng", "% thể tích"],
  },
  { id: "‰", dimension: "ratio", factor: 0.1, aliases: ["phần nghìn", "phần ngàn"] },
  // base °C
  { id: "°C", dimension: "temperature", factor: 1, aliases: ["độ C", "oC", "ºC", "do c", "celsius", "℃", "độ", "C"] },
  { id: "K", dimension: "temperature", factor: 1, offset: -273.15, aliases: ["kelvin", "°K"] },
  {
    id: "°F",
    dimension: "temperature",
    factor: 5 / 9,
    offset: -160 / 9,
    aliases: ["độ F", "oF", "ºF", "fahrenheit", "℉"],
  },
  // base bar
  { id: "bar", dimension: "pressure", factor: 1, aliases: ["ba"] },
  { id: "MPa", dimension: "pressure", factor: 10, aliases: ["N/mm2", "megapascal"] },
  { id: "kPa", dimension: "pressure", factor: 0.01, aliases: ["kilopascal"] },
  { id: "Pa", dimension: "pressure", factor: 0.000_01, aliases: ["pascal", "N/m2"] },
  { id: "at", dimension: "pressure", factor: 0.980_665, aliases: ["kg/cm2", "kgf/cm2"] },
  { id: "atm", dimension: "pressure", factor: 1.013_25, aliases: [] },
  { id: "psi", dimension: "pressure", factor: 0.068_947_573, aliases: [] },
  { id: "mH₂O", dimension: "pressure", factor: 0.098_066_5, aliases: ["mH2O", "m cột nước"] },
  // base mm
  { id: "µm", dimension: "length", factor: 0.001, aliases: ["μm", "um", "micromet", "micron"] },
  { id: "nm", dimension: "length", factor: 0.000_001, aliases: ["nanomet"] },
  { id: "mm", dimension: "length", factor: 1, aliases: ["mi-li-mét", "milimet", "ly", "li"] },
  { id: "cm", dimension: "length", factor: 10, aliases: ["centimet", "phân"] },
  { id: "m", dimension: "length", factor: 1_000, aliases: ["mét", "meter", "metre"] },
  { id: "km", dimension: "length", factor: 1_000_000, aliases: ["kilomet", "cây số"] },
  { id: "inch", dimension: "length", factor: 25.4, aliases: ["in", '"'] },
  { id: "m²", dimension: "area", factor: 1, aliases: ["mét vuông", "sqm"] },
  { id: "ha", dimension: "area", factor: 10_000, aliases: ["héc-ta", "hecta", "hectare"] },
  { id: "km²", dimension: "area", factor: 1_000_000, aliases: [] },
  { id: "l", dimension: "volume", factor: 1, aliases: ["lít", "liter", "litre"] },
  { id: "ml", dimension: "volume", factor: 0.001, aliases: ["mililit"] },
  { id: "m³", dimension: "volume", factor: 1_000, aliases: ["khối", "mét khối"] },
  { id: "g", dimension: "mass", factor: 0.001, aliases: ["gam", "gram", "gr"] },
  { id: "mg", dimension: "mass", factor: 0.000_001, aliases: ["miligam"] },
  { id: "kg", dimension: "mass", factor: 1, aliases: ["ki-lô-gam", "kilogam", "kilo", "cân"] },
  { id: "tạ", dimension: "mass", factor: 100, aliases: [] },
  { id: "tấn", dimension: "mass", factor: 1_000, aliases: ["t", "ton", "tonne", "tons"] },
  { id: "kg/m³", dimension: "density", factor: 1, aliases: [] },
  { id: "g/cm³", dimension: "density", factor: 1_000, aliases: ["t/m3", "tấn/m3", "kg/l"] },
  { id: "tấn/ha", dimension: "yield-per-area", factor: 1_000, aliases: ["t/ha", "ton/ha"] },
  { id: "tạ/ha", dimension: "yield-per-area", factor: 100, aliases: [] },
  { id: "kg/ha", dimension: "yield-per-area", factor: 1, aliases: [] },
  // base đồng
  { id: "đồng", dimension: "money", factor: 1, aliases: ["đ", "vnd", "vnđ", "₫"] },
  { id: "nghìn đồng", dimension: "money", factor: 1_000, aliases: ["ngàn đồng", "nghìn", "ngàn", "kđ"] },
  { id: "triệu đồng", dimension: "money", factor: 1_000_000, aliases: ["triệu", "tr", "trđ", "million vnd"] },
  { id: "tỷ đồng", dimension: "money", factor: 1_000_000_000, aliases: ["tỷ", "tỉ", "tỉ đồng", "billion vnd"] },
  // base day; a month is a twelfth of 365 days
  { id: "giây", dimension: "time", factor: 1 / 86_400, aliases: ["s", "sec", "second", "seconds"] },
  { id: "phút", dimension: "time", factor: 1 / 1_440, aliases: ["min", "minute", "minutes"] },
  { id: "giờ", dimension: "time", factor: 1 / 24, aliases: ["h", "hour", "hours", "tiếng"] },
  { id: "ngày", dimension: "time", factor: 1, aliases: ["ngày đêm", "day", "days"] },
  { id: "tuần", dimension: "time", factor: 7, aliases: ["week", "weeks"] },
  { id: "tháng", dimension: "time", factor: 365 / 12, aliases: ["month", "months"] },
  { id: "năm", dimension: "time", factor: 365, aliases: ["year", "years", "y"] },
  { id: "dB", dimension: "sound", factor: 1, aliases: ["dBA", "dB(A)", "decibel", "đề-xi-ben"] },
  { id: "pH", dimension: "acidity", factor: 1, aliases: ["độ pH"] },
  { id: "CFU/g", dimension: "count-per-gram", factor: 1, aliases: ["KL/g", "khuẩn lạc/g"] },
  { id: "CFU/ml", dimension: "count-per-volume", factor: 1, aliases: ["KL/ml", "khuẩn lạc/ml"] },
  { id: "CFU/100ml", dimension: "count-per-volume", factor: 0.01, aliases: ["MPN/100ml", "CFU/100 ml"] },
  { id: "m/s", dimension: "speed", factor: 1, aliases: ["mét/giây"] },
  { id: "m/phút", dimension: "speed", factor: 1 / 60, aliases: ["m/min", "mét/phút"] },
  { id: "km/h", dimension: "speed", factor: 1 / 3.6, aliases: ["km/giờ", "kph"] },
  { id: "V", dimension: "voltage", factor: 1, aliases: ["vôn", "volt"] },
  { id: "kV", dimension: "voltage", factor: 1_000, aliases: ["kilovolt"] },
  { id: "A", dimension: "current", factor: 1, aliases: ["ampe", "ampere"] },
  { id: "Hz", dimension: "frequency", factor: 1, aliases: ["hertz", "héc"] },
  { id: "kHz", dimension: "frequency", factor: 1_000, aliases: [] },
  { id: "MHz", dimension: "frequency", factor: 1_000_000, aliases: [] },
  { id: "NTU", dimension: "turbidity", factor: 1, aliases: ["FTU"] },
  { id: "µS/cm", dimension: "conductivity", factor: 1, aliases: ["μS/cm", "uS/cm"] },
  { id: "mS/cm", dimension: "conductivity", factor: 1_000, aliases: [] },
  { id: "vòng/phút", dimension: "rotation", factor: 1, aliases: ["v/ph", "v/p", "rpm", "vg/ph"] },
  {
    id: "người",
    dimension: "count",
    factor: 1,
    aliases: [
      "lao động",
      "nhân công",
      "cái",
      "chiếc",
      "bộ",
      "con",
      "cây",
      "hộ",
      "người dùng",
      "users",
      "people",
      "pcs",
    ],
  },
  { id: "GB", dimension: "data", factor: 1, aliases: ["gigabyte"] },
  { id: "TB", dimension: "data", factor: 1_000, aliases: ["terabyte"] },
];
