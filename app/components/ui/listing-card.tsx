import { Link } from "@remix-run/react";
import Building2 from "lucide-react/icons/building-2";
import CalendarDays from "lucide-react/icons/calendar-days";
import MapPin from "lucide-react/icons/map-pin";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { provinceName } from "~/modules/accounts/schemas";
import { isoDay } from "../format";
import { useLocale } from "../locale";
import { DateText } from "./data";
import { Badge } from "./feedback";
import { MarkedText } from "./marked-text";
import { SectorChips } from "./sector-chips";

/** What a card shows; `ListingCard` of the listings door fits. */
export type ListingCardData = {
  id: string;
  kind: "need" | "offering";
  reference: string | null;
  /** where its page is; default by its reference */
  address?: string;
  title: string;
  summary: string | null;
  /** null = hidden from this reader */
  organisation: string | null;
  sectors: string[];
  provinceCode: string | null;
  trl: number | null;
  trlBasis: string | null;
  visibility: string;
  publishedAt: Date | null;
  /** its owner last said that it holds */
  lastConfirmedAt?: Date | null;
  /** hidden from searching since */
  unconfirmedAt?: Date | null;
  /** the province made it its own then */
  challengeSince?: Date | null;
  /** language of the words */
  lang?: string;
};

/** Need or offering, told apart by word and by colour. */
export function KindBadge({ kind }: { kind: "need" | "offering" }) {
  const { t } = useTranslation();
  return <Badge tone={kind === "need" ? "warning" : "info"}>{t(`kind.${kind}`)}</Badge>;
}

/** Technology readiness with who says so: a number without confirmation is "tự khai". */
export function TrlText({ trl, basis }: { trl: number; basis: string | null }) {
  const { t } = useTranslation();
  return (
    <span className="whitespace-nowrap">
      TRL {trl}
      {basis ? <span className="text-muted"> ({t(`trlBasis.${basis}`)})</span> : null}
    </span>
  );
}

type ListingCardViewProps = {
  card: ListingCardData;
  /** where the title leads; default the public page */
  to?: string;
  /** rank of the title among the page's headings */
  level?: 2 | 3;
  /** what was looked for, marked; `text` is where else it stands */
  marks?: { title: string[]; summary: string[] | null; text: string[] | null };
  /** more below: evidence, buttons */
  children?: ReactNode;
};

/** A need or an offering in a list. */
export function ListingCardView({ card, to, level = 3, marks, children }: ListingCardViewProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const Heading = `h${level}` as const;
  return (
    <article className="card flex h-full min-w-0 flex-col p-4 sm:p-5">
      <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <KindBadge kind={card.kind} />
        {card.reference ? <span className="tabular-nums">{card.reference}</span> : null}
        {card.visibility === "blind" ? <Badge>{t("visibility.blind")}</Badge> : null}
        {card.challengeSince ? <Badge tone="info">{t("posting:challenge.badge")}</Badge> : null}
        {card.unconfirmedAt ? <Badge tone="warning">{t("unconfirmed")}</Badge> : null}
      </p>
      <Heading lang={card.lang} className="text-lg font-semibold">
        <Link to={to ?? card.address ?? `/listings/${card.reference ?? card.id}`} className="text-link hover:underline">
          {marks ? <MarkedText pieces={marks.title} /> : card.title}
        </Link>
      </Heading>
      {card.summary ? (
        <p lang={card.lang} className="mt-1.5 line-clamp-3 text-sm">
          {marks?.summary ? <MarkedText pieces={marks.summary} /> : card.summary}
        </p>
      ) : null}
      {marks?.text ? (
        <p lang={card.lang} className="mt-1.5 line-clamp-3 border-l-3 border-line pl-3 text-sm text-muted">
          <MarkedText pieces={marks.text} />
        </p>
      ) : null}
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        <li className="flex min-w-0 items-start gap-1.5">
          <Building2 size={16} aria-hidden="true" className="mt-1 shrink-0" />
          {card.organisation ?? t("organisationHidden")}
        </li>
        {card.provinceCode ? (
          <li className="flex items-start gap-1.5">
            <MapPin size={16} aria-hidden="true" className="mt-1 shrink-0" />
            {provinceName(card.provinceCode, locale)}
          </li>
        ) : null}
        {card.publishedAt ? (
          <li className="flex items-start gap-1.5">
            <CalendarDays size={16} aria-hidden="true" className="mt-1 shrink-0" />
            <span className="sr-only">{t("published")} </span>
            <span>
              <DateText date={card.publishedAt} />
              {card.lastConfirmedAt && isoDay(card.lastConfirmedAt) !== isoDay(card.publishedAt) ? (
                <>
                  {" · "}
                  {t("confirmedOn")} <DateText date={card.lastConfirmedAt} />
                </>
              ) : null}
            </span>
          </li>
        ) : null}
        {card.trl === null ? null : (
          <li>
            <TrlText trl={card.trl} basis={card.trlBasis} />
          </li>
        )}
      </ul>
      {card.sectors.length > 0 ? (
        <div className="mt-auto pt-3">
          <SectorChips codes={card.sectors} />
        </div>
      ) : null}
      {children ? <div className="mt-4 border-t border-line pt-4">{children}</div> : null}
    </article>
  );
}
