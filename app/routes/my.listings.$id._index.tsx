import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { AnnexSummary } from "~/components/listings/annex-summary";
import { DuplicateNote } from "~/components/listings/duplicate-list";
import { OfficeAlert } from "~/components/listings/office-alert";
import { ReconfirmAlert } from "~/components/listings/reconfirm-alert";
import { reviewTimeline } from "~/components/listings/review-timeline";
import { stateTone } from "~/components/listings/state-tone";
import { VersionView } from "~/components/listings/version-view";
import { ViewCountsText } from "~/components/listings/view-counts";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, KindBadge, LinkButton, PageHeader, Timeline } from "~/components/ui";
import { translate } from "~/locales";
import {
  confirmOnBehalf,
  copyListing,
  type OwnListingView,
  reconfirmListing,
  viewAnnexRoom,
  viewOwnListing,
  withdrawListing,
} from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:own.state");

const DONE = ["sent", "asked", "withdrawn", "confirmed", "reconfirmed", "copied"] as const;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [listing, annexes] = await Promise.all([
    viewOwnListing(ctx, params.id ?? ""),
    viewAnnexRoom(ctx, params.id ?? ""),
  ]);
  if (!listing) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  return {
    listing,
    annexes,
    done: DONE.find((one) => searchParams.has(one)) ?? null,
  };
}

const STEPS = [
  { intent: "withdraw", work: withdrawListing, done: "withdrawn" },
  { intent: "confirm", work: confirmOnBehalf, done: "confirmed" },
  { intent: "reconfirm", work: reconfirmListing, done: "reconfirmed" },
];

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const listingId = params.id ?? "";
  const intent = (await request.formData()).get("intent");
  if (intent === "copy") {
    const copied = await copyListing(ctx, {
      listingId,
      mark: (title) => translate(ctx.locale, "exchange:copy.title", { title }),
    });
    if (copied.ok) return redirect(`/my/listings/${copied.value.listingId}?copied=1`);
    if (copied.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: copied }, { status: 400 });
  }
  const step = STEPS.find((one) => one.intent === intent);
  const result = step ? await step.work(ctx, { listingId }) : fail("common:invalid");
  if (result.ok) return redirect(`/my/listings/${listingId}?${step?.done ?? ""}=1`);
  if (result.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ failure: result }, { status: 400 });
}

/** Where it is, who has it, when they will hear. */
function Whereabouts({ listing }: { listing: OwnListingView }) {
  const { t } = useTranslation(["listings", "common"]);
  const date = listing.dueOn ? formatDate(listing.dueOn) : "";
  const { broker, state } = listing;
  const revision = state !== "published" ? null : listing.underReview ? "review" : listing.hasDraft ? "draft" : null;
  return (
    <Card title={t("own.state")}>
      <p className="mb-2">
        <Badge tone={stateTone(state)}>{t(`common:listingState.${state}`)}</Badge>
      </p>
      <p className="text-lg">{t(`own.where.${state}`, { date, reference: listing.reference ?? "" })}</p>
      {revision ? <p className="mt-2">{t(`own.revision.${revision}`, { date })}</p> : null}
      {listing.completeness === null ? null : (
        <p className="mt-2 text-muted">
          {t("own.progress")}: {listing.completeness} %
        </p>
      )}
      {state === "published" && listing.expiresOn ? (
        <p className="mt-2 text-muted">{t("own.expires", { date: formatDate(listing.expiresOn) })}</p>
      ) : null}
      {state === "published" && listing.reconfirmOn ? (
        <p className="text-muted">{t("own.reconfirm", { date: formatDate(listing.reconfirmOn) })}</p>
      ) : null}
      {listing.views ? <ViewCountsText views={listing.views} /> : null}
      <h3 className="mt-5 font-semibold">{t("own.broker")}</h3>
      {broker ? (
        <p>
          {broker.fullName}
          {broker.phone ? (
            <>
              {" · "}
              <a className="link whitespace-nowrap" href={`tel:${broker.phone.replace(/[^\d+]/g, "")}`}>
                {broker.phone}
              </a>
            </>
          ) : null}
          {" · "}
          <a className="link break-all" href={`mailto:${broker.email}`}>
            {broker.email}
          </a>
        </p>
      ) : (
        <p className="text-muted">{t("own.brokerNone")}</p>
      )}
    </Card>
  );
}

