import { useEffect, useState } from "react";

/** Pages that are left at once open no stream. */
const AFTER_MS = 1_500;

/**
 * The unread count, kept up to date while the page is looked at: hidden tabs hold no connection, since browsers grant few
 * per site. Without JavaScript the count of the page stands. `told` changes only by what came from the server meanwhile.
 */
export function useLiveUnread(atLoad: number, signedIn: boolean): { unread: number; told: number | null } {
  const [live, setLive] = useState<{ over: number; unread: number } | null>(null);
  useEffect(() => {
    if (!signedIn || typeof EventSource === "undefined") return;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = null;
    };
    const open = () => {
      if (source) return;
      source = new EventSource("/notices/live");
      source.addEventListener("unread", (event: MessageEvent<string>) => {
        const { unread } = JSON.parse(event.data) as { unread: number };
        setLive({ over: atLoad, unread });
      });
      source.addEventListener("end", close);
      source.addEventListener("moved", close);
    };
    const follow = () => {
      close();
      if (document.visibilityState === "visible") timer = setTimeout(open, AFTER_MS);
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close();
    };
  }, [signedIn, atLoad]);
  // a newer page load knows more than an older event
  const current = live && live.over === atLoad ? live.unread : null;
  return { unread: current ?? atLoad, told: current !== null && current !== atLoad ? current : null };
}
