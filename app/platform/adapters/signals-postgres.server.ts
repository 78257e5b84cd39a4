import pg from "pg";
import type { Logger } from "pino";
import { jobErrorCode } from "../job-errors";
import type { SignalChannel, SignalsPort } from "../ports/signals";

const RECONNECT_MS = 2_000;
const CHANNELS: readonly SignalChannel[] = ["notices", "logins"];

/** LISTEN on one connection a process, opened when somebody first wants to hear. */
export function createSignalsPostgres(connectionString: string, log: Logger): SignalsPort {
  const listeners = new Map<SignalChannel, Set<(said: string | null) => void>>(
    CHANNELS.map((channel) => [channel, new Set()]),
  );
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async () => {
    const mine = new pg.Client({ connectionString, keepAlive: true });
    client = mine;
    const lost = () => {
      if (client !== mine) return;
      client = undefined;
      mine.end().catch(() => {});
      if (!closed) again = setTimeout(() => void connect(), RECONNECT_MS);
    };
    mine.on("error", lost);
    mine.on("end", lost);
    mine.on("notification", ({ channel, payload }) => {
      for (const listener of listeners.get(channel as SignalChannel) ?? []) listener(payload ?? "");
    });
    try {
      await mine.connect();
      for (const channel of CHANNELS) await mine.query(`LISTEN ${channel}`);
      for (const heard of listeners.values()) for (const listener of heard) listener(null);
    } catch (error) {
      log.warn({ code: jobErrorCode(error) }, "cannot listen for signals yet");
      lost();
    }
  };

  return {
    listen(channel, listener) {
      const heard = listeners.get(channel);
      heard?.add(listener);
      if (!client && !again && !closed) void connect();
      return () => heard?.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(again);
      const mine = client;
      client = undefined;
      await mine?.end().catch(() => {});
    },
  };
}
