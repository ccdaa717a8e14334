import type { DatabaseSync } from 'node:sqlite';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import { JUDGED } from './verdict-codes.ts';

/**
 * Addresses of contexts judged malicious, without those of the service itself: behind them the
 * actor's address is unknown. Needs the tables of `judge` on this connection.
 */
export const maliciousAddresses = (db: DatabaseSync): ReadonlySet<string> => {
  const rows = db
    .prepare(
      `SELECT DISTINCT c.address FROM judged j JOIN contexts c ON c.context = j.context
      WHERE j.verdict = ? AND c.address IS NOT NULL`,
    )
    .all(JUDGED.malicious);
  const addresses = rows.map((row) => row['address'] as string);
  return new Set(addresses.filter((address) => !isServiceAddress(address)));
};
