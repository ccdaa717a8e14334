import type { DatabaseSync } from 'node:sqlite';
import {
  correspondentsOf,
  organisationDomains,
  type ExposedMail,
} from '../../domain/correspondents.ts';
import type { ClassCounts, MailboxExposure, Summary } from '../../domain/exposure.ts';
import type { Trace } from '../../domain/trace.ts';
import { TRACE_KEY } from '../records/trace-key.ts';
import { LOOKUP_END } from '../records/schema.ts';
import type { GapsOfMailboxes } from './mailbox-gaps.ts';
import type { PresumedWhole } from './presumed-whole.ts';

/** Facts of the records alone, kept until records change. */
export interface RecordFacts {
  readonly bulkCopies: ReadonlySet<number>;
  /** Messages by mailbox, those with an id and those without. */
  readonly totals: ReadonlyMap<
    number,
    { readonly identified: number; readonly unidentified: number }
  >;
  readonly sessions: number;
  readonly trace: Summary['trace'];
}

const NONE: ClassCounts = { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 };

const plus = (a: ClassCounts, b: ClassCounts): ClassCounts => ({
  confirmed: a.confirmed + b.confirmed,
  presumed: a.presumed + b.presumed,
  open: a.open + b.open,
  benignOnly: a.benignOnly + b.benignOnly,
});

/** Counts the messages of a mailbox by class; `classOf` of domain/exposure.ts over whole sets. */
const classCounts = (
  total: number,
  confirmed: number,
  benignOnly: number,
  presumedWhole: boolean,
): ClassCounts =>
  presumedWhole
    ? { confirmed, presumed: total - confirmed, open: 0, benignOnly: 0 }
    : { confirmed, presumed: 0, open: total - confirmed - benignOnly, benignOnly };

/** Numbers of the mailboxes that figures are of; null: all of the case. */
export type MailboxScope = readonly number[] | null;

/** A further condition on a column of mailbox numbers. */
const within = (column: string, scope: MailboxScope): string =>
  scope === null ? '' : ` AND ${column} IN (${scope.join(', ')})`;

interface MailboxRow {
  readonly mailbox: number;
  readonly ident: string;
  readonly guid: string | null;
  readonly owner: string | null;
}

const mailboxRows = (db: DatabaseSync, scope: MailboxScope): readonly MailboxRow[] =>
  db
    .prepare(
      `SELECT mb.mailbox, mb.ident, mb.guid, o.name AS owner FROM mailboxes mb
      LEFT JOIN owners o ON o.owner = mb.owner WHERE TRUE${within('mb.mailbox', scope)}
      ORDER BY o.name, mb.ident`,
    )
    .all()
    .map((row) => ({
      mailbox: Number(row['mailbox']),
      ident: row['ident'] as string,
      guid: row['guid'] as string | null,
      owner: row['owner'] as string | null,
    }));

/** By folder, not by name: two that share a name are two folders exposed. */
const syncedFoldersOf = (db: DatabaseSync, mailbox: number): readonly string[] =>
  db
    .prepare(
      `SELECT coalesce(f.name, f.id, '') AS name FROM folders f WHERE f.folder IN
      (SELECT y.folder FROM judged j JOIN synced y ON y.context = j.context WHERE j.mailbox = ? AND j.verdict = 1)
      ORDER BY name, f.ident`,
    )
    .all(mailbox)
    .map((row) => row['name'] as string);

/** Mailboxes with a bulk copy; it counts unless its context is known to be benign: doubt never clears. */
const bulkCopied = (db: DatabaseSync, contexts: ReadonlySet<number>): ReadonlySet<number> =>
  new Set(
    db
      .prepare(
        `SELECT DISTINCT c.mailbox FROM contexts c LEFT JOIN judged j ON j.context = c.context
        WHERE c.context IN (SELECT value FROM json_each(?)) AND coalesce(j.verdict, 0) <> 2`,
      )
      .all(JSON.stringify([...contexts]))
      .map(({ mailbox }) => Number(mailbox)),
  );

interface KnownCounts {
  readonly confirmed: number;
  readonly benign: number;
}

const NOTHING_KNOWN: KnownCounts = { confirmed: 0, benign: 0 };

