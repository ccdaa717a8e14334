import { cellWidth, fit } from '../../source/console/cells.ts';
import type { Line, ScreenView } from '../../source/console/view.ts';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** A frame as plain text, a line each row, without trailing blanks. */
export const frameText = (view: ScreenView): string =>
  view.bands
    .flatMap(({ height, panes }) =>
      Array.from({ length: height }, (_, row) =>
        panes
          .map(({ width, lines }) => fit(textOf(lines[row] ?? []), width))
          .join('')
          .trimEnd(),
      ),
    )
    .map((line) => `${line}\n`)
    .join('');

/** The text of one pane, its lines joined as the sentence they were. */
export const paneText = (view: ScreenView, name: string): string =>
  view.bands
    .flatMap(({ panes }) => panes)
    .filter((pane) => pane.name === name)
    .flatMap(({ lines }) => lines.map((line) => textOf(line).trim()))
    .join(' ');

/** What is wrong with the measures of a frame, if anything. */
export const misfits = (view: ScreenView): readonly string[] => {
  const wrong: string[] = [];
  const rows = view.bands.reduce((sum, { height }) => sum + height, 0);
  if (rows !== view.rows) wrong.push(`${rows} rows of ${view.rows}`);
  for (const { height, panes } of view.bands) {
    const columns = panes.reduce((sum, { width }) => sum + width, 0);
    if (columns !== view.columns) wrong.push(`${columns} columns of ${view.columns}`);
    for (const { name, width, lines } of panes) {
      if (lines.length > height) wrong.push(`${name}: ${lines.length} lines of ${height}`);
      for (const line of lines) {
        const cells = cellWidth(textOf(line));
        if (cells > width) wrong.push(`${name}: ${cells} cells of ${width}: ${textOf(line)}`);
      }
    }
  }
  return wrong;
};
