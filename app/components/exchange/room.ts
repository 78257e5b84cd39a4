/** Addresses and words of the two rooms in which spreadsheets are entered: a member's own, and the brokers' for many organisations. */
export const roomOf = (forOffice: boolean) =>
  forOffice
    ? ({
        base: "/broker/listings/import",
        back: { to: "/broker/listings", words: "matching:listings.title" },
        words: { title: "imports:title", lead: "imports:lead" },
      } as const)
    : ({
        base: "/my/listings/import",
        back: { to: "/my/listings", words: "listings:mine.title" },
        words: { title: "exchange:many.title", lead: "exchange:many.lead" },
      } as const);
