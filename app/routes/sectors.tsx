import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { searchHref } from "~/components/public/search-params";
import { Card, PageHeader } from "~/components/ui";
import { listSectors } from "~/modules/listings/index.server";
import { searchListings } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "public:sectors.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const facetsOf = async (kind: "need" | "offering") =>
    (await searchListings(ctx, { q: "", kind, sort: "newest", page: 1 })).facets;
  const [tree, needs, offerings] = await Promise.all([listSectors(ctx), facetsOf("need"), facetsOf("offering")]);
  return tree.map(({ code, children }) => ({
    code,
    needs: needs.fields[code] ?? 0,
    offerings: offerings.fields[code] ?? 0,
    sectors: children.map((child) => ({
      code: child.code,
      needs: needs.sectors[child.code] ?? 0,
      offerings: offerings.sectors[child.code] ?? 0,
    })),
  }));
}

type Counted = { code: string; needs: number; offerings: number };

/** "2 nhu cầu · 5 nguồn cung", each leading to its listings. */
function Counts({ code, needs, offerings }: Counted) {
  const { t } = useTranslation(["public", "sectors"]);
  const name = t(`sectors:${code}`);
  const parts = [
    { kind: "need", count: needs, words: t("sectors.needs", { count: needs }) },
    { kind: "offering", count: offerings, words: t("sectors.offerings", { count: offerings }) },
  ] as const;
  if (needs + offerings === 0) return <span className="text-sm text-muted">{t("sectors.none")}</span>;
  return (
    <span className="flex flex-wrap gap-x-4 text-sm sm:flex-nowrap sm:whitespace-nowrap">
      {parts.map(({ kind, count, words }) =>
        count === 0 ? null : (
          <Link
            key={kind}
            to={searchHref({ sector: code, kind })}
            aria-label={`${name}: ${words}`}
            className="inline-flex min-h-11 items-center text-muted underline decoration-1 underline-offset-4 hover:text-ink"
          >
            {words}
          </Link>
        ),
      )}
    </span>
  );
}

export default function SectorsPage() {
  const fields = useLoaderData<typeof loader>();
  const { t } = useTranslation(["public", "sectors"]);
  return (
    <>
      <PageHeader title={t("sectors.title")} lead={t("sectors.lead")} />
      <nav aria-label={t("sectors.jump")} className="no-print mb-8">
        <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
          {fields.map((field) => (
            <li key={field.code}>
              <a href={`#${field.code}`} className="link inline-flex min-h-11 items-center py-1.5">
                {t(`sectors:${field.code}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {fields.map((field) => (
          <Card
            key={field.code}
            id={field.code}
            title={
              <Link to={searchHref({ sector: field.code })} className="text-link hover:underline">
                {t(`sectors:${field.code}`)}
              </Link>
            }
          >
            <div className="-mt-4 mb-1">
              <Counts {...field} />
            </div>
            <ul className="divide-y divide-line border-t border-line">
              {field.sectors.map((sector) => (
                <li key={sector.code} className="items-center gap-x-6 py-0.5 sm:grid sm:grid-cols-[1fr_auto]">
                  <Link
                    to={searchHref({ sector: sector.code })}
                    className="inline-flex min-h-11 items-center hover:underline"
                  >
                    {t(`sectors:${sector.code}`)}
                  </Link>
                  <Counts {...sector} />
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  );
}
