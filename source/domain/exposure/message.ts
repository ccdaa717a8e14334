import type { Trace, Unresolved } from '../lookups/trace.ts';
import type { Mailbox, ShownVerdict } from '../sessions/session.ts';
import type { ExposureClass, OpenBecause, PresumedBy } from './exposure-class.ts';

/** Accesses of one message, each record counted once. Times are UTC ISO: `CreationTime`. */
export interface AccessTimes {
  readonly first: string;
  readonly last: string;
  readonly accesses: number;
}

/** A session that accessed a message, as it is judged now. */
export interface AccessingSession {
  readonly key: string;
  /** Of the contexts of the session that accessed the message: `mixed` where they differ. */
  readonly verdict: ShownVerdict;
}

/** `mia.messages/2` messages[]. Identity: (mailbox, internetMessageId), else (mailbox, itemId). */
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
  /** Anyone's: of all contexts. */
  readonly firstAccess: string;
  readonly lastAccess: string;
  readonly accesses: number;
  /** Of malicious contexts alone; null where none of them names the message. */
  readonly intruder: AccessTimes | null;
  /** Sorted by key. */
  readonly sessions: readonly AccessingSession[];
  readonly class: ExposureClass;
  /** Of a presumed message: by what, the strongest first. */
  readonly presumedBy: readonly PresumedBy[];
  /** Only contradicting records tie it to the intruder. */
  readonly contested: boolean;
  readonly openBecause: OpenBecause | null;
  /** Presumed, and received after the last access to its mailbox that is attributed to the intruder so far. */
  readonly receivedAfterLastAttributed: boolean;
  readonly trace: Trace | null;
  readonly unresolved: Unresolved | null;
}

/** A session that accessed a message, by those of its contexts that did. Times are UTC ISO. */
export interface SessionTouch {
  readonly key: string;
  readonly verdict: ShownVerdict;
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  readonly clients: readonly string[];
  readonly first: string;
  readonly last: string;
}

export interface MessageTouches {
  /** Number of the message within this records.db. */
  readonly message: number;
  /** In order of their first access; not all where there are very many. */
  readonly sessions: readonly SessionTouch[];
  readonly total: number;
}
