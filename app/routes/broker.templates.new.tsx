import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TemplateForm } from "~/components/lists/template-form";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { reviewTemplates, saveTemplate } from "~/modules/listings/index.server";
import { templateSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:template.add");

export async function loader({ context }: LoaderFunctionArgs) {
  if (!(await reviewTemplates(ctxOf(context)))) throw new Response(null, { status: 404 });
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  if (!(await reviewTemplates(ctx))) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const read = readForm(form, templateSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await saveTemplate(ctx, { ...read.value, id: null });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  return redirect(`/broker/templates/${result.value.id}?done=saved`);
}

export default function NewTemplatePage() {
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  return (
    <>
      <PageHeader
        back={{ to: "/broker/templates", label: t("template.title") }}
        title={t("template.add")}
        lead={t("template.addLead")}
      />
      <Card>
        <TemplateForm values={answer?.values ?? {}} failure={answer?.failure} />
      </Card>
    </>
  );
}
