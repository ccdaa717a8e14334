import type { Source } from '../../domain/records/source.ts';
import type { ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const COLUMNS: readonly SheetColumn<Source>[] = [
  { name: 'id', cell: ({ id }) => id },
  { name: 'file', cell: ({ file }) => file },
  { name: 'sha256', cell: ({ sha256 }) => sha256 },
  { name: 'kind', cell: ({ kind }) => kind },
  { name: 'format', cell: ({ format }) => format },
  { name: 'origin', cell: ({ origin }) => origin ?? 'given' },
  { name: 'rows', cell: ({ rows }) => rows },
  { name: 'accepted', cell: ({ accepted }) => accepted },
  { name: 'otherOperations', cell: ({ otherOperations }) => otherOperations },
  { name: 'duplicates', cell: ({ duplicates }) => duplicates },
  { name: 'conflicts', cell: ({ conflicts }) => conflicts },
  { name: 'damaged', cell: ({ damaged }) => damaged },
  { name: 'sideEvents', cell: ({ sideEvents }) => sideEvents },
  { name: 'bytes', cell: ({ bytes }) => bytes },
  { name: 'container', cell: ({ container }) => container?.file ?? null },
  { name: 'containerSha256', cell: ({ container }) => container?.sha256 ?? null },
  { name: 'importedAt', cell: ({ importedAt }) => importedAt },
  { name: 'analyst', cell: ({ analyst }) => analyst },
  { name: 'kept', cell: ({ kept }) => kept },
  { name: 'withdrawnAt', cell: ({ withdrawn }) => withdrawn?.at ?? null },
  { name: 'withdrawnBecause', cell: ({ withdrawn }) => withdrawn?.because ?? null },
];

/** What was read, with its hash and the outcome of its rows; withdrawn sources too. */
export const sourcesSheet: ExportPart = {
  name: 'sources',
  fileName: 'sources.csv',
  opening: sheetOpening(COLUMNS),
  text: ({ sources }) => sheetText(COLUMNS, sources),
};
