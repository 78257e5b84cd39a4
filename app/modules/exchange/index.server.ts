/** Door of the exchange context: lists and listings leave and come in as spreadsheets. Reads the doors of others; none knows it. */

export { discardUpload, type EnteredRows, type EnterRowsInput, enterRows } from "./commands/enter-rows.server";
export {
  type ExportedFile,
  exportBrokerListings,
  exportMine,
  exportReviews,
  exportSearch,
} from "./commands/export-lists.server";
export { columnsFromForm, forgetMapping, type MatchColumnsInput, matchColumns } from "./commands/match-columns.server";
export { type SendSheetInput, type SentSheet, sendSheet } from "./commands/send-sheet.server";
export { MOST_EXPORTED } from "./domain/limits";
export { type ColumnsForm, columnsForm } from "./queries/columns-form.server";
export { errorReport } from "./queries/error-report.server";
export { confirmForm, kindIn, readSheetForm, type SheetForm } from "./queries/sheet-form.server";
export { templateFile } from "./queries/template.server";
export { type ImportView, importHome, type KeptMapping, type UploadRow, viewImport } from "./queries/uploads.server";
