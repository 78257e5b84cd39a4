export type NavItem = { to: string; key: string; count?: number };
export type Visitor = { fullName: string; grants: readonly string[]; memberships: readonly unknown[] } | null;

/** What the main navigation offers to this visitor, most used first. */
export function navItems(person: Visitor, unread: number): NavItem[] {
  const items: NavItem[] = [
    { to: "/search", key: "search" },
    { to: "/sectors", key: "sectors" },
  ];
  if (!person) return items;
  const broker = person.grants.includes("broker");
  if (broker) {
    items.push(
      { to: "/broker", key: "brokerDesk" },
      { to: "/broker/reviews", key: "reviews" },
      { to: "/broker/listings", key: "brokerListings" },
      { to: "/broker/cases", key: "cases" },
      { to: "/broker/organisations", key: "organisations" },
      { to: "/broker/interests", key: "interests" },
    );
  } else {
    items.push({ to: "/home", key: "home" });
    if (person.grants.includes("leader")) items.push({ to: "/broker/cases", key: "cases" });
  }
  if (!broker || person.memberships.length > 0) items.push({ to: "/my/listings", key: "myListings" });
  if (person.grants.includes("administrator")) items.push({ to: "/broker/dead-letters", key: "deadLetters" });
  items.push({ to: "/notices", key: "notices", count: unread });
  return items;
}
