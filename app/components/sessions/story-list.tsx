import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { Timeline } from "~/components/ui";
import type { SessionStoryItem } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";

/** A session of many meetings has a long story: the newest part is in sight, the rest folds away. */
const SHOWN = 8;

/** What happened with a session or a meeting, newest first, in words; `naming` says which meeting each entry is about. */
export function SessionStory({ items, naming }: { items: readonly SessionStoryItem[]; naming?: boolean }) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const words = ({ key, params, by }: SessionStoryItem): string => {
    const said = {
      ...params,
      side: params.side ? t(`side.${params.side}`) : "",
      startsAt: params.startsAt ? formatDateTime(params.startsAt) : "",
      reason: params.reason ? t(`cancelReason.${params.reason}`) : "",
      channel: params.channel ? t(`channel.${params.channel}`) : "",
      // facts leave out what is null: no table is online
      table: tableName(params.tableNumber ? Number(params.tableNumber) : null),
    };
    return [t(`story.${key}`, said), by].filter(Boolean).join(" · ");
  };
  const told = items.map((item) => ({
    key: item.id,
    at: item.at,
    title: words(item),
    body: naming && item.meeting ? <p className="text-sm text-muted">{item.meeting}</p> : null,
  }));
  return (
    <>
      <Timeline items={told.slice(0, SHOWN)} />
      {told.length > SHOWN ? (
        <details>
          <summary className="link flex min-h-11 cursor-pointer items-center">
            {t("session.earlier", { count: told.length - SHOWN })}
          </summary>
          <div className="mt-3">
            <Timeline items={told.slice(SHOWN)} />
          </div>
        </details>
      ) : null}
    </>
  );
}
