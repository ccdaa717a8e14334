import type { DatabaseSync } from 'node:sqlite';
import { correspondentsOf } from '../../domain/people/correspondents.ts';
import {
  addCounts,
  EXPOSURE_CLASSES,
  FACT,
  NO_MESSAGES,
  notBenign,
} from '../../domain/exposure/exposure-class.ts';
import type { Headline, MailboxExposure, Summary } from '../../domain/exposure/exposure.ts';
import { presumesAll } from '../../domain/exposure/gaps.ts';
import { containmentOf } from '../../domain/verdicts/mailbox-decisions.ts';
import { type VerdictState } from '../../domain/verdicts/verdicts.ts';
import type { CaseFile } from '../case-file.ts';
import { toIso } from '../records/record-time.ts';
import { TRACE_KEY } from '../records/keys.ts';
import { beyondCounts } from './beyond-figures.ts';
import { missingItems } from './missing-items.ts';
import { outsideWindow } from './outside-window.ts';
import { classCounts, type MailboxClassCounts } from './class-counts.ts';
import { CLASS_JOINS, CLASS_SQL } from './class-sql.ts';
import { exposedMail, ownDomains, traceCounts } from './exposed-messages.ts';
import { JUDGED, SESSION_JUDGED } from './verdict-codes.ts';
import type { GapsOfMailboxes } from './mailbox-gaps.ts';
import { type MailboxRow, mailboxRows, type MailboxScope, within } from './mailboxes.ts';
import type { RecordFacts } from './record-facts.ts';
import type { PresumedWhole } from './presumed-whole.ts';

/** By folder, not by name: two that share a name are two folders exposed. */
const folderNames = (db: DatabaseSync, folders: readonly number[]): readonly string[] =>
  db
    .prepare(
      `SELECT coalesce(name, id, '') AS name FROM folders WHERE folder IN (SELECT value FROM json_each(?))
      ORDER BY 1, ident`,
    )
    .all(JSON.stringify(folders))
    .map((row) => row['name'] as string);

/** Folders that benign contexts synchronised, by mailbox. */
const benignSyncs = (db: DatabaseSync): ReadonlyMap<number, number> =>
  new Map(
    db
      .prepare(
        `SELECT j.mailbox, count(DISTINCT y.folder) AS folders FROM judged j JOIN synced y ON y.context = j.context
        WHERE j.verdict = ${JUDGED.benign} GROUP BY j.mailbox`,
      )
      .all()
      .map(({ mailbox, folders }) => [Number(mailbox), Number(folders)]),
  );

/** Mailboxes with a bulk copy; it counts unless its context is known to be benign: doubt never clears. */
const bulkCopied = (db: DatabaseSync, contexts: ReadonlySet<number>): ReadonlySet<number> =>
  new Set(
    db
      .prepare(
        `SELECT DISTINCT c.mailbox FROM contexts c LEFT JOIN judged j ON j.context = c.context
        WHERE c.context IN (SELECT value FROM json_each(?)) AND coalesce(j.verdict, ${JUDGED.open}) <> ${JUDGED.benign}`,
      )
      .all(JSON.stringify([...contexts]))
      .map(({ mailbox }) => Number(mailbox)),
  );

/** What the exposure of all mailboxes is worked out from. */
export interface ExposureGrounds {
  readonly facts: RecordFacts;
  readonly gaps: GapsOfMailboxes;
  readonly presumed: PresumedWhole;
  readonly state: VerdictState;
  readonly caseFile: Pick<CaseFile, 'sources' | 'fetches'>;
}

/** What is known of all mailboxes at once. */
interface Overall {
  readonly counts: ReadonlyMap<number, MailboxClassCounts>;
  readonly copied: ReadonlySet<number>;
  readonly benignSyncs: ReadonlyMap<number, number>;
  readonly received: ReadonlyMap<number, number>;
}

