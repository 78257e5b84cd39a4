import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ReasonForm } from "~/components/lists/reason-form";
import { metaTitle } from "~/components/meta";
import { Badge, Card, DataTable, PageHeader } from "~/components/ui";
import { addReason, viewReasonList } from "~/modules/operations/index.server";
import { reasonSchema } from "~/modules/operations/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:reason.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const found = await viewReasonList(ctxOf(context), params.list ?? "");
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const found = await viewReasonList(ctx, params.list ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const read = readForm(form, reasonSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await addReason(ctx, { ...read.value, list: found.list });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  return redirect(`/operator/lists/reasons/${found.list}/${result.value.code}?done=saved`);
}

export default function ReasonListPage() {
  const { list, reasons, shares } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  const last = Math.max(0, ...reasons.filter(({ always }) => !always).map(({ position }) => position));
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists/reasons", label: t("reason.back") }}
        title={t(`reason.list.${list.replace(".", "_")}`)}
        lead={t("reason.listLead")}
      />
      {shares.length > 0 ? (
        <p className="mb-4 text-muted">
          {t("reason.shares", { lists: shares.map((one) => t(`reason.list.${one.replace(".", "_")}`)).join("; ") })}
        </p>
      ) : null}
      <DataTable
        caption={t(`reason.list.${list.replace(".", "_")}`)}
        rows={reasons}
        rowKey={(row) => row.code}
        columns={[
          { key: "position", header: t("field.position"), numeric: true, cell: (row) => row.position },
          {
            key: "vi",
            header: t("field.labelVi"),
            cell: (row) => (
              <Link className="link font-medium" lang="vi" to={`/operator/lists/reasons/${list}/${row.code}`}>
                {row.labelVi}
              </Link>
            ),
          },
          { key: "en", header: t("field.labelEn"), cell: (row) => <span lang="en">{row.labelEn}</span> },
          {
            key: "standing",
            header: t("field.standing"),
            cell: (row) => (
              <span className="flex flex-wrap gap-2">
                {row.active ? null : <Badge tone="warning">{t("retired")}</Badge>}
                <Badge tone={row.supplied && row.revision === 0 ? "neutral" : "info"}>
                  {t(row.supplied ? (row.revision > 0 ? "standing.changed" : "standing.supplied") : "standing.added")}
                </Badge>
              </span>
            ),
          },
        ]}
      />
      <Card title={t("reason.add")} className="mt-6">
        <ReasonForm values={answer?.values ?? { position: String(last + 5) }} failure={answer?.failure} />
      </Card>
    </>
  );
}
