import type { IpStatus, IpType, PriceModel } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";
import { parseMoney } from "./parse-money";

export type ImportedMoney = {
  /** whole đồng; null when the text does not say so without a doubt */
  moneyMin: bigint | null;
  moneyMax: bigint | null;
  moneyNegotiable: boolean | null;
  priceModel: PriceModel | null;
};

const NOTHING: ImportedMoney = { moneyMin: null, moneyMax: null, moneyNegotiable: null, priceModel: null };
/** A price per piece is the price of the technology's machine; a price per hour, month, m³ or household is not. */
const PER_PIECE = /\s*\/\s*(may|chiec|cai|bo|he thong|thiet bi|day chuyen|lo|robot|tram)\s*$/;
const AMOUNT = "\\d[\\d.,]*\\s*(?:ty|ti|trieu|nghin|ngan)?\\s*(?:dong|vnd|d)?";

function amount(text: string): bigint | null {
  const answer = parseMoney(text);
  return answer.ok && answer.dong > 0 ? BigInt(answer.dong) : null;
}

/**
 * Money as a source wrote it. Only what is unmistakable becomes figures: one amount or a range in đồng, per machine or
 * whole; foreign currency, prices per month or a project's total stay text ("not stated" as figures).
 */
export function readImportedMoney(text: string | null): ImportedMoney {
  if (!text) return NOTHING;
  // "(chi phí chế tạo)", "(ưu đãi 2023)" say that it is not the price
  if (/\([^()]*(chi phi|uu dai|ho tro|du an)[^()]*\)/.test(fold(text))) return NOTHING;
  const folded = fold(text)
    .replace(/[–—]/g, "-")
    .replace(/\s*\([^()]*\)\s*$/, "")
    .replace(PER_PIECE, "")
    .trim();
  if (/^(gia )?(thoa thuan|negotiable|lien he|to be agreed)$/.test(folded)) {
    return { ...NOTHING, moneyNegotiable: true, priceModel: "negotiable" };
  }
  if (/^(mien phi|khong thu phi|free|free of charge)$/.test(folded)) return { ...NOTHING, priceModel: "free" };
  const range = new RegExp(`^(?:gia |tu |khoang )*(${AMOUNT})\\s*(?:-|den)\\s*(${AMOUNT})$`).exec(folded);
  if (range) {
    const [, from = "", to = ""] = range;
    const unit = /(ty|ti|trieu|nghin|ngan)/.exec(to)?.[0];
    const min = amount(/(ty|ti|trieu|nghin|ngan)/.test(from) || !unit ? from : `${from} ${unit}`);
    const max = amount(to);
    return min !== null && max !== null && min <= max
      ? { ...NOTHING, moneyMin: min, moneyMax: max, priceModel: "range" }
      : NOTHING;
  }
  const upTo = new RegExp(`^(?:duoi|toi da|khong qua) (${AMOUNT})$`).exec(folded);
  if (upTo) return { ...NOTHING, moneyMax: amount(upTo[1] ?? "") };
  const single = new RegExp(`^(gia )?(khoang |tam )?(${AMOUNT})$`).exec(folded);
  const value = single && /(ty|ti|trieu|nghin|ngan|dong|vnd)/.test(single[3] ?? "") ? amount(single[3] ?? "") : null;
  return value === null
    ? NOTHING
    : { ...NOTHING, moneyMin: value, moneyMax: value, priceModel: single?.[2] ? null : "fixed" };
}

export type ImportedIp = { ipType: IpType | null; ipStatus: IpStatus | null; ipNumber: string | null };

/**
 * Protection as a source wrote it. The kind and the state become codes where the words say so; a bare "Sáng chế" tells
 * the kind and nothing of its state.
 */
export function readImportedIp(text: string | null): ImportedIp {
  if (!text) return { ipType: null, ipStatus: null, ipNumber: null };
  const folded = fold(text);
  const ipType: IpType | null = /giai phap huu ich|utility solution|utility model/.test(folded)
    ? "utility_solution"
    : /sang che|patent/.test(folded)
      ? "patent"
      : /kieu dang/.test(folded)
        ? "industrial_design"
        : /nhan hieu|trademark/.test(folded)
          ? "trademark"
          : /giong cay|plant variety/.test(folded)
            ? "plant_variety"
            : /quyen tac gia/.test(folded)
              ? "software_copyright"
              : null;
  const application = /\b[1-6]-\d{4}-\d{5}\b/.exec(text)?.[0];
  const registration = /\b[1-6]-\d{7}(-\d{3})?\b/.exec(text)?.[0];
  const numbered = ipType ? /(?:số|so|no\.?)\s*(\d{3,6})\b/i.exec(text)?.[1] : undefined;
  const ipStatus: IpStatus | null =
    ipType === null
      ? null
      : /bang doc quyen|da cap|granted/.test(folded) || registration || numbered
        ? "granted"
        : /don (sang che|giai phap)|dang nop|da nop|application|filed/.test(folded) || application
          ? "filed"
          : null;
  return { ipType, ipStatus, ipNumber: registration ?? application ?? numbered ?? null };
}
