import type { CaseFilter, SessionLine } from '../../jobs/case-service.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { openPrompt } from '../prompts.ts';
import type { ConsoleState, FilterField } from '../state.ts';
import { say, step } from '../step.ts';
import type { Behaviour, BehavioursOf } from './command.ts';
import { always, unless } from './command.ts';

const isFiltered = ({ filter }: ConsoleState): boolean => Object.keys(filter).length > 0;

/** What the line begins with: the filter there is, else the value of the row under the cursor. */
const startText = (state: ConsoleState, field: Exclude<FilterField, 'verdict'>): string => {
  const { filter } = state;
  const session = rowUnderCursor(state.sessions);
  switch (field) {
    case 'user':
      return filter.user ?? session?.actors[0] ?? '';
    case 'ip':
      return filter.ip ?? session?.addresses[0] ?? '';
    case 'client':
      return filter.client ?? session?.clients[0] ?? '';
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

const clear: Behaviour = unless(
  (state) => (isFiltered(state) ? null : 'there is no filter to take away'),
  (state) => step(say({ ...state, asking: null, filter: {} }, 'no filter any more')),
);

export const filtering: BehavioursOf<
  | 'filter'
  | 'clear-filter'
  | 'filter-user'
  | 'filter-address'
  | 'filter-client'
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
  'clear-filter': clear,
  'filter-user': filterBy('user'),
  'filter-address': filterBy('ip'),
  'filter-client': filterBy('client'),
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
