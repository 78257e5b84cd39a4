import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { DocumentCard } from "~/components/deals/document-list";
import { FileField, FormErrors, RadioGroup, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { addDealDocument, viewDeal } from "~/modules/deals/index.server";
import { documentSchema, MOVE_COMMANDS } from "~/modules/deals/schemas";
import { PDF_MAX_BYTES, PICTURE_MAX_BYTES } from "~/modules/documents/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "deals:document.addTitle");

const MEGABYTE = 1024 * 1024;
/** One file and a few words. */
const LARGEST_BODY = PDF_MAX_BYTES + MEGABYTE;

/** The step the reader came from and goes back to. */
const stepIn = (text: unknown) => MOVE_COMMANDS.find((one) => one === text) ?? null;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const deal = await viewDeal(ctxOf(context), params.id ?? "");
  if (!deal) throw new Response(null, { status: 404 });
  const url = new URL(request.url);
  return {
    deal,
    kind: deal.may.addDocument.find((one) => one === url.searchParams.get("kind")) ?? null,
    step: stepIn(url.searchParams.get("step")),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const dealId = params.id ?? "";
  const size = Number(request.headers.get("Content-Length"));
  if (!(size > 0 && size <= LARGEST_BODY)) {
    const failure = fail("documents:error.tooLarge", { params: { megabytes: PDF_MAX_BYTES / MEGABYTE } });
    return data({ failure, values: {} }, { status: 413 });
  }
  const form = await request.formData();
  const read = readForm(form, documentSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0)
    return data(refuse(form, fail("common:invalid", { fields: { file: ["deals:document.needed"] } })), { status: 400 });
  const upload = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  const result = await addDealDocument(ctx, { dealId, ...read.value, upload });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  const step = stepIn(form.get("step"));
  throw redirect(step ? `/deals/${dealId}/move/${step}` : `/deals/${dealId}?done=document#documents`);
}

export default function DealDocumentsPage() {
  const { deal, kind, step } = useLoaderData<typeof loader>();
  const { t } = useTranslation("deals");
  const form = formValues(useActionData<typeof action>(), { kind, step });
  const back = `/deals/${deal.id}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: `${deal.reference} · ${deal.title}` }}
        title={t("document.addTitle")}
        lead={t("document.lead")}
      />
      <FormErrors
        failure={form.failure}
        labels={{ kind: t("document.kind"), file: t("document.file"), title: t("document.name") }}
      />
      {deal.may.addDocument.length > 0 ? (
        <Card className="mb-6">
          <Form method="post" encType="multipart/form-data" noValidate>
            <input type="hidden" name="step" value={form.text("step")} />
            <RadioGroup
              name="kind"
              legend={t("document.kind")}
              required
              columns={2}
              error={form.error("kind")}
              defaultValue={form.text("kind")}
              options={deal.may.addDocument.map((value) => ({ value, label: t(`documentKind.${value}`) }))}
            />
            <FileField
              name="file"
              label={t("document.file")}
              hint={t("document.fileHint", { pdf: PDF_MAX_BYTES / MEGABYTE, picture: PICTURE_MAX_BYTES / MEGABYTE })}
              error={form.error("file")}
              required
              accept="application/pdf,image/*"
            />
            <TextField
              name="title"
              label={t("document.name")}
              hint={t("document.nameHint")}
              error={form.error("title")}
              defaultValue={form.text("title")}
              maxLength={200}
              autoComplete="off"
            />
            <SubmitRow>
              <Button>{t("document.upload")}</Button>
              <LinkButton to={step ? `${back}/move/${step}` : back} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : (
        <Alert tone="info">{t("document.notYours")}</Alert>
      )}
      <DocumentCard deal={{ ...deal, may: { ...deal.may, addDocument: [] } }} />
    </>
  );
}
