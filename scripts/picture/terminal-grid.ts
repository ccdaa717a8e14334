/** What a terminal shows after some output, read cell by cell from xterm. */
import xterm, { type IBufferCell } from '@xterm/headless';
import type { StyledRun, TerminalGrid } from './terminal-picture.ts';

/** The sixteen colours, on a dark ground, told apart by the colour-blind too. */
const SIXTEEN = [
  ...['#3a3f4b', '#ef6b73', '#7fc77f', '#e5c07b', '#6cb2eb', '#c792ea', '#5cc8c8', '#d7dae0'],
  ...['#767d8c', '#ff8a90', '#9fdc9f', '#f0d49b', '#93c9f5', '#dab3f2', '#86dede', '#ffffff'],
];

const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

/** One of xterm's 256: the sixteen, a cube of six by six by six, and greys. */
const paletteColour = (index: number): string => {
  if (index < 16) return SIXTEEN[index] ?? hex(0);
  if (index >= 232) return hex((8 + (index - 232) * 10) * 0x010101);
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return hex(level(red) * 0x10000 + level(green) * 0x100 + level(blue));
};

const colourOf = (cell: IBufferCell, ground: boolean): string | null => {
  const value = ground ? cell.getBgColor() : cell.getFgColor();
  if (ground ? cell.isBgDefault() : cell.isFgDefault()) return null;
  return (ground ? cell.isBgRGB() : cell.isFgRGB()) ? hex(value) : paletteColour(value);
};

const styleOf = (cell: IBufferCell): Pick<StyledRun, 'colour' | 'background' | 'bold' | 'dim'> => {
  const inverse = cell.isInverse() !== 0;
  const front = colourOf(cell, inverse);
  const back = colourOf(cell, !inverse);
  return {
    colour: front ?? (inverse ? '#16181d' : null),
    background: back ?? (inverse ? '#d7dae0' : null),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
  };
};

const sameStyle = (a: StyledRun, b: StyledRun): boolean =>
  a.colour === b.colour && a.background === b.background && a.bold === b.bold && a.dim === b.dim;

/** Joins neighbours of one style, and leaves out unstyled blanks at the end. */
const joined = (cells: readonly StyledRun[]): readonly StyledRun[] => {
  const runs: StyledRun[] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last !== undefined && sameStyle(last, cell)) {
      runs[runs.length - 1] = {
        ...last,
        columns: last.columns + cell.columns,
        text: last.text + cell.text,
      };
    } else runs.push(cell);
  }
  const end = runs.at(-1);
  if (end === undefined || end.background !== null || end.text.trim() !== '') return runs;
  return runs.slice(0, -1);
};

/** The screen of a terminal of that size after it was written `output`. */
export const terminalGrid = async (
  output: string,
  columns: number,
  rows: number,
): Promise<TerminalGrid> => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: rows }, (_, row) => {
    const line = buffer.getLine(buffer.viewportY + row);
    const cells = Array.from({ length: columns }, (__, column) => {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) return null;
      return { column, columns: cell.getWidth(), text: cell.getChars() || ' ', ...styleOf(cell) };
    });
    return joined(cells.filter((cell) => cell !== null));
  });
  terminal.dispose();
  return { columns, lines };
};
