/** The documents context: stored files. Other contexts import only this file and schemas.ts. */
export { type StoreUploadInput, storeUpload } from "./commands/store-upload.server";
export { type Undertaking, undertakingAt } from "./domain/undertaking";
export { describeFiles, type FileContent, type FileFacts, readFile } from "./queries/read-file.server";
