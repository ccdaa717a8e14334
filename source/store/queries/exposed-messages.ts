import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import { type ExposedMail, organisationDomains } from '../../domain/people/correspondents.ts';
import { classMask } from '../../domain/exposure/exposure-class.ts';
import type { TraceCounts } from '../../domain/exposure/exposure.ts';
import type { Trace } from '../../domain/lookups/trace.ts';
import { LOOKUP_END } from '../records/schema.ts';
import { TRACE_KEY } from '../records/keys.ts';
import { type MailboxScope, within } from './mailboxes.ts';

/**
 * Messages that are confirmed or presumed, as message `m`: from what is exposed to the message, as
 * that is the smaller part of a case. Mailboxes have no index of their messages: those presumed whole
 * take a look at each.
 */
const EXPOSED = `FROM (SELECT message FROM message_facts WHERE facts & ${classMask('confirmed')}
    UNION SELECT message FROM folder_exposed
    UNION SELECT message FROM messages WHERE EXISTS (SELECT 1 FROM presumed_whole)
      AND mailbox IN (SELECT mailbox FROM presumed_whole)) x CROSS JOIN messages m ON m.message = x.message`;

/** Metadata of the exposed messages that have any: how many people they are from and to depends on no time. */
export function* exposedMail(db: DatabaseSync, scope: MailboxScope): Generator<ExposedMail> {
  const untimed = { class: 'presumed', firstAccess: '', lastAccess: '', intruder: null } as const;
  const rows = db.prepare(`SELECT t.text ${EXPOSED}
    CROSS JOIN traces t ON t.message_id = ${TRACE_KEY} WHERE m.traced = 1${within('m.mailbox', scope)}`);
  for (const { text } of rows.iterate()) yield { trace: storedJson(text) as Trace, ...untimed };
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
): TraceCounts => {
  const from = which === 'all' ? 'FROM messages m' : EXPOSED;
  const { olderThanTrace, notFound, failed } = LOOKUP_END;
  // In the order of `unresolvedReason`: a failure, then a draft, then how the lookup ended.
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
