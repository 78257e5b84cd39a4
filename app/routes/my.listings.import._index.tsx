import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FileField, FormErrors, RadioGroup, SelectField, SubmitRow } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Badge, Button, buttonClass, Card, type Column, DataTable, DateText, PageHeader } from "~/components/ui";
import { forgetMapping, importHome, sendSheet, type UploadRow } from "~/modules/exchange/index.server";
import { LARGEST_FILE, MOST_ENTERED } from "~/modules/exchange/schemas";
import { isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "exchange:many.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const kind = new URL(request.url).searchParams.get("kind") === "need" ? ("need" as const) : ("offering" as const);
  const organisations = isPerson(ctx.actor)
    ? ctx.actor.memberships.map(({ organisationId, name }) => ({ value: organisationId, label: name }))
    : [];
  return { kind, organisations, ...(await importHome(ctx)) };
}

/** The file, the words around it, and a little for the form itself. */
const LARGEST_BODY = LARGEST_FILE + 64 * 1024;

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const size = Number(request.headers.get("Content-Length"));
  if (!(size > 0 && size <= LARGEST_BODY)) {
    const failure = fail("exchange:file.tooLarge", { fields: { file: ["exchange:file.tooLarge"] } });
    return data({ failure, kind: null, organisationId: null }, { status: 413 });
  }
  const form = await request.formData();
  const organisationId = String(form.get("organisationId") ?? "") || null;
  const kind = form.get("kind") === "need" ? ("need" as const) : ("offering" as const);
  const forgotten = form.get("intent") === "forget";
  if (forgotten) {
    const result = await forgetMapping(ctx, String(form.get("mapping") ?? ""));
    if (result.ok) return redirect("/my/listings/import#mappings");
    return data({ failure: result, kind, organisationId }, { status: 400 });
  }
  const posted = form.get("file");
  const file =
    posted instanceof File && posted.size > 0
      ? { name: posted.name, bytes: new Uint8Array(await posted.arrayBuffer()) }
      : null;
  const result = await sendSheet(ctx, { kind, organisationId, file });
  if (!result.ok) return data({ failure: result, kind, organisationId }, { status: 400 });
  const { uploadId, state } = result.value;
  return redirect(`/my/listings/import/${uploadId}${state === "columns" ? "/columns" : ""}`);
}

const TONES = { columns: "warning", checked: "info", done: "success" } as const;

function Uploads({ uploads }: { uploads: UploadRow[] }) {
  const { t } = useTranslation("exchange");
  const columns: Column<UploadRow>[] = [
    {
      key: "file",
      header: t("many.file_"),
      cell: ({ id, fileName, state }) => (
        <Link className="link break-all" to={`/my/listings/import/${id}${state === "columns" ? "/columns" : ""}`}>
          {fileName}
        </Link>
      ),
    },
    { key: "when", header: t("many.when"), cell: ({ createdAt }) => <DateText date={createdAt} /> },
    {
      key: "state",
      header: t("many.stateColumn"),
      cell: ({ state, entered }) => <Badge tone={TONES[state]}>{t(`many.state.${state}`, { count: entered })}</Badge>,
    },
  ];
  return uploads.length === 0 ? (
    <p className="text-muted">{t("many.none")}</p>
  ) : (
    <DataTable columns={columns} rows={uploads} caption={t("many.uploads")} />
  );
}

function Templates() {
  const { t } = useTranslation("exchange");
  const locale = useLocale();
  const other = locale === "vi" ? "en" : "vi";
  return (
    <Card title={t("many.step.template")}>
      <p className="mb-3">{t("many.templateText", { most: MOST_ENTERED })}</p>
      <ul className="flex flex-wrap gap-3">
        {(["offering", "need"] as const).map((kind) => (
          <li key={kind}>
            <a className={buttonClass("secondary")} href={`/my/listings/import/template/${kind}?lang=${locale}`}>
              {t(`many.templateOf.${kind}`)}
            </a>
            <a
              className="link ml-3 inline-flex min-h-11 items-center text-sm"
              href={`/my/listings/import/template/${kind}?lang=${other}`}
              aria-label={`${t(`many.templateOf.${kind}`)} – ${t(`many.templateIn.${other}`)}`}
            >
              {t(`many.templateIn.${other}`)}
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-muted">{t("many.ownSheet")}</p>
    </Card>
  );
}

export default function ImportHome() {
  const { kind, organisations, uploads, mappings } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["exchange", "listings", "common"]);
  const fields = answer?.failure.fields;
  return (
    <>
      <PageHeader
        title={t("many.title")}
        lead={t("many.lead")}
        back={{ to: "/my/listings", label: t("listings:mine.title") }}
      />
      <FormErrors failure={answer?.failure} />
      <div className="flex max-w-4xl flex-col gap-6">
        <Templates />
        <Card title={t("many.step.fill")}>
          <Form method="post" encType="multipart/form-data" noValidate>
            <RadioGroup
              legend={t("many.kind")}
              name="kind"
              defaultValue={answer?.kind ?? kind}
              options={[
                { value: "offering", label: t("common:kindLong.offering") },
                { value: "need", label: t("common:kindLong.need") },
              ]}
            />
            {organisations.length > 0 ? (
              <SelectField
                label={t("many.organisation")}
                name="organisationId"
                defaultValue={answer?.organisationId ?? organisations[0]?.value}
                options={[...organisations, { value: "", label: t("many.later") }]}
                error={fields?.organisationId}
              />
            ) : null}
            <FileField
              label={t("many.file")}
              hint={t("many.fileHint")}
              name="file"
              required
              accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              error={fields?.file}
            />
            <SubmitRow>
              <Button name="intent" value="send">
                {t("many.send")}
              </Button>
            </SubmitRow>
          </Form>
        </Card>
        <Card title={t("many.uploads")}>
          <Uploads uploads={uploads} />
        </Card>
        {mappings.length > 0 ? (
          <Card title={t("many.kept")} id="mappings">
            <p className="mb-3 text-muted">{t("many.keptText")}</p>
            <ul className="divide-y divide-line">
              {mappings.map(({ id, name, columns }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
                  <span>
                    <span className="font-medium">{name}</span>{" "}
                    <span className="text-sm text-muted">{t("many.keptUsed", { count: columns })}</span>
                  </span>
                  <Form method="post">
                    <input type="hidden" name="mapping" value={id} />
                    <Button
                      name="intent"
                      value="forget"
                      variant="quiet"
                      size="small"
                      aria-label={`${t("many.forget")}: ${name}`}
                    >
                      {t("many.forget")}
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  );
}