const exposureOf = (
  db: DatabaseSync,
  { gaps, presumed, state }: ExposureGrounds,
  overall: Overall,
  { mailbox, guid, owner }: MailboxRow,
): MailboxExposure => {
  const attributed = presumed.attributed(mailbox);
  const isContained = containmentOf(state, presumed.name(mailbox)) !== null;
  return {
    guid,
    owner,
    ...(overall.counts.get(mailbox)?.identified ?? NO_MESSAGES),
    unidentified: overall.counts.get(mailbox)?.unidentified ?? NO_MESSAGES,
    syncedFolders: folderNames(db, presumed.syncedFolders(mailbox)),
    presumedWhole: presumed.reasons(mailbox),
    syncRebutted: presumed.sync(mailbox).rebutted,
    gaps: presumed.gaps(mailbox),
    possibleBulkCopy: overall.copied.has(mailbox),
    nearLimit: gaps.of(mailbox).nearLimit,
    firstAttributed: attributed === null ? null : toIso(attributed.first),
    lastAttributed: attributed === null ? null : toIso(attributed.last),
    benignSyncedFolders: overall.benignSyncs.get(mailbox) ?? 0,
    receivedAfterLastAttributed: isContained ? (overall.received.get(mailbox) ?? 0) : null,
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
  const malicious = counts.get(SESSION_JUDGED.malicious) ?? 0;
  const benign = counts.get(SESSION_JUDGED.benign) ?? 0;
  const mixed = counts.get(SESSION_JUDGED.mixed) ?? 0;
  return { malicious, benign, mixed, undecided: total - malicious - benign - mixed };
};

/** Presumed messages with an id that came after the last access attributed so far, by mailbox. */
const receivedAfter = (
  db: DatabaseSync,
  mailboxes: readonly MailboxRow[],
  { presumed, state }: ExposureGrounds,
): ReadonlyMap<number, number> => {
  const rows = db.prepare(`SELECT t.received AS received FROM messages m ${CLASS_JOINS}
    JOIN traces t ON t.message_id = ${TRACE_KEY}
    WHERE m.mailbox = ? AND m.message_id IS NOT NULL AND m.traced = 1 AND t.received IS NOT NULL
      AND ${CLASS_SQL} = ${EXPOSURE_CLASSES.indexOf('presumed')}`);
  const counts = mailboxes.flatMap(({ mailbox }): [number, number][] => {
    const attributed = presumed.attributed(mailbox);
    if (attributed === null || containmentOf(state, presumed.name(mailbox)) === null) return [];
    let later = 0;
    for (const { received } of rows.iterate(mailbox))
      if (Date.parse(received as string) > attributed.last) later += 1;
    return [[mailbox, later]];
  });
  return new Map(counts);
};

const contestedMessages = (db: DatabaseSync, scope: MailboxScope): number =>
  Number(
    db
      .prepare(
        `SELECT count(*) AS messages FROM message_facts
        WHERE identified = 1 AND facts & ${FACT.contested} AND NOT facts & ${FACT.malicious}
          ${within('mailbox', scope)}`,
      )
      .get()?.['messages'],
  );

const byRule = (db: DatabaseSync, scope: MailboxScope): number =>
  Number(
    db
      .prepare(
        `SELECT total(by_rule) AS records FROM judged WHERE verdict = ${JUDGED.malicious}${within('mailbox', scope)}`,
      )
      .get()?.['records'],
  );

const headlineOf = (mailboxes: readonly MailboxExposure[]): Headline => {
  const open = mailboxes.filter((mailbox) => mailbox.open > 0);
  const isMalicious = ({ lastAttributed }: MailboxExposure): boolean => lastAttributed !== null;
  return {
    maliciousMailboxes: mailboxes.filter(isMalicious).length,
    logMissingMailboxes: mailboxes.filter(({ gaps }) => gaps.some(presumesAll)).length,
    notJudged: {
      messages: open.reduce((sum, mailbox) => sum + mailbox.open, 0),
      mailboxes: open.length,
      others: open.filter((mailbox) => !isMalicious(mailbox)).length,
    },
  };
};

/**
 * The exposure so far, of all mailboxes or of some; `Judgement` must be applied. Rows of files and
 * fetches are counted over the whole case. Leaves presumed_whole filled for message queries.
 */
export const summarise = (
  db: DatabaseSync,
  grounds: ExposureGrounds,
  scope: MailboxScope = null,
): Summary => {
  const { facts, presumed, state, caseFile } = grounds;
  presumed.fill();
  const rows = mailboxRows(db, scope);
  const counts = classCounts(db, facts.totals);
  const inScope = rows.flatMap(({ mailbox }) => counts.get(mailbox) ?? []);
  const overall: Overall = {
    counts,
    copied: bulkCopied(db, facts.bulkCopies),
    benignSyncs: benignSyncs(db),
    received: receivedAfter(db, rows, grounds),
  };
  const mailboxes = rows.map((row) => exposureOf(db, grounds, overall, row));
  const { senders, recipients, outside } = correspondentsOf(exposedMail(db, scope), ownDomains(db));
  const messages = inScope.reduce((sum, one) => addCounts(sum, one.identified), NO_MESSAGES);
  const unidentified = inScope.reduce((sum, one) => addCounts(sum, one.unidentified), NO_MESSAGES);
  const missing = missingItems(db, 'malicious', scope);
  return {
    headline: headlineOf(mailboxes),
    recorded: messages.confirmed,
    namedNotBenign: notBenign(messages),
    beyond: beyondCounts({
      mailboxes,
      sources: caseFile.sources,
      fetches: caseFile.fetches,
      missing: missingItems(db, 'notBenign', scope),
      withoutId: notBenign(unidentified),
      itemless: facts.itemlessSources,
    }),
    outsideWindow: outsideWindow(db, state, scope),
    byRule: { records: byRule(db, scope) },
    sessions: sessionCounts(db, facts.sessions, scope),
    messages,
    unidentified,
    contested: contestedMessages(db, scope),
    itemsMissing: missing.records,
    itemsNamed: missing.named,
    itemsDeclared: missing.declared,
    mailboxes,
    correspondents: { senders, recipients, outside },
    trace: scope === null ? facts.trace : traceCounts(db, 'all', scope),
    exposedTrace: traceCounts(db, 'exposed', scope),
  };
};
