import type { EventOf } from '../event.ts';
import type { LookupEvent, LookupStatement } from '../../acquire/lookup/lookup-events.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ConsoleState } from '../state.ts';
import { type Transition, complain, say, step } from '../transition.ts';
import type { TenantAction, LookupJob, AuthenticationChoice } from '../tenant.ts';
import { answeredWords, statementWords } from '../words/tenant-jobs.ts';
import { caseChanged } from '../lists/answers.ts';
import { failureWords, withoutItsQuestion } from './tenant-jobs.ts';

export const startLookup = (
  state: ConsoleState,
  { query, mailbox }: Extract<TenantAction, { action: 'lookup' }>,
  signIn: AuthenticationChoice,
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
  return step(
    { ...state, nextRequest: job + 1, lookup },
    { effect: 'lookup', job, signIn, mailbox },
  );
};

export const wantedCame = (state: ConsoleState, event: EventOf<'wanted'>): Transition => {
  const { lookup } = state;
  if (lookup?.id !== event.job || lookup.wanted === null) return step(state);
  const { messages, more } = event;
  const wanted = { ...lookup.wanted, pending: false, messages, more };
  const next = { ...state, lookup: { ...lookup, wanted } };
  return step(messages === 0 ? say(next, 'all of these messages were looked up already') : next);
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
  return say(next, answeredWords(wanted.messages));
};

const finished = (state: ConsoleState, statement: LookupStatement): ConsoleState => {
  const { refused, text } = statementWords(statement);
  return refused ? complain(state, text) : say(state, text);
};

const ended = (before: ConsoleState, told: LookupEvent): Transition => {
  const { state: left, effects } = withoutItsQuestion(before, before.lookup);
  const state = caseChanged({ ...left, lookup: null });
  switch (told.event) {
    case 'finished':
      return step(finished(state, told.statement), ...effects);
    case 'failed': {
      const words = failureWords(told, before.lookup?.progress?.step);
      return step(complain(state, words), ...effects);
    }
    default:
      return step(say(state, 'no more lookups: what came stays, with its reasons'), ...effects);
  }
};

export const lookupTold = (state: ConsoleState, event: EventOf<'lookup'>): Transition => {
  const { lookup } = state;
  if (lookup === null || lookup.id !== event.job) return step(state);
  const { told } = event;
  switch (told.event) {
    case 'notice':
      return step(
        lookup.cancelling ? state : { ...state, lookup: { ...lookup, notice: told.notice } },
      );
    case 'progress':
      return step(progressed(state, lookup, told));
    case 'arrived':
      return step(caseChanged(state));
    case 'source':
      return step(state);
    case 'note':
      return step(say(state, forTerminal(told.text)));
    case 'finished':
    case 'cancelled':
    case 'failed':
      return ended(state, told);
  }
};
