import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ImportHome } from "~/components/exchange/import-home";
import { metaTitle } from "~/components/meta";
import { forgetMapping, importHome, readSheetForm, sendSheet } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "imports:title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const kind = new URL(request.url).searchParams.get("kind") === "need" ? ("need" as const) : ("offering" as const);
  return { kind, ...(await importHome(ctx, true)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const read = await readSheetForm(request);
  if (!read.ok) return data({ failure: read, kind: null, organisationId: null }, { status: 413 });
  const { kind, organisationId, file, forget } = read.value;
  if (forget !== null) {
    const result = await forgetMapping(ctx, forget);
    if (result.ok) return redirect("/broker/listings/import#mappings");
    return data({ failure: result, kind, organisationId }, { status: 400 });
  }
  const result = await sendSheet(ctx, { kind, organisationId: null, forOffice: true, file });
  if (!result.ok) return data({ failure: result, kind, organisationId }, { status: 400 });
  const { uploadId, state } = result.value;
  return redirect(`/broker/listings/import/${uploadId}${state === "columns" ? "/columns" : ""}`);
}

export default function OfficeImports() {
  const room = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <ImportHome forOffice={true} organisations={[]} answer={answer} {...room} />;
}
