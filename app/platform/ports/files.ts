/** Object storage. Keys are random strings made by the caller; they never hold a name or an id that tells whose the file is. */
export interface FilesPort {
  put(key: string, body: Uint8Array, mime: string): Promise<void>;
  /** null when there is no such object */
  get(key: string): Promise<Uint8Array | null>;
  remove(key: string): Promise<void>;
}
