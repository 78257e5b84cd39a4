export type NavItem = { to: string; key: string; count?: number };
export type Visitor = { fullName: string; grants: readonly string[]; memberships: readonly unknown[] } | null;

/** What the main navigation offers to this visitor, most used first. */
export function navItems(person: Visitor, unread: number): NavItem[] {
  const items: NavItem[] = [{ to: "/search", key: "search" }];
  const broker = person?.grants.includes("broker") ?? false;
  // a broker's places fill one line; the sectors are at the foot of every page
  if (!broker) items.push({ to: "/sectors", key: "sectors" });
  if (!person) return items;
  if (broker) {
    items.push(
      { to: "/broker", key: "brokerDesk" },
      { to: "/broker/reviews", key: "reviews" },
      { to: "/broker/listings", key: "brokerListings" },
      { to: "/broker/cases", key: "cases" },
      { to: "/broker/sessions", key: "sessions" },
      { to: "/deals", key: "deals" },
      { to: "/broker/organisations", key: "organisations" },
      { to: "/broker/interests", key: "interests" },
    );
  } else {
    const staff = person.grants.includes("leader") || person.grants.includes("registrar");
    if (staff) items.push({ to: "/desk", key: "brokerDesk" });
    if (!staff || person.memberships.length > 0) items.push({ to: "/home", key: "home" });
    if (person.grants.includes("leader")) {
      items.push({ to: "/broker/cases", key: "cases" }, { to: "/broker/sessions", key: "sessions" });
    }
    if (staff || person.memberships.length > 0) items.push({ to: "/deals", key: "deals" });
  }
  if (!broker || person.memberships.length > 0) items.push({ to: "/my/listings", key: "myListings" });
  if (person.grants.includes("administrator"))
    items.push(
      { to: "/operator", key: "operator" },
      { to: "/broker/dictionary", key: "dictionary" },
      { to: "/operator/lists", key: "lists" },
    );
  items.push({ to: "/notices", key: "notices", count: unread });
  return items;
}
