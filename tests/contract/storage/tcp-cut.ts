import { connect, createServer, type Socket } from "node:net";

/** A stretch of network between client and server that can be cut: what passes is counted, and may end after so many bytes. */
export type TcpCut = {
  endpoint: string;
  /** bytes from the server so far */
  received(): number;
  /** the next answers end after so many bytes; null: whole again */
  cutAnswersAfter(bytes: number | null): void;
  /** the next requests end after so many bytes; null: whole again */
  cutRequestsAfter(bytes: number | null): void;
  close(): Promise<void>;
};

export async function openTcpCut(target: string): Promise<TcpCut> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let received = 0;
  const limits: { answer: number | null; request: number | null } = { answer: null, request: null };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const pass = (from: Socket, to: Socket, kind: "answer" | "request") => {
      let passed = 0;
      sockets.add(from);
      from.on("data", (chunk: Buffer) => {
        passed += chunk.length;
        if (kind === "answer") received += chunk.length;
        const limit = limits[kind];
        if (limit !== null && passed > limit) {
          near.destroy();
          far.destroy();
        } else if (!to.write(chunk)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    };
    pass(near, far, "request");
    pass(far, near, "answer");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    received: () => received,
    cutAnswersAfter(bytes) {
      limits.answer = bytes;
    },
    cutRequestsAfter(bytes) {
      limits.request = bytes;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
