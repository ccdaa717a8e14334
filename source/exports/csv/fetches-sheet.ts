import type { FetchedQuery, FetchHole, FetchStatement } from '../../domain/fetch.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface QueryRow {
  readonly fetch: FetchStatement;
  readonly query: FetchedQuery;
}

const holeText = ({ from, to, why, filled }: FetchHole): string =>
  `${from} to ${to} ${why}${filled ? ' (filled)' : ''}`;

const COLUMNS: readonly SheetColumn<QueryRow>[] = [
  { name: 'fetch', cell: ({ fetch }) => fetch.id },
  { name: 'outcome', cell: ({ fetch }) => fetch.outcome },
  { name: 'tenant', cell: ({ fetch }) => fetch.tenantId },
  { name: 'endpoint', cell: ({ fetch }) => fetch.endpoint },
  { name: 'account', cell: ({ fetch }) => fetch.account },
  { name: 'startedAt', cell: ({ fetch }) => fetch.startedAt },
  { name: 'endedAt', cell: ({ fetch }) => fetch.endedAt },
  { name: 'filter', cell: ({ query }) => query.filter },
  { name: 'from', cell: ({ query }) => query.from },
  { name: 'to', cell: ({ query }) => query.to },
  { name: 'status', cell: ({ query }) => query.status },
  { name: 'passes', cell: ({ query }) => query.passes.join(' / ') },
  { name: 'records', cell: ({ query }) => query.records },
  { name: 'limitExceeded', cell: ({ query }) => query.limitExceeded },
  { name: 'source', cell: ({ query }) => query.source },
  { name: 'requests', cell: ({ fetch }) => fetch.requests },
  { name: 'retries', cell: ({ fetch }) => fetch.retries },
  { name: 'emptyHours', cell: ({ fetch }) => fetch.emptyHours.hours },
  { name: 'hoursAsked', cell: ({ fetch }) => fetch.emptyHours.of },
  { name: 'holes', cell: ({ fetch }) => fetch.holes.map(holeText).join('; ') },
];

const rows = function* ({ fetches }: ExportedCase): Generator<QueryRow> {
  for (const fetch of fetches) for (const query of fetch.queries) yield { fetch, query };
};

/** What was fetched from the tenant, a query a row, with what can be said for its completeness. */
export const fetchesSheet: ExportPart = {
  name: 'fetches',
  fileName: 'fetches.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, rows(exported)),
};
