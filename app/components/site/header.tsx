import { Form, Link, NavLink, useLocation } from "@remix-run/react";
import Bell from "lucide-react/icons/bell";
import ChevronDown from "lucide-react/icons/chevron-down";
import LogOut from "lucide-react/icons/log-out";
import Menu from "lucide-react/icons/menu";
import UserRound from "lucide-react/icons/user-round";
import { useTranslation } from "react-i18next";
import { Button, LinkButton } from "../ui";
import { Brand } from "./brand";
import { type NavItem, navItems, type Visitor } from "./nav-items";
import { LanguageLinks, type Theme, ThemeLinks } from "./preferences";

function NavList({ items, flow }: { items: NavItem[]; flow: "row" | "column" }) {
  const { t } = useTranslation();
  const row = flow === "row";
  return (
    <ul className={row ? "-mx-3 flex flex-wrap" : "flex flex-col"}>
      {items.map(({ to, key, count }) => (
        <li key={to}>
          <NavLink
            to={to}
            end={to === "/broker" || to === "/operator"}
            aria-label={count ? t("nav.noticesUnread", { count }) : undefined}
            className={`flex min-h-11 items-center gap-2 px-3 font-medium text-ink hover:text-primary aria-[current=page]:text-primary ${
              row
                ? "border-b-3 border-transparent aria-[current=page]:border-accent"
                : "rounded-md aria-[current=page]:bg-primary-soft"
            }`}
          >
            {t(`nav.${key}`)}
            <Count count={count} />
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function SignOut() {
  const { t } = useTranslation();
  return (
    <Form method="post" action="/sign-out" reloadDocument>
      <Button variant="quiet" className="-mx-4">
        <LogOut size={18} aria-hidden="true" />
        {t("nav.signOut")}
      </Button>
    </Form>
  );
}

function AccountMenu({ person }: { person: NonNullable<Visitor> }) {
  const { t } = useTranslation();
  return (
    <details className="group relative">
      <summary className="flex min-h-11 items-center gap-2 rounded-md border border-line px-3 font-medium hover:border-primary">
        <UserRound size={20} aria-hidden="true" />
        <span className="max-w-80 truncate">{person.fullName}</span>
        <ChevronDown size={18} aria-hidden="true" className="group-open:rotate-180" />
      </summary>
      <div className="card absolute right-0 z-20 mt-2 w-72 p-4">
        <p className="font-semibold">{person.fullName}</p>
        <Link to="/account" className="link flex min-h-11 items-center">
          {t("nav.account")}
        </Link>
        <SignOut />
      </div>
    </details>
  );
}

/** Beside the name, where people look for it; the row of places stays one line. */
function NoticesLink({ item }: { item: NavItem }) {
  const { t } = useTranslation();
  return (
    <NavLink
      to={item.to}
      aria-label={item.count ? t("nav.noticesUnread", { count: item.count }) : undefined}
      className="flex min-h-11 items-center gap-2 rounded-md px-3 font-medium hover:text-primary aria-[current=page]:bg-primary-soft"
    >
      <Bell size={20} aria-hidden="true" />
      {t(`nav.${item.key}`)}
      <Count count={item.count} />
    </NavLink>
  );
}

function Count({ count }: { count: number | undefined }) {
  return count ? (
    <span className="rounded-full bg-primary px-2 text-sm font-semibold text-on-primary tabular-nums">{count}</span>
  ) : null;
}

function Visiting() {
  const { t } = useTranslation();
  return (
    <>
      <LinkButton to="/sign-up" variant="secondary">
        {t("nav.signUp")}
      </LinkButton>
      <LinkButton to="/sign-in">{t("nav.signIn")}</LinkButton>
    </>
  );
}

type HeaderProps = { person: Visitor; unread: number; officeName: string; theme: Theme };

/** Who runs the exchange, its name, where one can go, and who is signed in. Menus are <details>: no script is needed. */
export function Header({ person, unread, officeName, theme }: HeaderProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const items = navItems(person, unread);
  const notices = items.find((item) => item.key === "notices");
  return (
    <header className="no-print border-b border-line bg-surface">
      <div className="bg-coal text-sm text-on-coal">
        <div className="page flex flex-wrap items-center justify-between gap-x-6">
          <p className="py-2 font-medium">{officeName}</p>
          <div className="hidden items-center gap-4 text-on-coal-soft lg:flex">
            <LanguageLinks />
            <span aria-hidden="true">|</span>
            <ThemeLinks theme={theme} />
          </div>
        </div>
      </div>
      <div className="page relative flex items-center justify-between gap-x-4 py-2.5">
        <Brand />
        <div key={`account ${pathname}`} className="hidden items-center gap-3 lg:flex">
          {notices ? <NoticesLink item={notices} /> : null}
          {person ? <AccountMenu person={person} /> : <Visiting />}
        </div>
        <details key={`menu ${pathname}`} className="shrink-0 lg:hidden">
          <summary className="flex min-h-11 items-center gap-2 rounded-md border border-line-strong px-3 font-semibold">
            <Menu size={20} aria-hidden="true" />
            {t("nav.menu")}
            {unread > 0 ? (
              <span className="rounded-full bg-primary px-2 text-sm text-on-primary tabular-nums">{unread}</span>
            ) : null}
          </summary>
          <nav
            aria-label={t("nav.main")}
            className="absolute inset-x-0 top-full z-20 border-y border-line bg-surface p-4 shadow-card"
          >
            <NavList items={items} flow="column" />
            <div className="mt-2 border-t border-line px-3 pt-3">
              {person ? (
                <>
                  <p className="text-sm text-muted">{person.fullName}</p>
                  <Link to="/account" className="flex min-h-11 items-center font-medium">
                    {t("nav.account")}
                  </Link>
                  <SignOut />
                </>
              ) : (
                <div className="flex flex-wrap gap-3 pb-2">
                  <Visiting />
                </div>
              )}
            </div>
            <div className="mt-2 flex flex-wrap justify-between gap-x-4 border-t border-line pt-1 text-sm">
              <LanguageLinks />
              <ThemeLinks theme={theme} />
            </div>
          </nav>
        </details>
      </div>
      <nav aria-label={t("nav.main")} className="page hidden lg:block">
        <NavList items={items.filter((item) => item !== notices)} flow="row" />
      </nav>
    </header>
  );
}