export default function OwnListing() {
  const { listing, annexes, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "duplicates", "versions", "exchange", "office", "common"]);
  const { may, reviews, version } = listing;
  const last = reviews[0];
  const answered = last && (last.state === "changes_requested" || last.state === "rejected") ? last : null;
  return (
    <>
      <PageHeader
        title={listing.title || t("mine.untitled")}
        back={{ to: "/my/listings", label: t("own.backToMine") }}
        above={
          <>
            <KindBadge kind={listing.kind} />
            {listing.reference ? <span className="font-medium tabular-nums">{listing.reference}</span> : null}
            {listing.organisation ? <span>{listing.organisation.name}</span> : null}
          </>
        }
        actions={
          <>
            {may.edit ? (
              <LinkButton to={`/my/listings/${listing.id}/edit`}>
                {t(listing.hasDraft ? "own.continue" : "own.edit")}
              </LinkButton>
            ) : null}
            {listing.state === "published" ? (
              <>
                <LinkButton to={`/my/listings/${listing.id}/matches`} variant="secondary">
                  {t("own.matches")}
                </LinkButton>
                <LinkButton to={`/listings/${listing.reference}`} variant="quiet">
                  {t("own.public")}
                </LinkButton>
              </>
            ) : null}
          </>
        }
      />
      <FormErrors failure={answer?.failure} />
      {done ? (
        <Alert tone="success" role="status">
          {done === "copied"
            ? t("exchange:copy.done")
            : done === "asked"
              ? t("office:own.done")
              : done === "reconfirmed"
                ? t("reconfirm.done")
                : done === "sent" && !listing.underReview && listing.state === "published"
                  ? t("versions:publishedAtOnce")
                  : t(`own.${done}`, { date: listing.dueOn ? formatDate(listing.dueOn) : "" })}
        </Alert>
      ) : null}
      <OfficeAlert listing={listing} />
      {listing.reconfirm ? <ReconfirmAlert hiddenSince={listing.reconfirm.hiddenSince} /> : null}
      {may.confirm ? (
        <Alert tone="warning" title={t("own.confirmTitle")}>
          <p>{t("own.confirmText")}</p>
          <Form method="post" className="mt-3">
            <Button name="intent" value="confirm">
              {t("own.confirm")}
            </Button>
          </Form>
        </Alert>
      ) : null}
      {answered && !listing.underReview && listing.state !== "withdrawn" ? (
        <Alert
          tone={answered.state === "rejected" ? "danger" : "warning"}
          title={t(`own.event.${answered.state}`, { reason: t(`reason.${answered.reasonCode ?? "other"}`) })}
        >
          {answered.note ? <p className="whitespace-pre-line">{answered.note}</p> : null}
        </Alert>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6 lg:order-2">
          <Whereabouts listing={listing} />
          <Card title={t("own.history")}>
            <Timeline items={reviewTimeline(listing, t)} />
            {version ? (
              <Link className="link mt-3 inline-flex min-h-11 items-center" to={`/my/listings/${listing.id}/versions`}>
                {t("versions:open")}
              </Link>
            ) : null}
          </Card>
          {may.copy ? (
            <Form method="post">
              <Button name="intent" value="copy" variant="secondary">
                {t("exchange:copy.button")}
              </Button>
            </Form>
          ) : null}
          {may.withdraw ? (
            <Card>
              <Form method="post">
                {listing.state === "draft" ? null : <p className="mb-3 text-muted">{t("own.withdrawSure")}</p>}
                <Button name="intent" value="withdraw" variant="danger">
                  {t(listing.state === "draft" ? "own.discard" : "own.withdraw")}
                </Button>
              </Form>
            </Card>
          ) : null}
        </div>
        <div className="min-w-0">
          {listing.duplicates.length > 0 ? (
            <Card title={t("duplicates:authorTitle")} className="mb-6">
              <DuplicateNote duplicates={listing.duplicates} />
            </Card>
          ) : null}
          {annexes ? <AnnexSummary room={annexes} /> : null}
          {version ? (
            <>
              <h2 className="mb-3 text-xl font-semibold">{t("own.content")}</h2>
              <VersionView id={listing.id} kind={listing.kind} reference={listing.reference} version={version} />
            </>
          ) : null}
        </div>
      </div>
    </>
  );
}
