import { csvExport } from './csv/csv.ts';
import { signInSchema, signOutSchema } from './documents/authentication.ts';
import { exposureSchema, jsonExport } from './documents/exposure.ts';
import { fetchDocumentSchema } from './documents/fetch.ts';
import { traceSchema } from './documents/lookup.ts';
import { messagesSchema } from './documents/message.ts';
import { savedSchema, saveMessagesSchema } from './documents/saved.ts';
import { sessionsSchema } from './documents/session.ts';
import { importSchema } from './documents/source.ts';
import { summarySchema } from './documents/summary.ts';
import type { ExportFormat, ExportPart } from './exported-case.ts';

/** A new format is one file or folder, one line here and a key in `console/keys/bindings.ts`. */
const FORMATS = [jsonExport, csvExport] as const;
export const EXPORT_FORMATS: readonly ExportFormat[] = FORMATS;
export type FormatName = (typeof FORMATS)[number]['name'];

export const exportFormat = (name: string): ExportFormat | undefined =>
  EXPORT_FORMATS.find((format) => format.name === name);

/** Something of each format, under the name of the command that exports as it. */
export const forEachExport = <Value>(
  of: (format: ExportFormat & { readonly name: FormatName }) => Value,
): Readonly<Record<`export-${FormatName}`, Value>> =>
  Object.fromEntries(FORMATS.map((format) => [`export-${format.name}`, of(format)])) as Readonly<
    Record<`export-${FormatName}`, Value>
  >;

export const exportPart = (format: ExportFormat, name: string): ExportPart | undefined =>
  format.parts.find((part) => part.name === name);

/** JSON Schemas of what is written and printed, by the name of the file of dist/schemas. */
export const DOCUMENT_SCHEMAS = {
  exposure: exposureSchema,
  fetchDocument: fetchDocumentSchema,
  import: importSchema,
  messages: messagesSchema,
  saveMessages: saveMessagesSchema,
  saved: savedSchema,
  sessions: sessionsSchema,
  signIn: signInSchema,
  signOut: signOutSchema,
  summary: summarySchema,
  trace: traceSchema,
};
