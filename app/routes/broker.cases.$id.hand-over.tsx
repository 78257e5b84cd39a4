import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { HandOverForm } from "~/components/hand-over/hand-over-form";
import { metaTitle } from "~/components/meta";
import { PageHeader } from "~/components/ui";
import { listBrokers } from "~/modules/accounts/index.server";
import { handOverCase, viewCase } from "~/modules/brokering/index.server";
import { handOverSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:handOver.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const view = await viewCase(ctx, params.id ?? "");
  if (!view?.may.work) throw new Response(null, { status: 404 });
  const brokers = (await listBrokers(ctx.db)).filter((one) => one.personId !== view.brokerId);
  return {
    id: view.id,
    title: view.title,
    revision: view.revision,
    owner: view.broker.fullName,
    brokers: brokers.map((one) => ({ value: one.personId, label: one.fullName })),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, handOverSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await handOverCase(ctxOf(context), { caseId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/cases/${params.id}?done=handed-over`);
}

export default function HandOverPage() {
  const { id, title, revision, owner, brokers } = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const form = formValues(useActionData<typeof action>());
  return (
    <>
      <PageHeader
        back={{ to: `/broker/cases/${id}`, label: title }}
        title={t("handOver.title")}
        lead={t("handOver.lead", { name: owner })}
      />
      <HandOverForm form={form} revision={revision} brokers={brokers} cancelTo={`/broker/cases/${id}`} note />
    </>
  );
}
