import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChallengeCard } from "~/components/listings/challenge-card";
import { ReconfirmAlert } from "~/components/listings/reconfirm-alert";
import { TrlCard } from "~/components/listings/trl-card";
import { DecisionForm } from "~/components/matching/decision-form";
import { ListingElementsView } from "~/components/matching/listing-elements";
import { MatchCard, type MatchData } from "~/components/matching/match-card";
import { NoMatches } from "~/components/matching/no-matches";
import { metaTitle } from "~/components/meta";
import { Badge, DateText, KindBadge, LinkButton, PageHeader, PrintButton } from "~/components/ui";
import { confirmTrl, markChallenge, reconfirmListing, viewTrlRoom } from "~/modules/listings/index.server";
import { dismissMatch, matchesOf, shortlistMatch, undoDecision } from "~/modules/matching/index.server";
import { decisionSchema, fieldErrors } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "matching:broker.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [view, trl] = await Promise.all([matchesOf(ctx, params.id ?? ""), viewTrlRoom(ctx, params.id ?? "")]);
  if (!view?.asBroker) throw new Response(null, { status: 404 });
  return { ...view, trl };
}

/** No decision on a match was typed. */
const NOTHING = { matchId: "", reasonCode: "", note: "" };

export async function action({ context, params, request }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = Object.fromEntries(await request.formData());
  if (form.intent === "reconfirm") {
    const listingId = params.id ?? "";
    const confirmed = await reconfirmListing(ctx, { listingId });
    if (confirmed.ok) return redirect(`/broker/listings/${listingId}`);
    return data({ failure: confirmed, typed: NOTHING, level: null }, { status: 400 });
  }
  if (form.intent === "trl") {
    const listingId = params.id ?? "";
    const level = { trl: String(form.trl ?? ""), note: String(form.note ?? "") };
    const versionId = String(form.versionId ?? "");
    const confirmed = await confirmTrl(ctx, { listingId, versionId, trl: Number(level.trl), note: level.note });
    if (confirmed.ok) return redirect(`/broker/listings/${listingId}#trl`);
    if (confirmed.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: confirmed, typed: NOTHING, level }, { status: 400 });
  }
  if (form.intent === "challenge-on" || form.intent === "challenge-off") {
    const listingId = params.id ?? "";
    const marked = await markChallenge(ctx, { listingId, on: form.intent === "challenge-on" });
    if (marked.ok) return redirect(`/broker/listings/${listingId}`);
    return data(
      { failure: marked, typed: { matchId: "challenge", reasonCode: "", note: "" }, level: null },
      { status: 400 },
    );
  }
  const typed = {
    matchId: String(form.matchId ?? ""),
    reasonCode: String(form.reasonCode ?? ""),
    note: String(form.note ?? ""),
  };
  const parsed = decisionSchema.safeParse(form);
  if (!parsed.success) {
    return data(
      { failure: fail("matching:error.invalid", { fields: fieldErrors(parsed.error) }), typed, level: null },
      { status: 400 },
    );
  }
  const input = parsed.data;
  const run = { shortlist: shortlistMatch, undo: undoDecision };
  const result = input.intent === "dismiss" ? await dismissMatch(ctx, input) : await run[input.intent](ctx, input);
  if (!result.ok) return data({ failure: result, typed, level: null }, { status: 400 });
  return redirect(`/broker/listings/${params.id ?? ""}#match-${input.matchId}`);
}

export default function BrokerListingPage() {
  const { listing, elements, run, matches, weak, capped, trl } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["matching", "quality", "versions"]);
  const groups = [
    { key: "shortlisted", list: matches.filter((match) => match.decision === "shortlisted") },
    { key: "undecided", list: matches.filter((match) => match.decision === "none") },
    { key: "weak", list: weak },
    { key: "dismissed", list: matches.filter((match) => match.decision === "dismissed") },
  ];
  const fitting = matches.some((match) => match.decision !== "dismissed");
  const item = (match: MatchData) => {
    const mine = answer?.typed.matchId === match.id;
    return (
      <li key={match.id} className="may-break">
        <MatchCard match={match} to={`/broker/listings/${match.other.id}`}>
          <DecisionForm match={match} failure={mine ? answer.failure : null} typed={mine ? answer.typed : null} />
        </MatchCard>
      </li>
    );
  };
  return (
    <>
      <PageHeader
        back={{ to: `/broker/listings?kind=${listing.kind}`, label: t("broker.back") }}
        above={
          <>
            <KindBadge kind={listing.kind} />
            <span className="tabular-nums">{listing.reference}</span>
            <Badge>{t(`listingState.${listing.state}`)}</Badge>
          </>
        }
        title={<span lang={listing.lang}>{listing.title}</span>}
        lead={listing.organisation}
        actions={
          listing.reference ? (
            <>
              <LinkButton variant="secondary" to={`/listings/${listing.reference}`}>
                {t("broker.openListing")}
              </LinkButton>
              <LinkButton variant="quiet" to={`/my/listings/${listing.id}/versions`}>
                {t("versions:open")}
              </LinkButton>
              <LinkButton variant="quiet" to={`/broker/mails/listing/${listing.id}`}>
                {t("operate:mail.open")}
              </LinkButton>
              {matches.length + weak.length > 0 ? <PrintButton variant="quiet" /> : null}
            </>
          ) : null
        }
      />
      {listing.unconfirmedAt ? <ReconfirmAlert hiddenSince={listing.unconfirmedAt} phone /> : null}
      {listing.kind === "need" ? (
        <ChallengeCard
          since={listing.challengeSince}
          isPublic={listing.state === "published" && listing.visibility === "public"}
          failure={answer?.typed.matchId === "challenge" ? answer.failure : null}
        />
      ) : null}
      {trl ? <TrlCard room={trl} failure={answer?.level ? answer.failure : null} typed={answer?.level} /> : null}
      {elements ? <ListingElementsView elements={elements} /> : null}
      {fitting ? null : (
        <div className="mb-6">
          <NoMatches listing={listing} run={run} asBroker />
        </div>
      )}
      {groups.map(({ key, list }) =>
        list.length === 0 ? null : (
          <section key={key} className="mb-8">
            <h2 className="mb-1 text-xl font-semibold">{t(`broker.group.${key}`, { count: list.length })}</h2>
            <p className="mb-3 max-w-text text-muted">{t(`broker.groupText.${key}`)}</p>
            <ol className="flex flex-col gap-5">{list.map(item)}</ol>
          </section>
        ),
      )}
      {capped > 0 ? <p className="text-sm text-muted">{t("capped", { count: capped })}</p> : null}
      {run ? (
        <p className="mt-4 text-sm text-muted">
          {t("computed")} <DateText date={run.computedAt} time /> · {t("broker.compared", { count: run.candidates })}
          {run.current ? "" : ` · ${t("broker.outdated")}`}{" "}
          <Link className="link no-print" to="/how-well">
            {t("quality:link")}
          </Link>
        </p>
      ) : null}
    </>
  );
}
