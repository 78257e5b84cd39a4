import { mailboxMail } from "~/modules/notifications/index.server";
import type { TestWorld } from "../../setup/harness";
import type { TestWeb } from "../../setup/web";
import { dataAddress, wordsOf } from "./crawl";
import type { Exhibit, Grant, Standing, Surface } from "./matrix";
import { askedFor, type Exhibited, type MatrixScene, wordOf } from "./matrix-scene";

type Look = (grant: Grant, exhibit: Exhibit) => Promise<string>;

const standingOf = (exhibit: Exhibit): Standing =>
  exhibit === "blind owner" || exhibit === "blind closed" ? "blind" : exhibit === "public contact" ? "public" : exhibit;

/** Lists and desks that may name a listing. */
const LISTS = [
  "/",
  "/home",
  "/desk",
  "/notices",
  "/sectors",
  "/my/listings",
  "/broker",
  "/broker/listings?kind=offering",
  "/broker/reviews",
  "/broker/cases",
  "/account/searches",
];

const pagesOf = ({ listingId, address, reviewId, meeting }: Exhibited): string[] => [
  ...LISTS,
  `/listings/${address}`,
  `/listings/${address}/annex`,
  `/listings/${address}/interest`,
  `/my/listings/${listingId}`,
  `/my/listings/${listingId}/edit`,
  `/my/listings/${listingId}/versions`,
  `/my/listings/${listingId}/matches`,
  `/broker/listings/${listingId}`,
  ...(reviewId ? [`/broker/reviews/${reviewId}`] : []),
  ...(meeting ? [`/meetings/${meeting.id}`] : []),
];

/** Everything a surface answers to a reader about an exhibit. */
export function surfacesOf(
  world: TestWorld,
  web: TestWeb,
  scene: MatrixScene,
  tokens: Record<Grant, string | null>,
): { look: Record<Surface, Look>; broken: string[]; whereSeen(grant: Grant, word: string): Promise<string[]> } {
  const answers = new Map<string, Promise<string>>();
  const broken: string[] = [];
  /** Headers and body of an address, asked once by each reader. */
  const read = (grant: Grant, address: string): Promise<string> => {
    const key = `${grant} ${address}`;
    const asked =
      answers.get(key) ??
      web.request("GET", address, { token: tokens[grant] }).then(async (answer) => {
        if (answer.status === 429 || answer.status >= 500) broken.push(`${answer.status} ${address} for ${grant}`);
        const words = await wordsOf(answer);
        // a bare reference leads whoever may see the listing to its page
        const to = answer.headers.get("Location");
        return to?.startsWith("/listings/") ? `${words}\n${await read(grant, to)}` : words;
      });
    answers.set(key, asked);
    return asked;
  };
  const all = async (grant: Grant, addresses: string[]) => {
    const texts: string[] = [];
    for (const address of addresses) texts.push(await read(grant, address));
    return texts.join("\n");
  };
  const listingOf = (exhibit: Exhibit) => scene.listings[standingOf(exhibit)];
  const asking = (exhibit: Exhibit) => encodeURIComponent(askedFor(standingOf(exhibit)));
  const mails = mailsBy(world);

  return {
    broken,
    async whereSeen(grant, word) {
      const places: string[] = [];
      for (const [key, answer] of answers)
        if (key.startsWith(`${grant} /`) && (await answer).toLowerCase().includes(word)) places.push(key);
      return places;
    },
    look: {
      page: (grant, exhibit) => all(grant, pagesOf(listingOf(exhibit))),
      data: (grant, exhibit) => all(grant, pagesOf(listingOf(exhibit)).map(dataAddress)),
      search: (grant, exhibit) => read(grant, `/search?q=${asking(exhibit)}`),
      suggestion: (grant, exhibit) => read(grant, `/search/suggest?q=${asking(exhibit)}`),
      feed: (grant, exhibit) => read(grant, `/search.atom?q=${asking(exhibit)}`),
      mail: async (grant) => (grant === "none" ? "" : ((await mails).get(scene.actors[grant].personId) ?? "")),
      sitemap: (grant) => all(grant, ["/sitemap.xml", "/sitemaps/1.xml"]),
      export: (grant, exhibit) =>
        all(grant, [
          `/search.xlsx?q=${asking(exhibit)}`,
          "/my/listings.xlsx",
          "/broker/listings.xlsx?kind=offering",
          "/broker/reviews.xlsx",
        ]),
      // a picture says no words: that it is handed out at all stands for its listing's
      file: async (grant, exhibit) => {
        const { pictureId } = listingOf(exhibit);
        const answer = await web.request("GET", `/files/${pictureId}`, { token: tokens[grant] });
        const handed = answer.headers.get("Content-Type")?.startsWith("image/") ? wordOf(standingOf(exhibit)) : "";
        return `${[...answer.headers].join("\n")}\n${handed}`;
      },
      annex: (grant, exhibit) => read(grant, `/files/${listingOf(exhibit).annexId}`),
      calendar: (grant, exhibit) => {
        const { meeting } = listingOf(exhibit);
        return meeting
          ? all(grant, [`/meetings/${meeting.id}/calendar.ics`, `/broker/sessions/${meeting.sessionId}/calendar.ics`])
          : Promise.resolve("");
      },
    },
  };
}

/** What each person was written, one after the other. */
async function mailsBy(world: TestWorld): Promise<Map<string, string>> {
  const rows = await world.container.ports.db.mail.findMany({ select: { id: true, personId: true } });
  const texts = new Map<string, string>();
  for (const { id, personId } of rows) {
    const { written } = (await mailboxMail(world.system, id)) ?? {};
    const to = personId ?? "";
    texts.set(to, `${texts.get(to) ?? ""}\n${written ? JSON.stringify(written) : ""}`);
  }
  return texts;
}
