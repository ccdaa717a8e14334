import type { CaseFilter, SessionLine } from '../../case/case-service.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { openPrompt } from '../prompts.ts';
import type { ConsoleState, FilterField } from '../state.ts';
import { say, step } from '../transition.ts';
import { keyOf } from '../keys/bindings.ts';
import type { Behaviour, BehavioursOf } from './action.ts';
import { mailboxName } from '../words/people.ts';
import { valuesText } from '../words/filter-values.ts';
import { always, unless } from './action.ts';

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

const filterBy = (field: Exclude<FilterField, 'verdict'>): Behaviour =>
  always((state) => step(openPrompt(state, { for: 'filter', field }, startText(state, field))));

const only = (verdict: NonNullable<CaseFilter['verdict']>): Behaviour =>
  always((state) => step({ ...state, asking: null, filter: { ...state.filter, verdict } }));

/** Puts the filter aside: the key that brings it back is said with it. */
export const withoutFilter = (state: ConsoleState): ConsoleState => {
  const { filter } = state;
  const text = `no filter any more; ${keyOf('clear-filter')} brings it back`;
  return say({ ...state, asking: null, filter: {}, filterAside: filter }, text);
};

const bringBack = (state: ConsoleState): ConsoleState => {
  const { filterAside } = state;
  return { ...state, asking: null, filter: filterAside, filterAside: {} };
};

const clear: Behaviour = unless(
  (state) => (isFiltered(state) ? null : 'there is no filter to take away'),
  (state) => step(withoutFilter(state)),
);

const clearOrBringBack: Behaviour = unless(
  (state) =>
    isFiltered(state) || Object.keys(state.filterAside).length > 0
      ? null
      : `there is no filter to take away or bring back: ${keyOf('filter')} sets one`,
  (state) => step(isFiltered(state) ? withoutFilter(state) : bringBack(state)),
);

export const filtering: BehavioursOf<
  | 'filter'
  | 'clear-filter'
  | 'filter-user'
  | 'filter-address'
  | 'filter-client'
  | 'filter-mailbox'
  | 'filter-time'
  | 'filter-verdict'
  | 'filter-none'
  | 'only-malicious'
  | 'only-benign'
  | 'only-open'
  | 'only-mixed'
  | 'close-menu'
> = {
  filter: always((state) => step({ ...state, asking: { asking: 'menu', menu: 'filter' } })),
  'clear-filter': clearOrBringBack,
  'filter-user': filterBy('users'),
  'filter-address': filterBy('addresses'),
  'filter-client': filterBy('clients'),
  'filter-mailbox': filterBy('mailboxes'),
  'filter-time': filterBy('time'),
  'filter-verdict': always((state) =>
    step({ ...state, asking: { asking: 'menu', menu: 'verdict' } }),
  ),
  'filter-none': clear,
  'only-malicious': only('malicious'),
  'only-benign': only('benign'),
  'only-open': only('undecided'),
  'only-mixed': only('mixed'),
  'close-menu': always((state) => step({ ...state, asking: null })),
};
