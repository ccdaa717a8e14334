import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../commands/bindings.ts';
import { GLYPHS } from '../glyphs.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { selectionInWords } from '../update/decisions.ts';
import { cut } from '../cells.ts';
import { leftAndRight, span } from './spans.ts';

/** What stands above the footer: a complaint about the typed line, an error, or what just happened. */
const news = (state: ConsoleState): Line => {
  const { asking, error, status } = state;
  if (asking?.asking === 'prompt' && asking.complaint !== null)
    return [span(` ${asking.complaint}`, 'warning')];
  if (asking?.asking === 'prompt' && asking.offers.length > 0)
    return [span(` ${asking.offers.map(forTerminal).join('  ')}`, 'dim')];
  if (error !== null) return [span(` ! ${error} (${keyOf('back')})`, 'malicious')];
  if (status !== null) return [span(` ${status.text}`)];
  const { selection } = state;
  if (selection.sessions.size + selection.contexts.size === 0) return [];
  const judge = `${keyOf('mark-malicious')} ${keyOf('mark-benign')} ${keyOf('clear-verdict')} judge`;
  return [
    span(
      ` ${selectionInWords(selection)} selected; ${judge} them, ${keyOf('drop-selection')} drops them`,
      'accent',
    ),
  ];
};

/** The reason that waits for its decision stays in sight, so that it never lands on the wrong one. */
const waitingReason = (state: ConsoleState, width: number): Line => {
  if (state.reason === null) return [];
  const { ellipsis } = GLYPHS;
  const reason = cut(forTerminal(state.reason), Math.floor(width / 3), ellipsis);
  return [span(`next decision because "${reason}" `, 'accent')];
};

export const statusLine = (state: ConsoleState, width: number): Line =>
  leftAndRight(news(state), waitingReason(state, width), width, GLYPHS.ellipsis);
