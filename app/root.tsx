import "./app.css";
import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Link,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { ErrorPage, errorKey } from "~/components/site/error-page";
import { Footer } from "~/components/site/footer";
import { Header } from "~/components/site/header";
import { THEMES, type Theme } from "~/components/site/preferences";
import { useLiveUnread } from "~/components/site/use-live-unread";
import { Alert } from "~/components/ui";
import type { Words } from "~/locales";
import { getOffice } from "~/modules/accounts/index.server";
import { taxonomy } from "~/modules/listings/index.server";
import { unreachableAddress, unreadCount } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { languageCookie, readCookie, THEME_COOKIE, themeCookie } from "~/platform/http/cookies.server";
import { ctxOf } from "~/platform/http/scope";
import { changedReasons } from "~/platform/lists/reasons.server";
import { useNonce } from "~/platform/nonce";

export const handle: RouteHandle = { access: "public" };

/** A route whose content runs from edge to edge says `wide` in its handle. */
export type PageHandle = RouteHandle & { wide?: boolean };

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "alternate icon", href: "/favicon.ico", sizes: "32x32" },
];

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}

export const meta: MetaFunction<typeof loader> = (args) =>
  args.error ? metaTitle(args, `common:${errorKey(statusOf(args.error))}.title`) : metaTitle(args, "common:brand.full");

function isTheme(value: string | null): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** Who visits, in which language and theme. `?lang=` and `?theme=` are remembered in cookies by the answer to them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { searchParams } = new URL(request.url);
  const headers = new Headers();
  const lang = searchParams.get("lang");
  if (lang === "vi" || lang === "en") headers.append("Set-Cookie", languageCookie(ctx.env, lang));
  const asked = searchParams.get("theme");
  const stored = readCookie(request.headers.get("Cookie"), THEME_COOKIE);
  if (isTheme(asked)) headers.append("Set-Cookie", themeCookie(ctx.env, asked));
  const theme: Theme = isTheme(asked) ? asked : isTheme(stored) ? stored : "system";
  const person = ctx.actor.kind === "person" ? ctx.actor : null;
  const [office, { names }, reasons, unread, unreachable] = await Promise.all([
    getOffice(ctx.db),
    taxonomy(ctx),
    changedReasons(ctx, ctx.locale),
    person ? unreadCount(ctx) : 0,
    person ? unreachableAddress(ctx) : null,
  ]);
  return data(
    {
      locale: ctx.locale,
      mode: ctx.env.APP_MODE,
      theme,
      requestId: ctx.requestId,
      words: {
        ...reasons.words,
        sectors: Object.fromEntries(Object.entries(names).map(([code, name]) => [code, name[ctx.locale]])),
      },
      reasons: reasons.rows,
      person: person && { fullName: person.fullName, grants: person.grants, memberships: person.memberships },
      unread,
      unreachable,
      office: { nameVi: office.nameVi, nameEn: office.nameEn, phone: office.phone, email: office.email },
    },
    { headers },
  );
}

function DemoBanner() {
  const { t } = useTranslation();
  return (
    <aside className="no-print border-b border-warning-line bg-warning-soft text-sm">
      <p className="page py-2">
        <strong>{t("demo.title")}.</strong> {t("demo.text")}{" "}
        <a href="/dev/mailbox" className="link whitespace-nowrap">
          {t("demo.mailbox")}
        </a>
      </p>
    </aside>
  );
}

export function Layout({ children }: { children: ReactNode }) {
  const site = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  const { t } = useTranslation();
  const locale = useLocale();
  const failed = Boolean(useRouteError());
  const { unread, told } = useLiveUnread(site?.unread ?? 0, Boolean(site?.person));
  const wide = useMatches().some((match) => (match.handle as PageHandle | undefined)?.wide) && !failed;
  const theme = site?.theme ?? "system";
  const office = site?.office ?? null;
  const officeName = (locale === "en" ? office?.nameEn : office?.nameVi) ?? "";
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <a
          href="#content"
          className="sr-only z-30 rounded-md bg-primary px-4 py-3 font-semibold text-on-primary focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          {t("skipToContent")}
        </a>
        {site?.mode === "demo" ? <DemoBanner /> : null}
        <Header person={site?.person ?? null} unread={unread} officeName={officeName} theme={theme} />
        <p role="status" aria-live="polite" className="sr-only">
          {told === null ? "" : told === 0 ? t("mailing:live.none") : t("mailing:live.unread", { count: told })}
        </p>
        {site?.unreachable ? (
          <aside className="no-print page pt-6">
            <Alert tone="warning" title={t("mailing:unreachable.title", { address: site.unreachable })}>
              <Link to="/account/address" className="link">
                {t("mailing:unreachable.send")}
              </Link>
            </Alert>
          </aside>
        ) : null}
        <main
          id="content"
          tabIndex={-1}
          className={wide ? "grow outline-none" : "page w-full grow py-8 outline-none sm:py-10"}
        >
          {children}
        </main>
        <Footer office={office && { name: officeName, phone: office.phone, email: office.email }} theme={theme} />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  const site = useRouteLoaderData<typeof loader>("root");
  const locale = useLocale();
  const chosen = site?.locale ?? locale;
  // signing in may bring another language: its texts come with a whole new page
  useEffect(() => {
    if (chosen !== locale) window.location.reload();
  }, [chosen, locale]);
  useChangedWords(site?.words);
  return <Outlet />;
}

/** Words that administrators changed since this page was opened. */
function useChangedWords(words: Words | undefined): void {
  const { i18n } = useTranslation();
  const known = useRef(JSON.stringify(words));
  useEffect(() => {
    const text = JSON.stringify(words);
    if (!words || text === known.current) return;
    known.current = text;
    for (const [namespace, group] of Object.entries(words))
      i18n.addResourceBundle(i18n.language, namespace, group, true, true);
  }, [words, i18n]);
}

export function ErrorBoundary() {
  const error = useRouteError();
  const site = useRouteLoaderData<typeof loader>("root");
  return (
    <ErrorPage
      status={statusOf(error)}
      signedIn={Boolean(site?.person)}
      requestId={site?.requestId}
      office={site?.office ?? null}
    />
  );
}
