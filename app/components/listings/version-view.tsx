import { useTranslation } from "react-i18next";
import { ListingDetailCards } from "~/components/public/listing-details";
import { ListingFacts } from "~/components/public/listing-facts";
import { ListingLines } from "~/components/public/listing-lines";
import { Alert, Card, DefinitionList, NotStated } from "~/components/ui";
import type { FullVersion, ListingView } from "~/modules/listings/index.server";

type Shown = { id: string; kind: "need" | "offering"; reference: string | null; version: FullVersion };

/** The version in the shape of the public page, so that reviewers and owners read exactly what readers will read. */
function asListing({ id, kind, reference, version }: Shown): ListingView | null {
  const [text] = version.texts;
  if (!text) return null;
  return {
    id,
    kind,
    reference,
    address: `/listings/${reference ?? id}`,
    title: text.title,
    summary: text.summary,
    organisation: null,
    sectors: version.sectorCodes,
    provinceCode: version.provinceCode,
    trl: version.trl,
    trlBasis: version.trlBasis,
    visibility: version.visibility,
    state: "submitted",
    origin: "member",
    lang: text.lang,
    publishedAt: null,
    expiresOn: version.expiresOn,
    sourceUrl: null,
    sourceNote: null,
    pictureId: version.pictureId,
    officeId: "",
    versionId: version.id,
    versionNumber: version.number,
    text,
    texts: version.texts,
    facts: version,
    lines: version.lines,
    // who reads this page is the owner or a broker: of a blind listing they check what others do not see, too
    communeCode: version.communeCode,
    ipNumber: version.ipNumber,
    ipText: null,
    originTaskCode: version.originTaskCode,
    details: version.details,
    pictures: version.pictures,
    challengeSince: null,
    pdfId: version.pdfId,
    hasAnnex: false,
    organisationId: null,
    ownerHidden: false,
    contact: null,
    broker: null,
    mayEdit: false,
    lastConfirmedAt: null,
    unconfirmedAt: null,
    trlConfirmation: null,
  };
}

const PARTS = [
  "description",
  "problemSolved",
  "principle",
  "currentTechnology",
  "tried",
  "advantages",
  "operatingConditions",
  "referenceSites",
  "trlEvidence",
  "support",
  "standards",
  "ipWishes",
] as const;
const LATER: readonly string[] = ["principle", "tried", "operatingConditions", "trlEvidence", "support", "ipWishes"];

/** Title, texts, lines and facts of a version as a reader sees them; below, apart, the contact that readers do not see. */
export function VersionView({ showContact = true, ...shown }: Shown & { showContact?: boolean }) {
  const { t } = useTranslation(["listings", "posting", "public", "blind", "common"]);
  const listing = asListing(shown);
  if (!listing) return null;
  const { version, kind } = shown;
  const { text } = listing;
  const other = version.texts[1];
  const labelOf = (part: (typeof PARTS)[number]) =>
    part === "description" && kind === "need"
      ? t("field.problem.label")
      : LATER.includes(part)
        ? t(`posting:field.${part}.label`)
        : t(`field.${part}.label`);
  const { contact } = version;
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {version.visibility === "blind" ? (
        <Alert title={t("blind:desk.title")}>{t("blind:desk.text", { what: t(`blind:desk.${kind}`) })}</Alert>
      ) : null}
      <Card title={t("version.texts")}>
        <h3 lang={text.lang} className="text-xl font-bold">
          {text.title}
        </h3>
        {text.summary ? (
          <p lang={text.lang} className="mt-2 text-lg text-muted">
            {text.summary}
          </p>
        ) : null}
        {listing.pictures.map((picture) => (
          <img
            key={picture.id}
            src={`/files/${picture.id}`}
            alt={picture.alt || t("version.picture", { title: text.title })}
            className="mt-4 max-h-96 rounded-md"
          />
        ))}
        {PARTS.map((part) =>
          text[part] ? (
            <section key={part} className="mt-5">
              <h4 className="font-semibold">{labelOf(part)}</h4>
              <p lang={text.lang} className="max-w-text whitespace-pre-line">
                {text[part]}
              </p>
            </section>
          ) : null,
        )}
        {other ? (
          <section className="mt-5 border-t border-line pt-4" lang={other.lang}>
            <h4 className="font-semibold">{t("version.otherLanguage")}</h4>
            <p className="font-medium">{other.title}</p>
            {other.summary ? <p>{other.summary}</p> : null}
            {PARTS.map((part) =>
              other[part] ? (
                <div key={part} className="mt-3">
                  <h5 className="text-sm text-muted" lang={text.lang}>
                    {labelOf(part)}
                  </h5>
                  <p className="max-w-text whitespace-pre-line">{other[part]}</p>
                </div>
              ) : null,
            )}
          </section>
        ) : null}
        {listing.pdfId ? (
          <p className="mt-5">
            <a className="link inline-flex min-h-11 items-center" href={`/files/${listing.pdfId}`}>
              {t("version.pdf")}
            </a>
          </p>
        ) : null}
      </Card>
      {listing.lines.length > 0 ? (
        <Card title={t(kind === "need" ? "section.requirements" : "section.parameters")}>
          <ListingLines lines={listing.lines} kind={kind} />
        </Card>
      ) : null}
      <Card title={t("version.facts")}>
        <ListingFacts listing={listing} />
      </Card>
      <ListingDetailCards listing={listing} />
      {showContact ? (
        <Card title={t("version.contact")}>
          <DefinitionList
            items={[
              { term: t("field.contactName.label"), description: contact.name },
              {
                term: t("field.contactPhone.label"),
                description: contact.phone ? (
                  <a className="link" href={`tel:${contact.phone.replace(/[^\d+]/g, "")}`}>
                    {contact.phone}
                  </a>
                ) : (
                  <NotStated />
                ),
              },
              {
                term: t("field.contactEmail.label"),
                description: contact.email ? (
                  <a className="link" href={`mailto:${contact.email}`}>
                    {contact.email}
                  </a>
                ) : (
                  <NotStated />
                ),
              },
            ]}
          />
        </Card>
      ) : null}
    </div>
  );
}
