import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChangeHistory } from "~/components/lists/change-history";
import { StandingCard } from "~/components/lists/standing-card";
import { TemplateForm } from "~/components/lists/template-form";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, PageHeader } from "~/components/ui";
import { saveTemplate, switchTemplate, viewTemplate } from "~/modules/listings/index.server";
import { switchTemplateSchema, templateSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:template.edit");

const DONE = ["saved", "retired", "restored"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const template = await viewTemplate(ctxOf(context), params.id ?? "");
  if (!template) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { template, done: DONE.find((one) => one === done) ?? null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  if (!(await viewTemplate(ctx, id))) throw new Response(null, { status: 404 });
  const here = (done: (typeof DONE)[number]) => redirect(`/broker/templates/${id}?done=${done}`);
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent === "retire" || intent === "restore") {
    const read = readForm(form, switchTemplateSchema);
    if (!read.ok) return data({ about: "standing" as const, ...read.answer }, { status: 400 });
    const result = await switchTemplate(ctx, { id, active: intent === "restore", ...read.value });
    if (!result.ok) return data({ about: "standing" as const, ...refuse(form, result) }, { status: 400 });
    return here(intent === "restore" ? "restored" : "retired");
  }
  const read = readForm(form, templateSchema);
  if (!read.ok) return data({ about: "words" as const, ...read.answer }, { status: 400 });
  const result = await saveTemplate(ctx, { ...read.value, id });
  if (!result.ok) return data({ about: "words" as const, ...refuse(form, result) }, { status: 400 });
  return here("saved");
}

export default function TemplatePage() {
  const { template, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  const locale = useLocale();
  const typed = answer?.about === "words" ? answer : null;
  return (
    <>
      <PageHeader
        back={{ to: "/broker/templates", label: t("template.title") }}
        above={template.active ? null : <Badge tone="warning">{t("retired")}</Badge>}
        title={locale === "en" ? template.nameEn : template.nameVi}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(`template.done.${done}`)}</p>
        </Alert>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Card>
          <TemplateForm
            key={`${template.revision}.${typed ? "typed" : "kept"}`}
            values={typed?.values ?? { ...template, active: null, history: null }}
            failure={typed?.failure ?? null}
          />
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          <StandingCard
            action={t(template.active ? "template.retire" : "template.restore")}
            text={t(template.active ? "template.retireText" : "template.retiredText")}
            active={template.active}
            revision={template.revision}
            failure={answer?.about === "standing" ? answer.failure : null}
          />
          <Card title={t("history")}>
            <ChangeHistory changes={template.history} />
          </Card>
        </div>
      </div>
    </>
  );
}
