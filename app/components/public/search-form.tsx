import { Form, Link } from "@remix-run/react";
import Search from "lucide-react/icons/search";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import X from "lucide-react/icons/x";
import { useTranslation } from "react-i18next";
import { PROVINCES, provinceName } from "~/modules/accounts/schemas";
import { SelectField } from "../forms";
import { useLocale } from "../locale";
import { Button } from "../ui";
import { type SearchParams, searchHref } from "./search-params";

/** How many listings each choice would leave. */
export type Facets = {
  fields: Record<string, number>;
  sectors: Record<string, number>;
  provinces: Record<string, number>;
};
/** Codes of the taxonomy in its order; names are in the `sectors` texts. */
export type SectorCodes = { code: string; children: string[] }[];

/** The one box that searches; also on the front page. */
export function SearchBox({
  q,
  label,
  placeholder,
  hint,
}: {
  q?: string;
  label: string;
  placeholder: string;
  hint?: string;
}) {
  const { t } = useTranslation("public");
  return (
    <div>
      <label htmlFor="q" className="mb-1.5 block font-semibold">
        {label}
      </label>
      <div className="flex flex-col gap-2 sm:flex-row">
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={q}
          maxLength={200}
          placeholder={placeholder}
          enterKeyHint="search"
          aria-describedby={hint ? "q-hint" : undefined}
          className="control min-h-13 text-lg"
        />
        <Button size="large" className="shrink-0">
          <Search size={22} aria-hidden="true" />
          {t("search.apply")}
        </Button>
      </div>
      {hint ? (
        <p id="q-hint" className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Text and filters in one GET form: it works, can be linked to and goes back without JavaScript. */
export function SearchForm({ params, facets, tree }: { params: SearchParams; facets: Facets; tree: SectorCodes }) {
  const { t } = useTranslation(["public", "sectors", "common"]);
  const locale = useLocale();
  const counted = (name: string, count: number | undefined) => (count ? `${name} (${count})` : name);
  return (
    // a new address is a new form: defaults follow links and the back button
    <Form method="get" action="/search" key={searchHref(params)} className="no-print card p-4 sm:p-5">
      <SearchBox q={params.q} label={t("search.label")} placeholder={t("search.placeholder")} />
      <details className="mt-3 sm:details-content:[content-visibility:visible]">
        <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-link sm:supports-[selector(::details-content)]:hidden">
          <SlidersHorizontal size={18} aria-hidden="true" />
          {t("search.filters")}
        </summary>
        <div className="mt-2 -mb-5 grid gap-x-5 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField
            label={t("search.kind")}
            name="kind"
            defaultValue={params.kind ?? ""}
            placeholder={t("search.anyKind")}
            options={(["need", "offering"] as const).map((kind) => ({
              value: kind,
              label: t(`common:kindLong.${kind}`),
            }))}
          />
          <SelectField
            label={t("search.sector")}
            name="sector"
            defaultValue={params.sector ?? ""}
            placeholder={t("search.anySector")}
            options={tree.flatMap(({ code, children }) => {
              const group = t(`sectors:${code}`);
              return [
                { value: code, group, label: counted(t("search.wholeField", { name: group }), facets.fields[code]) },
                ...children.map((child) => ({
                  value: child,
                  group,
                  label: counted(t(`sectors:${child}`), facets.sectors[child]),
                })),
              ];
            })}
          />
          <SelectField
            label={t("search.province")}
            name="province"
            defaultValue={params.province ?? ""}
            placeholder={t("search.anyProvince")}
            options={PROVINCES.map(({ code }) => ({
              value: code,
              label: counted(provinceName(code, locale) ?? code, facets.provinces[code]),
            }))}
          />
          <SelectField
            label={t("search.sort")}
            name="sort"
            defaultValue={params.q && params.sort === "newest" ? "newest" : ""}
            options={[
              { value: "", label: t("search.sortRelevance") },
              { value: "newest", label: t("search.sortNewest") },
            ]}
          />
        </div>
      </details>
    </Form>
  );
}

/** The filters in force, each with a way out. */
export function ActiveFilters({ params }: { params: SearchParams }) {
  const { t } = useTranslation(["public", "sectors", "common"]);
  const locale = useLocale();
  const active = [
    params.kind ? { key: "kind" as const, name: t(`common:kindLong.${params.kind}`) } : null,
    params.sector ? { key: "sector" as const, name: t(`sectors:${params.sector}`) } : null,
    params.province
      ? { key: "province" as const, name: provinceName(params.province, locale) ?? params.province }
      : null,
  ].filter((filter) => filter !== null);
  if (active.length === 0) return null;
  return (
    <ul aria-label={t("search.active")} className="no-print flex flex-wrap gap-2">
      {active.map(({ key, name }) => (
        <li key={key}>
          <Link
            to={searchHref(params, { [key]: null })}
            aria-label={t("search.removeFilter", { name })}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full border border-primary-line bg-primary-soft px-3.5 text-sm font-medium hover:border-primary"
          >
            {name}
            <X size={16} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
