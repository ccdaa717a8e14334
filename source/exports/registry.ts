import { csvExport } from './csv/csv.ts';
import type { ExportFormat, ExportPart } from './exported-case.ts';
import { jsonExport } from './json/exposure.ts';

/** A new format is one folder and one line here. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [jsonExport, csvExport];

export const exportFormat = (name: string): ExportFormat | undefined =>
  EXPORT_FORMATS.find((format) => format.name === name);

export const exportPart = (format: ExportFormat, name: string): ExportPart | undefined =>
  format.parts.find((part) => part.name === name);
