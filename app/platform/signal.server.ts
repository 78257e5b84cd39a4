import type { Tx } from "./db/client.server";
import type { SignalChannel } from "./ports/signals";

/** Says something on a channel when this transaction commits; whoever listens reads the rows. */
export async function signal(tx: Tx, channel: SignalChannel, said: readonly string[]): Promise<void> {
  if (said.length === 0) return;
  await tx.$executeRaw`SELECT pg_notify(${channel}, said) FROM unnest(${[...new Set(said)]}::text[]) AS said`;
}
