/** Door of the exchange context: lists and listings leave and come in as spreadsheets. Reads the doors of others; none knows it. */

export {
  type ExportedFile,
  exportBrokerListings,
  exportMine,
  exportReviews,
  exportSearch,
} from "./commands/export-lists.server";
export { MOST_EXPORTED } from "./domain/limits";
