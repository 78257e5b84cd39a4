import { XLSX_TYPE } from "~/platform/xlsx/write-workbook";
import { openZip } from "~/platform/xlsx/zip-read";
import type { TestWeb } from "../../setup/web";
import type { Scene } from "./scene";
import { type ActorName, found, mayRead, type SecretName } from "./secrets";

/** One secret on one page, met by one actor. */
export type Sighting = { actor: ActorName; name: SecretName; where: string };

/** The demo's mailbox shows every mail to everybody and does not exist outside demo and test; signing out ends the crawl. */
const LEFT_OUT = /^routes\/(dev\.mailbox|sign-out)/;

/** Every id that a parameter of this route could name. */
function candidates(routeId: string, ids: Scene["ids"]): string[] {
  if (routeId.includes("$token")) return ["nonsense"];
  if (routeId.includes("$reference")) return ids.reference;
  if (routeId.includes("mails")) return ids.case;
  if (routeId.includes("reviews")) return ids.review;
  if (routeId.includes("organisations")) return ids.organisation;
  if (routeId.includes("files")) return ids.file;
  if (routeId.includes("cases")) return ids.case;
  if (routeId.includes("meetings.$id")) return ids.meeting;
  if (routeId.includes("sessions")) return ids.session;
  if (routeId.includes("deals")) return ids.deal;
  if (routeId.includes("outcomes")) return ids.question;
  if (routeId.includes("introductions")) return ids.introduction;
  if (routeId.includes("searches")) return ids.search;
  if (routeId.includes("listings")) return ids.listing;
  return Object.values(ids).flatMap((some) => some.slice(0, 1));
}

/** What stands for a parameter that is no id of the page's own subject. */
const others = (ids: Scene["ids"]): Record<string, string> => ({
  side: "need",
  what: "invitations",
  command: "sign",
  kind: "pause",
  about: "case",
  step: "meetings",
  documentId: ids.paper[0] ?? "",
});

const STEPS = ["publish", "ownership", "files", "review?as=partner"];

/** Addresses of a route of the build, parameters filled in. */
function addressesOf(web: TestWeb, routeId: string, ids: Scene["ids"]): string[] {
  let path = "";
  for (let at: string | undefined = routeId; at; at = web.build.routes[at]?.parentId) {
    const part = web.build.routes[at]?.path;
    if (part) path = `/${part}${path}`;
  }
  if (path.endsWith("*")) return ["/no-such-page"];
  if (!path.includes(":")) return [path || "/"];
  const [optional] = /\/:\w+\?/.exec(path) ?? [];
  // the listing form: its first step has no name, the others show what the draft holds
  const paths = optional
    ? ["", ...STEPS.map((step) => `/${step}`)].map((step) => path.replace(optional, step))
    : [path];
  // what is no id at all must be answered like what is absent
  return [...new Set([...candidates(routeId, ids), "nonsense"])].flatMap((id) =>
    paths.map((one) => one.replace(/:(\w+)/g, (_, name: string) => others(ids)[name] ?? encodeURIComponent(id))),
  );
}

/** Buttons pressed where nothing is. */
const INTENTS = ["nonsense", "save", "submit", "withdraw", "confirm", "approve", "shortlist"];

/** Pages that say more when they are asked a question. */
const ASKED = [
  "/search?kind=need",
  "/search?kind=offering",
  "/search?q=nuoc+thai",
  "/search?q=cong+nghe",
  "/search?sector=NNC&sort=newest",
  "/search?sort=price&trl=7-9&trl=4-6&days=90",
  // pages repeat what was typed, so these are mistyped: what they were meant to be must not be offered
  "/search?q=zqbrokerstitl",
  "/search?q=zqinvitedtitl&province=22",
  "/search?q=cong+nghe+zqbrokerstex",
  "/search.atom?q=zqinvitedtex",
  "/search.atom?kind=need",
  "/search.atom?q=nuoc+thai",
  "/search.atom?q=cong+nghe&visibility=brokers",
  "/search.xlsx?kind=need",
  "/search.xlsx?q=cong+nghe",
  "/search.xlsx?sector=MTR&sort=newest",
  "/search.xlsx?q=zqinvitedtex",
  "/broker/listings.xlsx?kind=offering",
  "/sitemaps/1.xml",
  "/search/suggest?q=nuoc",
  "/search/suggest?q=cong+nghe",
  "/search/suggest?q=zq",
  "/search/suggest?q=cong+nghe+zqbrok",
  "/search/suggest?q=cong+nghe+zqinv",
  "/my/listings/new?kind=offering",
  "/broker/listings?kind=offering",
  "/broker/listings?suggestions=none",
  "/broker/interests?state=settled",
];

/** Where a page's data is read without its page. */
export const dataAddress = (address: string) => {
  const [path = "/", query] = address.split("?");
  return `${path === "/" ? "/_root" : path}.data${query ? `?${query}` : ""}`;
};

export function routesOf(web: TestWeb): string[] {
  return Object.keys(web.build.routes).filter((id) => !LEFT_OUT.test(id));
}

/** What an answer says: status line's headers (names of downloads, places to go) and body; spreadsheets are unpacked. */
export async function wordsOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const body = Buffer.from(await answer.arrayBuffer());
  const packed = answer.headers.get("Content-Type") === XLSX_TYPE;
  return `${headers}\n${packed ? await unpacked(body) : body.toString("utf8")}`;
}

/** Every part of a spreadsheet as text. */
async function unpacked(file: Buffer): Promise<string> {
  const zip = openZip(file);
  const blocks: Buffer[] = [];
  for (const name of zip.names) for await (const block of zip.read(name, 50_000_000)) blocks.push(block);
  return Buffer.concat(blocks).toString("utf8");
}

/** Reads every page of the built manifest, as page and as data, and answers to its forms, as this actor. */
export async function crawl(
  web: TestWeb,
  scene: Scene,
  actor: ActorName,
  token: string | null,
): Promise<{ asked: number; sightings: Sighting[]; broken: string[] }> {
  const sightings: Sighting[] = [];
  let asked = 0;
  const broken: string[] = [];
  const look = async (method: "GET" | "POST", address: string, body?: Record<string, string>) => {
    const answer = await web.request(method, address, { token, body });
    asked += 1;
    if (answer.status === 429 || answer.status >= 500) broken.push(`${answer.status} ${method} ${address}`);
    for (const name of found(await wordsOf(answer))) sightings.push({ actor, name, where: `${method} ${address}` });
  };
  for (const id of routesOf(web)) {
    const module = web.build.routes[id]?.module;
    if (!module) continue;
    for (const address of addressesOf(web, id, scene.ids)) {
      if (module.default || module.loader) await look("GET", address);
      if (module.default && module.loader) await look("GET", dataAddress(address));
      // refused forms answer with words too
      if (!module.action) continue;
      for (const intent of address.includes("nonsense") ? INTENTS : ["nonsense"])
        await look("POST", address, { intent });
    }
  }
  for (const address of ASKED) {
    await look("GET", address);
    await look("GET", dataAddress(address));
  }
  return { asked, sightings, broken };
}

/** The sightings that must not be, as lines to read. */
export function leaks(sightings: Sighting[], places: Scene["places"]): string[] {
  return sightings
    .filter(({ actor, name, where }) => !mayRead(actor, name, where, places))
    .map(({ actor, name, where }) => `${actor} reads ${name} at ${where}`);
}
