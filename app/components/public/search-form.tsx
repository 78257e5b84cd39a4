import { Form, Link } from "@remix-run/react";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import X from "lucide-react/icons/x";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PROVINCES, provinceName } from "~/modules/accounts/schemas";
import type { FacetName } from "~/platform/search/facets";
import { formatNumber } from "../format";
import { CheckboxGroup, SelectField } from "../forms";
import { useLocale } from "../locale";
import { Button } from "../ui";
import { SearchBox } from "./search-box";
import { FRESH_CHOICES, type SearchParams, searchHref, TICKED, TICKED_NAMES, type Ticked } from "./search-params";

/** How many listings each choice would leave. */
export type Facets = Record<FacetName, Record<string, number>>;
/** Codes of the taxonomy in its order; names are in the `sectors` texts. */
export type SectorCodes = { code: string; children: string[] }[];

/** Names of the choices that are ticked. */
function useChoiceName() {
  const { t } = useTranslation(["search", "common"]);
  return (group: Ticked, code: string): string => {
    if (group === "forms") return t(`common:enum.form.${code}`);
    if (group === "rights") return t(`common:enum.right.${code}`);
    return t(`${group}.${code}`);
  };
}

/** How many filters are in force. */
const inForce = (params: SearchParams): number =>
  [params.sector, params.province, params.days].filter(Boolean).length +
  TICKED_NAMES.reduce((sum, name) => sum + (params[name]?.length ?? 0), 0);

type SearchFormProps = { params: SearchParams; facets: Facets; tree: SectorCodes; children: ReactNode };

/**
 * Words and filters in one GET form, the results beside it: it works, can be linked to and goes back without JavaScript. On a
 * phone the filters fold into a panel.
 */
export function SearchForm({ params, facets, tree, children }: SearchFormProps) {
  const { t } = useTranslation(["search", "public"]);
  const active = inForce(params);
  return (
    <div className="grid gap-x-7 gap-y-5 lg:grid-cols-[18rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      {/* a new address is a new form: defaults follow links and the back button */}
      <Form method="get" action="/search" key={searchHref(params)} className="contents">
        <div className="no-print card min-w-0 p-4 sm:p-5 lg:col-span-2">
          <SearchBox q={params.q} label={t("public:search.label")} placeholder={t("public:search.placeholder")} />
          {params.kind ? <input type="hidden" name="kind" value={params.kind} /> : null}
          {params.sort === "price" || (params.q && params.sort === "newest") ? (
            <input type="hidden" name="sort" value={params.sort} />
          ) : null}
        </div>
        <details className="no-print card min-w-0 self-start px-4 py-2 sm:px-5 lg:py-4 lg:details-content:[content-visibility:visible]">
          <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-link lg:supports-[selector(::details-content)]:hidden">
            <SlidersHorizontal size={18} aria-hidden="true" />
            {active > 0 ? t("filtersOn", { count: active }) : t("filters")}
          </summary>
          <Filters params={params} facets={facets} tree={tree} />
          <Button variant="secondary" className="mb-3 w-full">
            {t("applyFilters")}
          </Button>
        </details>
      </Form>
      <div className="min-w-0 lg:col-start-2">{children}</div>
    </div>
  );
}

function Filters({ params, facets, tree }: Omit<SearchFormProps, "children">) {
  const { t } = useTranslation(["search", "sectors", "public"]);
  const locale = useLocale();
  const nameOf = useChoiceName();
  const counted = (name: string, count: number | undefined) =>
    count ? `${name} (${formatNumber(count, locale)})` : name;
  return (
    <div className="mt-2">
      <SelectField
        label={t("public:search.sector")}
        name="sector"
        defaultValue={params.sector ?? ""}
        placeholder={t("public:search.anySector")}
        options={tree.flatMap(({ code, children }) => {
          const group = t(`sectors:${code}`);
          return [
            { value: code, group, label: counted(t("public:search.wholeField", { name: group }), facets.fields[code]) },
            ...children.map((child) => ({
              value: child,
              group,
              label: counted(t(`sectors:${child}`), facets.sectors[child]),
            })),
          ];
        })}
      />
      <SelectField
        label={t("public:search.province")}
        name="province"
        defaultValue={params.province ?? ""}
        placeholder={t("public:search.anyProvince")}
        options={PROVINCES.map(({ code }) => ({
          value: code,
          label: counted(provinceName(code, locale) ?? code, facets.provinces[code]),
        }))}
      />
      <SelectField
        label={t("days")}
        name="days"
        defaultValue={params.days ?? ""}
        placeholder={t("anyDay")}
        options={FRESH_CHOICES.map((days) => ({
          value: String(days),
          label: counted(t("daysChoice", { count: days }), facets.freshness[String(days)]),
        }))}
      />
      {TICKED_NAMES.map((name) => {
        const chosen = params[name] ?? [];
        const options = TICKED[name].filter((code) => facets[name][code] || chosen.includes(code));
        if (options.length === 0) return null;
        return (
          <CheckboxGroup
            key={name}
            legend={t(`group.${name}`)}
            name={name}
            defaultValue={chosen}
            options={options.map((code) => ({ value: code, label: counted(nameOf(name, code), facets[name][code]) }))}
          />
        );
      })}
    </div>
  );
}

type Active = { key: string; name: string; without: string };

/** The filters in force, each with its name and the address without it. */
export function useActiveFilters(params: SearchParams): Active[] {
  const { t } = useTranslation(["search", "sectors", "common"]);
  const locale = useLocale();
  const nameOf = useChoiceName();
  const { kind, sector, province, days } = params;
  return [
    ...(kind ? [{ key: "kind", name: t(`common:kindLong.${kind}`), without: searchHref(params, { kind: null }) }] : []),
    ...(sector
      ? [{ key: "sectors", name: t(`sectors:${sector}`), without: searchHref(params, { sector: null }) }]
      : []),
    ...(province
      ? [
          {
            key: "province",
            name: provinceName(province, locale) ?? province,
            without: searchHref(params, { province: null }),
          },
        ]
      : []),
    ...(days
      ? [{ key: "days", name: t("daysChoice", { count: days }), without: searchHref(params, { days: null }) }]
      : []),
    ...TICKED_NAMES.flatMap((name) =>
      (params[name] ?? []).map((code) => ({
        key: name,
        name: nameOf(name, code),
        without: searchHref(params, { [name]: params[name]?.filter((other) => other !== code) }),
      })),
    ),
  ];
}

/** The filters in force, each with a way out. */
export function ActiveFilters({ params }: { params: SearchParams }) {
  const { t } = useTranslation(["search", "public"]);
  const active = useActiveFilters(params);
  if (active.length === 0) return null;
  return (
    <ul aria-label={t("public:search.active")} className="no-print flex flex-wrap items-center gap-2">
      {active.map(({ key, name, without }) => (
        <li key={`${key} ${name}`} className="min-w-0">
          <Link
            to={without}
            aria-label={t("public:search.removeFilter", { name })}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full border border-primary-line bg-primary-soft px-3.5 text-sm font-medium hover:border-primary"
          >
            {name}
            <X size={16} aria-hidden="true" className="shrink-0" />
          </Link>
        </li>
      ))}
      {active.length > 1 ? (
        <li>
          <Link className="link inline-flex min-h-11 items-center" to={searchHref({ q: params.q, sort: params.sort })}>
            {t("clear")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
