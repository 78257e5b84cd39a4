import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NextActionFields } from "~/components/brokering/case-fields";
import { CaseLog } from "~/components/brokering/case-log";
import { IntroductionCard } from "~/components/brokering/introduction-card";
import { PartyCard } from "~/components/brokering/party-card";
import { StackedFacts } from "~/components/brokering/states";
import { StoryList } from "~/components/brokering/story-list";
import { FormErrors } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { metaTitle, plainTitle } from "~/components/meta";
import { CaseProgress } from "~/components/reports/case-progress";
import { Alert, Badge, Button, Card, DateText, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { communeName, provinceName } from "~/modules/accounts/schemas";
import { addCaseNote, planNextAction, withdrawIntroduction } from "~/modules/brokering/index.server";
import { noteSchema, planSchema } from "~/modules/brokering/schemas";
import { caseFile } from "~/modules/reports/index.server";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data ? plainTitle(args.data.view.title) : metaTitle(args, "brokering:list.title");

const DONE = ["plan", "note", "withdraw", "proposed", "phone", "outcome", "edited", "handed-over"] as const;

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const file = await caseFile(ctxOf(context), params.id ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { ...file, done: DONE.find((done) => done === asked) ?? null };
}

async function act(ctx: Ctx, caseId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  const answered = (result: { ok: true } | Parameters<typeof refuse>[1]) => (result.ok ? null : refuse(form, result));
  switch (intent) {
    case "plan": {
      const read = readForm(form, planSchema);
      return read.ok ? answered(await planNextAction(ctx, { caseId, ...read.value })) : read.answer;
    }
    case "note": {
      const read = readForm(form, noteSchema);
      return read.ok ? answered(await addCaseNote(ctx, { caseId, ...read.value })) : read.answer;
    }
    case "withdraw":
      return answered(await withdrawIntroduction(ctx, { introductionId: String(form.get("introductionId") ?? "") }));
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) throw redirect(`/broker/cases/${params.id}?done=${intent}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

export default function CasePage() {
  const { view, meetings, deals, outcomes, next, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("brokering");
  const locale = useLocale();
  const { may } = view;
  const formOf = (intent: string, stored: Record<string, string | null> = {}) =>
    formValues(answer?.intent === intent ? answer : undefined, stored);
  const plan = formOf("plan", {
    nextAction: view.nextAction,
    nextActionOn: view.nextActionOn?.toISOString().slice(0, 10) ?? null,
  });
  const note = formOf("note", { kind: "call" });
  const place = [communeName(view.communeCode), provinceName(view.provinceCode, locale)].filter(Boolean).join(", ");
  // what the latest introduction asks of the broker; nothing when the case is closed
  const latest = view.introductions[0]?.state ?? "none";
  const hint = view.state === "closed" ? null : view.parties.length < 2 ? "partyMissing" : latest;
  const link = (path: string) => `/broker/cases/${view.id}/${path}`;
  return (
    <>
      <PageHeader
        back={{ to: "/broker/cases", label: t("list.title") }}
        above={
          <>
            <Badge tone={view.state === "open" ? "info" : "neutral"}>{t(`caseState.${view.state}`)}</Badge>
            {view.overdue ? <Badge tone="danger">{t("list.overdue")}</Badge> : null}
          </>
        }
        title={view.title}
        actions={
          <>
            {may.propose ? <LinkButton to={link("introduce")}>{t("case.introduce")}</LinkButton> : null}
            <LinkButton variant="quiet" to={`/broker/mails/case/${view.id}`}>
              {t("operate:mail.open")}
            </LinkButton>
          </>
        }
      />
      {done ? (
        <Alert tone="success" role="status">
          {t(`case.done.${done}`)}
        </Alert>
      ) : null}
      {answer?.intent === "withdraw" ? <FormErrors failure={answer.failure} /> : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("case.next")}>
            {hint ? <p className="mb-4 max-w-text">{t(`case.hint.${hint}`)}</p> : null}
            {view.state === "closed" ? (
              <p>
                {t("case.closedOn")} <DateText date={view.closedAt} />:{" "}
                <strong>{t(`closeReason.${view.closeReason}`)}</strong>
              </p>
            ) : may.edit ? (
              <Form method="post" noValidate>
                <FormErrors
                  failure={plan.failure}
                  labels={{ nextAction: t("field.nextAction"), nextActionOn: t("field.nextActionOn") }}
                />
                <input type="hidden" name="revision" value={view.revision} />
                <NextActionFields key={view.revision} form={plan} />
                <Button variant="secondary" name="intent" value="plan">
                  {t("case.savePlan")}
                </Button>
              </Form>
            ) : (
              <p>
                <DateText date={view.nextActionOn} />: <strong>{view.nextAction}</strong>
              </p>
            )}
          </Card>
          <section>
            <h2 className="mb-3 text-xl font-semibold">{t("case.introductions")}</h2>
            {view.introductions.length === 0 ? (
              <EmptyState
                title={t("case.noIntroduction")}
                action={may.propose ? <LinkButton to={link("introduce")}>{t("case.introduce")}</LinkButton> : null}
              >
                {t(view.parties.length === 2 ? "case.noIntroductionText" : "case.partyMissing")}
              </EmptyState>
            ) : (
              <div className="flex flex-col gap-4">
                {view.introductions.map((row) => (
                  <IntroductionCard key={row.id} row={row} caseId={view.id} mayWork={may.work} />
                ))}
              </div>
            )}
          </section>
          <CaseProgress caseId={view.id} {...{ meetings, deals, outcomes, next }} mayResolve={may.work} />
          {may.work ? <CaseLog key={view.story.length} form={note} /> : null}
          <Card title={t("case.story")}>
            <StoryList items={view.story} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {(["need", "offering"] as const).map((side) => (
            <PartyCard
              key={side}
              side={side}
              party={view.parties.find((party) => party.side === side) ?? null}
              listing={view.listings[side]}
              editTo={may.edit ? `${link("edit")}#party-${side}` : null}
            />
          ))}
          <Card
            title={t("case.facts")}
            actions={
              may.edit ? (
                <Link className="link inline-flex min-h-11 items-center" to={link("edit")}>
                  {t("common:edit")}
                </Link>
              ) : null
            }
          >
            <StackedFacts
              items={[
                { key: "broker", term: t("field.broker"), description: view.broker.fullName },
                { key: "territory", term: t("field.territory"), description: place || null },
                {
                  key: "origin",
                  term: t("field.originShort"),
                  description: [t(`origin.${view.origin}`), view.originNote].filter(Boolean).join(": "),
                },
                { key: "opened", term: t("field.openedOn"), description: <DateText date={view.createdAt} /> },
              ]}
            />
            {view.match && may.work ? (
              <p className="mt-2">
                <Link
                  className="link inline-flex min-h-11 items-center"
                  to={`/broker/listings/${view.match.needId}#match-${view.match.id}`}
                >
                  {t("case.toMatch")}
                </Link>
              </p>
            ) : null}
            {may.edit ? (
              <div className="no-print mt-4 flex flex-wrap gap-3 border-t border-line pt-4">
                <LinkButton variant="secondary" size="small" to={link("hand-over")}>
                  {t("handOver.title")}
                </LinkButton>
                <LinkButton variant="secondary" size="small" to={link("close")}>
                  {t("close.title")}
                </LinkButton>
              </div>
            ) : null}
          </Card>
        </div>
      </div>
    </>
  );
}
