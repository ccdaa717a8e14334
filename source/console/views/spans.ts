import { cellWidth, cut, cutFront } from '../cells.ts';
import { SYMBOLS } from '../symbols.ts';
import type { Line, Span, Tone } from '../view.ts';
import { forTerminal } from '../../domain/terminal-text.ts';

/** Text that has passed `forTerminal` already, in a tone. */
export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

export const lineOf = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)];

export const lineWidth = (line: Line): number =>
  line.reduce((cells, { text }) => cells + cellWidth(text), 0);

/** At most `width` cells of a line. */
export const cutLine = (line: Line, width: number): Line => {
  if (lineWidth(line) <= width) return line;
  const shown: Span[] = [];
  let room = width;
  for (const part of line) {
    if (room <= 0) break;
    const text = cut(part.text, room);
    shown.push({ ...part, text });
    room -= cellWidth(text);
  }
  return shown;
};

/** Two lines on one, the second flush right; it gives way where there is no room. */
export const leftAndRight = (left: Line, right: Line, width: number): Line => {
  const gap = width - lineWidth(left) - lineWidth(right);
  return gap < 1 ? cutLine(left, width) : [...left, span(' '.repeat(gap)), ...right];
};

/** Cells of a title line that are not the title's. */
const AROUND_TITLE = 5;

/** Cells for the title of a pane of that width. */
export const titleRoom = (width: number): number => Math.max(0, width - AROUND_TITLE);

/**
 * The rule above a pane, with its title in it. The pane in focus has a heavier rule: without colour
 * that is how one sees where the keys go.
 */
export const titleLine = (
  title: string,
  width: number,
  options: { readonly focused: boolean },
): Line => {
  const rule = options.focused ? SYMBOLS.heavyRule : SYMBOLS.rule;
  const tone = options.focused ? 'accent' : 'rule';
  const shown = cut(title, titleRoom(width));
  const rest = titleRoom(width) - cellWidth(shown);
  return [
    span(`${rule}${rule} `, tone),
    span(shown, options.focused ? 'strong' : 'plain'),
    span(` ${rule.repeat(rest)}`, tone),
    span(' '),
  ];
};

/** What is typed above a list; of a long text the end, where the caret is. */
export const findLine = (search: string, width: number): Line => {
  const lead = '   find: ';
  const room = width - lead.length - cellWidth(SYMBOLS.caret) - 1;
  const shown = cutFront(forTerminal(search), room);
  return [span(lead, 'key'), span(`${shown}${SYMBOLS.caret}`)];
};
