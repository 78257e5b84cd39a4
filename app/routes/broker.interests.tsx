import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { AskedSearch } from "~/components/public/asked-search";
import { Badge, Button, Card, DateText, EmptyState, LinkButton, PageHeader, TabLinks } from "~/components/ui";
import { answerInterest, countOpenInterests, openInterests, takeInterest } from "~/modules/matching/index.server";
import { answerSchema, fieldErrors, INTEREST_RESULTS } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail } from "~/platform/result";

const DAY_MS = 86_400_000;

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "matching:interests.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const query = new URL(request.url).searchParams;
  const state = query.get("state") === "settled" ? ("settled" as const) : ("open" as const);
  const mine = query.get("whose") === "mine";
  const [interests, counts] = await Promise.all([openInterests(ctx, state, { mine }), countOpenInterests(ctx)]);
  return { state, mine, interests, counts, today: dateOnly(localDay(ctx.clock.now())) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = Object.fromEntries(await request.formData());
  const typed = {
    interestId: String(form.interestId ?? ""),
    answer: String(form.answer ?? ""),
    result: String(form.result ?? ""),
  };
  if (form.intent === "take") {
    const taken = await takeInterest(ctxOf(context), { interestId: typed.interestId });
    return taken.ok ? redirect("/broker/interests?whose=mine") : data({ failure: taken, typed }, { status: 400 });
  }
  const parsed = answerSchema.safeParse({ ...form, outcome: form.intent });
  if (!parsed.success)
    return data(
      { failure: fail("matching:error.invalid", { fields: fieldErrors(parsed.error) }), typed },
      { status: 400 },
    );
  const result = await answerInterest(ctxOf(context), parsed.data);
  if (!result.ok) return data({ failure: result, typed }, { status: 400 });
  return redirect("/broker/interests");
}

export default function InterestsPage() {
  const { state, mine, interests, counts, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("matching");
  const elsewhere = answer && !interests.some((one) => one.id === answer.typed.interestId);
  return (
    <>
      <PageHeader title={t("interests.title")} lead={t("interests.lead")} />
      <TabLinks
        label={t("interests.title")}
        items={[
          { to: "/broker/interests", label: t("interests.open"), current: state === "open" },
          { to: "/broker/interests?state=settled", label: t("interests.settled"), current: state === "settled" },
        ]}
      />
      {state === "open" ? (
        <TabLinks
          label={t("interests.whose")}
          items={[
            { to: "/broker/interests", label: t("interests.all", { count: counts.all }), current: !mine },
            {
              to: "/broker/interests?whose=mine",
              label: t("interests.mine", { count: counts.mine }),
              current: mine,
            },
          ]}
        />
      ) : null}
      {elsewhere ? <FormErrors failure={answer.failure} /> : null}
      {interests.length === 0 ? (
        <EmptyState title={t(`interests.empty.${state}`)}>
          {state === "open" ? t("interests.empty.text") : null}
        </EmptyState>
      ) : (
        <ol className="flex flex-col gap-5">
          {interests.map((interest) => {
            const own = answer?.typed.interestId === interest.id ? answer : null;
            const waited = Math.floor((today.getTime() - dateOnly(localDay(interest.createdAt)).getTime()) / DAY_MS);
            const who = interest.organisation ?? t("interests.person", { name: interest.person?.fullName ?? "…" });
            const late = interest.dueOn !== null && interest.dueOn < today;
            return (
              <li key={interest.id}>
                <Card
                  title={t(`interests.kind.${interest.kind}`, { organisation: who })}
                  actions={
                    interest.dueOn ? (
                      <Badge tone={late ? "danger" : "info"}>
                        {t(late ? "interests.late" : "interests.due")} <DateText date={interest.dueOn} />
                      </Badge>
                    ) : (
                      <Badge tone={interest.state === "answered" ? "success" : "neutral"}>
                        {t(`interests.state.${interest.state}`)}
                      </Badge>
                    )
                  }
                >
                  <p className="text-sm text-muted">
                    <DateText date={interest.createdAt} time />
                    {interest.person
                      ? ` · ${[interest.person.fullName, interest.person.phone, interest.person.email].filter(Boolean).join(" · ")}`
                      : ""}
                  </p>
                  <p className="mt-1 text-sm">
                    {interest.state === "open" ? (
                      <>
                        <strong>{waited > 0 ? t("interests.waited", { count: waited }) : t("interests.today")}</strong>
                        {" · "}
                      </>
                    ) : null}
                    {interest.broker ? t("interests.answerer", { name: interest.broker }) : t("interests.nobody")}
                    {interest.result ? ` · ${t("interests.result")}: ${t(`interests.results.${interest.result}`)}` : ""}
                  </p>
                  {interest.asked ? (
                    <p className="mt-2">
                      {t("interests.searched")} <AskedSearch asked={interest.asked} />
                    </p>
                  ) : null}
                  {interest.listing ? (
                    <p className="mt-2">
                      {t("interests.about")}{" "}
                      <Link className="link font-medium" to={`/broker/listings/${interest.listing.id}`}>
                        {interest.listing.reference} {interest.listing.title}
                      </Link>
                    </p>
                  ) : null}
                  <p className="mt-3 max-w-text whitespace-pre-line break-words">{interest.message}</p>
                  {interest.answer ? (
                    <p className="mt-3 max-w-text whitespace-pre-line border-l-2 border-primary-line pl-3">
                      <span className="font-semibold">{t("interests.answered")}: </span>
                      {interest.answer}
                    </p>
                  ) : null}
                  {interest.state === "open" ? (
                    <Form method="post" className="no-print mt-4 border-t border-line pt-4">
                      <FormErrors
                        failure={own?.failure}
                        labels={{ answer: t("interests.answer"), result: t("interests.result") }}
                      />
                      <input type="hidden" name="interestId" value={interest.id} />
                      <TextAreaField
                        id={`answer-${interest.id}`}
                        name="answer"
                        label={t("interests.answer")}
                        hint={t("interests.answerHint")}
                        required
                        rows={3}
                        defaultValue={own?.typed.answer ?? ""}
                        error={own?.failure.fields?.answer}
                      />
                      <SelectField
                        id={`result-${interest.id}`}
                        name="result"
                        label={t("interests.result")}
                        hint={t("interests.resultHint")}
                        required
                        placeholder={t("interests.choose")}
                        defaultValue={own?.typed.result ?? ""}
                        error={own?.failure.fields?.result}
                        options={INTEREST_RESULTS.map((value) => ({ value, label: t(`interests.results.${value}`) }))}
                      />
                      <div className="flex flex-wrap gap-3">
                        <LinkButton variant="secondary" to={`/broker/cases/new?interest=${interest.id}`}>
                          {t("case.open")}
                        </LinkButton>
                        <Button name="intent" value="answered">
                          {t("interests.send")}
                        </Button>
                        <Button name="intent" value="closed" variant="secondary">
                          {t("interests.close")}
                        </Button>
                        {interest.mine ? null : (
                          <Button name="intent" value="take" variant="quiet">
                            {t("interests.take")}
                          </Button>
                        )}
                      </div>
                    </Form>
                  ) : null}
                </Card>
              </li>
            );
          })}
        </ol>
      )}
    </>
  );
}
