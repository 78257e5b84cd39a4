import type { Request, RequestHandler, Response } from "express";
import type { Ctx, PersonActor } from "../context";
import { isPerson } from "../context";
import type { SignalChannel, SignalsPort } from "../ports/signals";

/** What a person is kept up to date about. */
export type LiveSource = {
  /** a message with the person's id on this channel means: read again */
  channel: SignalChannel;
  event: string;
  /** what is so now; the same id twice is sent once */
  read(ctx: Ctx, actor: PersonActor): Promise<{ id: string; data: unknown }>;
  /** still signed in? Asked at every heartbeat and when a login ends */
  stands(ctx: Ctx, actor: PersonActor): Promise<boolean>;
};

export type EventStream = { handler: RequestHandler; close(): void; open(): number };

type Stream = {
  actor: PersonActor;
  /** reads and sends what changed; calls while it reads become one more read */
  refresh(): void;
  check(): Promise<void>;
  end(event?: "end" | "moved"): void;
};

/** A person's tabs beyond these lose their oldest stream; it opens again when that tab is looked at. */
const PER_PERSON = 4;
const IN_ALL = 2_000;
const HEARTBEAT_MS = 20_000;
/** A reader that takes nothing for this many bytes is gone. */
const STUCK_BYTES = 64 * 1024;

/**
 * Server-sent events for signed-in people. Every connection begins with what is so now (unless Last-Event-ID says that the
 * browser has it), so that a reconnect never misses anything; signals only say when to read again, so that any number of
 * web processes may run. Ends when the person signs out, is signed out or disabled.
 */
export function createEventStream(
  signals: SignalsPort,
  resolve: (req: Request, res: Response) => Promise<Ctx>,
  source: LiveSource,
  { heartbeatMs = HEARTBEAT_MS } = {},
): EventStream {
  const byPerson = new Map<string, Set<Stream>>();
  let open = 0;
  let stopListening: (() => void)[] = [];
  const all = () => [...byPerson.values()].flatMap((streams) => [...streams]);
  const listen = () => {
    if (stopListening.length > 0) return;
    stopListening = [
      signals.listen(source.channel, (personId) => {
        for (const stream of personId === null ? all() : (byPerson.get(personId) ?? [])) stream.refresh();
      }),
      signals.listen("logins", (loginId) => {
        for (const stream of all()) if (loginId === null || stream.actor.loginId === loginId) void stream.check();
      }),
    ];
  };

  const handler: RequestHandler = async (req, res, next) => {
    try {
      const ctx = await resolve(req, res);
      const { actor } = ctx;
      // 204 tells a browser not to come back
      if (!isPerson(actor)) return void res.status(204).end();
      if (open >= IN_ALL) return void res.status(503).set("Retry-After", "60").end();
      listen();
      const mine = byPerson.get(actor.personId) ?? new Set();
      byPerson.set(actor.personId, mine);
      for (const oldest of [...mine].slice(0, Math.max(0, mine.size - PER_PERSON + 1))) oldest.end("moved");
      // no-transform: compression would hold events back until its buffer is full
      res.writeHead(200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-cache, no-transform",
        "X-Accel-Buffering": "no",
      });
      res.write("retry: 5000\n\n");
      mine.add(streamTo(ctx, actor, req, res, mine));
    } catch (error) {
      next(error);
    }
  };

  function streamTo(ctx: Ctx, actor: PersonActor, req: Request, res: Response, mine: Set<Stream>): Stream {
    open += 1;
    let sent = req.get("last-event-id") ?? "";
    let over = false;
    let reading = false;
    let again = false;
    const read = async () => {
      try {
        const { id, data } = await source.read(ctx, actor);
        if (over || id === sent) return;
        sent = id;
        res.write(`id: ${id}\nevent: ${source.event}\ndata: ${JSON.stringify(data)}\n\n`);
      } catch {
        // the database is away: the next signal or heartbeat reads again
        again = false;
      }
    };
    const readAll = async () => {
      reading = true;
      while (again && !over) {
        again = false;
        await read();
      }
      reading = false;
    };
    const stream: Stream = {
      actor,
      refresh() {
        again = true;
        if (!reading) void readAll();
      },
      async check() {
        const stands = await source.stands(ctx, actor).catch(() => true);
        if (!stands) stream.end("end");
      },
      end(event) {
        if (over) return;
        over = true;
        clearInterval(heartbeat);
        open -= 1;
        mine.delete(stream);
        if (mine.size === 0 && byPerson.get(actor.personId) === mine) byPerson.delete(actor.personId);
        if (event) res.write(`event: ${event}\ndata: {}\n\n`);
        res.end();
      },
    };
    const heartbeat = setInterval(() => {
      if (res.writableLength > STUCK_BYTES) return void res.destroy();
      res.write(": still here\n\n");
      void stream.check();
      stream.refresh();
    }, heartbeatMs);
    res.on("close", () => stream.end());
    stream.refresh();
    return stream;
  }

  return {
    handler,
    open: () => open,
    close() {
      for (const stop of stopListening) stop();
      stopListening = [];
      for (const stream of all()) stream.end();
    },
  };
}
