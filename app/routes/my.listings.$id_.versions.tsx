import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SelectField } from "~/components/forms";
import { VersionChanges } from "~/components/listings/version-changes";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, type Column, DataTable, DateText, KindBadge, PageHeader } from "~/components/ui";
import { type VersionRow, viewVersions } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "versions:title");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const number = (name: string) => Number(searchParams.get(name)) || undefined;
  const [from, to] = [number("from"), number("to")];
  const view = await viewVersions(ctxOf(context), params.id ?? "", {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  });
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export default function Versions() {
  const { listing, asBroker, versions, compared } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["versions", "listings", "common"]);
  const nameOf = (version: VersionRow) => t("number", { number: version.number });
  const columns: Column<VersionRow>[] = [
    {
      key: "number",
      header: t("column.version"),
      cell: (version) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{nameOf(version)}</span>
          {version.current ? <Badge tone="success">{t("current")}</Badge> : null}
        </span>
      ),
    },
    { key: "at", header: t("column.at"), cell: (version) => <DateText date={version.at} time /> },
    { key: "by", header: t("column.by"), cell: (version) => version.by ?? t("byExchange") },
    {
      key: "fate",
      header: t("column.fate"),
      cell: (version) => (
        <>
          {t(`fate.${version.fate}`)} {version.publishedAt ? <DateText date={version.publishedAt} /> : null}
        </>
      ),
    },
    {
      key: "changes",
      header: t("column.changes"),
      cell: (version) =>
        version.number > 1 ? (
          <Link className="link inline-flex min-h-11 items-center" to={`?to=${version.number}`}>
            {t("show")}
            <span className="sr-only"> {nameOf(version)}</span>
          </Link>
        ) : (
          t("first")
        ),
    },
  ];
  const options = versions.map((version) => ({ value: String(version.number), label: nameOf(version) }));
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={listing.title}
        back={
          asBroker && listing.state === "published"
            ? { to: `/broker/listings/${listing.id}`, label: t("back") }
            : asBroker
              ? { to: "/broker/reviews", label: t("listings:review.back") }
              : { to: `/my/listings/${listing.id}`, label: t("back") }
        }
        above={
          <>
            <KindBadge kind={listing.kind} />
            {listing.reference ? <span className="font-medium tabular-nums">{listing.reference}</span> : null}
          </>
        }
      />
      <Alert>{t("who")}</Alert>
      {compared ? (
        <Card
          className="mb-6"
          title={t("between", { from: nameOf(compared.from), to: nameOf(compared.to) })}
          id="changes"
        >
          <VersionChanges changes={compared.changes} />
        </Card>
      ) : (
        <p className="mb-6">{t("onlyOne")}</p>
      )}
      <Card title={t("all")}>
        <DataTable columns={columns} rows={versions} caption={t("all")} />
        {versions.length > 2 && compared ? (
          <Form method="get" action="#changes" className="mt-6 flex flex-wrap items-end gap-4">
            <SelectField
              label={t("from")}
              name="from"
              options={options}
              defaultValue={String(compared.from.number)}
              key={`from.${compared.from.number}`}
            />
            <SelectField
              label={t("to")}
              name="to"
              options={options}
              defaultValue={String(compared.to.number)}
              key={`to.${compared.to.number}`}
            />
            <Button variant="secondary">{t("compare")}</Button>
          </Form>
        ) : null}
      </Card>
    </>
  );
}
