import { withDiskTrouble } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';

/** A failure in one line: what happened and what to do about it. */
export const failureText = (failure: unknown): string => {
  const problem = withDiskTrouble(failure);
  if (problem instanceof Problem) return `${problem.message} ${problem.hint}`;
  const message = failure instanceof Error ? failure.message : String(failure);
  return `This should not have happened: ${message}. See mia verify: where it says so, records.db is damaged and mia rebuild mends that; else it is a bug in mia.`;
};
