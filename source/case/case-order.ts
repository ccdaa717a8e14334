import type { ReadOnlyRecords } from '../store/open-any-case.ts';
import type { Thrown } from '../threads/thrown.ts';

/**
 * The threads of a case, each with a connection of its own, so that nobody waits for something long
 * that somebody else asked: `rows` writes decisions and has the sessions, the others only read.
 */
export const LANES = ['rows', 'messages', 'overview', 'search'] as const;
export type ThreadRole = (typeof LANES)[number];

/** What a thread of a case is started with. */
export interface CaseOrder {
  readonly folder: string;
  /** Also in a folder that holds other files and no case. */
  readonly newCase?: boolean;
  readonly analyst: string | null;
  readonly role: ThreadRole;
  /** As the first thread found it, where the case can only be read. */
  readonly readOnly?: ReadOnlyRecords | null;
}

/** What such a thread tells. */
export type CaseStarter = {
  /** Something in the case changed, by whomever. */
  readonly changed: (version: number) => void;
  /** Following the case failed. */
  readonly problem: (thrown: Thrown) => void;
};
