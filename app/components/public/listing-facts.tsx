import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AppLocale } from "~/locales";
import { communeName, provinceName } from "~/modules/accounts/schemas";
import type { ListingView } from "~/modules/listings/index.server";
import { formatDate, formatNumber } from "../format";
import { useLocale } from "../locale";
import { DateText, DefinitionList, Money, SectorChips, TrlText } from "../ui";

/** "500 – 1.200 m³/ngày"; null when no capacity is stated. */
function scaleText({ scaleMin, scaleMax, scaleUnit }: ListingView["facts"], locale: AppLocale): string | null {
  if (scaleMin === null && scaleMax === null) return null;
  const number = (value: number | null) => (value === null ? null : formatNumber(value, locale));
  const span =
    scaleMin !== null && scaleMax !== null && scaleMin !== scaleMax
      ? `${number(scaleMin)} – ${number(scaleMax)}`
      : scaleMin === null
        ? `≤ ${number(scaleMax)}`
        : number(scaleMin);
  return [span, scaleUnit].filter(Boolean).join(" ");
}

/** Everything public that a listing states, and "not stated" for what it does not; of a blind one its open part. */
export function ListingFacts({ listing }: { listing: ListingView }) {
  const { t } = useTranslation(["public", "posting", "readiness", "common"]);
  const locale = useLocale();
  const { facts, kind } = listing;
  const need = kind === "need";
  const words = (group: string, values: readonly string[]) =>
    values.map((value) => t(`common:enum.${group}.${value}`)).join("; ");
  const place = [
    listing.communeCode ? communeName(listing.communeCode) : null,
    listing.provinceCode ? provinceName(listing.provinceCode, locale) : null,
  ];
  const sector =
    listing.sectors.length === 0 && !facts.sectorText ? null : (
      <>
        <SectorChips codes={listing.sectors} />
        {facts.sectorText ? (
          <p className="mt-1 text-sm text-muted">
            {t("listing.sectorSource", { text: facts.sectorText })}
            {facts.sectorGuessed ? `; ${t("listing.sectorGuessed")}` : ""}
          </p>
        ) : null}
      </>
    );
  const trl =
    facts.trl === null ? null : (
      <>
        <TrlText trl={facts.trl} basis={need ? null : (facts.trlBasis ?? "self_declared")} />
        <span className="text-muted"> – {t(`common:trl.${facts.trl}`)}</span>
        {listing.trlConfirmation ? (
          <span className="block text-sm text-muted">
            {t("readiness:by", {
              name: listing.trlConfirmation.by ?? "",
              date: formatDate(listing.trlConfirmation.at),
            })}
          </span>
        ) : null}
      </>
    );
  const money = (
    <Money min={facts.moneyMin} max={facts.moneyMax} negotiable={facts.moneyNegotiable} text={facts.moneyText} />
  );
  const ip = [
    facts.ipType ? t(`common:enum.ipType.${facts.ipType}`) : null,
    facts.ipStatus ? t(`common:enum.ipStatus.${facts.ipStatus}`) : null,
    listing.ipNumber,
    listing.ipText,
  ]
    .filter(Boolean)
    .join("; ");
  const common = [
    { key: "published", term: t("listing.published"), description: <DateText date={listing.publishedAt} /> },
    // the exchange's own dates: absent is not "not stated"
    ...(listing.lastConfirmedAt
      ? [{ key: "confirmed", term: t("listing.confirmed"), description: <DateText date={listing.lastConfirmedAt} /> }]
      : []),
    ...(listing.expiresOn
      ? [{ key: "expires", term: t("listing.expires"), description: <DateText date={listing.expiresOn} /> }]
      : []),
  ];
  const sectors = { key: "sector", term: t("listing.sector"), description: sector };
  const keywords = { key: "keywords", term: t("listing.keywords"), description: facts.keywords.join(", ") };
  // what is held back is not "not stated"
  if (listing.ownerHidden) return <DefinitionList items={[sectors, keywords, ...common]} />;
  const first = [
    sectors,
    { key: "place", term: t(need ? "listing.site" : "listing.place"), description: place.filter(Boolean).join(", ") },
    { key: "trl", term: t(need ? "listing.trlMin" : "listing.trl"), description: trl },
  ];
  const wordsHere = (group: string, value: string | null) => value && t(`posting:enum.${group}.${value}`);
  const scale = scaleText(facts, locale);
  const months = (value: number | null) => (value === null ? null : t("posting:fact.months", { count: value }));
  // what came with the whole form: older and imported listings do not state it, and a page of "not stated" helps nobody
  const stated = (items: { key: string; term: string; description: ReactNode }[]) =>
    items.filter(({ description }) => description !== null && description !== "");
  const more = stated([
    { key: "scale", term: t(need ? "posting:fact.scaleNeed" : "posting:fact.scale"), description: scale },
    { key: "urgency", term: t("posting:field.urgency.label"), description: wordsHere("urgency", facts.urgency) },
    {
      key: "supplyOrigin",
      term: t("posting:field.supplyOrigin.label"),
      description: wordsHere("supplyOrigin", facts.supplyOrigin),
    },
    ...(need
      ? [
          { key: "forms", term: t("posting:field.formsWanted.label"), description: words("form", facts.forms) },
          { key: "methods", term: t("posting:field.methodsWanted.label"), description: words("method", facts.methods) },
          { key: "rights", term: t("posting:field.rightsWanted.label"), description: words("right", facts.rights) },
        ]
      : []),
    {
      key: "helpWanted",
      term: t("posting:field.helpWanted.label"),
      description: facts.helpWanted.map((one) => t(`posting:enum.helpWanted.${one}`)).join("; "),
    },
    {
      key: "unitCost",
      term: t("posting:fact.unitCost"),
      description:
        facts.unitCost === null ? null : (
          <>
            <Money min={facts.unitCost} /> / {facts.unitCostPer}
          </>
        ),
    },
    { key: "payback", term: t("posting:fact.payback"), description: months(facts.paybackMonths) },
    { key: "transferTime", term: t("posting:fact.transferTime"), description: months(facts.transferMonths) },
    { key: "warranty", term: t("posting:fact.warranty"), description: months(facts.warrantyMonths) },
    {
      key: "originFunding",
      term: t("posting:field.originFunding.label"),
      description: wordsHere("originFunding", facts.originFunding),
    },
    {
      key: "acceptedYear",
      term: t("posting:field.originAcceptedYear.label"),
      description: facts.originAcceptedYear === null ? null : String(facts.originAcceptedYear),
    },
    {
      key: "decision",
      term: t("posting:field.ownershipDecision.label"),
      description: listing.details?.ownershipDecision ?? null,
    },
    {
      key: "certificate",
      term: t("posting:field.resultCertificate.label"),
      description: listing.details?.resultCertificate ?? null,
    },
  ]);
  const own = need
    ? [
        { key: "needType", term: t("listing.needType"), description: words("needType", facts.needTypes) },
        { key: "money", term: t("listing.budget"), description: money },
        { key: "funding", term: t("listing.funding"), description: words("funding", facts.funding) },
        { key: "neededBy", term: t("listing.neededBy"), description: <DateText date={facts.neededBy} /> },
      ]
    : [
        { key: "money", term: t("listing.price"), description: money },
        {
          key: "priceModel",
          term: t("listing.priceModel"),
          description: facts.priceModel && t(`common:enum.priceModel.${facts.priceModel}`),
        },
        { key: "objects", term: t("listing.objects"), description: words("object", facts.objects) },
        { key: "forms", term: t("listing.forms"), description: words("form", facts.forms) },
        { key: "methods", term: t("listing.methods"), description: words("method", facts.methods) },
        { key: "rights", term: t("listing.rights"), description: words("right", facts.rights) },
        { key: "ip", term: t("listing.ip"), description: ip },
        { key: "task", term: t("listing.originTask"), description: listing.originTaskCode },
      ];
  return <DefinitionList items={[...first, ...own, ...more, keywords, ...common]} />;
}
