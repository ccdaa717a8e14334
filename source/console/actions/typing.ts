import type { Asking, ConsoleState, Prompt } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';
import { acceptPrompt } from './accept-prompt.ts';
import { answerYes } from './answer-yes.ts';
import { withSearched } from './case-search.ts';
import { withTyped } from './typed.ts';
import { withoutAsking } from './leaving.ts';
import type { Behaviour, BehavioursOf } from './action.ts';
import { always } from './action.ts';

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

const editing = (edit: Edit): Behaviour =>
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

export const typing: BehavioursOf<
  | 'prompt-accept'
  | 'prompt-cancel'
  | 'prompt-complete'
  | 'prompt-erase'
  | 'prompt-delete'
  | 'prompt-erase-word'
  | 'prompt-erase-all'
  | 'prompt-left'
  | 'prompt-right'
  | 'prompt-start'
  | 'prompt-end'
  | 'question-yes'
  | 'question-no'
  | 'text-close'
> = {
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
};
