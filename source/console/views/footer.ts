import { forTerminal } from '../../domain/terminal-text.ts';
import { cellWidth } from '../cells.ts';
import { keyName, type FooterContext } from '../keys/bindings.ts';
import { isFiltered } from '../actions/filtering.ts';
import { COMMANDS, commandOf, type Command } from '../actions/commands.ts';
import { SYMBOLS } from '../symbols.ts';
import { isEmptyCase } from '../layout.ts';
import { keyContextOf } from '../keys/key-context.ts';
import { promptLabel } from '../prompts.ts';
import type { Dialog, Prompt } from '../dialog.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, Span } from '../view.ts';
import { contextAsked } from '../words/context-by-context.ts';
import { questionParts } from './status-line.ts';
import { lineWidth, span } from './spans.ts';

const hint = (command: Command): readonly Span[] => [
  span(` ${keyName(command.keys[0] ?? '')}`, 'key'),
  span(` ${command.label} `),
];

/** What hides rows is said before anything else, with the key that brings them back. */
const isUrgent = (command: Command): boolean => command.id === 'clear-filter';

/** As many of the place's commands as fit; help is never the one that falls off. */
const hints = (state: ConsoleState, keyContext: FooterContext, room: number): Line => {
  const help = commandOf('help');
  const shown = COMMANDS.filter(
    (command) =>
      command.footer.includes(keyContext) &&
      command.id !== 'help' &&
      command.unavailable(state) === null &&
      (!isUrgent(command) || isFiltered(state)),
  );
  const inOrder = [...shown.filter(isUrgent), ...shown.filter((one) => !isUrgent(one))];
  const tail = help.footer.includes(keyContext) ? hint(help) : [];
  const line: Span[] = [];
  for (const command of inOrder) {
    const next = hint(command);
    if (lineWidth(line) + lineWidth(next) + lineWidth(tail) > room) break;
    line.push(...next);
  }
  return [...line, ...tail];
};

/** The end of what was typed before the caret, and what follows, in `room` cells. */
const typedAround = (prompt: Prompt, room: number, caret: string): string => {
  const points = [...prompt.text];
  const before = points.slice(0, prompt.caret).map(forTerminal);
  const behind = points.slice(prompt.caret).map(forTerminal).join('');
  while (before.length > 0 && cellWidth(before.join('')) > room - 4) before.shift();
  return `${before.join('')}${caret}${behind}`;
};

const promptLine = (prompt: Prompt, width: number): Line => {
  const { caret } = SYMBOLS;
  const label = ` ${promptLabel(prompt)}: `;
  const room = Math.max(10, width - cellWidth(label));
  const typed = typedAround(prompt, room, caret);
  if (!prompt.offered) return [span(label, 'key'), span(typed)];
  // As selected text: the next letter takes its place.
  return [span(label, 'key'), span(typed.slice(0, -caret.length), 'cursor'), span(caret)];
};

const MENU_LABELS = {
  filter: 'filter',
  verdict: 'only',
  export: 'export as',
  fetch: 'fetch',
} as const;

/** A few dots say that something arrives, not how long it is. */
const MOST_DOTS = 12;

const secretLead = (dialog: Extract<Dialog, { dialog: 'secret' }>): string =>
  ` ${dialog.question} (not shown): ${SYMBOLS.dot.repeat(Math.min(MOST_DOTS, dialog.typed))}${SYMBOLS.caret} `;

const leadOf = (dialog: Dialog | null, width: number): string => {
  switch (dialog?.dialog) {
    case 'menu':
      return ` ${MENU_LABELS[dialog.menu]}:`;
    case 'method':
      return ' sign in by:';
    case 'contexts':
      return ` ${contextAsked(dialog)}: `;
    case 'question':
      return ` ${questionParts(dialog.text, width).question} `;
    case 'secret':
      return secretLead(dialog);
    default:
      return '';
  }
};

/** What the keys do here, or what is asked: questions stand in this line, never over the data. */
export const footerLine = (state: ConsoleState, width: number): Line => {
  const { dialog } = state;
  const keyContext = dialog === null && isEmptyCase(state) ? 'empty' : keyContextOf(state);
  if (dialog?.dialog === 'prompt') return promptLine(dialog, width);
  const lead = leadOf(dialog, width);
  const answers = hints(state, keyContext, Math.max(24, width - cellWidth(lead)));
  return lead === '' ? answers : [span(lead, 'strong'), ...answers];
};
