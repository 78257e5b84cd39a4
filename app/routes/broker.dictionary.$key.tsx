import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { TermForm } from "~/components/matching/term-form";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, PageHeader, Timeline } from "~/components/ui";
import { saveTerm, switchTerm, viewTerm } from "~/modules/matching/index.server";
import { fieldErrors, switchSchema, termSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "dictionary:edit");

const DONE = ["saved", "switchedOff", "switchedOn"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const term = await viewTerm(ctxOf(context), params.key ?? "");
  if (!term) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { term, done: DONE.find((one) => one === done) ?? null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const key = params.key ?? "";
  const form = Object.fromEntries(await request.formData());
  const here = (done: (typeof DONE)[number]) => redirect(`/broker/dictionary/${encodeURIComponent(key)}?done=${done}`);
  if (form.intent === "switch") {
    const parsed = switchSchema.safeParse(form);
    const active = parsed.success && parsed.data.active === "on";
    const result = parsed.success
      ? await switchTerm(ctx, { ...parsed.data, active, key })
      : fail("dictionary:error.invalid");
    return result.ok
      ? here(active ? "switchedOn" : "switchedOff")
      : data({ failure: result, values: null }, { status: 400 });
  }
  const parsed = termSchema.safeParse(form);
  const result = parsed.success
    ? await saveTerm(ctx, { ...parsed.data, key })
    : fail("dictionary:error.invalid", { fields: fieldErrors(parsed.error) });
  if (result.ok) return here("saved");
  const text = (name: string) => String(form[name] ?? "");
  const values = {
    en: text("en"),
    vi: text("vi"),
    kind: text("kind"),
    source: text("source"),
    note: text("note"),
    revision: Number(form.revision) || 0,
  };
  return data({ failure: result, values }, { status: 400 });
}

export default function TermPage() {
  const { term, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("dictionary");
  const values = answer?.values ?? {
    en: term.en.join("\n"),
    vi: term.vi.join("\n"),
    kind: term.kind,
    source: term.source,
    note: "",
    revision: term.revision,
  };
  return (
    <>
      <PageHeader
        back={{ to: "/broker/dictionary", label: t("back") }}
        above={
          <>
            <Badge tone={term.fromFile ? "neutral" : "info"}>
              {t(`standings.${term.fromFile ? (term.revision > 0 ? "changed" : "file") : "added"}`)}
            </Badge>
            {term.active ? null : <Badge tone="warning">{t("off")}</Badge>}
          </>
        }
        title={[term.vi[0], term.en[0]].filter(Boolean).join(" = ")}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(done)}</p>
        </Alert>
      ) : null}
      {term.active ? null : (
        <Alert tone="warning">
          <p>{t("offText")}</p>
        </Alert>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
        <Card>
          <TermForm
            key={`${term.revision}.${answer ? "typed" : "kept"}`}
            values={values}
            failure={answer?.values ? answer.failure : null}
          />
        </Card>
        <div className="flex flex-col gap-6">
          <Card title={t(term.active ? "switchOff" : "switchOn")}>
            <FormErrors failure={answer && !answer.values ? answer.failure : null} />
            <p className="mb-4 text-muted">{t(term.active ? "switchOffText" : "offText")}</p>
            <Form method="post">
              <input type="hidden" name="revision" value={term.revision} />
              <input type="hidden" name="active" value={term.active ? "off" : "on"} />
              <Button variant={term.active ? "danger" : "secondary"} name="intent" value="switch">
                {t(term.active ? "switchOff" : "switchOn")}
              </Button>
            </Form>
          </Card>
          <Card title={t("history")}>
            {term.history.length === 0 ? (
              <p className="text-muted">{t("historyEmpty")}</p>
            ) : (
              <Timeline
                items={term.history.map((one) => ({
                  key: String(one.seq),
                  at: one.at,
                  title: `${one.by} · ${t(one.active ? "wasOn" : "wasOff")}`,
                  body: (
                    <>
                      <p lang="vi">{one.vi.join("; ")}</p>
                      <p lang="en">{one.en.join("; ")}</p>
                      {one.note ? <p className="text-sm text-muted">{one.note}</p> : null}
                    </>
                  ),
                }))}
              />
            )}
          </Card>
        </div>
      </div>
    </>
  );
}
