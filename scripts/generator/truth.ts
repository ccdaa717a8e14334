import type { Access, CaseRow, SessionField, TouchedItem } from './access.ts';
import type { Loss } from './loss.ts';
import { Figures } from './truth-figures.ts';
import type { FiguresTruth } from './truth-figures.ts';
import { listedWith } from './truth-listed.ts';
import { gapsOf } from './truth-gaps.ts';
import type { GapTruth } from './truth-gaps.ts';

/** The field a session id is read from: the first that carries one (`domain.md` 5). */
const FIELD_ORDER: readonly SessionField[] = ['SessionId', 'AADSessionId', 'DeviceProperties'];

/** All fields of a context, normalised (`domain.md`, Words). */
export interface ContextFields {
  readonly sessionId: string | null;
  readonly mailboxGuid: string;
  readonly actor: string;
  readonly address: string;
  readonly clientInfo: string;
  readonly appId: string | null;
  readonly clientAppId: string | null;
  readonly logonType: number;
  readonly deviceId: string | null;
}

export interface ContextTruth extends FiguresTruth {
  readonly fields: ContextFields;
}

export interface SessionTruth extends FiguresTruth {
  readonly sessionId: string | null;
  readonly derived: boolean;
  readonly sessionIdSources: readonly SessionField[];
  readonly contexts: readonly ContextTruth[];
  readonly actors: ReadonlySet<string>;
  readonly mailboxes: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  /** All of its records. */
  readonly appOnly: boolean;
  /** Any of its records. */
  readonly delegate: boolean;
  readonly external: boolean;
}

export interface Truth {
  readonly rows: number;
  readonly accepted: number;
  readonly sideEvents: number;
  readonly otherOperations: number;
  readonly duplicates: number;
  /** By session id, or by the context fields of a derived session as JSON. */
  readonly sessions: ReadonlyMap<string, SessionTruth>;
  readonly messages: ReadonlySet<string>;
  readonly unidentified: ReadonlySet<string>;
  readonly gaps: readonly GapTruth[];
}

class SessionFigures extends Figures implements SessionTruth {
  readonly contextMap = new Map<string, Figures & { fields: ContextFields }>();
  sources = new Set<SessionField>();
  actors = new Set<string>();
  mailboxes = new Set<string>();
  addresses = new Set<string>();
  appOnly = true;
  delegate = false;
  external = false;
  readonly sessionId: string | null;
  constructor(sessionId: string | null) {
    super();
    this.sessionId = sessionId;
  }
  get derived(): boolean {
    return this.sessionId === null;
  }
  get contexts(): readonly ContextTruth[] {
    return [...this.contextMap.values()];
  }
  get sessionIdSources(): readonly SessionField[] {
    return FIELD_ORDER.filter((field) => this.sources.has(field));
  }
}

const actorOf = (access: Access): string => {
  switch (access.by.who) {
    case 'app':
      return access.by.app.clientAppId;
    case 'owner':
      return (access.mailbox.formerUpn ?? access.mailbox.upn).toLowerCase();
    case 'external':
      return access.by.upn.toLowerCase();
    case 'delegate':
    case 'admin':
      return access.by.mailbox.upn.toLowerCase();
  }
};

const LOGON_TYPES = { owner: 0, app: 0, delegate: 2, admin: 1, external: 2 } as const;

const fieldsOf = (
  access: Access,
  source: SessionField | undefined,
  lost: ReadonlySet<Loss>,
): ContextFields => ({
  sessionId: source ? access.sessionId : null,
  mailboxGuid: access.mailbox.guid,
  actor: actorOf(access),
  address: access.address,
  clientInfo: access.client.clientInfo,
  appId: access.client.appId,
  clientAppId: access.client.clientAppId,
  logonType: LOGON_TYPES[access.by.who],
  deviceId: lost.has('DeviceId') ? null : access.deviceId,
});

const addToSession = (
  sessions: Map<string, SessionFigures>,
  access: Access,
  lost: ReadonlySet<Loss>,
  listed: readonly TouchedItem[],
): void => {
  const source = FIELD_ORDER.find(
    (field) => access.sessionFields.includes(field) && !lost.has(field),
  );
  const fields = fieldsOf(access, source, lost);
  const contextKey = JSON.stringify(fields);
  const sessionKey = fields.sessionId ?? contextKey;
  let session = sessions.get(sessionKey);
  if (!session) sessions.set(sessionKey, (session = new SessionFigures(fields.sessionId)));
  let context = session.contextMap.get(contextKey);
  if (!context)
    session.contextMap.set(contextKey, (context = Object.assign(new Figures(), { fields })));
  for (const figures of [session, context]) figures.add(access, lost, listed);
  if (source) session.sources.add(source);
  session.actors.add(fields.actor);
  session.mailboxes.add(fields.mailboxGuid);
  session.addresses.add(fields.address);
  session.appOnly &&= access.by.who === 'app';
  session.delegate ||= ['delegate', 'admin', 'external'].includes(access.by.who);
  session.external ||= access.by.who === 'external';
};

/**
 * What is true of these rows, counted from what happened and not from the records. `lost`: as a
 * container shows it that cannot carry everything.
 */
export const truthOf = (rows: Iterable<CaseRow>, lost: Iterable<Loss> = []): Truth => {
  const missing = new Set(lost);
  const listed = listedWith(missing);
  const sessions = new Map<string, SessionFigures>();
  const accesses: Access[] = [];
  const seen = new Set<string>();
  const counts = { rows: 0, accepted: 0, sideEvents: 0, otherOperations: 0, duplicates: 0 };
  for (const { entry } of rows) {
    if (entry.kind === 'other' && missing.has('otherOperations')) continue;
    counts.rows += 1;
    if (entry.kind === 'other') counts[entry.kept ? 'sideEvents' : 'otherOperations'] += 1;
    else if (seen.has(entry.id)) counts.duplicates += 1;
    else {
      seen.add(entry.id);
      accesses.push(entry);
      counts.accepted += 1;
      addToSession(sessions, entry, missing, listed(entry));
    }
  }
  const all = [...sessions.values()];
  return {
    ...counts,
    sessions,
    messages: new Set(all.flatMap((session) => [...session.messages])),
    unidentified: new Set(all.flatMap((session) => [...session.unidentified])),
    gaps: missing.has('OperationProperties') ? [] : gapsOf(accesses),
  };
};
