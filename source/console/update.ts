import type { EventOf, ConsoleEvent } from './event.ts';
import { askForRows } from './lists/request-rows.ts';
import { atRest } from './lists/dependent-panes.ts';
import { keepRowsInSight } from './lists/keep-rows-in-sight.ts';
import { type ConsoleState, type Transition, showError, showStatus, transition } from './state.ts';
import {
  caseChanged,
  onComparison,
  onContexts,
  onMessages,
  onOverview,
  onRaw,
  onRecords,
  onSessions,
  onUnanswered,
  onTouches,
} from './lists/answers.ts';
import { onAddress } from './actions/selecting.ts';
import { onGapRebutted, onWindowSet } from './actions/exposure.ts';
import { onMarked, onUndone } from './actions/judging.ts';
import { onRange } from './actions/ranges.ts';
import { onMarkPreviewed } from './actions/context-by-context.ts';
import { onExported } from './actions/taking-out.ts';
import { onImportEvent, onJobCancelled, onJobFailed, startImport } from './actions/importing.ts';
import { onSessionFound } from './actions/case-search.ts';
import { onFetchEvent } from './actions/fetch-progress.ts';
import { onLookupEvent, onWanted } from './actions/looking-up.ts';
import { onTenant } from './actions/fetching.ts';
import { requestLookup } from './actions/lookup-messages.ts';
import { raiseSecret, onSecretAsked } from './actions/secrets.ts';
import { mayTypeNext, typeNext, typeOrWait } from './actions/key-input.ts';
import { forTerminal } from '../domain/terminal-text.ts';

const onCompleted = (state: ConsoleState, event: EventOf<'completed'>): Transition => {
  const { dialog } = state;
  if (dialog?.dialog !== 'prompt') return transition(state);
  const { text, offers } = event;
  return transition({
    ...state,
    dialog: { ...dialog, text, offers, offered: false, caret: [...text].length },
  });
};

const onTick = (state: ConsoleState): Transition =>
  transition(
    state.status !== null && state.now >= state.status.until ? { ...state, status: null } : state,
  );

const onCopied = (state: ConsoleState, what: string, how: string): Transition =>
  transition(
    showStatus(state, `${what} copied ${how}; the same key shows it alone, to copy by hand`),
  );

const onDemoLoaded = (state: ConsoleState, job: number): Transition =>
  transition(
    state.job?.id === job
      ? caseChanged({ ...state, job: null, canLoadDemo: false, temporary: true })
      : state,
  );

const onStarted = (state: ConsoleState, paths: readonly string[]): Transition => {
  const { state: next, effects } = paths.length > 0 ? startImport(state, paths) : transition(state);
  return transition(next, ...effects, { effect: 'ask-tenant', then: { use: 'offer-resume' } });
};

/** What somebody does at the console, and what the clock and the terminal do. */
type InputEvent = Extract<
  ConsoleEvent,
  { event: 'started' | 'key' | 'paste' | 'resize' | 'tick' | 'rested' }
>;

/** What a job or the tenant says while something of theirs goes on. */
type JobEvent = Extract<
  ConsoleEvent,
  {
    event:
      | 'import'
      | 'exported'
      | 'demo-loaded'
      | 'tenant'
      | 'fetch'
      | 'lookup'
      | 'wanted'
      | 'secret-asked'
      | 'job-cancelled'
      | 'job-failed';
  }
>;

const onInput = (state: ConsoleState, event: InputEvent): Transition => {
  switch (event.event) {
    case 'started':
      return onStarted(state, event.paths);
    case 'key':
      return restAfterInput(state, typeOrWait(state, { key: event.key }));
    case 'paste':
      return restAfterInput(state, typeOrWait(state, { paste: event.text }));
    case 'resize':
      return transition(atRest({ ...state, size: event.size }));
    case 'tick':
      return onTick(state);
    case 'rested':
      return transition(atRest(state));
  }
};

const onJobEvent = (state: ConsoleState, event: JobEvent): Transition => {
  switch (event.event) {
    case 'import':
      return onImportEvent(state, event);
    case 'exported':
      return onExported(state, event);
    case 'demo-loaded':
      return onDemoLoaded(state, event.job);
    case 'tenant':
      return onTenant(state, event);
    case 'fetch':
      return onFetchEvent(state, event);
    case 'lookup':
      return onLookupEvent(state, event);
    case 'wanted':
      return onWanted(state, event);
    case 'secret-asked':
      return onSecretAsked(state, event);
    case 'job-cancelled':
      return onJobCancelled(state, event);
    case 'job-failed':
      return onJobFailed(state, event);
  }
};

/** Whatever is done but another movement is done where everything has followed the cursor. */
const restAfterInput = (before: ConsoleState, { state, effects }: Transition): Transition =>
  state.moving === before.moving ? transition(atRest(state), ...effects) : { state, effects };

const handle = (state: ConsoleState, event: ConsoleEvent): Transition => {
  switch (event.event) {
    case 'case-changed':
      return transition(caseChanged(state));
    case 'overview':
      return onOverview(state, event);
    case 'sessions':
      return onSessions(state, event);
    case 'messages':
      return onMessages(state, event);
    case 'contexts':
      return onContexts(state, event);
    case 'comparison':
      return onComparison(state, event);
    case 'records':
      return onRecords(state, event);
    case 'touches':
      return transition(onTouches(state, event));
    case 'session-found':
      return onSessionFound(state, event);
    case 'raw':
      return onRaw(state, event);
    case 'unanswered':
      return onUnanswered(state, event);
    case 'range':
      return onRange(state, event);
    case 'address':
      return onAddress(state, event);
    case 'marked':
      return onMarked(state, event);
    case 'mark-previewed':
      return onMarkPreviewed(state, event);
    case 'undone':
    case 'redone':
      return onUndone(state, event);
    case 'window-set':
      return onWindowSet(state, event);
    case 'gap-rebutted':
      return onGapRebutted(state, event);
    case 'completed':
      return onCompleted(state, event);
    case 'copied':
      return onCopied(state, event.what, event.how);
    case 'problem':
      return transition(showError(state, forTerminal(event.problem)));
    case 'started':
    case 'key':
    case 'paste':
    case 'resize':
    case 'tick':
    case 'rested':
      return onInput(state, event);
    default:
      return onJobEvent(state, event);
  }
};

/** What an event led to, with the questions for the rows that came into sight by it. */
const withQuestions = (reacted: Transition): Transition => {
  if (reacted.state.left) return reacted;
  const asked = askForRows(keepRowsInSight(raiseSecret(reacted.state)));
  const wanted = requestLookup(asked.state);
  return {
    state: wanted.state,
    effects: [...reacted.effects, ...asked.effects, ...wanted.effects],
  };
};

/**
 * The console, whole: what an event makes of the state, and what is to be done outside. Pure; the
 * time comes in with the event: `now`, in milliseconds since 1970, is its only clock. `effects` hold the questions for the rows that came into sight.
 */
export const update = (state: ConsoleState, event: ConsoleEvent, now: number): Transition => {
  if (state.left) return transition(state);
  let done = withQuestions(handle({ ...state, now }, event));
  while (mayTypeNext(done.state)) {
    const next = withQuestions(typeNext(done.state));
    done = { state: next.state, effects: [...done.effects, ...next.effects] };
  }
  return done;
};
