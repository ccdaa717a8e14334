import { Problem } from '../domain/problem.ts';
import type { CaseService } from './case-service.ts';
import type { CaseOrder, FromCaseWorker, ToCaseWorker } from './service/case-messages.ts';
import type { ConsoleMethod } from './service/console-desk.ts';
import { startWorker } from './start-worker.ts';

/** A CaseService in a thread of its own, which also says when the case changed on disk. */
export interface FollowedCase extends CaseService {
  /** Called whenever records, decisions or case.json changed, by whomever; within two seconds. */
  onChanged(listener: (version: number) => void): void;
  /** Called when following the case failed, with what to do about it. */
  onProblem(listener: (problem: Error) => void): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const errorOf = (message: FromCaseWorker & { readonly say: 'refused' }): Error => {
  if (message.problem !== null) return new Problem(message.problem.message, message.problem.hint);
  const error = new Error('The case thread met a bug.');
  error.stack = message.stack;
  return error;
};

const METHODS = [
  'overview',
  'sessions',
  'sessionPosition',
  'sessionSizes',
  'messages',
  'messagePosition',
  'contexts',
  'records',
  'raw',
  'newestRecord',
  'mark',
  'undo',
  'redo',
  'setWindow',
  'rebutGap',
  'fromAddress',
] as const satisfies readonly ConsoleMethod[];

/**
 * Opens a case in a thread of its own and resolves when it answers.
 * @throws Problem where the case can't be opened.
 */
export const startCaseService = async (order: CaseOrder): Promise<FollowedCase> => {
  const worker = startWorker('case-worker', order);
  const waiting = new Map<number, Waiting>();
  const changed = new Set<(version: number) => void>();
  const problems = new Set<(problem: Error) => void>();
  let next = 1;
  let opened: Waiting | null = null;
  let ended = false;
  const closing: (() => void)[] = [];

  const fail = (error: Error): void => {
    opened?.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromCaseWorker) => {
    switch (message.say) {
      case 'opened':
        opened?.resolve(undefined);
        opened = null;
        return;
      case 'answer':
        waiting.get(message.id)?.resolve(message.value);
        waiting.delete(message.id);
        return;
      case 'refused': {
        const error = errorOf(message);
        if (message.id !== null) {
          waiting.get(message.id)?.reject(error);
          waiting.delete(message.id);
        } else if (opened !== null) fail(error);
        else for (const listener of problems) listener(error);
        return;
      }
      case 'changed':
        for (const listener of changed) listener(message.version);
    }
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    ended = true;
    fail(new Error('The case thread ended.'));
    for (const resolve of closing) resolve();
  });

  const say = (message: ToCaseWorker): void => worker.postMessage(message);
  const call =
    (method: ConsoleMethod) =>
    (...values: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        say({ say: 'call', id, method, values });
      });

  await new Promise((resolve, reject) => (opened = { resolve, reject }));
  const methods = Object.fromEntries(METHODS.map((method) => [method, call(method)]));
  return {
    ...(methods as unknown as Omit<CaseService, 'close'>),
    onChanged: (listener) => void changed.add(listener),
    onProblem: (listener) => void problems.add(listener),
    close: () =>
      new Promise((resolve) => {
        if (ended) return resolve();
        closing.push(resolve);
        say({ say: 'close' });
      }),
  };
};
