import { Problem } from '../domain/problem.ts';

/** What was thrown, as it crosses between threads: a copied error is of no class and has no code. */
export interface Thrown {
  readonly message: string;
  /** Of a Problem; null: it is another error. */
  readonly hint: string | null;
  /** Of a failed system call, as ENOSPC. */
  readonly code: string | null;
  readonly stack: string | undefined;
  readonly cause: Thrown | null;
}

export const toThrown = (error: unknown): Thrown => {
  if (!(error instanceof Error))
    return { message: String(error), hint: null, code: null, stack: undefined, cause: null };
  const { message, stack, cause } = error;
  return {
    ...{ message, stack },
    hint: error instanceof Problem ? error.hint : null,
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    cause: cause === undefined ? null : toThrown(cause),
  };
};

/** The Problem or error again; its stack is that of the thread that threw it. */
export const fromThrown = ({ message, hint, code, stack, cause }: Thrown): Error => {
  const options = cause === null ? {} : { cause: fromThrown(cause) };
  const error = hint === null ? new Error(message, options) : new Problem(message, hint, options);
  if (stack !== undefined) error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
};
