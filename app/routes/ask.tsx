import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, SelectField, SubmitRow, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { AskedSearch } from "~/components/public/asked-search";
import { parseSearchParams, searchHref, searchText } from "~/components/public/search-params";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { askBroker, questionForm } from "~/modules/matching/index.server";
import { askedSchema, fieldErrors, MESSAGE_LENGTH, questionSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";
import { numberRuleAt } from "~/platform/rules.server";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "ask:title");

/** A question to the broker; the search that found nothing comes with the address. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const asked = new URL(request.url).searchParams.get("asked") ?? "";
  const [form, days] = await Promise.all([
    questionForm(ctx),
    numberRuleAt(ctx.db, "interest.answer.workingDays", ctx.clock.now()),
  ]);
  const params = parseSearchParams(new URLSearchParams(asked));
  return { form, days: days.value, params, asked: searchText(params) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = Object.fromEntries([...form].map(([key, value]) => [key, typeof value === "string" ? value : ""]));
  const read = questionSchema.safeParse({ ...typed, organisationId: typed.organisationId || undefined });
  if (!read.success) {
    const failure = fail("matching:error.invalid", { fields: fieldErrors(read.error) });
    return data({ interestId: null, failure, typed }, { status: 400 });
  }
  const { asked, ...question } = read.data;
  // the address as the search page reads it: what makes no sense is left out
  const params = asked ? askedSchema.parse(parseSearchParams(new URLSearchParams(asked))) : null;
  const result = await askBroker(ctxOf(context), { ...question, asked: params });
  return result.ok
    ? { interestId: result.value.interestId, failure: null, typed }
    : data({ interestId: null, failure: result, typed }, { status: 400 });
}

export default function AskPage() {
  const { form, days, params, asked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["ask", "matching"]);
  const header = (
    <PageHeader title={t("title")} lead={t("lead", { days })} back={{ to: searchHref(params), label: t("back") }} />
  );
  if (answer?.interestId)
    return (
      <>
        {header}
        <Alert tone="success" title={t("sent.title")} role="status">
          {t("sent.text", { days })}
        </Alert>
        <p className="flex flex-wrap gap-3">
          <LinkButton to={`/interests/${answer.interestId}`}>{t("sent.follow")}</LinkButton>
          <LinkButton to="/search" variant="secondary">
            {t("sent.search")}
          </LinkButton>
        </p>
      </>
    );
  const typed = answer?.typed ?? {};
  return (
    <>
      {header}
      <Card className="max-w-text">
        <FormErrors failure={answer?.failure} labels={{ message: t("message"), organisationId: t("inName") }} />
        <Form method="post">
          <input type="hidden" name="asked" value={asked} />
          {asked ? (
            <p className="mb-5">
              <span className="block text-sm text-muted">{t("searched")}</span>
              <AskedSearch asked={askedSchema.parse(params)} />
            </p>
          ) : null}
          <TextAreaField
            name="message"
            label={t("message")}
            hint={t("messageHint")}
            required
            rows={6}
            maxLength={MESSAGE_LENGTH}
            defaultValue={typed.message ?? ""}
            error={answer?.failure?.fields?.message}
          />
          {form.organisations.length > 0 ? (
            <SelectField
              name="organisationId"
              label={t("inName")}
              defaultValue={typed.organisationId ?? form.organisations[0]?.organisationId}
              options={[
                ...form.organisations.map((org) => ({ value: org.organisationId, label: org.name })),
                { value: "", label: t("matching:interest.asMyself") },
              ]}
            />
          ) : null}
          <p className="text-sm text-muted">
            {form.broker ? `${t("broker", { name: form.broker.fullName, phone: form.broker.phone ?? "" })} ` : ""}
            {t("privacy")}
          </p>
          <SubmitRow>
            <Button>{t("send")}</Button>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
