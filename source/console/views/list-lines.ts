import { cellWidth, cut } from '../cells.ts';
import { SYMBOLS } from '../symbols.ts';
import { type PagedList, rowAt } from '../lists/paged-list.ts';
import type { Line, Span } from '../view.ts';
import { lineOf, span } from './spans.ts';
import { cutInWords } from '../words/filter.ts';
import type { Named } from '../words/people.ts';

/** Two cells before a row: the cursor, and whether it is selected. */
export const GUTTER = 2;

interface RowState {
  readonly cursor: boolean;
  readonly focused: boolean;
  readonly selected: boolean;
}

const gutterOf = ({ cursor, focused, selected }: RowState): Span => {
  const mark = cursor ? (focused ? '>' : SYMBOLS.resting) : ' ';
  const dot = selected ? SYMBOLS.selected : ' ';
  // Blanks have no colour: setting one would cost bytes with each key.
  if (!cursor && !selected) return span(mark + dot);
  return span(mark + dot, focused || selected ? 'accent' : 'dim');
};

/** Cells of the cursor's row in reverse: found at a glance, and two rows are soon written anew. */
const CURSOR_CELLS = 8;

/** In one tone: each change of it within these cells would cost bytes with each key. */
export const withCursor = (line: Line): Line => {
  const head: Span[] = [];
  const rest: Span[] = [];
  let room = CURSOR_CELLS;
  for (const part of line) {
    const text = cut(part.text, room, '');
    // Half a wide character does not fit: it ends the head.
    room = text.length < part.text.length ? 0 : room - cellWidth(text);
    if (text !== '') head.push({ ...part, text });
    if (text.length < part.text.length) rest.push({ ...part, text: part.text.slice(text.length) });
  }
  return [span(head.map(({ text }) => text).join(''), 'cursor'), ...rest];
};

/** A row of a list behind its gutter. */
export const listRow = (at: RowState, cells: Line): Line => {
  const line = [gutterOf(at), ...cells];
  return at.cursor && at.focused ? withCursor(line) : line;
};

/** The rows in sight of a list; one that has not come is an ellipsis, so that nothing jumps. */
export const visibleRows = <Query, Row>(
  list: PagedList<Query, Row>,
  height: number,
  pointed: { readonly cursor: boolean; readonly focused: boolean },
  draw: (row: Row, index: number) => { readonly selected: boolean; readonly cells: Line },
): readonly Line[] => {
  const count = Math.max(0, Math.min(height, list.total - list.top));
  return Array.from({ length: count }, (_, offset) => {
    const index = list.top + offset;
    const row = rowAt(list, index);
    const at = { focused: pointed.focused, cursor: pointed.cursor && index === list.cursor };
    if (row === undefined)
      return listRow({ ...at, selected: false }, lineOf(SYMBOLS.ellipsis, 'dim'));
    const { selected, cells } = draw(row, index);
    return listRow({ ...at, selected }, cells);
  });
};

/** Cells for a name at most, and what it has before what follows the address gives way. */
const MOST_NAME = 40;
const ENOUGH_NAME = 12;
/** A letter and an ellipsis. */
const LEAST_NAME = 2;

/** "Session of g.jacobs@ from 95.96.75.118, 2 contexts" in `room` cells: the address is never what is cut. */
export const subjectTitle = (lead: string, subject: Named, more: string, room: number): string => {
  const from = ` from ${subject.address}`;
  const free = room - cellWidth(lead) - cellWidth(from);
  const beside = free - cellWidth(more);
  const width = Math.max(LEAST_NAME, Math.min(MOST_NAME, beside < ENOUGH_NAME ? free : beside));
  const name = cut(subject.name(width), width);
  return cutInWords(`${lead}${name}${from}${more}`, room);
};
