import type { DatabaseSync } from 'node:sqlite';
import {
  correspondentsOf,
  organisationDomains,
  type ExposedMail,
} from '../../domain/correspondents.ts';
import type { ClassCounts, Gap, MailboxExposure, Summary } from '../../domain/exposure.ts';
import { gapMatters } from '../../domain/gaps.ts';
import type { Trace } from '../../domain/trace.ts';
import { isRebutted, windowOf, type VerdictState } from '../../domain/verdicts.ts';
import { toIso } from '../records/record-time.ts';
import { presumeWhole } from './judgement.ts';
import type { MailboxGaps } from './mailbox-gaps.ts';

/** Facts of the records alone, kept until records change. */
export interface RecordFacts {
  readonly gaps: readonly MailboxGaps[];
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

interface MailboxRow {
  readonly mailbox: number;
  readonly ident: string;
  readonly guid: string | null;
  readonly owner: string | null;
}

const mailboxRows = (db: DatabaseSync): readonly MailboxRow[] =>
  db
    .prepare(
      `SELECT mb.mailbox, mb.ident, mb.guid, o.name AS owner FROM mailboxes mb
      LEFT JOIN owners o ON o.owner = mb.owner ORDER BY o.name, mb.ident`,
    )
    .all()
    .map((row) => ({
      mailbox: Number(row['mailbox']),
      ident: row['ident'] as string,
      guid: row['guid'] as string | null,
      owner: row['owner'] as string | null,
    }));

/** First and last malicious record of a mailbox. */
const maliciousSpan = (
  db: DatabaseSync,
  mailbox: number,
): { first: string; last: string } | null => {
  const row = db
    .prepare(
      `SELECT min(c.first) AS first, max(c.last) AS last FROM judged j
      JOIN contexts c ON c.context = j.context WHERE j.mailbox = ? AND j.verdict = 1`,
    )
    .get(mailbox);
  return row?.['first'] == null || row['last'] == null
    ? null
    : { first: toIso(Number(row['first'])), last: toIso(Number(row['last'])) };
};

const syncedFoldersOf = (db: DatabaseSync, mailbox: number): readonly string[] =>
  db
    .prepare(
      `SELECT DISTINCT coalesce(f.name, f.id, '') AS name FROM judged j JOIN synced y ON y.context = j.context
      JOIN folders f ON f.folder = y.folder WHERE j.mailbox = ? AND j.verdict = 1 ORDER BY 1`,
    )
    .all(mailbox)
    .map((row) => row['name'] as string);

const hasMaliciousSync = (db: DatabaseSync, mailbox: number): boolean =>
  db
    .prepare(
      `SELECT 1 FROM judged j JOIN contexts c ON c.context = j.context
      WHERE j.mailbox = ? AND j.verdict = 1 AND c.syncs > 0 LIMIT 1`,
    )
    .get(mailbox) !== undefined;

/** A bulk copy counts unless its context is known to be benign: doubt never clears. */
const hasBulkCopy = (db: DatabaseSync, mailbox: number, contexts: ReadonlySet<number>): boolean => {
  const row = db.prepare(`SELECT 1 FROM contexts c LEFT JOIN judged j ON j.context = c.context
    WHERE c.context = ? AND c.mailbox = ? AND coalesce(j.verdict, 0) <> 2`);
  return [...contexts].some((context) => row.get(context, mailbox) !== undefined);
};

/** The key under which decisions name a mailbox: its guid, or what stands in for it. */
const mailboxNameOf = (row: { readonly guid: string | null; readonly ident: string }): string =>
  row.guid ?? row.ident;

const gapsOf = (
  db: DatabaseSync,
  state: VerdictState,
  row: MailboxRow,
  found: MailboxGaps | undefined,
): readonly Gap[] => {
  const name = mailboxNameOf(row);
  const span = maliciousSpan(db, row.mailbox);
  return (found?.gaps ?? []).map((gap) => ({
    from: gap.from,
    to: gap.to,
    kind: gap.kind,
    matters: gapMatters(gap, windowOf(state, name), span),
    rebutted: isRebutted(state, name, gap),
  }));
};

const standingCounts = (db: DatabaseSync, mailbox: number, identified: boolean) => {
  const row = db
    .prepare(
      `SELECT count(*) FILTER (WHERE malicious = 1) AS confirmed,
      count(*) FILTER (WHERE malicious = 0 AND benign_only = 1) AS benign FROM standing
      WHERE mailbox = ? AND identified = ?`,
    )
    .get(mailbox, identified ? 1 : 0);
  return { confirmed: Number(row?.['confirmed']), benign: Number(row?.['benign']) };
};

interface MailboxFindings {
  readonly exposure: MailboxExposure;
  readonly identified: ClassCounts;
  readonly unidentified: ClassCounts;
}

const exposureOf = (
  db: DatabaseSync,
  state: VerdictState,
  facts: RecordFacts,
  row: MailboxRow,
): MailboxFindings => {
  const found = facts.gaps.find((gaps) => gaps.mailbox === row.mailbox);
  const gaps = gapsOf(db, state, row, found);
  const presumedWhole: ('sync' | 'gap')[] = [];
  if (hasMaliciousSync(db, row.mailbox)) presumedWhole.push('sync');
  if (gaps.some((gap) => gap.matters && !gap.rebutted)) presumedWhole.push('gap');
  const whole = presumedWhole.length > 0;
  const totals = facts.totals.get(row.mailbox) ?? { identified: 0, unidentified: 0 };
  const known = standingCounts(db, row.mailbox, true);
  const unknown = standingCounts(db, row.mailbox, false);
  const identified = classCounts(totals.identified, known.confirmed, known.benign, whole);
  const unidentified = classCounts(totals.unidentified, unknown.confirmed, unknown.benign, whole);
  return {
    identified,
    unidentified,
    exposure: {
      guid: row.guid,
      owner: row.owner,
      ...identified,
      syncedFolders: syncedFoldersOf(db, row.mailbox),
      presumedWhole,
      gaps,
      possibleBulkCopy: hasBulkCopy(db, row.mailbox, facts.bulkCopies),
      nearLimit: found?.nearLimit ?? false,
    },
  };
};

const sessionCounts = (db: DatabaseSync, total: number): Summary['sessions'] => {
  const counts = new Map(
    db
      .prepare('SELECT verdict, count(*) AS sessions FROM session_verdicts GROUP BY verdict')
      .all()
      .map((row) => [Number(row['verdict']), Number(row['sessions'])]),
  );
  const malicious = counts.get(1) ?? 0;
  const benign = counts.get(2) ?? 0;
  const mixed = counts.get(3) ?? 0;
  return { malicious, benign, mixed, undecided: total - malicious - benign - mixed };
};

const itemsMissingOf = (db: DatabaseSync): number =>
  Number(
    db
      .prepare(
        `SELECT coalesce(sum(c.items_missing), 0) AS records FROM judged j
        JOIN contexts c ON c.context = j.context WHERE j.verdict = 1`,
      )
      .get()?.['records'],
  );

/** Messages that are confirmed or presumed, as message `m`. */
const EXPOSED = `FROM messages m LEFT JOIN standing st ON st.message = m.message
  LEFT JOIN presumed_whole pw ON pw.mailbox = m.mailbox
  WHERE (st.malicious = 1 OR pw.mailbox IS NOT NULL)`;

/** Metadata of the exposed messages that have any, with when each was accessed. */
function* exposedMail(db: DatabaseSync): Generator<ExposedMail> {
  const accesses = db.prepare(
    'SELECT min(first) AS first, max(last) AS last FROM accesses WHERE message = ?',
  );
  const rows = db.prepare(`SELECT m.message,
    (SELECT t.text FROM traces t WHERE t.message_id = m.message_id) AS text ${EXPOSED} AND m.traced = 1`);
  for (const row of rows.iterate()) {
    const access = accesses.get(Number(row['message']));
    yield {
      trace: JSON.parse(row['text'] as string) as Trace,
      firstAccess: toIso(Number(access?.['first'])),
      lastAccess: toIso(Number(access?.['last'])),
    };
  }
}

export const ownDomains = (db: DatabaseSync): ReadonlySet<string> =>
  organisationDomains(
    db
      .prepare('SELECT name FROM owners')
      .all()
      .map((row) => row['name'] as string),
  );

/** Resolved and unresolved among the messages with an id, all of them or the exposed ones. */
export const traceCounts = (db: DatabaseSync, which: 'all' | 'exposed'): Summary['trace'] => {
  const from = which === 'all' ? 'FROM messages m WHERE TRUE' : EXPOSED;
  const row = db
    .prepare(
      `SELECT count(*) AS messages, total(m.traced) AS traced,
      count(*) FILTER (WHERE m.traced = 0 AND m.message IN (SELECT message FROM draft_only)) AS drafts
      ${from} AND m.message_id IS NOT NULL`,
    )
    .get();
  const [resolved, drafts] = [Number(row?.['traced']), Number(row?.['drafts'])];
  const notLookedUp = Number(row?.['messages']) - resolved - drafts;
  const unresolved: Record<string, number> = {};
  if (notLookedUp > 0) unresolved['notLookedUp'] = notLookedUp;
  if (drafts > 0) unresolved['draftOrNeverSent'] = drafts;
  return { resolved, unresolved };
};

/** The exposure so far; `judge` must have run. Leaves presumed_whole filled for message queries. */
export const summarise = (db: DatabaseSync, state: VerdictState, facts: RecordFacts): Summary => {
  const rows = mailboxRows(db);
  const findings = rows.map((row) => exposureOf(db, state, facts, row));
  presumeWhole(
    db,
    rows.flatMap((row, at) =>
      (findings[at]?.exposure.presumedWhole.length ?? 0) > 0 ? [row.mailbox] : [],
    ),
  );
  const { senders, recipients, outside } = correspondentsOf(exposedMail(db), ownDomains(db));
  return {
    sessions: sessionCounts(db, facts.sessions),
    messages: findings.reduce((sum, one) => plus(sum, one.identified), NONE),
    unidentified: findings.reduce((sum, one) => plus(sum, one.unidentified), NONE),
    itemsMissing: itemsMissingOf(db),
    mailboxes: findings.map((one) => one.exposure),
    correspondents: { senders, recipients, outside },
    trace: facts.trace,
    exposedTrace: traceCounts(db, 'exposed'),
  };
};
