import { csvExport } from './csv/csv.ts';
import { jsonExport } from './documents/exposure.ts';
import type { ExportFormat, ExportPart } from './exported-case.ts';
import { htmlExport } from './report/html/html.ts';
import { markdownExport } from './report/md/md.ts';

/** A new format is one file or folder, one line here and a key in `console/keys/bindings.ts`. */
const FORMATS = [jsonExport, csvExport, htmlExport, markdownExport] as const;
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
