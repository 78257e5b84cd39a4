import type { ListingKind, ListingState, Locale, RecordOrigin, Visibility } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { addressOf } from "../domain/address";
import { openView } from "../domain/open-part";
import { readinessOf } from "../domain/readiness";
import type { ListingView } from "../domain/types";
import { detailsOf, factsOf, linesOf, pickText, picturesOf, textsOf, type VersionRow } from "./rows.server";

type Owned = {
  communeCode: string | null;
  ipNumber: string | null;
  ipText: string | null;
  originTaskCode: string | null;
  owners: unknown;
  ipTitles: unknown;
  sites: unknown;
  tests: unknown;
  ownershipDecision: string | null;
  resultCertificate: string | null;
};
type Parts = {
  row: {
    id: string;
    officeId: string;
    kind: ListingKind;
    reference: string | null;
    state: ListingState;
    visibility: Visibility;
    origin: RecordOrigin;
    publishedAt: Date | null;
    lastConfirmedAt: Date | null;
    unconfirmedAt: Date | null;
    challengeSince: Date | null;
    trlConfirmed: number | null;
    trlConfirmedAt: Date | null;
    /** live confidential annexes */
    _count: { annexes: number };
  };
  /** what tells the owner is only in it when the reader may know */
  version: VersionRow & {
    pictureId: string | null;
    pictureIds: string[];
    pictureAlts: string[];
    pdfId: string | null;
  } & Partial<Owned>;
  /** null = hidden from this reader */
  owner: {
    sourceUrl: string | null;
    sourceNote: string | null;
    organisation: { id: string; nameVi: string; nameEn: string | null; anonymous: boolean } | null;
  } | null;
  /** the owner itself or a broker of the office */
  trusted: boolean;
  /** blind, and not this reader's to know: they get the open part */
  ownerHidden: boolean;
  contact: { contactName: string | null; contactPhone: string | null; contactEmail: string | null } | null;
  broker: { fullName: string; phone: string | null } | null;
  mayEdit: boolean;
  /** who confirmed the level */
  trlConfirmedBy: string | null;
};

/** One page of a listing out of what was selected for this reader: the same for published versions and for drafts looked at before they are sent. */
export function listingViewOf(locale: Locale, parts: Parts): ListingView {
  const { row, version, owner, trusted, ownerHidden, contact, broker } = parts;
  const text = pickText(version.texts, locale);
  if (!text) throw new Error(`Listing ${row.id} has no text`);
  const readiness = readinessOf(version, row.trlConfirmed);
  const { ownershipDecision = null, resultCertificate = null, owners, ipTitles, sites, tests } = version;
  const view: ListingView = {
    id: row.id,
    officeId: row.officeId,
    kind: row.kind,
    reference: row.reference,
    address: addressOf(row, version.texts),
    title: text.title,
    summary: text.summary,
    organisation: owner ? displayName(owner.organisation, locale) : null,
    sectors: version.sectorCodes,
    provinceCode: version.provinceCode,
    ...readiness,
    trlConfirmation:
      readiness.trlBasis === "confirmed" && readiness.trl !== null && row.trlConfirmedAt
        ? { trl: readiness.trl, at: row.trlConfirmedAt, by: parts.trlConfirmedBy }
        : null,
    visibility: row.visibility,
    state: row.state,
    origin: row.origin,
    lang: text.lang,
    publishedAt: row.publishedAt,
    expiresOn: version.expiresOn,
    sourceUrl: owner?.sourceUrl ?? null,
    sourceNote: owner?.sourceNote ?? null,
    pictureId: version.pictureId,
    pdfId: version.pdfId,
    hasAnnex: row._count.annexes > 0,
    versionId: version.id,
    versionNumber: version.number,
    text,
    texts: textsOf(version.texts),
    // what the Department is asked for is between the owner and its broker
    facts: { ...factsOf(version), ...readiness, ...(trusted ? {} : { helpWanted: [] }) },
    lines: linesOf(version.lines),
    communeCode: owner ? (version.communeCode ?? null) : null,
    ipNumber: owner ? (version.ipNumber ?? null) : null,
    ipText: owner ? (version.ipText ?? null) : null,
    originTaskCode: owner ? (version.originTaskCode ?? null) : null,
    details: owner
      ? detailsOf({ owners, ipTitles, sites, tests, ownershipDecision, resultCertificate }, trusted)
      : null,
    pictures: picturesOf(version),
    challengeSince: row.challengeSince,
    organisationId: owner?.organisation?.id ?? null,
    ownerHidden,
    contact: contact && { name: contact.contactName, phone: contact.contactPhone, email: contact.contactEmail },
    // letters go through the exchange: no address stands on a public page
    broker: broker && { fullName: broker.fullName, phone: broker.phone },
    mayEdit: parts.mayEdit,
    lastConfirmedAt: row.lastConfirmedAt,
    unconfirmedAt: row.unconfirmedAt,
  };
  return ownerHidden ? openView(view) : view;
}
