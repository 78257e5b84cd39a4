/** Names by which programs that are no reader call themselves, those that fetch previews included. */
const ROBOT =
  /bot\b|bot[/;_ -]|crawl|spider|slurp|preview|fetch|scan|monitor|check|archiver|facebookexternalhit|zalo(?!\/)|headless|lighthouse|curl|wget|python|java\/|okhttp|axios|node|go-http|ruby|perl|libwww|feed|http-client/i;

/**
 * Whether a request is not a person reading: a program by its name or without one, or a browser that loads a page before
 * anybody asked for it. A guess that leaves out rather than counts twice.
 */
export function isRobot(headers: Headers): boolean {
  const agent = headers.get("user-agent") ?? "";
  if (!/^Mozilla\//.test(agent) || ROBOT.test(agent)) return true;
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""} ${headers.get("x-moz") ?? ""}`;
  return /prefetch|prerender|preview/i.test(purpose);
}
