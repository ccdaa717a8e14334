import { GLYPHS } from '../glyphs.ts';
import type { PagedList } from '../lists/paged-list.ts';
import { rowAt } from '../lists/paged-list.ts';
import type { Line, Span } from '../view.ts';
import { lineOf, span } from './spans.ts';

/** Two cells before a row: the cursor, and whether it is selected. */
export const GUTTER = 2;

export const gutterOf = (at: {
  readonly cursor: boolean;
  readonly focused: boolean;
  readonly selected: boolean;
}): Span => {
  const cursor = at.cursor ? (at.focused ? '>' : GLYPHS.resting) : ' ';
  const selected = at.selected ? GLYPHS.selected : ' ';
  return span(`${cursor}${selected}`, at.focused || at.selected ? 'accent' : 'dim');
};

/** The rows in sight of a list; one that has not come is an ellipsis, so that nothing jumps. */
export const visibleRows = <Query, Row>(
  list: PagedList<Query, Row>,
  height: number,
  draw: (row: Row, index: number) => Line,
): readonly Line[] => {
  const count = Math.max(0, Math.min(height, list.total - list.top));
  return Array.from({ length: count }, (_, offset) => {
    const index = list.top + offset;
    const row = rowAt(list, index);
    const cursor = index === list.cursor ? '>' : ' ';
    return row === undefined ? lineOf(`${cursor} ${GLYPHS.ellipsis}`, 'dim') : draw(row, index);
  });
};
