import { emptyList } from './lists/paged-list.ts';
import { START } from './lists/short-list.ts';
import { NO_CHOICE } from './tenant.ts';
import { NOTHING_SELECTED } from './selection.ts';
import type { Size, ConsoleState } from './state.ts';

/** The console as it opens, before the case has answered anything. */
export const startState = (options: {
  readonly size: Size;
  readonly canLoadDemo: boolean;
  readonly temporary: boolean;
  readonly now: number;
}): ConsoleState => ({
  size: options.size,
  now: options.now,
  canLoadDemo: options.canLoadDemo,
  temporary: options.temporary,
  overview: null,
  exposureRows: [],
  overviewAsked: null,
  overviewStale: true,
  focus: 'sessions',
  detailsOf: 'sessions',
  detailsShown: false,
  detailsTop: 0,
  sessions: emptyList(),
  sessionsListed: 0,
  group: null,
  messages: emptyList(),
  traced: 0,
  withoutId: 0,
  exposure: START,
  touches: { asked: null, answer: null, failed: null, stale: false },
  lastSearch: null,
  opened: [],
  scope: 'session',
  filter: {},
  filterAside: {},
  sessionSort: 'lastSeen',
  sessionSearch: '',
  messageSort: 'accessed',
  messageSearch: '',
  selection: NOTHING_SELECTED,
  putAside: NOTHING_SELECTED,
  range: null,
  moving: null,
  reason: null,
  dialog: null,
  job: null,
  tenant: null,
  authentication: NO_CHOICE,
  chosenAuthentication: NO_CHOICE,
  fetch: null,
  lookup: null,
  status: null,
  error: null,
  lastCopied: null,
  waitingKeys: [],
  nextRequest: 1,
  left: false,
});