const standingKey = (mailbox: number, identified: boolean): string =>
  `${mailbox}/${identified ? 1 : 0}`;

/** Messages with a verdict, by `standingKey`. */
const standingCounts = (db: DatabaseSync): ReadonlyMap<string, KnownCounts> =>
  new Map(
    db
      .prepare(
        `SELECT mailbox, identified, count(*) FILTER (WHERE malicious = 1) AS confirmed,
        count(*) FILTER (WHERE malicious = 0 AND benign_only = 1) AS benign FROM standing
        GROUP BY mailbox, identified`,
      )
      .all()
      .map((row) => [
        standingKey(Number(row['mailbox']), row['identified'] === 1),
        { confirmed: Number(row['confirmed']), benign: Number(row['benign']) },
      ]),
  );

interface MailboxFindings {
  readonly exposure: MailboxExposure;
  readonly identified: ClassCounts;
  readonly unidentified: ClassCounts;
}

/** What the exposure of all mailboxes is worked out from. */
export interface ExposureGrounds {
  readonly facts: RecordFacts;
  readonly gaps: GapsOfMailboxes;
  readonly presumed: PresumedWhole;
}

const exposureOf = (
  db: DatabaseSync,
  { facts, gaps, presumed }: ExposureGrounds,
  standings: ReadonlyMap<string, KnownCounts>,
  copied: ReadonlySet<number>,
  row: MailboxRow,
): MailboxFindings => {
  const { mailbox, guid, owner } = row;
  const presumedWhole = presumed.reasons(mailbox);
  const whole = presumedWhole.length > 0;
  const totals = facts.totals.get(mailbox) ?? { identified: 0, unidentified: 0 };
  const known = standings.get(standingKey(mailbox, true)) ?? NOTHING_KNOWN;
  const unknown = standings.get(standingKey(mailbox, false)) ?? NOTHING_KNOWN;
  const identified = classCounts(totals.identified, known.confirmed, known.benign, whole);
  const unidentified = classCounts(totals.unidentified, unknown.confirmed, unknown.benign, whole);
  return {
    identified,
    unidentified,
    exposure: {
      guid,
      owner,
      ...identified,
      syncedFolders: syncedFoldersOf(db, mailbox),
      presumedWhole,
      gaps: presumed.gaps(mailbox),
      possibleBulkCopy: copied.has(mailbox),
      nearLimit: gaps.of(mailbox).nearLimit,
    },
  };
};

/** Sessions with a context in the scope, by the verdict on all of the session. */
const sessionCounts = (db: DatabaseSync, all: number, scope: MailboxScope): Summary['sessions'] => {
  const inScope = `SELECT session FROM contexts WHERE TRUE${within('mailbox', scope)}`;
  const total =
    scope === null
      ? all
      : Number(db.prepare(`SELECT count(DISTINCT session) AS n FROM (${inScope})`).get()?.['n']);
  const counts = new Map(
    db
      .prepare(
        `SELECT verdict, count(*) AS sessions FROM session_verdicts
        ${scope === null ? '' : `WHERE session IN (${inScope})`} GROUP BY verdict`,
      )
      .all()
      .map((row) => [Number(row['verdict']), Number(row['sessions'])]),
  );
  const malicious = counts.get(1) ?? 0;
  const benign = counts.get(2) ?? 0;
  const mixed = counts.get(3) ?? 0;
  return { malicious, benign, mixed, undecided: total - malicious - benign - mixed };
};

const itemsMissingOf = (db: DatabaseSync, scope: MailboxScope): number =>
  Number(
    db
      .prepare(
        `SELECT coalesce(sum(c.items_missing), 0) AS records FROM judged j
        JOIN contexts c ON c.context = j.context WHERE j.verdict = 1${within('j.mailbox', scope)}`,
      )
      .get()?.['records'],
  );

/**
 * Messages that are confirmed or presumed, as message `m`: from what is exposed to the message, as
 * that is the smaller part of a case. Mailboxes have no index of their messages: those presumed whole
 * take a look at each.
 */
