import { kqlOf } from './kql-queries.ts';
import type { KqlTable } from './kql-tables.ts';
import { plannedQueries, type PlannedQuery, type SessionPlan } from './session-plan.ts';

/** One query to paste, with what there is to know about it. */
export interface KqlQuery {
  readonly query: PlannedQuery['query'];
  /** From 1; null where it is not one of several. */
  readonly page: number | null;
  /** What the answer is, in sentences. */
  readonly gives: string;
  /** The format as which `mia import` recognises its export as CSV; null: it is not imported. */
  readonly importAs: string | null;
  readonly kql: string;
}

const AROUND =
  'Rows of seven days before and after a period are read too, since the date of a row is not always that of its record.';

const givesOf = (planned: PlannedQuery): string => {
  switch (planned.query) {
    case 'coverage':
      return `How many rows there are (Rows), how many of them cannot be read (NotParsed, WithoutId, WithoutTime), and what matches: Matching rows of Records different records, FurtherCopies, and records whose copies differ (DifferingRecords). ${AROUND}`;
    case 'contexts':
      return 'One row for each context, as mia groups records, with its keys. Copies of a record count once; with a filter the figures are of matching records alone.';
    case 'unreadable':
      return 'The rows that cannot be read, whoever they are of. Export as CSV and give it to mia import, which counts them as damaged.';
    case 'pageSizes':
      return 'How many rows each page of the records below must have. Compare with what mia import says; where a page was cut off, ask for more --pages.';
    case 'records':
      return `The chosen records with all copies, page ${planned.page + 1} of ${planned.pages}. Export as CSV and give it to mia import.`;
  }
};

/** The queries of a plan for one table, in the order in which they are run. */
export const kqlQueries = (plan: SessionPlan, table: KqlTable): readonly KqlQuery[] =>
  plannedQueries(plan).map((planned) => ({
    query: planned.query,
    page: planned.query === 'records' ? planned.page + 1 : null,
    gives: givesOf(planned),
    importAs: planned.query === 'records' || planned.query === 'unreadable' ? table.format : null,
    kql: kqlOf(planned, plan.filter, table),
  }));

/**
 * The queries as one text. A portal takes an empty line for the end of a query, so there is none
 * inside. Comments hold nothing that was typed.
 */
export const kqlScript = (queries: readonly KqlQuery[], table: KqlTable): string => {
  const notes = table.notes.map((note) => `// ${note}\n`).join('');
  const parts = queries.map(
    ({ gives, kql }, at) => `// ${at + 1} of ${queries.length}. ${gives}\n${kql}\n`,
  );
  return [notes, ...parts].join('\n');
};
