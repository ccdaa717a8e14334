import type { PastLookup, TrafficHole } from '../../domain/lookups/past-lookup.ts';
import type { ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const holeText = ({ address, direction, from, to, why, filled }: TrafficHole): string =>
  `${address} ${direction} ${from} to ${to} ${why}${filled ? ' (filled)' : ''}`;

const COLUMNS: readonly SheetColumn<PastLookup>[] = [
  { name: 'lookUp', cell: ({ id }) => id },
  { name: 'startedAt', cell: ({ startedAt }) => startedAt },
  { name: 'endedAt', cell: ({ endedAt }) => endedAt },
  { name: 'outcome', cell: ({ outcome }) => outcome },
  { name: 'tenant', cell: ({ tenantId }) => tenantId },
  { name: 'account', cell: ({ account }) => account },
  { name: 'analyst', cell: ({ analyst }) => analyst },
  { name: 'again', cell: ({ again }) => String(again) },
  { name: 'thorough', cell: ({ thorough }) => String(thorough) },
  { name: 'mailboxes', cell: ({ mailboxes }) => String(mailboxes) },
  { name: 'asked', cell: ({ statement }) => statement.asked },
  { name: 'found', cell: ({ statement }) => statement.found },
  { name: 'olderThanTrace', cell: ({ statement }) => statement.olderThanTrace },
  { name: 'notFound', cell: ({ statement }) => statement.notFound },
  { name: 'failed', cell: ({ statement }) => statement.failed },
  { name: 'open', cell: ({ statement }) => statement.open },
  { name: 'notAskedSingly', cell: ({ statement }) => statement.notAskedSingly.messages },
  { name: 'trafficOf', cell: ({ statement }) => statement.traffic?.addresses.join('; ') ?? null },
  { name: 'trafficFrom', cell: ({ statement }) => statement.traffic?.from ?? null },
  { name: 'lateSince', cell: ({ statement }) => statement.lateSince },
  { name: 'requests', cell: ({ statement }) => statement.requests },
  { name: 'retries', cell: ({ retries }) => retries },
  { name: 'answers', cell: ({ answers }) => answers },
  { name: 'endpoints', cell: ({ endpoints }) => endpoints.join('; ') },
  { name: 'sources', cell: ({ sources }) => sources.join(' ') },
  { name: 'holes', cell: ({ holes }) => holes.map(holeText).join('; ') },
  {
    name: 'refused',
    cell: ({ statement }) =>
      statement.refused.map(({ service, problem }) => `${service}: ${problem}`).join('; '),
  },
];

/** Metadata that was looked up in the tenant, a lookup a row, with what is missing of it. */
export const lookupsSheet: ExportPart = {
  name: 'look-ups',
  fileName: 'look-ups.csv',
  opening: sheetOpening(COLUMNS),
  text: ({ lookups }) => sheetText(COLUMNS, lookups),
};
