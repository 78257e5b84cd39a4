import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { DataTable } from "~/components/ui";
import type { AnnexReader } from "~/modules/listings/index.server";

/** Openings listed one by one; earlier ones are counted. */
const LISTED = 10;

/** For the owner: who accepted the undertaking, and which annex they opened when. The server's rows, dates as they travel. */
export function AnnexReaders({ readers }: { readers: readonly AnnexReader[] }) {
  const { t } = useTranslation("annexes");
  return (
    <DataTable
      caption={t("room.readers")}
      rows={readers}
      empty={<p className="text-muted">{t("room.readersNone")}</p>}
      columns={[
        {
          key: "who",
          header: t("room.who"),
          cell: (one) => (
            <>
              <strong className="font-semibold break-words">{one.name}</strong>
              <span className="block break-words">{one.position}</span>
              <span className="block break-words">{one.organisation ?? t("page.department")}</span>
              {one.person === one.name ? null : (
                <span className="block text-sm text-muted">{t("room.account", { person: one.person })}</span>
              )}
            </>
          ),
        },
        {
          key: "accepted",
          header: t("room.accepted"),
          cell: (one) => (
            <>
              <span className="tabular-nums">{formatDateTime(one.acceptedAt)}</span>
              <span className="block text-sm text-muted">
                {t("room.text", { version: one.textVersion, lang: t(`room.lang.${one.lang}`) })}
              </span>
            </>
          ),
        },
        {
          key: "opened",
          header: t("room.opened"),
          cell: ({ openings }) =>
            openings.length === 0 ? (
              <span className="text-muted">{t("room.notOpened")}</span>
            ) : (
              <ul>
                {openings.slice(0, LISTED).map(({ id, number, at }) => (
                  <li key={id} className="tabular-nums">
                    {t("number", { number })} · {formatDateTime(at)}
                  </li>
                ))}
                {openings.length > LISTED ? (
                  <li className="text-muted">{t("room.earlier", { count: openings.length - LISTED })}</li>
                ) : null}
              </ul>
            ),
        },
      ]}
    />
  );
}
