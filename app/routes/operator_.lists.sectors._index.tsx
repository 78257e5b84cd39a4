import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import { type SectorRow, sectorRoom } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:sector.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const rows = await sectorRoom(ctxOf(context));
  if (!rows) throw new Response(null, { status: 404 });
  return rows;
}

function Row({ row }: { row: SectorRow }) {
  const { t } = useTranslation("lists");
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <Link to={`/operator/lists/sectors/${row.code}`} className="link inline-flex min-h-11 items-center">
        {row.code} · {t(`sectors:${row.code}`)}
      </Link>
      <span className="text-sm text-muted">{t("sector.listings", { count: row.listings })}</span>
      {row.active ? null : (
        <Badge tone="warning">{row.replacedBy ? t("sector.mergedInto", { code: row.replacedBy }) : t("retired")}</Badge>
      )}
    </span>
  );
}

export default function SectorsRoomPage() {
  const rows = useLoaderData<typeof loader>();
  const { t } = useTranslation(["lists", "sectors"]);
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists", label: t("back") }}
        title={t("sector.title")}
        lead={t("sector.lead")}
        actions={<LinkButton to="/operator/lists/sectors/new">{t("sector.add")}</LinkButton>}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {rows
          .filter(({ parentCode }) => parentCode === null)
          .map((field) => (
            <Card key={field.code} title={<Row row={field} />}>
              <ul className="divide-y divide-line border-t border-line">
                {rows
                  .filter(({ parentCode }) => parentCode === field.code)
                  .map((row) => (
                    <li key={row.code} className="py-0.5">
                      <Row row={row} />
                    </li>
                  ))}
              </ul>
            </Card>
          ))}
      </div>
    </>
  );
}
