import type { ListingView } from "~/modules/listings/index.server";
import { plainTitle } from "../meta";

const LONGEST = 300;

/** What search engines read as data (schema.org): a need is a Demand, an offering an Offer. Nothing that the page hides. */
export function listingData(listing: ListingView, canonical: string): Record<string, unknown> {
  const { facts, kind } = listing;
  const price = facts.moneyMin ?? facts.moneyMax;
  return {
    "@context": "https://schema.org",
    "@type": kind === "need" ? "Demand" : "Offer",
    identifier: listing.reference ?? listing.id,
    name: listing.title,
    url: canonical,
    inLanguage: listing.lang,
    ...(listing.summary ? { description: listing.summary } : {}),
    ...(listing.publishedAt ? { availabilityStarts: new Date(listing.publishedAt).toISOString() } : {}),
    ...(listing.expiresOn ? { availabilityEnds: new Date(listing.expiresOn).toISOString().slice(0, 10) } : {}),
    ...(listing.organisation && !listing.ownerHidden
      ? {
          [kind === "need" ? "buyer" : "seller"]: { "@type": "Organization", name: listing.organisation },
        }
      : {}),
    ...(kind === "offering" && price !== null
      ? { priceSpecification: { "@type": "PriceSpecification", price, priceCurrency: "VND" } }
      : {}),
    itemOffered: {
      "@type": "Service",
      name: listing.title,
      ...(facts.keywords.length > 0 ? { keywords: facts.keywords.join(", ") } : {}),
    },
  };
}

/** Title, description, Open Graph, the address to keep, the other language, and the listing as data. */
export function listingMeta({ listing, canonical }: { listing: ListingView; canonical: string }) {
  const description = (listing.summary ?? listing.text.description ?? "").slice(0, LONGEST);
  const open = listing.state === "published" && (listing.visibility === "public" || listing.visibility === "blind");
  const picture = listing.pictureId ? new URL(`/files/${listing.pictureId}`, canonical).href : null;
  const graph: Record<string, string | null> = {
    "og:type": "article",
    "og:site_name": "Cungcau",
    "og:title": listing.title,
    "og:description": description || null,
    "og:url": canonical,
    "og:locale": listing.lang === "en" ? "en_US" : "vi_VN",
    "og:image": picture,
  };
  return [
    ...plainTitle(listing.title),
    ...(description ? [{ name: "description", content: description }] : []),
    { tagName: "link" as const, rel: "canonical", href: canonical },
    ...["vi", "en"].map((hrefLang) => ({
      tagName: "link" as const,
      rel: "alternate",
      hrefLang,
      href: `${canonical}?lang=${hrefLang}`,
    })),
    { tagName: "link" as const, rel: "alternate", hrefLang: "x-default", href: canonical },
    ...Object.entries(graph).flatMap(([property, content]) => (content ? [{ property, content }] : [])),
    // what only some may see is for nobody's index; no script runs in data, which Remix escapes
    ...(open ? [{ "script:ld+json": listingData(listing, canonical) }] : [{ name: "robots", content: "noindex" }]),
  ];
}
