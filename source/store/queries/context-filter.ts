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
    const user = filter.user.trim();
    if (user.includes('@')) {
      terms.push('(c.actor = ? OR o.name = ?)');
      values.push(user.toLowerCase(), user.toLowerCase());
    } else {
      terms.push(`(c.actor LIKE ? ESCAPE '\\' OR o.name LIKE ? ESCAPE '\\')`);
      values.push(partOf(user), partOf(user));
    }
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
