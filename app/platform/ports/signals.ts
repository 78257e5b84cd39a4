/** Short messages between processes, about rows that were committed. Lost when nobody listens: rows are the truth. */
export type SignalChannel =
  /** a person's notices changed; says the person's id */
  | "notices"
  /** a login was ended; says its id */
  | "logins";

export interface SignalsPort {
  /**
   * Calls `listener` with what each message says, and with null when messages may have been missed (the connection was
   * lost and is back). @returns what ends it
   */
  listen(channel: SignalChannel, listener: (said: string | null) => void): () => void;
  close(): Promise<void>;
}
