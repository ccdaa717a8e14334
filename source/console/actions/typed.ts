import type { ConsoleState, Prompt } from '../state.ts';
import { typedInSearch } from './case-search.ts';

/** The prompt with another text; a search shows its hits while it is typed. */
export const withTyped = (
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
