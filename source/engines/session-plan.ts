/** Which records are asked for. Values of one kind are alternatives; different kinds must all match. */
export interface RecordFilter {
  /** Actor or mailbox owner, without case; part of it unless it holds an @. */
  readonly users: readonly string[];
  /** Addresses and CIDRs in their one spelling. */
  readonly addresses: readonly string[];
  /** Mailboxes by guid or owner, whole and without case. */
  readonly mailboxes: readonly string[];
  /** UTC ISO: inclusive. */
  readonly since: string | null;
  /** UTC ISO: exclusive. */
  readonly until: string | null;
}

/** Whose records are brought home, once the contexts were looked at. */
export interface ChosenRecords {
  /** Session keys, session ids or context keys. */
  readonly keys: readonly string[];
  /** Into how many queries they are cut, by a hash of the record's id: a late record moves no other. */
  readonly pages: number;
}

export interface SessionPlan {
  readonly filter: RecordFilter;
  /** null: the contexts are asked for. */
  readonly chosen: ChosenRecords | null;
}

/**
 * One question, in no language yet.
 * - `coverage`: how many rows there are, and how many of them cannot be read; always first.
 * - `contexts`: one row a context (`domain.md`, Words) with its figures.
 * - `pageSizes`: how many rows each page of records must have.
 * - `records`: page `page` of `pages` (from 0) of the chosen records, as `mia import` reads them.
 * - `unreadable`: the rows that cannot be read, for the import to count them as damaged.
 */
export type PlannedQuery =
  | { readonly query: 'coverage' | 'contexts' | 'unreadable' }
  | { readonly query: 'pageSizes'; readonly keys: readonly string[]; readonly pages: number }
  | {
      readonly query: 'records';
      readonly keys: readonly string[];
      readonly page: number;
      readonly pages: number;
    };

/** The questions of a plan, in the order in which they are asked. */
export const plannedQueries = ({ chosen }: SessionPlan): readonly PlannedQuery[] => {
  if (chosen === null)
    return [{ query: 'coverage' }, { query: 'contexts' }, { query: 'unreadable' }];
  const { keys, pages } = chosen;
  return [
    { query: 'pageSizes', keys, pages },
    ...Array.from(
      { length: pages },
      (_, page) => ({ query: 'records', keys, page, pages }) as const,
    ),
  ];
};

/** Columns of each answer but that of records and unreadable rows, which have those of their table. */
export const ANSWER_COLUMNS = {
  coverage: [
    ...['Rows', 'NotParsed', 'WithoutId', 'WithoutTime', 'Matching', 'Records'],
    ...['FurtherCopies', 'DifferingRecords', 'FirstSeen', 'LastSeen'],
  ],
  contexts: [
    ...[
      'ContextKey',
      'SessionKey',
      'SessionId',
      'Mailbox',
      'Owners',
      'Actor',
      'Address',
      'ClientInfo',
    ],
    ...[
      'AppId',
      'ClientAppId',
      'LogonType',
      'DeviceId',
      'FirstSeen',
      'LastSeen',
      'Records',
      'Binds',
    ],
    ...['Syncs', 'ItemsDeclared', 'ItemsListed', 'Messages', 'Throttled', 'DifferingRecords'],
  ],
  pageSizes: ['Page', 'Rows', 'Records', 'FirstSeen', 'LastSeen'],
} as const;
