import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { formatDate } from "~/components/format";
import { FormErrors, SubmitRow, TextAreaField, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { proposeIntroduction, proposePreview } from "~/modules/brokering/index.server";
import { proposeSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:propose.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const preview = await proposePreview(ctxOf(context), params.id ?? "");
  if (!preview) throw new Response(null, { status: 404 });
  const { case: found, ...rest } = preview;
  return {
    ...rest,
    id: found.id,
    title: found.title,
    revision: found.revision,
    mayPropose: found.may.propose,
    sides: (["need", "offering"] as const).map((side) => {
      const party = found.parties.find((one) => one.side === side);
      const listing = found.listings[side];
      return {
        side,
        name: party?.organisation.name ?? null,
        members: party?.organisation.members ?? 0,
        title: listing?.title ?? null,
        visibility: listing?.visibility ?? null,
      };
    }),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, proposeSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await proposeIntroduction(ctxOf(context), { caseId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/cases/${params.id}?done=proposed`);
}

export default function ProposePage() {
  const { id, title, revision, sides, open, max, replyBy, replyWorkingDays, mayPropose } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const form = formValues(useActionData<typeof action>(), { nextAction: t("propose.followUp") });
  return (
    <>
      <PageHeader
        back={{ to: `/broker/cases/${id}`, label: title }}
        title={t("propose.title")}
        lead={t("propose.lead", { days: replyWorkingDays, date: formatDate(`${replyBy}T00:00:00Z`) })}
      />
      <FormErrors failure={form.failure} labels={{ message: t("field.message"), nextAction: t("field.nextAction") }} />
      <div className="mb-6 grid gap-4 md:grid-cols-2">
        {sides.map((row) => (
          <Card key={row.side} title={t(`side.${row.side}`)}>
            <p className="font-semibold break-words">{row.name ?? t("party.nobody")}</p>
            {row.title ? <p className="mt-1 text-muted break-words">{row.title}</p> : null}
            <ul className="mt-3 flex flex-col gap-2 text-sm">
              <li>{t(row.visibility === "public" ? "propose.nameShown" : "propose.nameHidden")}</li>
              {row.name && row.members === 0 ? <li className="font-medium">{t("propose.byPhoneOnly")}</li> : null}
              <li className="flex flex-wrap items-center gap-2">
                {t("propose.open", { count: open[row.side], max })}
                {open[row.side] >= max ? <Badge tone="danger">{t("propose.full")}</Badge> : null}
              </li>
            </ul>
          </Card>
        ))}
      </div>
      {mayPropose ? null : <Alert tone="warning">{t("propose.notNow")}</Alert>}
      <Card title={t("propose.what")}>
        <p className="mb-4 max-w-text text-muted">{t("propose.asked")}</p>
        <Form method="post" noValidate>
          <input type="hidden" name="revision" value={revision} />
          <TextAreaField
            name="message"
            label={t("field.message")}
            hint={t("field.messageHint")}
            error={form.error("message")}
            defaultValue={form.text("message")}
            maxLength={2000}
            rows={5}
          />
          <TextField
            name="nextAction"
            label={t("field.nextAction")}
            hint={t("propose.nextHint")}
            error={form.error("nextAction")}
            defaultValue={form.text("nextAction")}
            required
            maxLength={300}
          />
          <SubmitRow>
            <Button>{t("propose.send")}</Button>
            <LinkButton to={`/broker/cases/${id}`} variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
