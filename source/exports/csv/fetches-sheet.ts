import type { FetchedQuery, FetchHole, FetchStatement } from '../../domain/fetches/fetch.ts';
import { fetchSentence } from '../../domain/fetches/fetch-words.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface QueryRow {
  readonly fetch: FetchStatement;
  readonly query: FetchedQuery;
}

const holeText = ({ from, to, why, filled, users, addresses }: FetchHole): string =>
  [from, 'to', to, ...users, ...addresses, why, ...(filled ? ['(filled)'] : [])].join(' ');

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
  { name: 'announced', cell: ({ query }) => query.announced },
  { name: 'matching', cell: ({ query }) => query.matching },
  { name: 'damaged', cell: ({ fetch }) => fetch.damaged },
  { name: 'lateUntil', cell: ({ fetch }) => fetch.lateUntil },
  { name: 'statement', cell: ({ fetch }) => fetchSentence(fetch) },
];

const rows = function* ({ fetches }: ExportedCase): Generator<QueryRow> {
  for (const fetch of fetches) for (const query of fetch.queries) yield { fetch, query };
};

/** What was fetched from the tenant, a query a row, with what is missing of it. */
export const fetchesSheet: ExportPart = {
  name: 'fetches',
  fileName: 'fetches.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, rows(exported)),
};
