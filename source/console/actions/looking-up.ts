import type { EventOf } from '../event.ts';
import type { LookupEvent } from '../../acquire/lookup/lookup-order.ts';
import type { LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import { type ConsoleState, type Transition, showError, showStatus, transition } from '../state.ts';
import type { TenantAction, LookupJob, AuthenticationChoice } from '../tenant.ts';
import { answeredWords, statementWords } from '../words/tenant-jobs.ts';
import { caseChanged } from '../lists/answers.ts';
import { failureWords, onTaskEvent, withoutItsQuestion } from './tenant-jobs.ts';

export const startLookup = (
  state: ConsoleState,
  { query, mailbox }: Extract<TenantAction, { action: 'lookup' }>,
  authentication: AuthenticationChoice,
): Transition => {
  const job = state.nextRequest;
  const quiet = { notice: null, secretWanted: null, cancelling: false, progress: null };
  const lookup: LookupJob = {
    id: job,
    ...quiet,
    query,
    mailbox,
    presses: 1,
    triedFor: 0,
    wanted: null,
  };
  return transition(
    { ...state, nextRequest: job + 1, lookup },
    { effect: 'lookup', job, authentication, mailbox },
  );
};

export const onWanted = (state: ConsoleState, event: EventOf<'wanted'>): Transition => {
  const { lookup } = state;
  if (lookup?.id !== event.job || lookup.wanted === null) return transition(state);
  const { messages, more } = event;
  const wanted = { ...lookup.wanted, pending: false, messages, more };
  const next = { ...state, lookup: { ...lookup, wanted } };
  return transition(
    messages === 0 ? showStatus(next, 'all of these messages were looked up already') : next,
  );
};

const progressed = (
  state: ConsoleState,
  lookup: LookupJob,
  { progress }: Extract<LookupEvent, { event: 'progress' }>,
): ConsoleState => {
  const notice = progress.step === 'signingIn' ? lookup.notice : null;
  const next = { ...state, lookup: { ...lookup, notice, progress } };
  const { wanted, progress: before } = lookup;
  const isDone = progress.step === 'idle' && before?.step !== 'idle' && wanted !== null;
  if (!isDone || wanted.pending || wanted.messages === 0) return next;
  // The next ones of a list that is longer than what is wanted at once.
  if (wanted.more) return { ...next, lookup: { ...next.lookup, wanted: null } };
  return showStatus(next, answeredWords(wanted.messages));
};

const finished = (state: ConsoleState, statement: LookupStatement): ConsoleState => {
  const { refused, text } = statementWords(statement);
  return refused ? showError(state, text) : showStatus(state, text);
};

const ended = (before: ConsoleState, jobEvent: LookupEvent): Transition => {
  const { state: left, effects } = withoutItsQuestion(before, before.lookup);
  const state = caseChanged({ ...left, lookup: null });
  switch (jobEvent.event) {
    case 'finished':
      return transition(finished(state, jobEvent.statement), ...effects);
    case 'failed': {
      const words = failureWords(jobEvent, before.lookup?.progress?.step);
      return transition(showError(state, words), ...effects);
    }
    default:
      return transition(
        showStatus(state, 'no more lookups: what came stays, with its reasons'),
        ...effects,
      );
  }
};

export const onLookupEvent = (state: ConsoleState, event: EventOf<'lookup'>): Transition => {
  const { lookup } = state;
  if (lookup === null || lookup.id !== event.job) return transition(state);
  const { jobEvent } = event;
  switch (jobEvent.event) {
    case 'notice':
      return transition(
        lookup.cancelling ? state : { ...state, lookup: { ...lookup, notice: jobEvent.notice } },
      );
    case 'progress':
      return transition(progressed(state, lookup, jobEvent));
    case 'arrived':
    case 'source':
    case 'note':
      return onTaskEvent(state, jobEvent);
    case 'finished':
    case 'cancelled':
    case 'failed':
      return ended(state, jobEvent);
  }
};
