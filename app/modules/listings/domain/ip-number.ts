import type { IpType } from "~/generated/prisma/enums";

/**
 * Does an IP number look like one of the forms in use? Applications `1-2023-01234`, registrations `1-0012345`,
 * `4-0123456-000`, PCT, plant varieties `12.VN.2023`, software copyright `1234/2023/QTG`, bare numbers of older grants.
 * A soft check: an unusual number is worth a warning to the broker, never a refusal.
 */
export function looksLikeIpNumber(type: IpType | string, number: string): boolean {
  const text = number.trim().toUpperCase().replace(/\s+/g, "");
  if (type === "plant_variety") return /^\d{1,4}\.VN\.\d{4}$/.test(text) || /^\d{2,5}$/.test(text);
  if (type === "software_copyright") return /^\d{1,6}\/\d{4}\/QTG$/.test(text);
  const kind = {
    patent: "1",
    utility_solution: "2",
    industrial_design: "3",
    trademark: "4",
    circuit_layout: "5",
    geographical_indication: "6",
  }[type];
  if (!kind) return true;
  if (/^PCT\/[A-Z]{2}\d{4}\/\d{5,6}$/.test(text) || /^(SỐ)?\d{3,7}$/.test(text)) return true;
  return /^[1-6]-\d{4}-\d{5}$|^[1-6]-\d{7}(-\d{3})?$/.test(text) && text.startsWith(kind);
}