const EXPOSED = `FROM (SELECT message FROM standing WHERE malicious = 1
    UNION SELECT message FROM messages WHERE EXISTS (SELECT 1 FROM presumed_whole)
      AND mailbox IN (SELECT mailbox FROM presumed_whole)) x CROSS JOIN messages m ON m.message = x.message`;

/**
 * Metadata of the exposed messages that have any. When each was accessed is left out: how many
 * people they are from and to does not depend on it.
 */
function* exposedMail(db: DatabaseSync, scope: MailboxScope): Generator<ExposedMail> {
  const rows = db.prepare(`SELECT t.text ${EXPOSED}
    CROSS JOIN traces t ON t.message_id = ${TRACE_KEY} WHERE m.traced = 1${within('m.mailbox', scope)}`);
  for (const { text } of rows.iterate())
    yield { trace: JSON.parse(text as string) as Trace, firstAccess: '', lastAccess: '' };
}

export const ownDomains = (db: DatabaseSync): ReadonlySet<string> =>
  organisationDomains(
    db
      .prepare('SELECT name FROM owners')
      .all()
      .map((row) => row['name'] as string),
  );

const REASONS = ['olderThanTrace', 'draftOrNeverSent', 'notFound', 'lookupFailed'] as const;

/** Resolved and unresolved among the messages with an id, all of them or the exposed ones. */
export const traceCounts = (
  db: DatabaseSync,
  which: 'all' | 'exposed',
  scope: MailboxScope = null,
): Summary['trace'] => {
  const from = which === 'all' ? 'FROM messages m' : EXPOSED;
  const { olderThanTrace, notFound, failed } = LOOKUP_END;
  // In the order of `unresolvedReason`: a failure, then a draft, then how the look-up ended.
  const row = db
    .prepare(
      `SELECT count(*) AS messages, total(traced) AS resolved,
      count(*) FILTER (WHERE traced = 0 AND lookup_end = ${failed}) AS lookupFailed,
      count(*) FILTER (WHERE draft) AS draftOrNeverSent,
      count(*) FILTER (WHERE traced = 0 AND lookup_end = ${olderThanTrace} AND NOT draft) AS olderThanTrace,
      count(*) FILTER (WHERE traced = 0 AND lookup_end = ${notFound} AND NOT draft) AS notFound
      FROM (SELECT m.traced, m.lookup_end, m.traced = 0 AND m.lookup_end <> ${failed}
        AND m.message IN (SELECT message FROM draft_only) AS draft
        ${from} WHERE m.message_id IS NOT NULL${within('m.mailbox', scope)})`,
    )
    .get();
  const counted = (name: string): number => Number(row?.[name]);
  const known = REASONS.reduce((sum, reason) => sum + counted(reason), counted('resolved'));
  const counts = [
    ['notLookedUp', counted('messages') - known] as const,
    ...REASONS.map((reason) => [reason, counted(reason)] as const),
  ];
  const unresolved = Object.fromEntries(counts.filter(([, count]) => count > 0));
  return { resolved: counted('resolved'), unresolved };
};

/**
 * The exposure so far, of all mailboxes or of some; `judge` must have run. Leaves presumed_whole
 * filled, for the mailboxes of the scope, for message queries.
 */
export const summarise = (
  db: DatabaseSync,
  grounds: ExposureGrounds,
  scope: MailboxScope = null,
): Summary => {
  const { facts } = grounds;
  const standings = standingCounts(db);
  const copied = bulkCopied(db, facts.bulkCopies);
  const findings = mailboxRows(db, scope).map((row) =>
    exposureOf(db, grounds, standings, copied, row),
  );
  const { senders, recipients, outside } = correspondentsOf(exposedMail(db, scope), ownDomains(db));
  return {
    sessions: sessionCounts(db, facts.sessions, scope),
    messages: findings.reduce((sum, one) => plus(sum, one.identified), NONE),
    unidentified: findings.reduce((sum, one) => plus(sum, one.unidentified), NONE),
    itemsMissing: itemsMissingOf(db, scope),
    mailboxes: findings.map((one) => one.exposure),
    correspondents: { senders, recipients, outside },
    trace: scope === null ? facts.trace : traceCounts(db, 'all', scope),
    exposedTrace: traceCounts(db, 'exposed', scope),
  };
};
