import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tokenise } from "~/platform/search/tokens";

type Asked = { model: string; input: string[]; dimensions?: number; encoding_format?: string };
export type EmbedderServer = {
  url: string;
  /** every text it was given, in order */
  read: string[];
  authorizations: (string | undefined)[];
  /** answers what it likes instead, until taken back */
  instead: ((asked: Asked) => { status: number; body: unknown } | null) | null;
  close(): Promise<void>;
};

/** Words that mean the same, one place of the vector each. */
const MEANINGS = [
  ["say", "phoi", "dehydration", "drying", "bom", "nhiet"],
  ["nuoc", "thai", "effluent", "sewage"],
  ["lua", "gao", "rice", "paddy"],
  ["kinh", "vien", "vong", "telescope", "dai", "quan", "sat"],
  ["may", "bay", "drone", "uav"],
  ["go", "van", "timber", "plywood"],
];

/** A small language model of its own kind: counts words of a meaning, in any language, and a little of everything else. */
export function vectorFor(text: string): number[] {
  const vector = MEANINGS.map(() => 0.01);
  vector.push(1);
  for (const { folded } of tokenise(text))
    MEANINGS.forEach((words, at) => {
      if (words.includes(folded)) vector[at] = (vector[at] ?? 0) + 1;
    });
  return vector;
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Asked;
}

/** An embedder that speaks HTTP as the real ones do, on a port of its own. */
export async function startEmbedder(): Promise<EmbedderServer> {
  const state: Omit<EmbedderServer, "close"> = { url: "", read: [], authorizations: [], instead: null };
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((asked) => {
      state.authorizations.push(request.headers.authorization);
      const other = request.url === "/v1/embeddings" ? state.instead?.(asked) : { status: 404, body: {} };
      if (!other) state.read.push(...asked.input);
      const data = asked.input.map((text, index) => ({ object: "embedding", index, embedding: vectorFor(text) }));
      response.writeHead(other?.status ?? 200, { "content-type": "application/json" });
      // order of the answer is nobody's promise
      response.end(JSON.stringify(other?.body ?? { object: "list", model: asked.model, data: data.reverse() }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return Object.assign(state, {
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
