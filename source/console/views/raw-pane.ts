import { forTerminal } from '../../domain/terminal-text.ts';
import type { RawRecord } from '../../jobs/case-service.ts';
import { keyOf } from '../commands/bindings.ts';
import { GLYPHS } from '../glyphs.ts';
import type { ConsoleState, RawLevel } from '../state.ts';
import type { Line } from '../view.ts';
import { count } from '../words/figures.ts';
import { cut } from '../cells.ts';
import { fileName } from '../words/paths.ts';
import { lineOf, titleLine } from './spans.ts';
import { breakAnywhere } from './wrap.ts';

const alsoIn = (raw: RawRecord): readonly string[] =>
  raw.alsoIn.map(
    ({ file, line, fate }) =>
      `${fate === 'conflict' ? 'CONTRADICTED by' : 'the same in'} ${forTerminal(file)}, line ${count(line)}`,
  );

/** The pretty-printed record in lines of the terminal, whole: nothing is cut off at the right. */
export const rawLines = (
  { raw }: Pick<RawLevel, 'raw'>,
  { size }: Pick<ConsoleState, 'size'>,
): readonly string[] => {
  if (raw === null) return [];
  if (raw.unavailable !== null)
    return [`The raw record cannot be shown: ${forTerminal(raw.unavailable)}`];
  const width = Math.max(1, size.columns - 4);
  return [
    ...(fileName(raw.file) === raw.file ? [] : [`in ${forTerminal(raw.file)}`]),
    ...alsoIn(raw),
    ...raw.pretty.split('\n').flatMap((line) => breakAnywhere(forTerminal(line), width)),
  ];
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
  const { ellipsis } = GLYPHS;
  const source = `  line ${count(raw.line)} of ${forTerminal(fileName(raw.file))}, SHA-256 ${raw.sha256.slice(0, 12)}${ellipsis}; ${keyOf('copy')} copies the row`;
  const page = height - 2;
  const top = Math.min(level.top, Math.max(0, lines.length - page));
  return [
    head,
    lineOf(cut(source, width, ellipsis), 'accent'),
    ...lines.slice(top, top + page).map((line) => lineOf(`  ${line}`)),
  ];
};
