import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, TextField } from "~/components/forms";
import { ChangeHistory } from "~/components/lists/change-history";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, PageHeader } from "~/components/ui";
import { secondReviewerRoom, setSecondReviewer } from "~/modules/listings/index.server";
import { secondReviewerSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:second.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const room = await secondReviewerRoom(ctxOf(context));
  if (!room) throw new Response(null, { status: 404 });
  return { ...room, saved: new URL(request.url).searchParams.has("done") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, secondReviewerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await setSecondReviewer(ctxOf(context), read.value);
  return result.ok ? redirect("/operator/lists/reviewing?done=1") : data(refuse(form, result), { status: 400 });
}

export default function ReviewingRulesPage() {
  const { on, version, source, history, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists", label: t("back") }}
        title={t("second.title")}
        lead={t("second.lead")}
        above={<Badge tone={on ? "success" : "neutral"}>{t(on ? "second.isOn" : "second.isOff")}</Badge>}
      />
      {saved && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(on ? "second.nowOn" : "second.nowOff")}</p>
        </Alert>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Card title={t(on ? "second.switchOff" : "second.switchOn")}>
          <FormErrors failure={answer?.failure ?? null} labels={{ source: t("field.source") }} />
          <p className="mb-4 max-w-text text-muted">{t("second.text")}</p>
          <p className="mb-4 max-w-text text-sm text-muted">{t("second.source", { source })}</p>
          <Form method="post" className="max-w-text">
            <input type="hidden" name="version" value={version} />
            <input type="hidden" name="on" value={on ? "no" : "yes"} />
            <TextField
              name="source"
              label={t("field.source")}
              hint={t("second.sourceHint")}
              required
              maxLength={1000}
              defaultValue={String(answer?.values.source ?? "")}
              error={answer?.failure.fields?.source}
            />
            <Button>{t(on ? "second.switchOff" : "second.switchOn")}</Button>
          </Form>
        </Card>
        <Card title={t("history")}>
          <ChangeHistory changes={history} />
        </Card>
      </div>
    </>
  );
}
