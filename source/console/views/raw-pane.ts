import { forTerminal } from '../../domain/terminal-text.ts';
import type { RawRecord } from '../../case/lists/record-pages.ts';
import { keyOf } from '../keys/bindings.ts';
import { SYMBOLS } from '../symbols.ts';
import type { ConsoleState, RawLevel } from '../state.ts';
import type { Line } from '../view.ts';
import { count } from '../words/figures.ts';
import { cellWidth, cut } from '../cells.ts';
import { fileName } from '../words/paths.ts';
import { lineOf, titleLine } from './spans.ts';
import { breakAnywhere } from './wrap.ts';

const alsoIn = (raw: RawRecord): readonly string[] =>
  raw.alsoIn.map(
    ({ file, line, outcome }) =>
      `${outcome === 'conflict' ? 'CONTRADICTED by' : 'the same in'} ${forTerminal(file)}, line ${count(line)}`,
  );

interface Piece {
  readonly text: string;
  /** Lower-cased text of the line that it is a piece of, and where it begins in that. */
  readonly line: string;
  readonly start: number;
}

const piecesOf = (line: string, width: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  let start = 0;
  for (const text of breakAnywhere(line, width)) {
    pieces.push({ text, line: line.toLowerCase(), start });
    start += text.length;
  }
  return pieces;
};

type Shown = Pick<RawLevel, 'raw'>;
type Sized = Pick<ConsoleState, 'size'>;

/** The pretty-printed record in lines of the terminal, whole: nothing is cut off at the right. */
const rawPieces = ({ raw }: Shown, { size }: Sized): readonly Piece[] => {
  if (raw === null) return [];
  const width = Math.max(1, size.columns - 4);
  const lines =
    raw.unavailable === null
      ? [
          ...(fileName(raw.file) === raw.file ? [] : [`in ${forTerminal(raw.file)}`]),
          ...alsoIn(raw),
          ...raw.pretty.split('\n').map(forTerminal),
        ]
      : [`The raw record cannot be shown: ${forTerminal(raw.unavailable)}`];
  return lines.flatMap((line) => piecesOf(line, width));
};

export const rawLines = (level: Shown, state: Sized): readonly string[] =>
  rawPieces(level, state).map(({ text }) => text);

/** Which of `rawLines` a text begins in, whatever its case, also where it goes on in the next one. */
export const rawLinesWith = (text: string, level: Shown, state: Sized): readonly number[] => {
  const wanted = text.toLowerCase();
  return rawPieces(level, state).flatMap(({ line, start, text: piece }, index) => {
    const at = line.indexOf(wanted, start);
    return at >= 0 && at < start + piece.length ? [index] : [];
  });
};

export const rawPane = (
  state: ConsoleState,
  level: RawLevel,
  width: number,
  height: number,
): readonly Line[] => {
  const { raw } = level;
  const title = raw === null ? 'Record' : `Record ${forTerminal(raw.id)}, as it came`;
  const head = titleLine(title, width, { focused: state.focus === 'sessions' });
  if (raw === null) return [head];
  const lines = rawLines(level, state);
  const { ellipsis } = SYMBOLS;
  const place = `  line ${count(raw.line)} of ${forTerminal(fileName(raw.file))}, SHA-256 ${raw.sha256.slice(0, 12)}${ellipsis}`;
  const withKey = `${place}; ${keyOf('copy')} copies the row`;
  const source = cellWidth(withKey) <= width ? withKey : place;
  const page = height - 2;
  // After a resize the lines are others: none is shown as found rather than a wrong one.
  const holding = level.find.line < 0 ? [] : rawLinesWith(level.find.text, level, state);
  const foundLine = holding.includes(level.find.line) ? level.find.line : -1;
  const top = Math.min(level.top, Math.max(0, lines.length - page));
  return [
    head,
    lineOf(cut(source, width), 'accent'),
    ...lines.slice(top, top + page).map((line, offset) => {
      const found = top + offset === foundLine;
      return lineOf(`${found ? '> ' : '  '}${line}`, found ? 'strong' : 'plain');
    }),
  ];
};
