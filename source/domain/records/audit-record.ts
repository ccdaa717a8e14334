/** Bind: single messages were accessed. Sync: a whole folder was handed to a client. */
export type AccessType = 'bind' | 'sync';

/** Which field of the record its session id came from (`domain.md` 5). */
export type SessionIdSource = 'SessionId' | 'AADSessionId' | 'DeviceProperties';

/** A folder as one record names it. At least one of the two is known. */
export interface FolderName {
  readonly id: string | null;
  /** The path, or the name where the path is "Not Available". */
  readonly name: string | null;
}

/** One message that a Bind record lists. Without an InternetMessageId it is *unidentified*. */
export interface AccessedItem {
  /** Without surrounding space and one pair of <>, case kept. */
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
  readonly immutableId: string | null;
  readonly sizeInBytes: number | null;
  /** Index into the record's `folders`, or -1 where the record names none. */
  readonly folder: number;
}

/**
 * One MailItemsAccessed entry of the Unified Audit Log, normalised: what our rules need of it and
 * nothing that depends on the container it came in. `null` always means *not stated*.
 */
export interface AuditRecord {
  readonly id: string;
  /** UTC, ISO 8601 with Z; fractions of a second only where the record has them. */
  readonly time: string;
  readonly access: AccessType;
  readonly sessionId: string | null;
  readonly sessionIdSource: SessionIdSource | null;
  /** What its other fields state in place of `sessionId`, where that differs: sorted, each once. */
  readonly otherSessionIds: readonly string[];
  /** Lower case; null where the record names none. */
  readonly mailboxGuid: string | null;
  /** MailboxOwnerUPN, lower case. */
  readonly mailboxOwner: string | null;
  /** UserId in lower case; for an application its ClientAppId (`domain.md` 7). */
  readonly actor: string | null;
  /** UserType 5 or 6. */
  readonly appOnly: boolean | null;
  /** By a delegate or an admin (`domain.md` 8). */
  readonly delegate: boolean | null;
  /** ExternalAccess. */
  readonly external: boolean | null;
  /** Normalised (`normaliseAddress`), or null. */
  readonly address: string | null;
  readonly rawAddress: string | null;
  readonly clientInfo: string | null;
  readonly appId: string | null;
  readonly clientAppId: string | null;
  readonly logonType: number | null;
  readonly deviceId: string | null;
  /** null: not stated, which is not False (`domain.md` 11). */
  readonly throttled: boolean | null;
  /** OperationCount as declared. */
  readonly operationCount: number | null;
  readonly folders: readonly FolderName[];
  readonly items: readonly AccessedItem[];
  /** The record declares more items than it lists, or its container lost them (`domain.md` 3). */
  readonly itemsMissing: boolean;
  /** AppAccessContext.UniqueTokenId, case kept: joins to the sign-in log. */
  readonly uniqueTokenId: string | null;
}
