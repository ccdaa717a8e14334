import type { Dialog, Prompt } from '../dialog.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';
import { acceptPrompt, answerYes } from './answer-dialog.ts';
import { withSearched, typedInSearch } from './case-search.ts';
import { cancelDialog } from './leaving.ts';
import { type Action, type Actions, always } from './action.ts';

/** The prompt with another text; a search shows its hits while it is typed. */
const withTyped = (
  state: ConsoleState,
  prompt: Prompt,
  text: string,
  caret: number,
): ConsoleState => {
  const dialog: Prompt = { ...prompt, text, caret, offered: false, offers: [], complaint: null };
  if (prompt.purpose.for !== 'search') return { ...state, dialog };
  return prompt.purpose.pane === 'sessions'
    ? { ...state, dialog, sessionSearch: text }
    : { ...state, dialog, messageSearch: text };
};

const LINE_ENDS = /\s*\n\s*/g;

/** Text typed or pasted where the caret stands, or over what was offered. */
export const insert = (state: ConsoleState, typed: string): ConsoleState => {
  const { dialog } = state;
  const text = typed.replace(LINE_ENDS, ' ').replaceAll('\t', ' ');
  if (dialog?.dialog === 'palette')
    return { ...state, dialog: { ...dialog, search: dialog.search + text, index: 0 } };
  if (dialog?.dialog === 'found') return typedInSearch(state, dialog, text);
  if (dialog?.dialog !== 'prompt') return state;
  if (text === '') return state;
  if (dialog.offered) return withTyped(state, dialog, text, [...text].length);
  const points = [...dialog.text];
  const whole = [...points.slice(0, dialog.caret), text, ...points.slice(dialog.caret)].join('');
  return withTyped(state, dialog, whole, dialog.caret + [...text].length);
};

/** A change of the line: its code points before and behind the caret. */
type Edit = (before: readonly string[], behind: readonly string[]) => readonly [string[], string[]];

const edited = (state: ConsoleState, dialog: Dialog, edit: Edit): ConsoleState => {
  if (dialog.dialog === 'prompt') {
    const points = [...dialog.text];
    const [before, behind] = edit(points.slice(0, dialog.caret), points.slice(dialog.caret));
    return withTyped(state, dialog, [...before, ...behind].join(''), before.length);
  }
  if (dialog.dialog === 'found') {
    const [typed, rest] = edit([...dialog.text], []);
    return withSearched(state, dialog, [...typed, ...rest].join(''));
  }
  if (dialog.dialog !== 'palette') return state;
  const [before, behind] = edit([...dialog.search], []);
  return {
    ...state,
    dialog: { ...dialog, search: [...before, ...behind].join(''), index: 0 },
  };
};

const editing = (edit: Edit): Action =>
  always((state) => transition(state.dialog === null ? state : edited(state, state.dialog, edit)));

const withoutLastWord = (points: readonly string[]): string[] => {
  const text = points.join('').trimEnd();
  return [
    ...text.slice(0, Math.max(text.lastIndexOf(' '), text.lastIndexOf('/', text.length - 2)) + 1),
  ];
};

const inPrompt =
  (run: (state: ConsoleState, prompt: Prompt) => Transition) =>
  (state: ConsoleState): Transition =>
    state.dialog?.dialog === 'prompt' ? run(state, state.dialog) : transition(state);

const complete = inPrompt((state, prompt) =>
  prompt.purpose.for === 'import' || prompt.purpose.for === 'export'
    ? transition(state, { effect: 'complete-path', text: prompt.text })
    : transition(state),
);

const close = (state: ConsoleState): Transition => transition(cancelDialog(state));

export const typing = {
  'prompt-accept': always(inPrompt(acceptPrompt)),
  'prompt-cancel': always(close),
  'prompt-complete': always(complete),
  'prompt-erase': editing((before, behind) => [before.slice(0, -1), [...behind]]),
  'prompt-delete': editing((before, behind) => [[...before], behind.slice(1)]),
  'prompt-erase-word': editing((before, behind) => [withoutLastWord(before), [...behind]]),
  'prompt-erase-all': editing((_before, behind) => [[], [...behind]]),
  'prompt-left': editing((before, behind) => [
    before.slice(0, -1),
    [...before.slice(-1), ...behind],
  ]),
  'prompt-right': editing((before, behind) => [
    [...before, ...behind.slice(0, 1)],
    behind.slice(1),
  ]),
  'prompt-start': editing((before, behind) => [[], [...before, ...behind]]),
  'prompt-end': editing((before, behind) => [[...before, ...behind], []]),
  'question-yes': always(answerYes),
  'question-no': always(close),
  'text-close': always(close),
} satisfies Actions;
