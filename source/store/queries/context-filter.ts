import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { rangeHolds, readAddressRange } from '../../domain/addresses/address-range.ts';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { Problem } from '../../domain/problem.ts';
import { toMs } from '../records/record-time.ts';
import { JUDGED, SESSION_JUDGED } from './verdict-codes.ts';
import { mailboxesNamed, mailboxesOnceOf } from './mailboxes.ts';

/** A condition on contexts `c` with mailbox `mb` and owner `o` (left) joined, and its values. */
export interface ContextCondition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

export const CONTEXT_JOINS = `JOIN mailboxes mb ON mb.mailbox = c.mailbox
  LEFT JOIN owners o ON o.owner = mb.owner LEFT JOIN judged j ON j.context = c.context`;

/** Contexts of these sessions, and these contexts (`contract.md`, KEY). */
export const keysTerm = (keys: readonly string[]): ContextCondition => ({
  where: `(c.session IN (SELECT s.session FROM sessions s WHERE s.key IN (SELECT value FROM json_each(?)))
    OR c.key IN (SELECT value FROM json_each(?)))`,
  values: [JSON.stringify(keys), JSON.stringify(keys)],
});

/** LIKE with the wildcards of the text itself taken literally. */
const partOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** The addresses of the case that are one of these or in one of these networks: far fewer than contexts. */
const addressesIn = (db: DatabaseSync, wanted: readonly string[]): readonly string[] => {
  const known = db
    .prepare('SELECT DISTINCT address FROM contexts WHERE address IS NOT NULL')
    .all()
    .map((row) => row['address'] as string);
  return wanted.flatMap((typed) => {
    if (known.includes(typed)) return [typed];
    const range = readAddressRange(typed);
    if ('problem' in range)
      throw new Problem(range.problem, 'Give an address, or a range such as 203.0.113.0/24.');
    return known.filter((address) => rangeHolds(range, address));
  });
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

const VERDICT_WHERE = {
  malicious: `j.verdict = ${JUDGED.malicious}`,
  benign: `j.verdict = ${JUDGED.benign}`,
  undecided: `coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.open}`,
  mixed: `c.session IN (SELECT session FROM session_verdicts WHERE verdict = ${SESSION_JUDGED.mixed})`,
} as const;

const userTerm = (db: DatabaseSync, user: string): ContextCondition => {
  const { actor, name, values } = userTerms(user.trim());
  const renamed = mailboxesOnceOf(db, name, values);
  return {
    where: `(${actor} OR o.${name} OR c.mailbox IN (SELECT value FROM json_each(?)))`,
    values: [...values, ...values, JSON.stringify(renamed)],
  };
};

/** One of several. */
const anyOf = (terms: readonly ContextCondition[]): ContextCondition => ({
  where: `(${terms.map(({ where }) => where).join(' OR ')})`,
  values: terms.flatMap(({ values }) => values),
});

const whoTerms = (db: DatabaseSync, filter: CaseFilter): readonly ContextCondition[] => {
  const { keys, users, mailboxes } = filter;
  const terms: ContextCondition[] = [];
  if (keys !== undefined) terms.push(keysTerm(keys));
  if (users !== undefined) terms.push(anyOf(users.map((user) => userTerm(db, user))));
  if (mailboxes !== undefined)
    terms.push({
      where: 'c.mailbox IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(mailboxes.flatMap((name) => mailboxesNamed(db, name)))],
    });
  return terms;
};

const whatTerms = (db: DatabaseSync, filter: CaseFilter): readonly ContextCondition[] => {
  const { addresses, apps, clients, since, until, verdict } = filter;
  const terms: ContextCondition[] = [];
  if (addresses !== undefined)
    terms.push({
      where: 'c.address IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(addressesIn(db, addresses))],
    });
  if (apps !== undefined)
    terms.push({
      where: `(c.app_id IN (SELECT value FROM json_each(?))
        OR c.client_app_id IN (SELECT value FROM json_each(?)))`,
      values: [JSON.stringify(apps), JSON.stringify(apps)],
    });
  if (clients !== undefined)
    terms.push(
      anyOf(
        clients.map((part) => ({
          where: `c.client LIKE ? ESCAPE '\\'`,
          values: [partOf(part)],
        })),
      ),
    );
  if (since !== undefined || until !== undefined)
    terms.push({
      where: `EXISTS (SELECT 1 FROM records t WHERE t.context = c.context AND t.time >= ? AND t.time < ?)`,
      values: [
        since === undefined ? -8.64e15 : toMs(since),
        until === undefined ? 8.64e15 : toMs(until),
      ],
    });
  if (verdict !== undefined) terms.push({ where: VERDICT_WHERE[verdict], values: [] });
  return terms;
};

/**
 * The contexts that match all of a filter (`contract.md`: sessions with at least one of them are
 * listed, messages are what they accessed). Class is not a matter of contexts and is left out.
 * @throws Problem for an address range that is none.
 */
export const contextCondition = (db: DatabaseSync, filter: CaseFilter): ContextCondition => {
  const terms = [...whoTerms(db, filter), ...whatTerms(db, filter)];
  return {
    where: terms.length === 0 ? 'TRUE' : terms.map(({ where }) => where).join(' AND '),
    values: terms.flatMap(({ values }) => values),
  };
};
