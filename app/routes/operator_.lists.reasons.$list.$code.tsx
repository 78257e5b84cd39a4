import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChangeHistory } from "~/components/lists/change-history";
import { ReasonForm } from "~/components/lists/reason-form";
import { StandingCard } from "~/components/lists/standing-card";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, PageHeader } from "~/components/ui";
import { saveReason, switchReason, viewReason } from "~/modules/operations/index.server";
import { reasonSchema, switchReasonSchema } from "~/modules/operations/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:reason.edit");

const DONE = ["saved", "retired", "restored"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const found = await viewReason(ctxOf(context), params.list ?? "", params.code ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { ...found, done: DONE.find((one) => one === done) ?? null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const found = await viewReason(ctx, params.list ?? "", params.code ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const { list, reason } = found;
  const here = (done: (typeof DONE)[number]) => redirect(`/operator/lists/reasons/${list}/${reason.code}?done=${done}`);
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent === "retire" || intent === "restore") {
    const read = readForm(form, switchReasonSchema);
    const active = intent === "restore";
    if (!read.ok) return data({ about: "standing" as const, ...read.answer }, { status: 400 });
    const result = await switchReason(ctx, { ...read.value, list, code: reason.code, active });
    if (!result.ok) return data({ about: "standing" as const, ...refuse(form, result) }, { status: 400 });
    return here(active ? "restored" : "retired");
  }
  const read = readForm(form, reasonSchema);
  if (!read.ok) return data({ about: "words" as const, ...read.answer }, { status: 400 });
  const result = await saveReason(ctx, { ...read.value, list, code: reason.code });
  if (!result.ok) return data({ about: "words" as const, ...refuse(form, result) }, { status: 400 });
  return here("saved");
}

export default function ReasonPage() {
  const { list, reason, shares, history, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  const locale = useLocale();
  const typed = answer?.about === "words" ? answer : null;
  return (
    <>
      <PageHeader
        back={{ to: `/operator/lists/reasons/${list}`, label: t(`reason.list.${list.replace(".", "_")}`) }}
        above={reason.active ? null : <Badge tone="warning">{t("retired")}</Badge>}
        title={locale === "en" ? reason.labelEn : reason.labelVi}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(`reason.done.${done}`)}</p>
        </Alert>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Card>
          <ReasonForm
            key={`${reason.revision}.${typed ? "typed" : "kept"}`}
            failure={typed?.failure ?? null}
            values={
              typed?.values ?? {
                labelVi: reason.labelVi,
                labelEn: reason.labelEn,
                position: String(reason.position),
                revision: String(reason.revision),
              }
            }
          />
          {shares.length > 0 ? (
            <p className="mt-4 text-sm text-muted">
              {t("reason.shares", { lists: shares.map((one) => t(`reason.list.${one.replace(".", "_")}`)).join("; ") })}
            </p>
          ) : null}
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          <StandingCard
            action={t(reason.active ? "reason.retire" : "reason.restore")}
            text={t(reason.always ? "reason.alwaysText" : reason.active ? "reason.retireText" : "reason.retiredText")}
            active={reason.active}
            fixed={reason.always}
            revision={reason.revision}
            failure={answer?.about === "standing" ? answer.failure : null}
          />
          <Card title={t("history")}>
            <ChangeHistory changes={history} />
          </Card>
        </div>
      </div>
    </>
  );
}
