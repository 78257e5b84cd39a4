import { useFetcher } from "@remix-run/react";
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Failure } from "~/platform/result";

/** Pause in typing after which a draft is saved. */
const PAUSE_MS = 1_500;

export type AutosaveAnswer = {
  failure: Failure | null;
  revision: number;
  savedAt: string | null;
  suggestions: string[];
};

/**
 * Saves the form's draft while people type, one request at a time, and holds a pressed button back until a save under
 * way is done, so that a form never conflicts with itself. Without scripts nothing of this runs and the buttons do it all.
 */
export function useAutosave(form: RefObject<HTMLFormElement | null>, revision: number, paused: boolean) {
  const fetcher = useFetcher<AutosaveAnswer>();
  const [pending, setPending] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef<HTMLElement | null>(null);
  const busy = fetcher.state !== "idle";

  const send = useCallback(() => {
    if (!form.current) return;
    const data = new FormData(form.current);
    data.delete("picture");
    data.delete("pdf");
    data.delete("annex");
    data.set("intent", "autosave");
    data.set("revision", String(revision));
    setPending(false);
    fetcher.submit(data, { method: "post", encType: "multipart/form-data" });
  }, [fetcher, form, revision]);

  useEffect(() => {
    if (!pending || busy || paused) return;
    timer.current = setTimeout(send, PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [pending, busy, paused, send]);

  // the button that was pressed while a save was under way is pressed again once its answer is here
  useEffect(() => {
    if (busy || !held.current) return;
    const button = held.current;
    held.current = null;
    form.current?.requestSubmit(button);
  }, [busy, form]);

  return {
    answer: fetcher.data,
    busy,
    changed: useCallback(() => setPending(true), []),
    hold: (event: FormEvent<HTMLFormElement>) => {
      clearTimeout(timer.current);
      setPending(false);
      const button = (event.nativeEvent as SubmitEvent).submitter;
      if (!busy || !button) return;
      event.preventDefault();
      held.current = button;
    },
  };
}
