/** What the commands that work in a tenant share: how they sign in, and what they say meanwhile. */
import type { FetchWait } from '../domain/fetches/fetch-progress.ts';
import { longWaitWords } from '../domain/fetches/fetch-words.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { TaskEnd, TaskEvent } from '../acquire/task/task-events.ts';
import type { ImportedSource } from '../import/import-events.ts';
import { hiddenAsker } from './ask.ts';
import { caseFolder } from './case-choice.ts';
import type { Environment, Invocation } from './command.ts';
import { calmLine } from './progress-line.ts';
import { note, printProblem } from './report.ts';
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

type Notice = Extract<TaskEvent<unknown, unknown>, { event: 'notice' }>['notice'];

/** What the person has to do, or waits for, while signing in. */
export const sayNotice = (environment: Environment, notice: Notice): void => {
  switch (notice.notice) {
    case 'device-code':
      note(environment, `To sign in, open  ${forTerminal(notice.verificationUri)}`);
      note(environment, `and enter the code  ${forTerminal(notice.userCode)}`);
      note(environment, `Waiting for you until ${notice.expiresAt}; Ctrl-C gives up.`);
      break;
    case 'browser':
      note(
        environment,
        notice.opened
          ? 'Sign in in the browser that has opened; Ctrl-C gives up.'
          : `No browser could be opened. Open this address on this machine:\n${forTerminal(notice.url)}`,
      );
      break;
    case 'waiting':
      note(
        environment,
        `The sign-in service: ${notice.wait.after}; waiting until ${notice.wait.until}.`,
      );
  }
};

/** Ends that are not further apart are of one wait, as it is announced again. Milliseconds. */
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

/** How a task ended, what it brought and what it remarked. */
export interface TaskOutcome<End> {
  readonly end: End;
  readonly sources: readonly ImportedSource[];
  readonly notes: readonly string[];
}

/**
 * Follows a task to its end, and says on standard error meanwhile what it does: one calm line, and above
 * it what must be read. `words`: `line` for that line; `step` is said once where no line can be written
 * over, empty: not worth that.
 */
export const followTask = async <
  Progress extends { readonly wait: FetchWait | null },
  Result,
  Kept,
>(
  environment: Environment,
  events: AsyncIterable<TaskEvent<Progress, Result, Kept>>,
  words: (progress: Progress) => { readonly step: string; readonly line: string },
): Promise<TaskOutcome<TaskEnd<Result, Kept>>> => {
  const calm = calmLine(environment);
  const newWait = newWaits();
  const [sources, notes]: [ImportedSource[], string[]] = [[], []];
  let said = '';
  for await (const event of events) {
    switch (event.event) {
      case 'progress': {
        const { wait } = event.progress;
        const { step, line } = words(event.progress);
        // Pacing must not swallow what stands there for minutes.
        if (step !== said || wait !== null) calm.clear();
        if (step !== said && environment.stderr.isTTY !== true) note(environment, `${step}…`);
        said = step;
        const newWords = newWait(wait);
        if (newWords !== null) note(environment, forTerminal(newWords));
        calm.show(line);
        break;
      }
      case 'notice':
        calm.clear();
        sayNotice(environment, event.notice);
        break;
      case 'source':
        sources.push(event.source);
        break;
      case 'note':
        notes.push(event.text);
        calm.clear();
        note(environment, forTerminal(event.text));
        break;
      case 'arrived':
        break;
      case 'finished':
      case 'cancelled':
      case 'failed':
        calm.clear();
        return { end: event, sources, notes };
    }
  }
  throw new Error('A task ended without an ending.');
};

type Ending =
  | { readonly event: 'finished' | 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };

/** Says why a task ended early, where it did. */
export const sayEarlyEnd = (environment: Environment, end: Ending): void => {
  if (end.event === 'failed') printProblem(environment, end.problem, end.hint);
  else if (end.event === 'cancelled') note(environment, 'Cancelled.');
};
