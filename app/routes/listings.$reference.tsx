import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { ListingParticulars, ListingWords } from "~/components/public/listing-article";
import { listingMeta } from "~/components/public/listing-meta";
import { ListingSide } from "~/components/public/listing-side";
import { useOffice } from "~/components/site/office";
import { Badge, KindBadge, PageHeader } from "~/components/ui";
import { countView, viewListing } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { numberRuleAt } from "~/platform/rules.server";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction<typeof loader> = (args) => {
  if (!args.data) return metaTitle(args, "common:error.404.title");
  return listingMeta(args.data);
};

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [listing, days] = await Promise.all([
    viewListing(ctx, params.reference ?? ""),
    numberRuleAt(ctx.db, "interest.answer.workingDays", ctx.clock.now()),
  ]);
  if (!listing) throw new Response(null, { status: 404 });
  // by its reference alone, by its id, under an earlier title: one page has one address
  if (`/listings/${params.reference}` !== listing.address)
    throw redirect(listing.address + new URL(request.url).search, 301);
  countView(ctx, listing, request.headers);
  const canonical = new URL(listing.address, ctx.env.PUBLIC_URL).href;
  return { listing, canonical, days: days.value };
}

export default function ListingPage() {
  const { listing, days } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["public", "posting", "common"]);
  const office = useOffice();
  const { text, kind } = listing;
  return (
    <article>
      <PageHeader
        back={{ to: `/search?kind=${kind}`, label: t("listing.backToSearch") }}
        above={
          <>
            <KindBadge kind={kind} />
            {listing.reference ? <span className="font-medium tabular-nums">{listing.reference}</span> : null}
            {listing.visibility === "public" ? null : <Badge>{t(`common:visibility.${listing.visibility}`)}</Badge>}
            {listing.challengeSince ? <Badge tone="info">{t("posting:challenge.badge")}</Badge> : null}
            {listing.origin === "imported" ? <Badge>{t("common:origin.imported")}</Badge> : null}
          </>
        }
        title={<span lang={text.lang}>{listing.title}</span>}
        lead={listing.summary ? <span lang={text.lang}>{listing.summary}</span> : null}
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          <ListingWords listing={listing} />
        </div>
        <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <ListingSide listing={listing} days={days} office={office} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <ListingParticulars listing={listing} />
        </div>
      </div>
    </article>
  );
}
