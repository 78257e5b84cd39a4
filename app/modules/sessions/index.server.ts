/** Door of the sessions context: connection sessions, 1:1 meetings, minutes. Other contexts and routes import only this file and schemas.ts. */

export { addMeeting } from "./commands/add-meeting.server";
export {
  cancelSession,
  closeSession,
  confirmSession,
  holdSession,
  sendInvitations,
} from "./commands/advance-session.server";
export { completeStep, giveFeedback } from "./commands/after-meeting.server";
export {
  answerMinutes,
  answerMinutesByLink,
  type MinutesAnswered,
  recordPhoneMinutesAnswer,
} from "./commands/answer-minutes.server";
export { cancelMeeting } from "./commands/cancel-meeting.server";
export { correctAttendance } from "./commands/correct-attendance.server";
export { createSession } from "./commands/create-session.server";
export { editSession } from "./commands/edit-session.server";
export { handOverSession, handOverSessionsOf } from "./commands/hand-over-session.server";
export { moveMeeting } from "./commands/move-meeting.server";
export { recordAttendance } from "./commands/record-attendance.server";
export { recordPhoneResponse, respondByLink, respondToMeeting } from "./commands/respond-to-meeting.server";
export { saveMinutes } from "./commands/save-minutes.server";
export { type MeetingSweepReport, sweepMeetings } from "./commands/sweep-meetings.server";
export { type SoonSweepReport, sweepMeetingsSoon } from "./commands/sweep-meetings-soon.server";
export {
  mayAnswerForSide,
  maySeeMeeting,
  maySeeSessions,
  mayWorkSessions,
  ownMeetings,
  visibleSessions,
} from "./policy";
export { brokerSessionTasks } from "./queries/broker-tasks.server";
export { meetingCalendar, participantCalendar, sessionCalendar } from "./queries/calendars.server";
export { listSessions } from "./queries/list-sessions.server";
export { meetingFacts, meetingsOfCase } from "./queries/meetings-of-case.server";
export { openMeetingsOf } from "./queries/open-meetings.server";
export { prepareMeeting } from "./queries/prepare-meeting.server";
export { printSession } from "./queries/print-session.server";
export { meetingToken, minutesToken } from "./queries/tokens.server";
export { viewBrokerMeeting } from "./queries/view-broker-meeting.server";
export { sessionOfMeeting, viewMeeting, viewMeetingLink, viewMinutesLink } from "./queries/view-meeting.server";
export { viewSession } from "./queries/view-session.server";
export type * from "./queries/views";
