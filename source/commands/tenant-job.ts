/** What the commands that work in a tenant share: how they sign in, and what they say meanwhile. */
import { forTerminal } from '../domain/terminal-text.ts';
import type { SignInEvent } from '../jobs/tenant/sign-in.ts';
import { hiddenAsker } from './ask-hidden.ts';
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
  readonly waits: boolean;
}

export interface JobTeller {
  readonly progress: (progress: Progress) => void;
  readonly notice: (notice: Extract<SignInEvent, { event: 'notice' }>['notice']) => void;
  readonly note: (text: string) => void;
  /** Nothing is running any more. */
  readonly end: () => void;
}

/** Says on standard error what a job tells: one calm line, and above it what must be read. */
export const jobTeller = (environment: Environment): JobTeller => {
  const calm = calmLine(environment);
  let said = '';
  return {
    progress: ({ step, line, waits }) => {
      // Pacing must not swallow what stands there for minutes.
      if (step !== said || waits) calm.clear();
      if (step !== said && environment.stderr.isTTY !== true) note(environment, `${step}…`);
      said = step;
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
