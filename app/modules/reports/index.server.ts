/** Door of the reports context: read-only questions over all contexts. */
export { type BrokerHome, brokerHome } from "./queries/broker-home.server";
export { type MemberHome, memberHome } from "./queries/member-home.server";
