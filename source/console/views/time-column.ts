import type { ListYear } from '../words/dates.ts';
import { listTime } from '../words/dates.ts';
import type { Column } from './columns.ts';

/** "2026-09-24 14:13" and "09-24 14:13". */
const WIDTH_WITH_YEAR = 16;
const WIDTH_WITHOUT = 11;

/**
 * A column of times. The year stands in its head where all of the case is of one, else in every cell.
 * `head`: with the year in the cells. `short`: one word of at most 6 cells, for a head with the year.
 */
export const timeColumn = <Row>(
  year: ListYear,
  column: Pick<Column<Row>, 'rank' | 'tone'> & {
    readonly head: string;
    readonly short: string;
    readonly time: (row: Row) => string;
  },
): Column<Row> => {
  const { head, short, time, ...others } = column;
  const width = year === null ? WIDTH_WITH_YEAR : WIDTH_WITHOUT;
  return {
    ...others,
    head: year === null ? head : `${short} ${year}`,
    least: width,
    most: width,
    cell: (row) => listTime(time(row), year),
  };
};
