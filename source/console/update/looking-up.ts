import type { LookUpEvent, LookUpStatement } from '../../acquire/lookup/lookup-events.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ConsoleEvent } from '../event.ts';
import type { ConsoleState } from '../state.ts';
import type { Step } from '../step.ts';
import { complain, say, step } from '../step.ts';
import type { Errand, LookUpJob, SignInChoice } from '../tenant.ts';
import { answeredWords, statementWords } from '../words/lookup.ts';
import { caseChanged } from './answers.ts';
import { failureWords, withoutItsQuestion } from './tenant-jobs.ts';

type Of<Name extends ConsoleEvent['event']> = Extract<ConsoleEvent, { event: Name }>;

export const startLookUp = (
  state: ConsoleState,
  { query, mailbox }: Extract<Errand, { errand: 'look-up' }>,
  signIn: SignInChoice,
): Step => {
  const job = state.nextRequest;
  const quiet = { notice: null, secretWanted: null, cancelling: false, progress: null };
  const lookUp: LookUpJob = {
    id: job,
    ...quiet,
    query,
    mailbox,
    presses: 1,
    triedFor: 0,
    wanted: null,
  };
  return step(
    { ...state, nextRequest: job + 1, lookUp },
    { effect: 'look-up', job, signIn, mailbox },
  );
};

export const wantedCame = (state: ConsoleState, event: Of<'wanted'>): Step => {
  const { lookUp } = state;
  if (lookUp?.id !== event.job || lookUp.wanted === null) return step(state);
  const { messages, more } = event;
  const wanted = { ...lookUp.wanted, pending: false, messages, more };
  const next = { ...state, lookUp: { ...lookUp, wanted } };
  return step(messages === 0 ? say(next, 'all of these messages were looked up already') : next);
};

const progressed = (
  state: ConsoleState,
  lookUp: LookUpJob,
  { progress }: Extract<LookUpEvent, { event: 'progress' }>,
): ConsoleState => {
  const notice = progress.step === 'signingIn' ? lookUp.notice : null;
  const next = { ...state, lookUp: { ...lookUp, notice, progress } };
  const { wanted, progress: before } = lookUp;
  const isDone = progress.step === 'idle' && before?.step !== 'idle' && wanted !== null;
  if (!isDone || wanted.pending || wanted.messages === 0) return next;
  // The next ones of a list that is longer than what is wanted at once.
  if (wanted.more) return { ...next, lookUp: { ...next.lookUp, wanted: null } };
  return say(next, answeredWords(wanted.messages));
};

const finished = (state: ConsoleState, statement: LookUpStatement): ConsoleState => {
  const { refused, text } = statementWords(statement);
  return refused ? complain(state, text) : say(state, text);
};

const ended = (before: ConsoleState, told: LookUpEvent): Step => {
  const { state: left, effects } = withoutItsQuestion(before, before.lookUp);
  const state = caseChanged({ ...left, lookUp: null });
  switch (told.event) {
    case 'finished':
      return step(finished(state, told.statement), ...effects);
    case 'failed': {
      const words = failureWords(told, before.lookUp?.progress?.step);
      return step(complain(state, words), ...effects);
    }
    default:
      return step(say(state, 'no more look-ups: what came stays, with its reasons'), ...effects);
  }
};

export const lookUpTold = (state: ConsoleState, event: Of<'look-up'>): Step => {
  const { lookUp } = state;
  if (lookUp === null || lookUp.id !== event.job) return step(state);
  const { told } = event;
  switch (told.event) {
    case 'notice':
      return step(
        lookUp.cancelling ? state : { ...state, lookUp: { ...lookUp, notice: told.notice } },
      );
    case 'progress':
      return step(progressed(state, lookUp, told));
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
