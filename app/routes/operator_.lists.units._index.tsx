import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { unitAddress } from "~/components/lists/unit-address";
import { Conversions } from "~/components/lists/unit-form";
import { metaTitle } from "~/components/meta";
import { Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import { type UnitRow, unitRoom } from "~/modules/listings/index.server";
import { conversionsOf } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "units:title");

export async function loader({ context }: LoaderFunctionArgs) {
  const rows = await unitRoom(ctxOf(context));
  if (!rows) throw new Response(null, { status: 404 });
  return rows.map((row) => ({ ...row, conversions: conversionsOf(row) }));
}

type Row = UnitRow & { conversions: ReturnType<typeof conversionsOf> };

function UnitLine({ row }: { row: Row }) {
  const { t } = useTranslation("units");
  return (
    <li className="grid gap-x-4 py-1 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Link to={unitAddress(row.code)} className="link inline-flex min-h-11 items-center font-medium">
          {row.code}
        </Link>
        {row.supplied ? null : <Badge tone="info">{t("own")}</Badge>}
        {row.active ? null : <Badge tone="warning">{t("retired")}</Badge>}
        {row.supplied && row.added > 0 ? <Badge>{t("names", { count: row.added })}</Badge> : null}
        <span className="text-sm text-muted">{t("listings", { count: row.listings })}</span>
      </span>
      <span className="text-sm text-muted">
        {row.conversions.length === 0 ? t("isBase") : <Conversions shown={row.conversions} />}
      </span>
    </li>
  );
}

/** Closed unless the Department changed something in it: three dozen dimensions are found by their names, not by scrolling. */
function Dimension({ title, rows }: { title: string; rows: Row[] }) {
  const changed = rows.some((row) => !row.supplied || !row.active || row.added > 0);
  return (
    <details className="border-b border-line last:border-b-0" open={changed}>
      <summary className="min-h-11 cursor-pointer py-3">
        <span className="link font-semibold">{title}</span>{" "}
        <span className="text-sm text-muted">{rows.map((row) => row.code).join(" · ")}</span>
      </summary>
      <ul className="divide-y divide-line pb-4">
        {rows.map((row) => (
          <UnitLine key={row.code} row={row} />
        ))}
      </ul>
    </details>
  );
}

export default function UnitsRoomPage() {
  const rows = useLoaderData<typeof loader>();
  const { t } = useTranslation(["units", "lists"]);
  const dimensions = [...new Set(rows.map(({ dimension }) => dimension))];
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists", label: t("lists:back") }}
        title={t("title")}
        lead={t("lead")}
        actions={<LinkButton to="/operator/lists/units/new">{t("add")}</LinkButton>}
      />
      <Card>
        {dimensions.map((dimension) => (
          <Dimension
            key={dimension}
            title={t(`dimension.${dimension}`)}
            rows={rows.filter((row) => row.dimension === dimension)}
          />
        ))}
      </Card>
    </>
  );
}
