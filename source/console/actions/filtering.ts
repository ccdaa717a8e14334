import type { Mailbox } from '../../domain/sessions/session.ts';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { openPrompt, type For, refuse, closeDialog } from '../prompts.ts';
import { type ConsoleState, showStatus, transition, type Transition } from '../state.ts';
import type { FilterField, Prompt } from '../dialog.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Action, type Actions, always, unless } from './action.ts';
import { mailboxName } from '../words/people.ts';
import { valuesText, type ListedField, readValues } from '../words/filter.ts';
import { paneInFocus } from '../keys/key-context.ts';
import {
  MESSAGE_SORTS,
  MESSAGE_SORT_WORDS,
  SESSION_SORTS,
  SESSION_SORT_WORDS,
} from '../words/sorts.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { periodWords, readPeriod } from '../words/window.ts';

export const mailboxesOf = (state: ConsoleState): string => {
  const names = (state.overview?.summary.mailboxes ?? []).map(mailboxName);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and more` : names.join(', ');
};

/** A mailbox of the case by its owner or its guid. */
export const mailboxNamed = (state: ConsoleState, typed: string): Mailbox | undefined => {
  const name = typed.toLowerCase();
  const mailboxes = state.overview?.summary.mailboxes ?? [];
  return mailboxes.find(({ owner, guid }) => owner === name || guid === name);
};

const after = <Value>(values: readonly Value[], value: Value): Value =>
  values[(values.indexOf(value) + 1) % values.length] ?? value;

export const listHere = (state: ConsoleState): 'sessions' | 'messages' | null => {
  const keyContext = paneInFocus(state);
  return keyContext === 'sessions' || keyContext === 'messages' ? keyContext : null;
};

export const onlyInLists =
  (what: string) =>
  (state: ConsoleState): string | null =>
    listHere(state) === null
      ? `${what} the Sessions and the Messages pane: ${keyOf('next-pane')} or ${keyOf('back')} leads there`
      : null;

const sort = (state: ConsoleState): Transition => {
  if (listHere(state) === 'messages') {
    const messageSort = after(MESSAGE_SORTS, state.messageSort);
    return transition(
      showStatus({ ...state, messageSort }, `messages ${MESSAGE_SORT_WORDS[messageSort]}`),
    );
  }
  const sessionSort = after(SESSION_SORTS, state.sessionSort);
  return transition(
    showStatus({ ...state, sessionSort }, `sessions ${SESSION_SORT_WORDS[sessionSort]}`),
  );
};

const scope = (state: ConsoleState): Transition =>
  transition({ ...state, scope: state.scope === 'malicious' ? 'session' : 'malicious' });

const first = (values: readonly string[] | undefined): readonly string[] =>
  (values ?? []).slice(0, 1);

export const isFiltered = ({ filter }: ConsoleState): boolean => Object.keys(filter).length > 0;

/** What the line begins with: the filter there is, else the value of the row under the cursor. */
const startText = (state: ConsoleState, field: Exclude<FilterField, 'verdict'>): string => {
  const { filter } = state;
  const session = rowUnderCursor(state.sessions);
  switch (field) {
    case 'users':
      return valuesText(field, filter.users ?? first(session?.actors));
    case 'mailboxes':
      return valuesText(field, filter.mailboxes ?? first(session?.mailboxes.map(mailboxName)));
    case 'addresses':
      return valuesText(field, filter.addresses ?? first(session?.addresses));
    case 'clients':
      return valuesText(field, filter.clients ?? first(session?.clients));
    case 'time':
      return filter.since === undefined && filter.until === undefined
        ? dayOf(session)
        : `${filter.since ?? '-'} ${filter.until ?? '-'}`;
  }
};

const DAY_MS = 86_400_000;

/** The day of a session, as since and until. */
const dayOf = (session: SessionLine | undefined): string => {
  if (session === undefined) return '';
  const next = new Date(Date.parse(`${session.lastSeen.slice(0, 10)}T00:00:00Z`) + DAY_MS);
  return `${session.firstSeen.slice(0, 10)} ${next.toISOString().slice(0, 10)}`;
};

const filterBy = (field: Exclude<FilterField, 'verdict'>): Action =>
  always((state) =>
    transition(openPrompt(state, { for: 'filter', field }, startText(state, field))),
  );

const only = (verdict: NonNullable<CaseFilter['verdict']>): Action =>
  always((state) => transition({ ...state, dialog: null, filter: { ...state.filter, verdict } }));

/** Puts the filter aside: the key that brings it back is said with it. */
export const withoutFilter = (state: ConsoleState): ConsoleState => {
  const { filter } = state;
  const text = `no filter any more; ${keyOf('clear-filter')} brings it back`;
  return showStatus({ ...state, dialog: null, filter: {}, filterAside: filter }, text);
};

const bringBack = (state: ConsoleState): ConsoleState => {
  const { filterAside } = state;
  return { ...state, dialog: null, filter: filterAside, filterAside: {} };
};

const clear: Action = unless(
  (state) => (isFiltered(state) ? null : 'there is no filter to take away'),
  (state) => transition(withoutFilter(state)),
);

const clearOrBringBack: Action = unless(
  (state) =>
    isFiltered(state) || Object.keys(state.filterAside).length > 0
      ? null
      : `there is no filter to take away or bring back: ${keyOf('filter')} sets one`,
  (state) => transition(isFiltered(state) ? withoutFilter(state) : bringBack(state)),
);

/** Without the field where nothing was typed. */
const withField = (
  filter: CaseFilter,
  field: ListedField,
  values: readonly string[],
): CaseFilter => {
  const { [field]: _before, ...others } = filter;
  return values.length === 0 ? others : { ...others, [field]: values };
};

const acceptTime = (state: ConsoleState, prompt: Prompt): Transition => {
  const words = periodWords(prompt.text);
  const period = readPeriod(words);
  if (typeof period === 'string') return refuse(state, prompt, period);
  if (words.length > 2) return refuse(state, prompt, 'two times: from and to');
  const { since: _since, until: _until, ...others } = state.filter;
  const filter = {
    ...others,
    ...(period.from === null ? {} : { since: period.from }),
    ...(period.to === null ? {} : { until: period.to }),
  };
  return transition({ ...closeDialog(state), filter });
};

/** What can match nothing is refused while it can still be corrected: it would hide everything. */
export const acceptFilter = (
  state: ConsoleState,
  prompt: Prompt,
  purpose: For<'filter'>,
): Transition => {
  const { field } = purpose;
  if (field === 'time') return acceptTime(state, prompt);
  const values = readValues(field, prompt.text);
  if (typeof values === 'string') return refuse(state, prompt, values);
  const unknown =
    field === 'mailboxes'
      ? values.find((name) => mailboxNamed(state, name) === undefined)
      : undefined;
  if (unknown !== undefined)
    return refuse(
      state,
      prompt,
      `no mailbox ${forTerminal(unknown)} in the case; ${mailboxesOf(state)}`,
    );
  return transition({ ...closeDialog(state), filter: withField(state.filter, field, values) });
};

export const filtering = {
  scope: always(scope),
  sort: unless(onlyInLists('there is an order to choose in'), sort),
  filter: always((state) => transition({ ...state, dialog: { dialog: 'menu', menu: 'filter' } })),
  'clear-filter': clearOrBringBack,
  'filter-user': filterBy('users'),
  'filter-address': filterBy('addresses'),
  'filter-client': filterBy('clients'),
  'filter-mailbox': filterBy('mailboxes'),
  'filter-time': filterBy('time'),
  'filter-verdict': always((state) =>
    transition({ ...state, dialog: { dialog: 'menu', menu: 'verdict' } }),
  ),
  'filter-none': clear,
  'only-malicious': only('malicious'),
  'only-benign': only('benign'),
  'only-open': only('undecided'),
  'only-mixed': only('mixed'),
  'close-menu': always((state) => transition({ ...state, dialog: null })),
} satisfies Actions;
