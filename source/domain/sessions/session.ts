import { isGuid } from '../guid.ts';
import type { SessionIdSource } from '../records/audit-record.ts';
import type { JoinedSignIn } from './sign-in-join.ts';

export type Verdict = 'malicious' | 'benign';

/** What a row shows: `mixed` only on sessions, null while undecided. */
export type ShownVerdict = Verdict | 'mixed' | null;

export interface Mailbox {
  readonly guid: string | null;
  readonly owner: string | null;
}

/** Figures common to sessions and contexts. Times are UTC ISO. */
export interface AccessCounts {
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Distinct record ids. */
  readonly records: number;
  /** Bind records, Sync records. */
  readonly binds: number;
  readonly syncs: number;
  /** Sum of OperationCount. */
  readonly operations: number;
  /** Distinct messages, identified or not. */
  readonly messages: number;
}

/** The smallest thing a verdict sits on: `mia.sessions/1` contexts[]. */
export interface Context extends AccessCounts {
  /** Short hash of the normalised fields, alike on every machine. */
  readonly key: string;
  readonly session: string;
  readonly mailbox: Mailbox;
  readonly actor: string | null;
  readonly address: string | null;
  /** In plain words: "Outlook on the web", "Graph app" (`clientInWords`). */
  readonly client: string;
  /** ClientInfoString, whole, as it came. */
  readonly clientInfo: string | null;
  readonly appId: string | null;
  readonly clientAppId: string | null;
  readonly logonType: number | null;
  readonly deviceId: string | null;
  readonly throttled: number;
  readonly itemsMissing: number;
  readonly appOnly: boolean;
  readonly delegate: boolean;
  readonly external: boolean;
  /** By an application with which mia itself read mail for this case (`isOwnApplication`). */
  readonly ownApplication: boolean;
  /** Of the record ids and of how much the records say, in any order: what a benign verdict holds for. */
  readonly digest: string;
  readonly verdict: Verdict | null;
  /** Records that came after a benign verdict, which is then open again. */
  readonly grownSinceVerdict: number;
}

/** `mia.sessions/1` sessions[]. */
export interface Session extends AccessCounts {
  readonly key: string;
  readonly sessionId: string | null;
  readonly sessionIdSources: readonly SessionIdSource[];
  /** What other fields of its records state in place of `sessionId`: they lead to it and decide nothing. */
  readonly otherSessionIds: readonly string[];
  /** Keys of sessions that share any of these ids with it. */
  readonly kin: readonly string[];
  /** Made up of records without a session id, alike in all context fields (`domain.md` 6). */
  readonly derived: boolean;
  readonly actors: readonly string[];
  readonly mailboxes: readonly Mailbox[];
  readonly addresses: readonly string[];
  readonly clients: readonly string[];
  readonly appIds: readonly string[];
  readonly throttled: number;
  readonly itemsMissing: number;
  /** All of its records are an application's. */
  readonly appOnly: boolean;
  /** Any of its records is by somebody who is not the owner / from outside the organisation. */
  readonly delegate: boolean;
  readonly external: boolean;
  /** Any of its contexts has it. */
  readonly ownApplication: boolean;
  readonly verdict: ShownVerdict;
  readonly grownSinceVerdict: number;
  readonly contexts: readonly Context[];
  /** In order of time; empty where no sign-in log is in the case or none of it belongs here. */
  readonly signIns: readonly JoinedSignIn[];
}

/**
 * Whether the application that acted is one by which mia itself read mail for this case. A mark and
 * no more: the same application may be used by others, so nothing is hidden and no verdict follows.
 * `own`: lower case.
 */
export const isOwnApplication = (
  { appId, clientAppId, actor }: Pick<Context, 'appId' | 'clientAppId' | 'actor'>,
  own: ReadonlySet<string>,
): boolean =>
  own.size > 0 &&
  [appId, clientAppId, actor].some((id) => id !== null && own.has(id.toLowerCase()));

/** One spelling for one session id (`domain.md` 5): guids without regard to case, all others as they are. */
export const normaliseSessionId = (id: string): string => (isGuid(id) ? id.toLowerCase() : id);
