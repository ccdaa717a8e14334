import { forTerminal } from '../../domain/terminal-text.ts';
import { cellWidth, cutFront } from '../cells.ts';
import { GLYPHS } from '../glyphs.ts';
import type { Line } from '../view.ts';
import { span } from './spans.ts';

/** What is typed above a list; of a long text the end, where the caret is. */
export const findLine = (search: string, width: number): Line => {
  const lead = '   find: ';
  const room = width - lead.length - cellWidth(GLYPHS.caret) - 1;
  const shown = cutFront(forTerminal(search), room, GLYPHS.ellipsis);
  return [span(lead, 'key'), span(`${shown}${GLYPHS.caret}`)];
};
