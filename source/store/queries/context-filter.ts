import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { rangeHolds, readAddressRange } from '../../domain/address-range.ts';
import type { CaseFilter } from '../../domain/case-filter.ts';
import { Problem } from '../../domain/problem.ts';
import { toMs } from '../records/record-time.ts';
import { JUDGED } from './judgement.ts';

/** A condition on contexts `c` with mailbox `mb` and owner `o` (left) joined, and its values. */
export interface ContextCondition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

export const CONTEXT_JOINS = `JOIN mailboxes mb ON mb.mailbox = c.mailbox
  LEFT JOIN owners o ON o.owner = mb.owner LEFT JOIN judged j ON j.context = c.context`;

/** LIKE with the wildcards of the text itself taken literally. */
const partOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** The addresses of the case inside a range: there are far fewer addresses than contexts. */
const addressesIn = (db: DatabaseSync, ip: string): readonly string[] => {
  const range = readAddressRange(ip);
  if ('problem' in range)
    throw new Problem(range.problem, 'Give an address, or a range such as 203.0.113.0/24.');
  return db
    .prepare('SELECT DISTINCT address FROM contexts WHERE address IS NOT NULL')
    .all()
    .map((row) => row['address'] as string)
    .filter((address) => rangeHolds(range, address));
};

/** A whole name where there is an @ in it, else a part of one: conditions on actor and on owner. */
const userTerms = (
  user: string,
): { readonly actor: string; readonly name: string; readonly values: readonly string[] } =>
  user.includes('@')
    ? { actor: 'c.actor = ?', name: 'name = ?', values: [user.toLowerCase()] }
    : {
        actor: `c.actor LIKE ? ESCAPE '\\'`,
        name: `name LIKE ? ESCAPE '\\'`,
        values: [partOf(user)],
      };

/** Owners get renamed: mailboxes of which older records name an owner that the newest does not. */
const mailboxesOnceOf = (
  db: DatabaseSync,
  name: string,
  wanted: readonly string[],
): readonly number[] => {
  const former = db
    .prepare(
      `SELECT owner FROM owners WHERE ${name} AND owner NOT IN (SELECT owner FROM mailboxes WHERE owner IS NOT NULL)`,
    )
    .all(...wanted)
    .map((row) => Number(row['owner']));
  if (former.length === 0) return [];
  return db
    .prepare(
      `SELECT DISTINCT c.mailbox FROM records r JOIN contexts c ON c.context = r.context
      WHERE r.owner IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(former))
    .map((row) => Number(row['mailbox']));
};

const VERDICT_WHERE = {
  malicious: `j.verdict = ${JUDGED.malicious}`,
  benign: `j.verdict = ${JUDGED.benign}`,
  undecided: `coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.open}`,
  mixed: 'c.session IN (SELECT session FROM session_verdicts WHERE verdict = 3)',
} as const;

/**
 * The contexts that match all of a filter (`contract.md`: sessions with at least one of them are
 * listed, messages are what they accessed). Class is not a matter of contexts and is left out.
 * @throws Problem for an address range that is none.
 */
export const contextCondition = (db: DatabaseSync, filter: CaseFilter): ContextCondition => {
  const terms: string[] = [];
  const values: SQLInputValue[] = [];
  if (filter.user !== undefined) {
    const { actor, name, values: wanted } = userTerms(filter.user.trim());
    const renamed = mailboxesOnceOf(db, name, wanted);
    terms.push(`(${actor} OR o.${name} OR c.mailbox IN (SELECT value FROM json_each(?)))`);
    values.push(...wanted, ...wanted, JSON.stringify(renamed));
  }
  if (filter.ip !== undefined) {
    terms.push('c.address IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(addressesIn(db, filter.ip)));
  }
  if (filter.client !== undefined) {
    terms.push(`c.client LIKE ? ESCAPE '\\'`);
    values.push(partOf(filter.client));
  }
  if (filter.since !== undefined || filter.until !== undefined) {
    terms.push(
      `EXISTS (SELECT 1 FROM records t WHERE t.context = c.context AND t.time >= ? AND t.time < ?)`,
    );
    values.push(
      filter.since === undefined ? -8.64e15 : toMs(filter.since),
      filter.until === undefined ? 8.64e15 : toMs(filter.until),
    );
  }
  if (filter.verdict !== undefined) terms.push(VERDICT_WHERE[filter.verdict]);
  return { where: terms.length === 0 ? 'TRUE' : terms.join(' AND '), values };
};
