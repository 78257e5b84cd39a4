import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { DateText, DefinitionList } from "~/components/ui";
import { communeName, provinceName } from "~/modules/accounts/schemas";

export type ProfileRow = {
  type: string | null;
  nameVi: string;
  nameEn: string | null;
  shortName: string | null;
  taxCode: string | null;
  countryCode: string;
  provinceCode: string | null;
  communeCode: string | null;
  address: string | null;
  website: string | null;
  about: string | null;
  verifiedAt: Date | null;
  sourceUrl: string | null;
  parent: { id: string; nameVi: string } | null;
};

/** The facts of an organisation; what nobody said is "not stated". */
export function OrganisationProfile({ row }: { row: ProfileRow }) {
  const { t } = useTranslation("accounts");
  const locale = useLocale();
  const outside = (url: string) => (
    <a className="link break-all" href={url} rel="noopener noreferrer nofollow">
      {url}
    </a>
  );
  const place = [
    row.address,
    communeName(row.communeCode),
    provinceName(row.provinceCode, locale),
    row.countryCode === "VN" ? null : row.countryCode,
  ];
  return (
    <>
      {row.about ? <p className="mb-4 whitespace-pre-line">{row.about}</p> : null}
      <DefinitionList
        items={[
          { term: t("organisation.type"), description: row.type ? t(`organisationType.${row.type}`) : null },
          {
            term: t("organisation.taxCode"),
            description: row.taxCode ? <span className="tabular-nums">{row.taxCode}</span> : null,
          },
          {
            term: t(locale === "en" ? "organisation.nameVi" : "organisation.nameEn"),
            description: locale === "en" ? row.nameVi : row.nameEn,
          },
          ...(row.shortName ? [{ term: t("organisation.shortName"), description: row.shortName }] : []),
          { term: t("found.sectionPlace"), description: place.filter(Boolean).join(", ") },
          { term: t("organisation.website"), description: row.website ? outside(row.website) : null },
          ...(row.parent
            ? [
                {
                  term: t("organisation.parent"),
                  description: (
                    <Link className="link" to={`/organisations/${row.parent.id}`}>
                      {row.parent.nameVi}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(row.verifiedAt
            ? [{ term: t("organisation.verifiedAt"), description: <DateText date={row.verifiedAt} /> }]
            : []),
          ...(row.sourceUrl ? [{ term: t("organisation.source"), description: outside(row.sourceUrl) }] : []),
        ]}
      />
    </>
  );
}
