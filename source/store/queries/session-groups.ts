import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import { groupKeyOf } from '../records/keys.ts';

/** Derived sessions that differ in nothing but the service's own address they came from. */
export interface SessionGroup {
  /** Short hash of the fields they share, alike on every machine. */
  readonly key: string;
  /** Their numbers; two at least. */
  readonly sessions: readonly number[];
}

const FIELDS = [
  'actor',
  'client_info',
  'app_id',
  'client_app_id',
  'logon_type',
  'device_id',
] as const;

const GROUPS = `SELECT json_group_array(s.session) AS sessions, mb.ident,
    ${FIELDS.map((field) => `c.${field}`).join(', ')}
  FROM contexts c JOIN sessions s ON s.session = c.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
  WHERE c.address IN (SELECT value FROM json_each(?)) AND s.derived = 1
  GROUP BY c.mailbox, ${FIELDS.map((field) => `c.${field}`).join(', ')} HAVING count(*) > 1`;

const serviceAddresses = (db: DatabaseSync): readonly string[] =>
  db
    .prepare('SELECT DISTINCT address FROM contexts WHERE address IS NOT NULL')
    .all()
    .map(({ address }) => address as string)
    .filter(isServiceAddress);

/**
 * An application behind the service's proxies is one derived session for each of their addresses: those
 * alike in all other fields of a context are one group.
 */
export const serviceGroups = (db: DatabaseSync): readonly SessionGroup[] => {
  const addresses = serviceAddresses(db);
  if (addresses.length < 2) return [];
  return db
    .prepare(GROUPS)
    .all(JSON.stringify(addresses))
    .map((row) => ({
      key: groupKeyOf([
        row['ident'] as string,
        ...FIELDS.map((field) => row[field] as Exclude<SQLOutputValue, bigint | Uint8Array>),
      ]),
      sessions: JSON.parse(row['sessions'] as string) as number[],
    }));
};
