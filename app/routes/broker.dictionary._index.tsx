import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Badge, Button, DataTable, EmptyState, LinkButton, PageHeader, Pagination, TabLinks } from "~/components/ui";
import { lookUpTerms, type TermFilter } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "dictionary:title");

const FILTERS = ["all", "changed", "added", "off"] as const satisfies readonly TermFilter[];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const q = (searchParams.get("q") ?? "").slice(0, 100);
  const show = FILTERS.find((one) => one === searchParams.get("show")) ?? "all";
  const list = await lookUpTerms(ctxOf(context), { q, show, page: Number(searchParams.get("page")) || 1 });
  if (!list) throw new Response(null, { status: 404 });
  return { ...list, q, show };
}

const hrefOf = (choice: { q: string; show: string; page?: number }): string => {
  const params = new URLSearchParams();
  if (choice.q) params.set("q", choice.q);
  if (choice.show !== "all") params.set("show", choice.show);
  if (choice.page) params.set("page", String(choice.page));
  return `/broker/dictionary?${params.toString()}`;
};

export default function DictionaryPage() {
  const { rows, total, page, pages, counts, revision, engine, q, show } = useLoaderData<typeof loader>();
  const { t } = useTranslation("dictionary");
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        above={revision === 0 ? t("untouched", { engine }) : t("revision", { engine, revision })}
        actions={<LinkButton to="/broker/dictionary/new">{t("add")}</LinkButton>}
      />
      <Form method="get" className="card no-print mb-6 grid items-end gap-x-4 p-4 sm:grid-cols-[1fr_auto]">
        <input type="hidden" name="show" value={show} />
        <TextField name="q" type="search" label={t("search")} hint={t("searchHint")} defaultValue={q} />
        <div className="mb-5">
          <Button>{t("find")}</Button>
        </div>
      </Form>
      <TabLinks
        label={t("show")}
        items={FILTERS.map((one) => ({
          to: hrefOf({ q, show: one }),
          label: t(`filter.${one}`),
          current: one === show,
          count: counts[one],
        }))}
      />
      <p className="mb-3 text-sm text-muted">{t("found", { count: total })}</p>
      <DataTable
        caption={t("title")}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
        columns={[
          {
            key: "vi",
            header: t("vi"),
            cell: (row) => (
              <Link
                className="link font-medium break-words"
                lang="vi"
                to={`/broker/dictionary/${encodeURIComponent(row.key)}`}
              >
                {row.vi.join("; ") || t("open")}
              </Link>
            ),
          },
          { key: "en", header: t("en"), cell: (row) => <span lang="en">{row.en.join("; ") || "–"}</span> },
          { key: "kind", header: t("kind"), cell: (row) => t(`kinds.${row.kind}`) },
          {
            key: "standing",
            header: t("standing"),
            cell: (row) => (
              <span className="flex flex-wrap gap-2">
                {row.active ? null : <Badge tone="warning">{t("off")}</Badge>}
                <Badge tone={row.standing === "file" ? "neutral" : "info"}>{t(`standings.${row.standing}`)}</Badge>
              </span>
            ),
          },
        ]}
      />
      <Pagination page={page} pages={pages} hrefFor={(wanted) => hrefOf({ q, show, page: wanted })} />
    </>
  );
}
