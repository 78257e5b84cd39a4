import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { createI18n } from "./locales";

/** Loads the page's language only, then brings the page to life. */
async function start(): Promise<void> {
  const locale = document.documentElement.lang === "en" ? "en" : "vi";
  const { resources } = locale === "en" ? await import("./locales/en") : await import("./locales/vi");
  const i18n = createI18n(locale, resources);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
}

void start();
