import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ReasonFields } from "~/components/deals/move-fields";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { loseDeal, pauseDeal, resumeDeal, terminateDeal, viewDeal } from "~/modules/deals/index.server";
import {
  LOSE_REASONS,
  loseSchema,
  PAUSE_REASONS,
  pauseSchema,
  resumeSchema,
  TERMINATE_REASONS,
  terminateSchema,
} from "~/modules/deals/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

const KINDS = ["pause", "resume", "lose", "terminate"] as const;
type Kind = (typeof KINDS)[number];
const REASONS: Record<Kind, readonly string[]> = {
  pause: PAUSE_REASONS,
  resume: [],
  lose: LOSE_REASONS,
  terminate: TERMINATE_REASONS,
};

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, args.data ? `deals:end.${args.data.kind}.title` : "deals:list.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

const kindIn = (name: string | undefined): Kind => {
  const kind = KINDS.find((one) => one === name);
  if (!kind) throw new Response(null, { status: 404 });
  return kind;
};

export async function loader({ params, context }: LoaderFunctionArgs) {
  const kind = kindIn(params.kind);
  const deal = await viewDeal(ctxOf(context), params.id ?? "");
  if (!deal?.may.work) throw new Response(null, { status: 404 });
  const { id, reference, title, revision, status, stage } = deal;
  return { kind, may: deal.may[kind], deal: { id, reference, title, revision, status, stage } };
}

async function act(ctx: Ctx, kind: Kind, dealId: string, form: FormData): Promise<FormAnswer | null> {
  const answered = (result: { ok: true } | Parameters<typeof refuse>[1]) => (result.ok ? null : refuse(form, result));
  switch (kind) {
    case "pause": {
      const read = readForm(form, pauseSchema);
      return read.ok ? answered(await pauseDeal(ctx, { dealId, ...read.value })) : read.answer;
    }
    case "resume": {
      const read = readForm(form, resumeSchema);
      return read.ok ? answered(await resumeDeal(ctx, { dealId, ...read.value })) : read.answer;
    }
    case "lose": {
      const read = readForm(form, loseSchema);
      return read.ok ? answered(await loseDeal(ctx, { dealId, ...read.value })) : read.answer;
    }
    case "terminate": {
      const read = readForm(form, terminateSchema);
      return read.ok ? answered(await terminateDeal(ctx, { dealId, ...read.value })) : read.answer;
    }
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const kind = kindIn(params.kind);
  const answer = await act(ctxOf(context), kind, params.id ?? "", await request.formData());
  if (!answer) throw redirect(`/deals/${params.id}?done=${kind}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data(answer, { status: 400 });
}

export default function EndDealPage() {
  const { kind, may, deal } = useLoaderData<typeof loader>();
  const { t } = useTranslation("deals");
  const form = formValues(useActionData<typeof action>());
  const back = `/deals/${deal.id}`;
  const ends = kind === "lose" || kind === "terminate";
  return (
    <>
      <PageHeader
        back={{ to: back, label: `${deal.reference} · ${deal.title}` }}
        title={t(`end.${kind}.title`)}
        lead={t(`end.${kind}.lead`)}
      />
      <FormErrors failure={form.failure} labels={{ reasonCode: t("common:reason"), note: t("common:note") }} />
      {may ? (
        <Card>
          <Form method="post" noValidate>
            <input type="hidden" name="revision" value={deal.revision} />
            {kind === "resume" ? null : (
              <ReasonFields form={form} list={`deal.${kind}`} supplied={REASONS[kind]} group="reason" />
            )}
            <SubmitRow>
              <Button variant={ends ? "danger" : "primary"}>{t(`end.${kind}.submit`)}</Button>
              <LinkButton to={back} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : (
        <Alert tone="warning" title={t("end.notNow")}>
          <p>{t("end.notNowText", { status: t(`status.${deal.status}`), stage: t(`stage.${deal.stage}`) })}</p>
          <p className="mt-3">
            <LinkButton to={back} variant="secondary">
              {t("move.back")}
            </LinkButton>
          </p>
        </Alert>
      )}
    </>
  );
}
