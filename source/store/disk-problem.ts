import { hintForCode } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Whether a system call failed with this code ("ENOENT"). */
export const failedWith = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes(codeOf(error) ?? '');

/**
 * What the disk refused, as a Problem: `what` says in words what could not be done. An error that is
 * no system error, or already a Problem, comes back as it is.
 */
export const diskProblem = (error: unknown, what: string): unknown => {
  const code = codeOf(error);
  if (error instanceof Problem || code === null || !/^E[A-Z0-9]+$/.test(code)) return error;
  const hint = hintForCode(code) ?? 'Check the disk and the case folder, then try again.';
  return new Problem(`${what} (${code}).`, hint, { cause: error });
};

/** What `work` gives; `what` says in words what could not be done where the disk refuses. */
export const doing = <Result>(what: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw diskProblem(error, what);
  }
};
