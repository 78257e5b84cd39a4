import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { OrganisationList } from "~/components/accounts/organisation-list";
import { TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Badge, Button, Card, DataTable, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { findOrganisations, organisationQueue } from "~/modules/accounts/index.server";
import { provinceName } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:broker.queueTitle");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 200);
  const [queue, found] = await Promise.all([organisationQueue(ctx), q ? findOrganisations(ctx, q, 30) : null]);
  return { queue: queue ?? [], q, found };
}

const TONES = { organisation: "warning", claim: "info", request: "neutral" } as const;

export default function OrganisationQueuePage() {
  const { queue, q, found } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["accounts", "common"]);
  const locale = useLocale();
  return (
    <>
      <PageHeader
        title={t("broker.queueTitle")}
        lead={t("broker.queueLead")}
        actions={
          <LinkButton to="/organisations/new" variant="secondary">
            {t("broker.register")}
          </LinkButton>
        }
      />
      <div className="grid gap-6">
        {queue.length === 0 ? (
          <EmptyState title={t("broker.emptyTitle")}>{t("broker.emptyText")}</EmptyState>
        ) : (
          <Card>
            <DataTable
              caption={t("broker.queueTitle")}
              rows={queue}
              columns={[
                {
                  key: "stage",
                  header: t("broker.stageLabel"),
                  cell: (row) => <Badge tone={TONES[row.stage]}>{t(`broker.stage.${row.stage}`)}</Badge>,
                },
                {
                  key: "organisation",
                  header: t("broker.organisation"),
                  cell: (row) => (
                    <>
                      <Link className="link font-medium" to={`/broker/organisations/${row.organisationId}`}>
                        {row.organisation}
                      </Link>
                      <span className="block text-sm text-muted">
                        {[row.taxCode, provinceName(row.provinceCode, locale)].filter(Boolean).join(" · ")}
                      </span>
                    </>
                  ),
                },
                { key: "person", header: t("broker.person"), cell: (row) => row.person ?? "–" },
                {
                  key: "days",
                  header: t("broker.waiting"),
                  cell: (row) => (
                    <span className="whitespace-nowrap">
                      {row.days === 0 ? t("broker.today") : t("broker.days", { count: row.days })}
                    </span>
                  ),
                },
              ]}
            />
          </Card>
        )}
        <Card title={t("broker.find")}>
          <Form method="get" role="search">
            <TextField
              name="q"
              label={t("found.searchLabel")}
              hint={t("found.searchHint")}
              defaultValue={q}
              type="search"
              maxLength={200}
            />
            <Button variant="secondary">{t("found.search")}</Button>
          </Form>
          {found ? (
            <div className="mt-6">
              {found.length > 0 ? <OrganisationList rows={found} forBroker /> : <p>{t("found.nothingTitle")}</p>}
            </div>
          ) : null}
        </Card>
      </div>
    </>
  );
}
