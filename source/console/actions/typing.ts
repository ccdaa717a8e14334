import type { Asking, ConsoleState, Prompt } from '../state.ts';
import { type Transition, step } from '../transition.ts';
import { acceptPrompt, answerYes } from './answer-dialog.ts';
import { withSearched, typedInSearch } from './case-search.ts';
import { withoutAsking } from './leaving.ts';
import { type Action, type Actions, always } from './action.ts';

/** The prompt with another text; a search shows its hits while it is typed. */
const withTyped = (
  state: ConsoleState,
  prompt: Prompt,
  text: string,
  caret: number,
): ConsoleState => {
  const asking: Prompt = { ...prompt, text, caret, offered: false, offers: [], complaint: null };
  if (prompt.purpose.for !== 'search') return { ...state, asking };
  return prompt.purpose.pane === 'sessions'
    ? { ...state, asking, sessionSearch: text }
    : { ...state, asking, messageSearch: text };
};

const LINE_ENDS = /\s*\n\s*/g;

/** Text typed or pasted where the caret stands, or over what was offered. */
export const insert = (state: ConsoleState, typed: string): ConsoleState => {
  const { asking } = state;
  const text = typed.replace(LINE_ENDS, ' ').replaceAll('\t', ' ');
  if (asking?.asking === 'palette')
    return { ...state, asking: { ...asking, search: asking.search + text, index: 0 } };
  if (asking?.asking === 'found') return typedInSearch(state, asking, text);
  if (asking?.asking !== 'prompt') return state;
  if (text === '') return state;
  if (asking.offered) return withTyped(state, asking, text, [...text].length);
  const points = [...asking.text];
  const whole = [...points.slice(0, asking.caret), text, ...points.slice(asking.caret)].join('');
  return withTyped(state, asking, whole, asking.caret + [...text].length);
};

/** A change of the line: its code points before and behind the caret. */
type Edit = (before: readonly string[], behind: readonly string[]) => readonly [string[], string[]];

const edited = (state: ConsoleState, asking: Asking, edit: Edit): ConsoleState => {
  if (asking.asking === 'prompt') {
    const points = [...asking.text];
    const [before, behind] = edit(points.slice(0, asking.caret), points.slice(asking.caret));
    return withTyped(state, asking, [...before, ...behind].join(''), before.length);
  }
  if (asking.asking === 'found') {
    const [typed, rest] = edit([...asking.text], []);
    return withSearched(state, asking, [...typed, ...rest].join(''));
  }
  if (asking.asking !== 'palette') return state;
  const [before, behind] = edit([...asking.search], []);
  return {
    ...state,
    asking: { ...asking, search: [...before, ...behind].join(''), index: 0 },
  };
};

const editing = (edit: Edit): Action =>
  always((state) => step(state.asking === null ? state : edited(state, state.asking, edit)));

const withoutLastWord = (points: readonly string[]): string[] => {
  const text = points.join('').trimEnd();
  return [
    ...text.slice(0, Math.max(text.lastIndexOf(' '), text.lastIndexOf('/', text.length - 2)) + 1),
  ];
};

const inPrompt =
  (run: (state: ConsoleState, prompt: Prompt) => Transition) =>
  (state: ConsoleState): Transition =>
    state.asking?.asking === 'prompt' ? run(state, state.asking) : step(state);

const complete = inPrompt((state, prompt) =>
  prompt.purpose.for === 'import' || prompt.purpose.for === 'export'
    ? step(state, { effect: 'complete-path', text: prompt.text })
    : step(state),
);

const close = (state: ConsoleState): Transition => step(withoutAsking(state));

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
