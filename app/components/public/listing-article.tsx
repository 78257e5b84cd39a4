import FileText from "lucide-react/icons/file-text";
import { useTranslation } from "react-i18next";
import type { ListingView } from "~/modules/listings/index.server";
import { useLocale } from "../locale";
import { Alert, Card } from "../ui";
import { AnnexNote } from "./annex-note";
import { HeldBack } from "./held-back";
import { ListingDetailCards } from "./listing-details";
import { ListingFacts } from "./listing-facts";
import { ListingLines } from "./listing-lines";

/** A text of the listing in its own language, paragraphs kept. */
function TextPart({ title, words, lang, level }: { title: string; words: string; lang: string; level: 2 | 3 }) {
  const Heading = `h${level}` as const;
  return (
    <section className="mb-6 last:mb-0">
      <Heading className="mb-1.5 text-lg font-semibold">{title}</Heading>
      <p lang={lang} className="max-w-text whitespace-pre-line break-words">
        {words}
      </p>
    </section>
  );
}

/** The texts a listing has, in order, each in the reader's language where it is written in it. */
function usePartsOf({ text, texts, kind }: ListingView) {
  const { t } = useTranslation(["public", "posting"]);
  const locale = useLocale();
  // a translation may be shorter than the original: what it lacks is shown as it was written
  const other = texts.find(({ lang }) => lang !== text.lang);
  const wanted = [
    { key: "description", title: t(kind === "need" ? "listing.problem" : "listing.description") },
    { key: "problemSolved", title: t("listing.problemSolved") },
    { key: "principle", title: t("posting:part.principle") },
    { key: "currentTechnology", title: t("listing.currentTechnology") },
    { key: "tried", title: t("posting:part.tried") },
    { key: "advantages", title: t("listing.advantages") },
    { key: "operatingConditions", title: t("posting:part.operatingConditions") },
    { key: "referenceSites", title: t("listing.referenceSites") },
    { key: "trlEvidence", title: t("posting:part.trlEvidence") },
    { key: "support", title: t("posting:part.support") },
    { key: "standards", title: t("listing.standards") },
    { key: "ipWishes", title: t("posting:part.ipWishes") },
  ] as const;
  const parts = wanted.flatMap(({ key, title }) => {
    const source = text[key] ? text : other;
    const words = source?.[key];
    return source && words ? [{ key, title, words, lang: source.lang }] : [];
  });
  return { parts, mixed: text.lang !== locale || parts.some(({ lang }) => lang !== locale) };
}

/** Pictures in order: the first one large, the others below it, each opening in full. */
function Pictures({ listing }: { listing: ListingView }) {
  const { t } = useTranslation("public");
  const [first, ...more] = listing.pictures;
  if (!first) return null;
  const alt = (words: string) => words || t("listing.picture", { title: listing.title });
  return (
    <div className="mb-6">
      <img src={`/files/${first.id}`} alt={alt(first.alt)} className="max-h-112 rounded-md" />
      {more.length > 0 ? (
        <ul className="mt-3 flex flex-wrap gap-3">
          {more.map((picture) => (
            <li key={picture.id}>
              <a href={`/files/${picture.id}`}>
                <img
                  src={`/files/${picture.id}?size=thumbnail`}
                  alt={alt(picture.alt)}
                  className="h-24 w-32 rounded-md object-cover"
                />
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What a listing says to its readers: words, pictures, lines; `level` is the rank of its headings. */
export function ListingWords({ listing, level = 2 }: { listing: ListingView; level?: 2 | 3 }) {
  const { t } = useTranslation("public");
  const { parts, mixed } = usePartsOf(listing);
  return (
    <>
      {mixed ? <Alert>{t("listing.otherLanguage")}</Alert> : null}
      {parts.length > 0 || listing.pictures.length > 0 ? (
        <Card>
          <Pictures listing={listing} />
          {parts.map(({ key, ...part }) => (
            <TextPart key={key} {...part} level={level} />
          ))}
        </Card>
      ) : null}
      {listing.lines.length > 0 ? (
        <Card level={level} title={t(listing.kind === "need" ? "listing.requirements" : "listing.parameters")}>
          <ListingLines lines={listing.lines} kind={listing.kind} />
        </Card>
      ) : null}
    </>
  );
}

/** Its facts, whose it is and what proves it, and the document. */
export function ListingParticulars({ listing, level = 2 }: { listing: ListingView; level?: 2 | 3 }) {
  const { t } = useTranslation("public");
  return (
    <>
      <Card level={level} title={t("listing.facts")}>
        <ListingFacts listing={listing} />
      </Card>
      {listing.ownerHidden ? <HeldBack listing={listing} level={level} /> : null}
      <ListingDetailCards listing={listing} level={level} />
      {listing.pdfId ? (
        <p className="no-print">
          <a href={`/files/${listing.pdfId}`} className="link inline-flex min-h-11 items-center gap-2">
            <FileText size={20} aria-hidden="true" />
            {t("listing.pdf")}
          </a>
        </p>
      ) : null}
      {listing.hasAnnex ? <AnnexNote listing={listing} level={level} /> : null}
    </>
  );
}

/** A listing as one column, with its title: for looking at it before it is sent. */
export function ListingArticle({ listing, level }: { listing: ListingView; level: 3 }) {
  const { t } = useTranslation("public");
  return (
    <article className="flex min-w-0 flex-col gap-6">
      <div>
        <p lang={listing.text.lang} className="text-xl font-bold break-words">
          {listing.title}
        </p>
        {listing.summary ? (
          <p lang={listing.text.lang} className="mt-1 text-muted">
            {listing.summary}
          </p>
        ) : null}
        <p className="mt-2">
          {t(`listing.owner.${listing.kind}`)}:{" "}
          <strong>{listing.ownerHidden ? t("listing.ownerHidden") : listing.organisation}</strong>
        </p>
        {listing.contact ? (
          <p>
            {t("listing.contact")}:{" "}
            {[listing.contact.name, listing.contact.phone, listing.contact.email].filter(Boolean).join(" · ")}
          </p>
        ) : (
          <p className="text-sm text-muted">{t("listing.contactHidden")}</p>
        )}
      </div>
      <ListingWords listing={listing} level={level} />
      <ListingParticulars listing={listing} level={level} />
    </article>
  );
}
