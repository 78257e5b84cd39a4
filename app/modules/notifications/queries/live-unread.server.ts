import { loginStands } from "~/modules/accounts/index.server";
import type { LiveSource } from "~/platform/http/event-stream.server";
import { unreadCount } from "./notices-of.server";

/** The unread count, kept up to date in open pages. The newest notice is part of what is so: a new one is news at the same count. */
export const liveUnread: { path: string; source: LiveSource } = {
  path: "/notices/live",
  source: {
    channel: "notices",
    event: "unread",
    async read(ctx, actor) {
      const [unread, newest] = await Promise.all([
        unreadCount(ctx),
        ctx.db.notice.findFirst({
          where: { personId: actor.personId },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          select: { id: true },
        }),
      ]);
      return { id: `${unread}.${newest?.id ?? "none"}`, data: { unread } };
    },
    stands: (ctx, actor) => loginStands(ctx, actor),
  },
};
