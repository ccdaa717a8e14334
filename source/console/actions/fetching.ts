import { refuse, openPrompt } from '../prompts.ts';
import type { EventOf } from '../event.ts';
import { statementLines } from '../../domain/fetches/fetch-words.ts';
import { pastLookupLines } from '../../domain/lookups/lookup-words.ts';
import {
  type ConsoleState,
  type Transition,
  transition,
  showError,
  showStatus,
  showLongStatus,
} from '../state.ts';
import type { Prompt } from '../dialog.ts';
import { runTenantAction, changeAuthentication } from './authenticating.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Actions, always, unless } from './action.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { type FetchSubjects, periodText, readAsked, readSubjects } from '../words/fetch-asked.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { topLevel, contextUnderCursor } from '../lists/levels.ts';
import type { Mailbox } from '../../domain/sessions/session.ts';
import { grownWords, unfinishedWords } from '../words/tenant-jobs.ts';

const fetchReason = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo goes when mia does: fetch into a case of your own';
  if (state.fetch === null) return null;
  return `a fetch is running: ${keyOf('interrupt')} cancels it, and it can be resumed`;
};

const noFetches = ({ overview }: ConsoleState): string | null =>
  overview === null || overview.fetches.length + overview.lookups.length === 0
    ? 'nothing was fetched into this case, or looked up for it'
    : null;

/** The latest first: that is the one somebody has just made. */
const showFetches = (state: ConsoleState): Transition => {
  const { fetches, lookups } = state.overview ?? { fetches: [], lookups: [] };
  const statements = [
    ...fetches.map((one) => ({
      at: one.startedAt,
      lines: statementLines(one, keyOf('fetch')),
    })),
    ...lookups.map((one) => ({ at: one.startedAt, lines: pastLookupLines(one) })),
  ];
  const text = statements
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .flatMap(({ lines }) => lines)
    .join('\n');
  return transition({ ...state, dialog: { dialog: 'text', what: 'fetches', text, top: 0 } });
};

const nothingUnfinished = ({ tenant }: ConsoleState): string | null =>
  (tenant?.unfinished.length ?? 0) === 0 ? 'there is no unfinished fetch' : null;

const noSessions = ({ overview }: ConsoleState): string | null =>
  overview === null || overview.span === null
    ? 'there are no sessions yet whose sign-ins could be asked for'
    : null;

const nothingEnded = ({ overview }: ConsoleState): string | null =>
  (overview?.fetches ?? []).every(({ endedAt, api }) => endedAt === null || api === 'signIns')
    ? 'no fetch has ended yet that could be asked again'
    : null;

export const acceptSubjects = (state: ConsoleState, prompt: Prompt): Transition => {
  const subjects = readSubjects(prompt.text);
  if (typeof subjects === 'string') return refuse(state, prompt, subjects);
  const period = periodText(state.overview, state.now);
  return transition(openPrompt(state, { for: 'fetch-period', subjects }, period));
};

export const acceptPeriod = (
  state: ConsoleState,
  prompt: Prompt,
  subjects: FetchSubjects,
): Transition => {
  const asked = readAsked(prompt.text, subjects, state.now);
  if (typeof asked === 'string') return refuse(state, prompt, forTerminal(asked));
  return runTenantAction(state, { action: 'fetch', request: { request: 'new', asked, api: null } });
};

interface Acting {
  readonly mailboxes: readonly Mailbox[];
  readonly actors: readonly (string | null)[];
}

/** Sessions that are selected, whole or in part, as far as they are loaded. */
const selectedSessions = ({ selection, sessions }: ConsoleState): readonly Acting[] => {
  const keys = new Set([...selection.sessions, ...selection.contexts.values()]);
  return sessions.rows.filter(({ key }) => keys.has(key));
};

