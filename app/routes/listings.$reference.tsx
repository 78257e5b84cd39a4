import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import FileText from "lucide-react/icons/file-text";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { metaTitle, plainTitle } from "~/components/meta";
import { ListingFacts } from "~/components/public/listing-facts";
import { ListingLines } from "~/components/public/listing-lines";
import { ListingSide } from "~/components/public/listing-side";
import { useOffice } from "~/components/site/office";
import { Alert, Badge, Card, KindBadge, PageHeader } from "~/components/ui";
import { viewListing } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { numberRuleAt } from "~/platform/rules.server";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction<typeof loader> = (args) => {
  if (!args.data) return metaTitle(args, "common:error.404.title");
  const { listing, canonical } = args.data;
  return [
    ...plainTitle(listing.title),
    ...(listing.summary ? [{ name: "description", content: listing.summary.slice(0, 300) }] : []),
    { tagName: "link", rel: "canonical", href: canonical },
  ];
};

export async function loader({ context, params }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [listing, days] = await Promise.all([
    viewListing(ctx, params.reference ?? ""),
    numberRuleAt(ctx.db, "interest.answer.workingDays", ctx.clock.now()),
  ]);
  if (!listing) throw new Response(null, { status: 404 });
  const canonical = new URL(`/listings/${listing.reference ?? listing.id}`, ctx.env.PUBLIC_URL).href;
  return { listing, canonical, days: days.value };
}

/** A text of the listing in its own language, paragraphs kept. */
function TextPart({ title, words, lang }: { title: string; words: string; lang: string }) {
  return (
    <section className="mb-6 last:mb-0">
      <h2 className="mb-1.5 text-lg font-semibold">{title}</h2>
      <p lang={lang} className="max-w-text whitespace-pre-line">
        {words}
      </p>
    </section>
  );
}

export default function ListingPage() {
  const { listing, days } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["public", "common"]);
  const locale = useLocale();
  const office = useOffice();
  const { text, kind } = listing;
  const need = kind === "need";
  // a translation may be shorter than the original: what it lacks is shown as it was written
  const other = listing.texts.find(({ lang }) => lang !== text.lang);
  const wanted = [
    { key: "description", title: t(need ? "listing.problem" : "listing.description") },
    { key: "problemSolved", title: t("listing.problemSolved") },
    { key: "currentTechnology", title: t("listing.currentTechnology") },
    { key: "advantages", title: t("listing.advantages") },
    { key: "referenceSites", title: t("listing.referenceSites") },
    { key: "standards", title: t("listing.standards") },
  ] as const;
  const parts = wanted.flatMap(({ key, title }) => {
    const source = text[key] ? text : other;
    const words = source?.[key];
    return source && words ? [{ key, title, words, lang: source.lang }] : [];
  });
  const mixed = text.lang !== locale || parts.some(({ lang }) => lang !== locale);
  return (
    <article>
      <PageHeader
        back={{ to: `/search?kind=${kind}`, label: t("listing.backToSearch") }}
        above={
          <>
            <KindBadge kind={kind} />
            {listing.reference ? <span className="font-medium tabular-nums">{listing.reference}</span> : null}
            {listing.visibility === "public" ? null : <Badge>{t(`common:visibility.${listing.visibility}`)}</Badge>}
            {listing.origin === "imported" ? <Badge>{t("common:origin.imported")}</Badge> : null}
          </>
        }
        title={<span lang={text.lang}>{listing.title}</span>}
        lead={listing.summary ? <span lang={text.lang}>{listing.summary}</span> : null}
      />
      {mixed ? <Alert>{t("listing.otherLanguage")}</Alert> : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          {parts.length > 0 || listing.pictureId ? (
            <Card>
              {listing.pictureId ? (
                <img
                  src={`/files/${listing.pictureId}`}
                  alt={t("listing.picture", { title: listing.title })}
                  className="mb-6 max-h-112 rounded-md"
                />
              ) : null}
              {parts.map(({ key, ...part }) => (
                <TextPart key={key} {...part} />
              ))}
            </Card>
          ) : null}
          {listing.lines.length > 0 ? (
            <Card title={t(need ? "listing.requirements" : "listing.parameters")}>
              <ListingLines lines={listing.lines} kind={kind} />
            </Card>
          ) : null}
        </div>
        <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <ListingSide listing={listing} days={days} office={office} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("listing.facts")}>
            <ListingFacts listing={listing} />
          </Card>
          {listing.pdfId ? (
            <p className="no-print">
              <a href={`/files/${listing.pdfId}`} className="link inline-flex min-h-11 items-center gap-2">
                <FileText size={20} aria-hidden="true" />
                {t("listing.pdf")}
              </a>
            </p>
          ) : null}
        </div>
      </div>
    </article>
  );
}
