import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MatchColumns } from "~/components/exchange/match-columns";
import { metaTitle } from "~/components/meta";
import { columnsForm, columnsFromForm, kindIn, matchColumns } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "exchange:columns.title");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const sheet = query.get("sheet");
  const kind = kindIn(query);
  const form = await columnsForm(ctxOf(context), params.id ?? "", {
    ...(sheet ? { sheet } : {}),
    ...(kind ? { kind } : {}),
    headRow: Number(query.get("headRow")) || 0,
  });
  if (!form?.forOffice) throw new Response(null, { status: 404 });
  return { form };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const uploadId = params.id ?? "";
  const columns = columnsFromForm(form);
  const keepName = String(form.get("keepName") ?? "");
  const keep = form.has("keep");
  const result = await matchColumns(ctxOf(context), {
    uploadId,
    kind: kindIn(form) ?? "offering",
    columns,
    keepAs: keep ? keepName : null,
  });
  if (result.ok) return redirect(`/broker/listings/import/${uploadId}`);
  if (result.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ failure: result, columns, keep, keepName }, { status: 400 });
}

export default function OfficeColumns() {
  const { form } = useLoaderData<typeof loader>();
  return <MatchColumns form={form} answer={useActionData<typeof action>()} />;
}
