/** An object as listings of the store tell it. `changedAt` is the store's own clock. */
export type StoredObject = { key: string; bytes: number; changedAt: Date };

/** `away`: try again later; `denied`, `noStore` and `wrong` are for an operator to mend. */
export type FilesProblem = "away" | "denied" | "noStore" | "wrong";

/** The store did not do what it was asked; the message says what an operator can do and holds no secret. */
export class FilesError extends Error {
  constructor(
    readonly problem: FilesProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "FilesError";
  }
}

const KEY = /^[a-zA-Z0-9_-]{16,128}$/;

/** What a key may look like: nothing that a path, an address or a listing could read in another way. */
export const isFileKey = (key: string): boolean => KEY.test(key);

/**
 * Object storage. Keys are random strings made by the caller; they never hold a name or an id that tells whose the file is.
 * What is under a key is whole or not there. Every call throws a FilesError when the store cannot do it, and Error for a key
 * that is no file key.
 */
export interface FilesPort {
  /** where files lie, in words for operators; no secret */
  readonly place: string;
  /** over what was there before; who reads at the same moment gets the old or the new whole */
  put(key: string, body: Uint8Array, mime: string): Promise<void>;
  /** null when there is no such object */
  get(key: string): Promise<Uint8Array | null>;
  /** the same in pieces, as fast as the reader takes them; a stream that cannot be brought to its end fails */
  open(key: string): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>;
  has(key: string): Promise<boolean>;
  /** no matter whether it was there */
  remove(key: string): Promise<void>;
  /** everything, in pages of at most a thousand; what comes or goes meanwhile may be in it or not */
  list(): AsyncIterable<StoredObject[]>;
  /** fails with what is wrong when files can not be stored and read here */
  check(): Promise<void>;
  close(): Promise<void>;
}
