import type { ExposureClass } from './message.ts';
import type { Verdict } from './session.ts';

/** `--user --ip --since --until --verdict --class`, and client in the console. Absent: no filter. */
export interface CaseFilter {
  /** Actor or mailbox owner, without case; part of it unless it holds an @. */
  readonly user?: string;
  /** An address or a CIDR. */
  readonly ip?: string;
  /** Inclusive, ISO. */
  readonly since?: string;
  /** Exclusive, ISO. */
  readonly until?: string;
  readonly verdict?: Verdict | 'mixed' | 'undecided';
  /** Part of the client in plain words, without case. */
  readonly client?: string;
  readonly class?: ExposureClass;
}
