import type { EventOf, ConsoleEvent } from './event.ts';
import { askForRows } from './lists/request-rows.ts';
import { settle } from './lists/keep-rows-in-sight.ts';
import type { ConsoleState } from './state.ts';
import { type Transition, complain, say, step } from './transition.ts';
import {
  caseChanged,
  contextsCame,
  messagesCame,
  overviewCame,
  rawCame,
  recordsCame,
  sessionsCame,
  unanswered,
  touchesCame,
} from './lists/answers.ts';
import { addressCame } from './actions/selecting.ts';
import { gapRebutted, windowSet } from './actions/exposure.ts';
import { marked, undone } from './actions/judging.ts';
import { rangeCame } from './actions/ranges.ts';
import { markPreviewed } from './actions/context-by-context.ts';
import { exported } from './actions/taking-out.ts';
import { importTold, jobCancelled, jobFailed, startImport } from './actions/importing.ts';
import { sessionFound } from './actions/case-search.ts';
import { fetchTold } from './actions/fetch-progress.ts';
import { lookupTold, wantedCame } from './actions/looking-up.ts';
import { tenantCame } from './actions/fetching.ts';
import { wantMessages } from './actions/lookup-messages.ts';
import { raiseSecret, secretAsked } from './actions/secrets.ts';
import { mayTypeNext, typeNext, typeOrWait } from './actions/key-input.ts';
import { forTerminal } from '../domain/terminal-text.ts';

const completed = (state: ConsoleState, event: EventOf<'completed'>): Transition => {
  const { asking } = state;
  if (asking?.asking !== 'prompt') return step(state);
  const { text, offers } = event;
  return step({
    ...state,
    asking: { ...asking, text, offers, offered: false, caret: [...text].length },
  });
};

const ticked = (state: ConsoleState): Transition =>
  step(
    state.status !== null && state.now >= state.status.until ? { ...state, status: null } : state,
  );

const copied = (state: ConsoleState, what: string, how: string): Transition =>
  step(say(state, `${what} copied ${how}; the same key shows it alone, to copy by hand`));

const demoLoaded = (state: ConsoleState, job: number): Transition =>
  step(
    state.job?.id === job
      ? caseChanged({ ...state, job: null, canLoadDemo: false, temporary: true })
      : state,
  );

const started = (state: ConsoleState, paths: readonly string[]): Transition => {
  const { state: next, effects } = paths.length > 0 ? startImport(state, paths) : step(state);
  return step(next, ...effects, { effect: 'ask-tenant', then: { use: 'greet' } });
};

/** What somebody does at the console, and what the clock and the terminal do. */
type InputEvent = Extract<ConsoleEvent, { event: 'started' | 'key' | 'paste' | 'resize' | 'tick' }>;

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

const inputCame = (state: ConsoleState, event: InputEvent): Transition => {
  switch (event.event) {
    case 'started':
      return started(state, event.paths);
    case 'key':
      return typeOrWait(state, { key: event.key });
    case 'paste':
      return typeOrWait(state, { paste: event.text });
    case 'resize':
      return step({ ...state, size: event.size });
    case 'tick':
      return ticked(state);
  }
};

const jobTold = (state: ConsoleState, event: JobEvent): Transition => {
  switch (event.event) {
    case 'import':
      return importTold(state, event);
    case 'exported':
      return exported(state, event);
    case 'demo-loaded':
      return demoLoaded(state, event.job);
    case 'tenant':
      return tenantCame(state, event);
    case 'fetch':
      return fetchTold(state, event);
    case 'lookup':
      return lookupTold(state, event);
    case 'wanted':
      return wantedCame(state, event);
    case 'secret-asked':
      return secretAsked(state, event);
    case 'job-cancelled':
      return jobCancelled(state, event);
    case 'job-failed':
      return jobFailed(state, event);
  }
};

const react = (state: ConsoleState, event: ConsoleEvent): Transition => {
  switch (event.event) {
    case 'case-changed':
      return step(caseChanged(state));
    case 'overview':
      return overviewCame(state, event);
    case 'sessions':
      return sessionsCame(state, event);
    case 'messages':
      return messagesCame(state, event);
    case 'contexts':
      return contextsCame(state, event);
    case 'records':
      return recordsCame(state, event);
    case 'touches':
      return step(touchesCame(state, event));
    case 'session-found':
      return sessionFound(state, event);
    case 'raw':
      return rawCame(state, event);
    case 'unanswered':
      return unanswered(state, event);
    case 'range':
      return rangeCame(state, event);
    case 'address':
      return addressCame(state, event);
    case 'marked':
      return marked(state, event);
    case 'mark-previewed':
      return markPreviewed(state, event);
    case 'undone':
    case 'redone':
      return undone(state, event);
    case 'window-set':
      return windowSet(state, event);
    case 'gap-rebutted':
      return gapRebutted(state, event);
    case 'completed':
      return completed(state, event);
    case 'copied':
      return copied(state, event.what, event.how);
    case 'problem':
      return step(complain(state, forTerminal(event.problem)));
    case 'started':
    case 'key':
    case 'paste':
    case 'resize':
    case 'tick':
      return inputCame(state, event);
    default:
      return jobTold(state, event);
  }
};

/** What an event led to, with the questions for the rows that came into sight by it. */
const withQuestions = (reacted: Transition): Transition => {
  if (reacted.state.left) return reacted;
  const asked = askForRows(settle(raiseSecret(reacted.state)));
  const wanted = wantMessages(asked.state);
  return {
    state: wanted.state,
    effects: [...reacted.effects, ...asked.effects, ...wanted.effects],
  };
};

/**
 * The console, whole: what an event makes of the state, and what is to be done outside. Pure; the
 * time is the event's. `effects` hold the questions for the rows that came into sight.
 */
export const update = (state: ConsoleState, event: ConsoleEvent): Transition => {
  if (state.left) return step(state);
  let done = withQuestions(react({ ...state, now: event.at }, event));
  while (mayTypeNext(done.state)) {
    const next = withQuestions(typeNext(done.state));
    done = { state: next.state, effects: [...done.effects, ...next.effects] };
  }
  return done;
};
