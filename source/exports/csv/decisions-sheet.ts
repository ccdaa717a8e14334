import type { Decision, SyncNote } from '../../domain/verdicts/decision.ts';
import type { ExportPart } from '../exported-case.ts';
import { decisionDetails } from '../documents/decision.ts';
import { listCell } from './cell.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const targetsOf = (decision: Decision) => (decision.act === 'mark' ? decision.targets : []);

const detailText = (value: unknown): string =>
  Array.isArray(value)
    ? (value as readonly SyncNote[]).map(({ key, syncs }) => `${key} (${syncs})`).join(', ')
    : String(value);

/** What an act has of its own, as "name value": empty values are left out. */
const detailsOf = (decision: Decision): string =>
  listCell(
    decisionDetails(decision).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${detailText(value)}`],
    ),
  );

const COLUMNS: readonly SheetColumn<Decision>[] = [
  { name: 'at', cell: ({ at }) => at },
  { name: 'analyst', cell: ({ analyst }) => analyst },
  { name: 'act', cell: ({ act }) => act },
  { name: 'verdict', cell: (decision) => (decision.act === 'mark' ? decision.verdict : null) },
  { name: 'reason', cell: ({ reason }) => reason },
  {
    name: 'sessions',
    cell: (decision) => listCell(targetsOf(decision).map(({ session }) => session)),
  },
  {
    name: 'contexts',
    cell: (decision) => targetsOf(decision).reduce((sum, { contexts }) => sum + contexts.length, 0),
  },
  {
    name: 'records',
    cell: (decision) =>
      targetsOf(decision)
        .flatMap(({ contexts }) => contexts)
        .reduce((sum, { records }) => sum + records, 0),
  },
  { name: 'details', cell: detailsOf },
  { name: 'hash', cell: ({ hash }) => hash },
  { name: 'prev', cell: ({ prev }) => prev },
];

/** Every decision in the order in which it was made, superseded ones too. */
export const decisionsSheet: ExportPart = {
  name: 'decisions',
  fileName: 'decisions.csv',
  opening: sheetOpening(COLUMNS),
  text: ({ decisions }) => sheetText(COLUMNS, decisions),
};
