import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui";

const KNOWN = [400, 403, 404, 429, 500];

/** Key of the words for a status; what is unknown reads as a fault of ours. */
export function errorKey(status: number): string {
  return `error.${KNOWN.includes(status) ? status : status >= 400 && status < 500 ? 400 : 500}`;
}

type ErrorPageProps = {
  status: number;
  signedIn: boolean;
  requestId?: string;
  office: { phone: string; email: string } | null;
};

/** Refused, absent or broken: what happened, and where to go from here. */
export function ErrorPage({ status, signedIn, requestId, office }: ErrorPageProps) {
  const { t } = useTranslation();
  const key = errorKey(status);
  return (
    <div className="mx-auto max-w-text py-6 sm:py-12">
      <p className="text-4xl font-bold text-accent-ink tabular-nums">{status}</p>
      <h1 className="mt-1 text-2xl font-bold sm:text-3xl">{t(`${key}.title`)}</h1>
      <p className="mt-3 text-lg">{t(`${key}.text`)}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <LinkButton to="/">{t("error.toHome")}</LinkButton>
        <LinkButton to="/search" variant="secondary">
          {t("error.toSearch")}
        </LinkButton>
        {signedIn || status >= 500 ? null : (
          <LinkButton to="/sign-in" variant="secondary">
            {t("nav.signIn")}
          </LinkButton>
        )}
      </div>
      {office ? (
        <p className="mt-6 text-muted">{t("error.callUs", { phone: office.phone, email: office.email })}</p>
      ) : null}
      {requestId && status >= 500 ? (
        <p className="mt-2 text-sm text-muted">
          {t("error.reference")}: <code>{requestId}</code>
        </p>
      ) : null}
    </div>
  );
}
