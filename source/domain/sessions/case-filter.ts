import type { ExposureClass } from '../exposure/exposure-class.ts';
import type { Verdict } from './session.ts';

/**
 * What contexts are looked for. Several values of one kind are alternatives, different kinds must all
 * match. Absent: no filter; a list that is there is never empty.
 */
export interface CaseFilter {
  /** Keys of sessions, or of single contexts. */
  readonly keys?: readonly string[];
  /** Actor or mailbox owner, without case; part of it unless it holds an @. */
  readonly users?: readonly string[];
  /** Addresses or CIDRs. */
  readonly addresses?: readonly string[];
  /** AppId or ClientAppId, lower case. */
  readonly apps?: readonly string[];
  /** Mailboxes by guid or by owner, whole and without case. */
  readonly mailboxes?: readonly string[];
  /** Inclusive, ISO. */
  readonly since?: string;
  /** Exclusive, ISO. */
  readonly until?: string;
  readonly verdict?: Verdict | 'mixed' | 'undecided';
  /** Parts of the client in plain words, without case. */
  readonly clients?: readonly string[];
  readonly class?: ExposureClass;
}
