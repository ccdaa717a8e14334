import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import { promptHint } from '../prompts.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { unfinishedWords } from '../words/tenant-jobs.ts';
import { selectionInWords } from '../selection.ts';
import { cut, cellWidth } from '../cells.ts';
import { contextsAsked } from '../words/context-by-context.ts';
import { wrapText } from './wrap.ts';
import { leftAndRight, span } from './spans.ts';

/** " QUESTION  y yes  n no ": what stands around a question. */
const AROUND = 15;

/**
 * What is asked, and what is said before it: where both do not fit beside the answers, only the
 * question stands in the footer, and the rest goes into the line above, which may wrap.
 */
export const questionParts = (
  text: string,
  width: number,
): { readonly before: string | null; readonly question: string } => {
  const end = text.lastIndexOf('. ');
  if (end < 0 || cellWidth(text) + AROUND <= width) return { before: null, question: text };
  return { before: text.slice(0, end + 1), question: text.slice(end + 2) };
};

/** What goes with the question in the footer. */
const hintOf = ({ dialog, tenant }: ConsoleState, width: number): string | null => {
  if (dialog?.dialog === 'question') return questionParts(dialog.text, width).before;
  if (dialog?.dialog === 'contexts') return contextsAsked(dialog);
  if (dialog?.dialog === 'prompt') return promptHint(dialog);
  if (dialog?.dialog === 'method')
    return 'a device code works over SSH; the application itself needs its own permissions';
  if (dialog?.dialog !== 'menu' || dialog.menu !== 'fetch') return null;
  const resume = unfinishedWords(tenant?.unfinished ?? []);
  return resume || 'sign-ins are those of whoever acted in the sessions';
};

/** What stands above the footer: a complaint about the typed line, an error, or what just happened. */
const news = (state: ConsoleState, width: number): Line => {
  const { dialog, error, status } = state;
  if (dialog?.dialog === 'prompt' && dialog.complaint !== null)
    return [span(` ${dialog.complaint}`, 'warning')];
  if (dialog?.dialog === 'prompt' && dialog.offers.length > 0)
    return [span(` ${dialog.offers.map(forTerminal).join('  ')}`, 'dim')];
  const hint = hintOf(state, width);
  if (hint !== null) return [span(` ${hint}`, 'dim')];
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
  const reason = cut(forTerminal(state.reason), Math.floor(width / 3));
  return [span(`next decision because "${reason}" `, 'accent')];
};

/** Lines of what happened, and of an error: complete sentences are worth a line of the lists. */
const MOST_NEWS = 2;
const MOST_ERROR = 3;

const wrapped = (line: Line, width: number, most: number): readonly Line[] => {
  const [only, ...others] = line;
  if (only === undefined || others.length > 0) return [line];
  const lines = wrapText(only.text.trim(), width - 2);
  const shown = lines.slice(0, most);
  const last = lines.length > most ? [`${lines.slice(most - 1).join(' ')}`] : [];
  return [...shown.slice(0, last.length > 0 ? most - 1 : most), ...last].map((text) => [
    span(` ${cut(text, width - 1)}`, only.tone),
  ]);
};

/** One line, or more where what there is to say needs them. The reason that waits stands on the last. */
export const statusLines = (state: ConsoleState, width: number): readonly Line[] => {
  const most = state.error === null ? MOST_NEWS : MOST_ERROR;
  const lines = wrapped(news(state, width), width, most);
  const last = lines.at(-1) ?? [];
  return [...lines.slice(0, -1), leftAndRight(last, waitingReason(state, width), width)];
};
