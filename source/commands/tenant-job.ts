/** What the commands that work in a tenant share: how they sign in, and what they say meanwhile. */
import type { FetchWait } from '../domain/fetches/fetch-progress.ts';
import { longWaitWords } from '../domain/fetches/fetch-words.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { SignInEvent } from '../acquire/authenticate/authenticate.ts';
import { hiddenAsker } from './ask.ts';
import { caseFolder } from './case-choice.ts';
import type { Environment, Invocation } from './command.ts';
import { calmLine } from './progress-line.ts';
import { note, sayProblem } from './report.ts';
import { sayNotice } from './sign-in-notice.ts';
import { tenantFlags } from './tenant-flags.ts';

/** How to sign in, as flags, environment and terminal say. */
export const tenantOrder = (invocation: Invocation) => {
  const { environment, flags } = invocation;
  return {
    folder: caseFolder(invocation),
    flags: tenantFlags(invocation),
    variables: environment.variables,
    remember: flags.switches.remember === true,
    anew: false,
    signal: environment.signal,
    askHidden: hiddenAsker(environment),
  };
};

interface Progress {
  /** What it is doing; said once where no line can be written over. Empty: not worth that. */
  readonly step: string;
  readonly line: string;
  readonly wait: FetchWait | null;
}

export interface JobProgress {
  readonly progress: (progress: Progress) => void;
  readonly notice: (notice: Extract<SignInEvent, { event: 'notice' }>['notice']) => void;
  readonly note: (text: string) => void;
  /** Nothing is running any more. */
  readonly end: () => void;
}

/** Ends that are not further apart are of one wait, as it is told again. Milliseconds. */
const SAME_WAIT = 30_000;

/** Which waits were not said yet: each that the tenant asks for, and our own pace once. */
const newWaits = (): ((wait: FetchWait | null) => string | null) => {
  const said = { throttled: -Infinity, retry: -Infinity, pace: -Infinity };
  return (wait) => {
    const words = wait === null ? null : longWaitWords(wait);
    if (wait === null || wait.why === 'poll' || words === null) return null;
    const until = Date.parse(wait.until);
    if (until < said[wait.why] + SAME_WAIT) return null;
    said[wait.why] = wait.why === 'pace' ? Infinity : until;
    return words;
  };
};

/** Says on standard error what a job tells: one calm line, and above it what must be read. */
export const jobProgress = (environment: Environment): JobProgress => {
  const calm = calmLine(environment);
  const newWait = newWaits();
  let said = '';
  return {
    progress: ({ step, line, wait }) => {
      // Pacing must not swallow what stands there for minutes.
      if (step !== said || wait !== null) calm.clear();
      if (step !== said && environment.stderr.isTTY !== true) note(environment, `${step}…`);
      said = step;
      const words = newWait(wait);
      if (words !== null) note(environment, forTerminal(words));
      calm.show(line);
    },
    notice: (notice) => {
      calm.clear();
      sayNotice(environment, notice);
    },
    note: (text) => {
      calm.clear();
      note(environment, forTerminal(text));
    },
    end: calm.clear,
  };
};

type Ending =
  | { readonly event: 'finished' | 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };

/** Says why a job ended early, where it did. */
export const sayEarlyEnd = (environment: Environment, end: Ending): void => {
  if (end.event === 'failed') sayProblem(environment, end.problem, end.hint);
  else if (end.event === 'cancelled') note(environment, 'Cancelled.');
};
