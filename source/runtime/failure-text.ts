import { Problem } from '../domain/problem.ts';

/** A failure in one line: what happened and what to do about it. */
export const failureText = (failure: unknown): string => {
  if (failure instanceof Problem) return `${failure.message} ${failure.hint}`;
  const message = failure instanceof Error ? failure.message : String(failure);
  return `This should not have happened, and is a bug in mia: ${message}`;
};
