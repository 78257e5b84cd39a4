import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Timeline } from "~/components/ui";

export type Story = {
  id: string;
  at: Date;
  key: string;
  params: Record<string, string>;
  by: string | null;
  body: string | null;
};

/** What happened in a case, newest first, in words. */
export function StoryList({ items }: { items: readonly Story[] }) {
  const { t } = useTranslation("brokering");
  const words = ({ key, params, by }: Story): string => {
    const said = {
      ...params,
      side: params.side ? t(`side.${params.side}`) : "",
      answer: params.answer ? t(`answered.${params.answer}`) : "",
      channel: params.channel ? t(`channel.${params.channel}`) : "",
      origin: params.origin ? t(`origin.${params.origin}`) : "",
      replyBy: params.replyBy ? formatDate(`${params.replyBy}T00:00:00Z`) : "",
      nextActionOn: params.nextActionOn ? formatDate(`${params.nextActionOn}T00:00:00Z`) : "",
      reason: key === "closed" && params.reasonCode ? t(`closeReason.${params.reasonCode}`) : "",
    };
    return [t(`story.${key}`, said), by].filter(Boolean).join(" · ");
  };
  return (
    <Timeline
      items={items.map((item) => ({
        key: item.id,
        at: item.at,
        title: words(item),
        body: item.body ? <p className="max-w-text break-words whitespace-pre-line">{item.body}</p> : null,
      }))}
    />
  );
}
