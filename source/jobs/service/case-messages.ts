import type { ConsoleMethod } from './console-desk.ts';

/** What the case thread is started with. */
export interface CaseOrder {
  readonly folder: string;
  readonly analyst: string | null;
}

export type ToCaseWorker =
  | {
      readonly say: 'call';
      readonly id: number;
      readonly method: ConsoleMethod;
      readonly values: readonly unknown[];
    }
  | { readonly say: 'close' };

export type FromCaseWorker =
  | { readonly say: 'opened' }
  | { readonly say: 'answer'; readonly id: number; readonly value: unknown }
  /** `problem` null: a bug, with its stack. */
  | {
      readonly say: 'refused';
      /** null: the case could not be opened at all. */
      readonly id: number | null;
      readonly problem: { readonly message: string; readonly hint: string } | null;
      readonly stack: string;
    }
  | { readonly say: 'changed'; readonly version: number };
