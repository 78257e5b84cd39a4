import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { HandOverForm } from "~/components/hand-over/hand-over-form";
import { metaTitle } from "~/components/meta";
import { PageHeader } from "~/components/ui";
import { listBrokers } from "~/modules/accounts/index.server";
import { handOverDeal, viewDeal } from "~/modules/deals/index.server";
import { handOverDealSchema } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "handover:deal.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const view = await viewDeal(ctx, params.id ?? "");
  if (!view?.may.handOver) throw new Response(null, { status: 404 });
  const brokers = (await listBrokers(ctx.db)).filter((one) => one.personId !== view.broker.id);
  return {
    id: view.id,
    title: view.title,
    revision: view.revision,
    owner: view.broker.name,
    brokers: brokers.map((one) => ({ value: one.personId, label: one.fullName })),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, handOverDealSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await handOverDeal(ctxOf(context), { dealId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/deals/${params.id}?done=handed-over`);
}

export default function HandOverPage() {
  const { id, title, revision, owner, brokers } = useLoaderData<typeof loader>();
  const { t } = useTranslation("handover");
  const form = formValues(useActionData<typeof action>());
  return (
    <>
      <PageHeader
        back={{ to: `/deals/${id}`, label: title }}
        title={t("deal.title")}
        lead={t("deal.lead", { name: owner })}
      />
      <HandOverForm form={form} revision={revision} brokers={brokers} cancelTo={`/deals/${id}`} note />
    </>
  );
}
