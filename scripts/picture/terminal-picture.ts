/** A terminal's grid of styled characters as an SVG that looks alike wherever it is shown. */

/** Neighbouring cells of one style. `columns` counts cells, not characters. */
export interface StyledRun {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  /** `#rrggbb`; null is the terminal's own. */
  readonly colour: string | null;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
}

export interface TerminalGrid {
  readonly columns: number;
  readonly lines: readonly (readonly StyledRun[])[];
}

const CELL = { width: 8.4, height: 18, fontSize: 14, baseline: 13.5 };
const MARGIN = 14;
const PAPER = '#16181d';
const INK = '#d7dae0';
const FONT =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Short and the same on every machine. */
const length = (value: number): string => String(Math.round(value * 10) / 10);

const runMarkup = (run: StyledRun, line: number): string => {
  const x = length(MARGIN + run.column * CELL.width);
  const y = MARGIN + line * CELL.height;
  const width = length(run.columns * CELL.width);
  const ground =
    run.background === null
      ? ''
      : `<rect x="${x}" y="${length(y)}" width="${width}" height="${CELL.height}" fill="${run.background}"/>`;
  if (run.text.trim() === '') return ground;
  const style = [
    run.colour === null ? '' : ` fill="${run.colour}"`,
    run.bold ? ' font-weight="700"' : '',
    run.dim ? ' opacity="0.6"' : '',
  ].join('');
  // textLength keeps the columns straight in whatever font there is.
  return `${ground}<text x="${x}" y="${length(y + CELL.baseline)}" textLength="${width}"${style}>${escaped(run.text)}</text>`;
};

/** `title` is what a screen reader says. */
export const terminalPicture = (grid: TerminalGrid, title: string): string => {
  const width = length(2 * MARGIN + grid.columns * CELL.width);
  const height = length(2 * MARGIN + grid.lines.length * CELL.height);
  const lines = grid.lines
    .map((runs, line) => runs.map((run) => runMarkup(run, line)).join(''))
    .filter((line) => line !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    `<g font-family="${escaped(FONT)}" font-size="${CELL.fontSize}" fill="${INK}" xml:space="preserve">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
};