const underCursor = (state: ConsoleState): readonly Acting[] => {
  if (state.focus === 'messages') {
    const message = rowUnderCursor(state.messages);
    return message === undefined ? [] : [{ mailboxes: [message.mailbox], actors: [] }];
  }
  if (state.focus === 'exposure') {
    const row = exposureRowUnderCursor(state);
    return row === undefined || row.row === 'case'
      ? []
      : [{ mailboxes: [row.mailbox], actors: [] }];
  }
  const contexts = topLevel(state, 'contexts');
  const context =
    topLevel(state, 'records')?.context ??
    (contexts === null ? undefined : contextUnderCursor(contexts));
  if (context !== undefined) return [{ mailboxes: [context.mailbox], actors: [context.actor] }];
  const session = rowUnderCursor(state.sessions);
  return session === undefined ? [] : [session];
};

/** Mailboxes and users that the selection, else the row under the cursor, is about. */
const namesHere = (state: ConsoleState): readonly string[] => {
  const selected = selectedSessions(state);
  const rows = selected.length > 0 ? selected : underCursor(state);
  const boxes = rows.flatMap(({ mailboxes }) => mailboxes.map(({ owner, guid }) => owner ?? guid));
  // An application is found by the mailboxes it opened: its id is no user's name.
  const users = rows.flatMap(({ actors }) => actors.filter((actor) => actor?.includes('@')));
  return [...new Set([...boxes, ...users].filter((name) => name !== null && name !== undefined))];
};

/** Asks whose records, beginning with those in sight. */
const askSubjects = (state: ConsoleState): ConsoleState =>
  openPrompt(state, { for: 'fetch-subjects' }, namesHere(state).join(', '));

/** What waits to be resumed, could be asked again or goes with the sessions is offered beside a new fetch. */
const offerFetch = (state: ConsoleState): ConsoleState => {
  const unfinished = state.tenant?.unfinished ?? [];
  const { overview } = state;
  const ended = (overview?.fetches ?? []).some(({ endedAt }) => endedAt !== null);
  const hasSessions = overview !== null && overview.span !== null;
  return unfinished.length > 0 || ended || hasSessions
    ? { ...state, dialog: { dialog: 'menu', menu: 'fetch' } }
    : askSubjects(state);
};

export const onTenant = (before: ConsoleState, event: EventOf<'tenant'>): Transition => {
  const { known, then } = event;
  const state = { ...before, tenant: known };
  switch (then.use) {
    case 'refresh':
      return transition(state);
    case 'offer-resume': {
      const words = unfinishedWords(known.unfinished);
      const greeted = `${words}: ${keyOf('fetch')} resumes it`;
      return transition(words === '' ? state : showStatus(state, greeted));
    }
    case 'tenant-action':
      return runTenantAction(state, then.action);
    case 'change-authentication':
      return state.dialog === null ? changeAuthentication(state) : transition(state);
    case 'offer-fetch':
      return transition(state.dialog === null && state.fetch === null ? offerFetch(state) : state);
    case 'report-growth': {
      const grown = grownWords(known.grown);
      return transition(grown === '' ? state : addToStatus(state, then.text, grown));
    }
  }
};

/** Says it behind what was said of the same. */
const addToStatus = (state: ConsoleState, text: string, more: string): ConsoleState =>
  state.error === text
    ? showError(state, `${text} ${more}.`)
    : showLongStatus(state, `${text}; ${more} (${keyOf('fetches')} says more)`);

export const fetching = {
  fetch: unless(fetchReason, (state) =>
    transition(state, { effect: 'ask-tenant', then: { use: 'offer-fetch' } }),
  ),
  fetches: unless(noFetches, showFetches),
  'fetch-resume': unless(nothingUnfinished, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'resume' } }),
  ),
  'fetch-again': unless(nothingEnded, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'again', api: null } }),
  ),
  'fetch-new': always((state) => transition(askSubjects(state))),
  'fetch-sign-ins': unless(noSessions, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'sign-ins' } }),
  ),
} satisfies Actions;
