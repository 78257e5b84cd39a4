import { BOTH, MAIL, PAGE, PATHS, type Rule } from "./rule";

/**
 * Meetings and minutes. Sides answer by a one-tap link in the mail and by the meeting's page from the notice; the
 * broker who runs the session works on the meeting's own page.
 */
// biome-ignore format: one rule a line reads as the table it is
export const SESSION_RULES: readonly Rule[] = [
  { event: "meeting.invited", to: "owners", channels: PAGE, template: "meeting-invited", when: "to-side", path: PATHS.meeting },
  { event: "meeting.invited", to: "owners", channels: MAIL, template: "meeting-invited", when: "to-side", path: PATHS.answerMeeting },
  { event: "meeting.moved", to: "owners", channels: PAGE, template: "meeting-moved", when: ["to-side", "awaits-you"], path: PATHS.meeting },
  { event: "meeting.moved", to: "owners", channels: MAIL, template: "meeting-moved", when: ["to-side", "awaits-you"], path: PATHS.answerMeeting },
  { event: "meeting.moved", to: "owners", channels: BOTH, template: "meeting-changed", when: "to-side", unless: "awaits-you", path: PATHS.meeting },
  { event: "meeting.cancelled", to: "owners", channels: BOTH, template: "meeting-cancelled", when: "to-side", path: PATHS.meeting },
  { event: "meeting.answered", to: "responsible-broker", channels: BOTH, template: "meeting-confirmed", when: ["to-broker", "approved"], path: PATHS.brokerMeeting },
  { event: "meeting.answered", to: "responsible-broker", channels: BOTH, template: "meeting-declined", when: ["to-broker", "declined"], path: PATHS.brokerMeeting },
  { event: "meeting.answered", to: "owners", channels: BOTH, template: "meeting-answer-recorded", when: "to-side", path: PATHS.meeting },
  { event: "meeting.reminder-due", to: "owners", channels: PAGE, template: "meeting-reminder-answer", when: ["to-side", "awaits-you"], path: PATHS.meeting },
  { event: "meeting.reminder-due", to: "owners", channels: MAIL, template: "meeting-reminder-answer", when: ["to-side", "awaits-you"], path: PATHS.answerMeeting },
  { event: "meeting.reminder-due", to: "owners", channels: BOTH, template: "meeting-reminder", when: "to-side", unless: "awaits-you", path: PATHS.meeting },
  { event: "meeting.soon", to: "owners", channels: BOTH, template: "meeting-soon", when: "to-side", path: PATHS.meeting },

  { event: "session.handed-over", to: "person", channels: BOTH, template: "session-received", when: "receiver", path: PATHS.session },
  { event: "session.handed-over", to: "person", channels: PAGE, template: "session-given", when: "giver", path: PATHS.session },

  { event: "minutes.sent", to: "owners", channels: PAGE, template: "minutes-to-confirm", when: "to-side", path: PATHS.meeting },
  { event: "minutes.sent", to: "owners", channels: MAIL, template: "minutes-to-confirm", when: "to-side", path: PATHS.answerMinutes },
  { event: "minutes.answered", to: "responsible-broker", channels: BOTH, template: "minutes-disputed", when: ["to-broker", "declined"], path: PATHS.writeMinutes },
  { event: "minutes.answered", to: "responsible-broker", channels: BOTH, template: "minutes-both-confirmed", when: ["to-broker", "both"], path: PATHS.brokerMeeting },
  { event: "minutes.answered", to: "responsible-broker", channels: BOTH, template: "minutes-one-confirmed", when: ["to-broker", "approved"], unless: "both", path: PATHS.brokerMeeting },
  { event: "minutes.confirmed", to: "owners", channels: BOTH, template: "minutes-confirmed", when: "to-side", path: PATHS.meeting },
  { event: "minutes.step-due", to: "owners", channels: BOTH, template: "step-due", when: "to-side", path: PATHS.meeting },
  { event: "minutes.step-due", to: "responsible-broker", channels: BOTH, template: "step-due-for-you", when: "to-broker", path: PATHS.brokerMeeting },
];
