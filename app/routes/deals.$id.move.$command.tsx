import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { MoveFields } from "~/components/deals/move-fields";
import { PointList } from "~/components/deals/points";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { moveDeal, viewDeal } from "~/modules/deals/index.server";
import { MOVE_COMMANDS, type MoveCommand, type MoveInput, moveSchemas } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, args.data ? `deals:command.${args.data.command}.title` : "deals:list.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

const commandIn = (name: string | undefined): MoveCommand => {
  const command = MOVE_COMMANDS.find((one) => one === name);
  if (!command) throw new Response(null, { status: 404 });
  return command;
};

export async function loader({ params, context }: LoaderFunctionArgs) {
  const command = commandIn(params.command);
  const deal = await viewDeal(ctxOf(context), params.id ?? "");
  if (!deal || (deal.role !== "broker" && deal.role !== "registrar")) throw new Response(null, { status: 404 });
  return { deal, command };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const command = commandIn(params.command);
  const form = await request.formData();
  const dealId = params.id ?? "";
  const read = readForm(form, moveSchemas[command]);
  if (!read.ok) return data(read.answer, { status: 400 });
  // the schema of this command made the value, which the compiler cannot follow through the table of schemas
  const result = await moveDeal(ctxOf(context), { dealId, command, ...read.value } as MoveInput);
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  throw redirect(`/deals/${dealId}?done=${command}`);
}

const FIELDS = [
  "contractNumber",
  "signedOn",
  "effectiveOn",
  "filedOn",
  "certificateNumber",
  "certificateOn",
  "liquidatedOn",
] as const;

export default function MoveDealPage() {
  const { deal, command } = useLoaderData<typeof loader>();
  const { t } = useTranslation("deals");
  const today = deal.today;
  const form = formValues(useActionData<typeof action>(), {
    signedOn: today,
    filedOn: today,
    certificateOn: today,
    liquidatedOn: today,
  });
  const step = deal.steps.find((one) => one.command === command);
  const back = `/deals/${deal.id}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: `${deal.reference} · ${deal.title}` }}
        title={t(`command.${command}.title`)}
        lead={t(`command.${command}.lead`)}
      />
      <FormErrors
        failure={form.failure}
        labels={{
          ...Object.fromEntries(FIELDS.map((name) => [name, t(`field.${name}`)])),
          reasonCode: t("common:reason"),
          note: t("common:note"),
        }}
      />
      {!step ? (
        form.failure ? (
          <LinkButton to={back}>{t("move.back")}</LinkButton>
        ) : (
          <Alert tone="warning" title={t("move.notNow")}>
            <p>{t("move.notNowText", { stage: t(`stage.${deal.stage}`) })}</p>
            <p className="mt-3">
              <LinkButton to={back} variant="secondary">
                {t("move.back")}
              </LinkButton>
            </p>
          </Alert>
        )
      ) : !step.mine ? (
        <Alert tone="info" title={t("move.notYours")}>
          {t(`waits.${command}`, { broker: deal.broker.name })}
        </Alert>
      ) : (
        <Card>
          <PointList deal={deal} step={step} />
          {step.ready || form.failure ? (
            <Form method="post" noValidate className={step.points.length > 0 ? "mt-6" : ""}>
              <input type="hidden" name="revision" value={deal.revision} />
              <MoveFields command={command} deal={deal} form={form} />
              <SubmitRow>
                <Button variant={command === "return_registration" ? "danger" : "primary"}>
                  {t(`command.${command}.submit`)}
                </Button>
                <LinkButton to={back} variant="quiet">
                  {t("common:cancel")}
                </LinkButton>
              </SubmitRow>
            </Form>
          ) : (
            <p className="mt-4 max-w-text text-muted">{t("move.notReady")}</p>
          )}
        </Card>
      )}
    </>
  );
}
