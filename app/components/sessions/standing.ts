import type { MeetingView } from "~/modules/sessions/index.server";

export type Standing = { key: string; tone: "info" | "success" | "warning" | "neutral" };

/** Where a meeting stands from one side's seat, and what is theirs to do. Words: sessions:party.standing.<key>. */
export function standingOf(view: MeetingView): Standing {
  if (view.state === "cancelled") return { key: "cancelled", tone: "warning" };
  if (view.state === "no_show") return { key: view.mine.attended ? "otherMissing" : "wasMissing", tone: "neutral" };
  if (view.state === "held") {
    if (!view.minutes) return { key: "held", tone: "info" };
    if (view.may.answerMinutes) return { key: "minutes", tone: "warning" };
    if (view.may.completeStep) return { key: "step", tone: "info" };
    if (view.minutes.state === "disputed") return { key: "disputed", tone: "info" };
    return { key: view.minutes.state === "confirmed" ? "confirmed" : "minutesOther", tone: "success" };
  }
  if (!view.may.respond) return { key: "begun", tone: "info" };
  if (view.mine.response === "confirmed") return { key: "coming", tone: "success" };
  if (view.mine.response === "declined") return { key: "declined", tone: "neutral" };
  return { key: view.moved ? "moved" : "toAnswer", tone: "warning" };
}
