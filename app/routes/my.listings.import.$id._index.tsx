import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ImportResult } from "~/components/exchange/import-result";
import { metaTitle } from "~/components/meta";
import { confirmForm, discardUpload, enterRows, viewImport } from "~/modules/exchange/index.server";
import { MOST_SHOWN_PROBLEMS } from "~/modules/exchange/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "exchange:result.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const view = await viewImport(ctxOf(context), params.id ?? "");
  if (!view || view.forOffice) throw new Response(null, { status: 404 });
  if (view.state === "columns") throw redirect(`/my/listings/import/${view.id}/columns`);
  const { report, ...rest } = view;
  return { view: rest, report: report && { ...report, problems: report.problems.slice(0, MOST_SHOWN_PROBLEMS) } };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const uploadId = params.id ?? "";
  const form = await request.formData();
  const discard = form.get("intent") === "discard";
  const result = discard ? await discardUpload(ctx, uploadId) : await enterRows(ctx, confirmForm(form, uploadId));
  if (result.ok) return redirect(discard ? "/my/listings/import" : `/my/listings/import/${uploadId}`);
  if (result.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ failure: result }, { status: 400 });
}

export default function OwnImport() {
  const { view, report } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <ImportResult view={view} report={report} failure={answer?.failure} />;
}
