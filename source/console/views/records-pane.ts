import { forTerminal } from '../../domain/terminal-text.ts';
import type { RecordLine } from '../../case/lists/record-pages.ts';
import type { ConsoleState, RecordsLevel } from '../state.ts';
import type { Line } from '../view.ts';
import { count, wholeTime } from '../words/figures.ts';
import { namedContext } from '../words/people.ts';
import { type Column, fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, visibleRows, subjectTitle } from './list-lines.ts';
import { lineOf, titleLine, titleRoom } from './spans.ts';

/** "Not stated" is not "no" (`domain.md` 11): only what the record says is shown. */
const remarks = (record: RecordLine): string =>
  [
    record.throttled === true ? 'throttled' : '',
    record.itemsMissing ? 'items missing' : '',
    record.conflict ? 'versions contradict' : '',
  ]
    .filter((remark) => remark !== '')
    .join(', ');

const folderName = (name: string): string => forTerminal(name.replace(/^\\/, ''));

const folders = ({ folders: names }: RecordLine): string => {
  const [first] = names;
  if (first === undefined) return 'not stated';
  return names.length > 1 ? `${folderName(first)} +${names.length - 1}` : folderName(first);
};

const COLUMNS: readonly Column<RecordLine>[] = [
  { head: 'Time', least: 19, most: 19, rank: 0, cell: ({ time }) => wholeTime(time) },
  {
    head: 'Access',
    least: 6,
    most: 6,
    rank: 1,
    tone: ({ access }) => (access === 'sync' ? 'warning' : 'plain'),
    cell: ({ access }) => (access === 'sync' ? 'Sync' : 'Bind'),
  },
  { head: 'Folder', least: 10, most: 30, rank: 3, cell: folders },
  { head: 'Items', least: 5, most: 6, rank: 2, right: true, cell: ({ items }) => count(items) },
  {
    head: 'Count',
    least: 5,
    most: 6,
    rank: 4,
    right: true,
    cell: ({ operationCount }) => (operationCount === null ? '' : count(operationCount)),
  },
  { head: 'Remarks', least: 18, most: 34, rank: 5, tone: () => 'warning', cell: remarks },
  {
    head: 'Record id',
    least: 8,
    most: 36,
    rank: 6,
    from: 96,
    tone: () => 'dim',
    cell: ({ id }) => forTerminal(id),
  },
];

export const recordsPane = (
  state: ConsoleState,
  level: RecordsLevel,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'sessions';
  const { list, context } = level;
  const more = list.answered === null ? '' : `, ${count(list.total)}, by time`;
  const title = subjectTitle('Records of ', namedContext(context), more, titleRoom(width));
  const head = titleLine(title, width, { focused });
  if (list.total === 0)
    return [head, lineOf(list.answered === null ? '' : '   no record is left of it', 'dim')];
  const fitted = fitColumns(COLUMNS, width - GUTTER);
  const rows = visibleRows(list, height - 2, { cursor: true, focused }, (record) => ({
    selected: false,
    cells: rowLine(record, fitted),
  }));
  return [head, headLine(fitted, GUTTER), ...rows];
};
