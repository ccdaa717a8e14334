import type { Mailbox } from './session.ts';
import type { Trace, Unresolved } from './trace.ts';

/** Each message is in exactly one, over the whole case (`domain.md`, Exposure). Strongest first. */
export const EXPOSURE_CLASSES = ['confirmed', 'presumed', 'open', 'benignOnly'] as const;
export type ExposureClass = (typeof EXPOSURE_CLASSES)[number];

/** `mia.messages/1` messages[]. Identity: (mailbox, internetMessageId), else (mailbox, itemId). */
export interface Message {
  /** Number within this records.db only; never shown, never exported. */
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
  readonly folders: readonly string[];
  readonly sizeInBytes: number | null;
  /** Different item ids or sizes were seen under this one id (`domain.md` 4). */
  readonly differs: boolean;
  readonly firstAccess: string;
  readonly lastAccess: string;
  readonly accesses: number;
  /** Session keys, sorted. */
  readonly sessions: readonly string[];
  readonly class: ExposureClass;
  readonly trace: Trace | null;
  readonly unresolved: Unresolved | null;
}
