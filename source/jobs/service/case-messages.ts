import type { ConsoleMethod } from './console-desk.ts';

/**
 * The threads of a case, each with a connection of its own, so that nobody waits for something long
 * that somebody else asked: `rows` writes decisions and has the sessions, the others only read.
 */
export const LANES = ['rows', 'messages', 'overview', 'search'] as const;
export type Lane = (typeof LANES)[number];

/** What a thread of a case is started with. */
export interface CaseOrder {
  readonly folder: string;
  /** Also in a folder that holds other files and no case. */
  readonly newCase?: boolean;
  readonly analyst: string | null;
  readonly lane: Lane;
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
  | { readonly say: 'opened'; readonly analyst: string; readonly notices: readonly string[] }
  | { readonly say: 'answer'; readonly id: number; readonly value: unknown }
  /** `problem` null: a bug, with its stack. */
  | {
      readonly say: 'refused';
      /** null: the case could not be opened, or not be followed. */
      readonly id: number | null;
      readonly problem: { readonly message: string; readonly hint: string } | null;
      readonly stack: string;
    }
  | { readonly say: 'changed'; readonly version: number };
