/** Door of the reports context: read-only questions over all contexts. */

export { isFunnelStep, readYear } from "./domain/funnel";
export { type BrokerHome, brokerHome } from "./queries/broker-home.server";
export { type CaseFile, caseFile } from "./queries/case-file.server";
export { type Desk, desk } from "./queries/desk.server";
export {
  type Funnel,
  type FunnelPage,
  type FunnelRecord,
  type FunnelRecords,
  funnel,
  funnelPage,
  funnelRecords,
} from "./queries/funnel.server";
export { type MemberHome, memberHome } from "./queries/member-home.server";
export { type UnattendedFile, unattendedFiles } from "./queries/unattended.server";
