import { Problem } from '../domain/problem.ts';

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Whether a system call failed with this code ("ENOENT"). */
export const failedWith = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes(codeOf(error) ?? '');

const hintFor = (code: string): string | null => {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'There is no room left: free some space (or raise the quota), then try again.';
    case 'EACCES':
    case 'EPERM':
      return 'You may not do that there: check who owns the case folder, or name another with --case.';
    case 'EROFS':
      return 'The disk is mounted read-only: copy the case folder to one that can be written.';
    case 'EIO':
      return 'The disk reports an error: copy the case folder to another disk before going on.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open: close other programs, then try again.';
    default:
      return null;
  }
};

/**
 * What the disk refused, as a Problem: `what` says in words what could not be done. An error that is
 * no system error, or already a Problem, comes back as it is.
 */
export const diskProblem = (error: unknown, what: string): unknown => {
  const code = codeOf(error);
  if (error instanceof Problem || code === null || !/^E[A-Z0-9]+$/.test(code)) return error;
  const hint = hintFor(code) ?? 'Check the disk and the case folder, then try again.';
  return new Problem(`${what} (${code}).`, hint, { cause: error });
};
