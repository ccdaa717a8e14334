import type { Page } from '../../case/lists/list-queries.ts';

/**
 * A list of which only the rows around the screen are held. The cursor stays on its row by key, so
 * that rows that arrive, vanish or change places never slide another one under it.
 */
export interface PagedList<Query, Row> {
  /** What was asked and not answered yet: at most one question is under way per list. */
  readonly asked: { readonly number: number; readonly query: Query } | null;
  /** The question that `rows` and `total` answer; null before the first answer. */
  readonly answered: Query | null;
  /** Something changed in the case since the rows were fetched. */
  readonly stale: boolean;
  readonly version: number;
  readonly total: number;
  /** Index of the first of `rows`. */
  readonly from: number;
  readonly rows: readonly Row[];
  readonly cursor: number;
  /** null while the row under the cursor has not come. */
  readonly cursorKey: string | null;
  readonly top: number;
  /** The analyst moved here; until then the cursor belongs on the first row. */
  readonly touched: boolean;
}

export interface TimeRange {
  readonly from: number;
  readonly count: number;
}

export interface PageAnswer<Row> {
  readonly number: number;
  readonly page: Page<Row>;
  /** Where the row asked for stands now: -1 nowhere, null not asked. */
  readonly position: number | null;
  readonly key: string | null;
}

export const emptyList = <Query, Row>(): PagedList<Query, Row> => ({
  asked: null,
  answered: null,
  stale: false,
  version: 0,
  total: 0,
  from: 0,
  rows: [],
  cursor: 0,
  cursorKey: null,
  top: 0,
  touched: false,
});

export const rowAt = <Query, Row>(list: PagedList<Query, Row>, index: number): Row | undefined =>
  index < list.from ? undefined : list.rows[index - list.from];

export const rowUnderCursor = <Query, Row>(list: PagedList<Query, Row>): Row | undefined =>
  list.cursorKey === null ? undefined : rowAt(list, list.cursor);

const within = (index: number, total: number): number => Math.max(0, Math.min(index, total - 1));

/** The cursor on `index`, or on the nearest row there is. */
export const moveTo = <Query, Row>(
  list: PagedList<Query, Row>,
  index: number,
  keyOf: (row: Row) => string,
): PagedList<Query, Row> => {
  const cursor = within(index, list.total);
  const row = rowAt(list, cursor);
  return { ...list, cursor, cursorKey: row === undefined ? null : keyOf(row), touched: true };
};

/** The first visible row so that the cursor is in sight and no space is wasted below the last one. */
export const topFor = (top: number, cursor: number, total: number, height: number): number => {
  const rows = Math.max(1, height);
  const seen = Math.min(Math.max(top, cursor - rows + 1), cursor);
  return Math.max(0, Math.min(seen, total - rows));
};

export const keepInSight = <Query, Row>(
  list: PagedList<Query, Row>,
  height: number,
): PagedList<Query, Row> => {
  const top = topFor(list.top, list.cursor, list.total, height);
  return top === list.top ? list : { ...list, top };
};

/** What to fetch now, or null. Asks some screens ahead, before the edge of what is held is reached. */
export const missingRange = <Query, Row>(
  list: PagedList<Query, Row>,
  height: number,
): TimeRange | null => {
  const rows = Math.max(1, height);
  const lowest = Math.max(0, list.top - rows);
  const highest = Math.min(list.total, list.top + 2 * rows);
  const held = lowest >= list.from && highest <= list.from + list.rows.length;
  return held ? null : rangeAround(list.top, rows);
};

export const rangeAround = (top: number, height: number): TimeRange => {
  const rows = Math.max(10, height);
  const from = Math.max(0, top - 3 * rows);
  return { from, count: top + 5 * rows - from };
};

const findKey = <Row>(
  answer: PageAnswer<Row>,
  key: string,
  keyOf: (row: Row) => string,
): number => {
  const inPage = answer.page.rows.findIndex((row) => keyOf(row) === key);
  if (inPage >= 0) return answer.page.from + inPage;
  return answer.key === key && answer.position !== null ? answer.position : -1;
};

/** Takes the rows of an answer in. One to an older question is dropped (and asked for anew). */
export const takePage = <Query, Row>(
  list: PagedList<Query, Row>,
  answer: PageAnswer<Row>,
  keyOf: (row: Row) => string,
  sameQuery: (one: Query, other: Query) => boolean,
): PagedList<Query, Row> => {
  if (list.asked === null || list.asked.number !== answer.number) return list;
  const query = list.asked.query;
  const newQuestion = list.answered === null || !sameQuery(list.answered, query);
  const { page } = answer;
  const found = list.cursorKey === null ? -1 : findKey(answer, list.cursorKey, keyOf);
  const lost = newQuestion ? 0 : list.cursor;
  const cursor = within(found >= 0 ? found : lost, page.total);
  const next: PagedList<Query, Row> = {
    ...list,
    asked: null,
    answered: query,
    version: page.version,
    total: page.total,
    from: page.from,
    rows: page.rows,
    cursor,
    top: Math.max(0, list.top + cursor - list.cursor),
  };
  const row = rowAt(next, cursor);
  return {
    ...next,
    cursorKey: row === undefined ? (found >= 0 ? list.cursorKey : null) : keyOf(row),
  };
};
