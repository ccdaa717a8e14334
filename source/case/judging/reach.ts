import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import type { Context } from '../../domain/sessions/session.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { CONTEXT_JOINS, contextCondition } from '../../store/queries/context-filter.ts';
import type { AddressReach } from '../case-service.ts';

/** The contexts that match a filter now, by first time and key. @throws Problem for a range that is none. */
export const contextsMatching = (open: CaseStore, filter: CaseFilter): AddressReach['contexts'] => {
  const { where, values } = contextCondition(open.db, filter);
  const rows = open.sessionRows();
  return open.db
    .prepare(`SELECT c.key FROM contexts c ${CONTEXT_JOINS} WHERE ${where} ORDER BY c.first, c.key`)
    .all(...values)
    .map((row) => rows.context(row['key'] as string))
    .filter((context): context is Context => context !== null)
    .map((context) => ({
      key: context.key,
      records: context.records,
      digest: context.digest,
      session: context.session,
      verdict: context.verdict,
      service: isServiceAddress(context.address),
    }));
};

/** Whether any context matches. */
export const matchesAny = (open: CaseStore, filter: CaseFilter): boolean => {
  const { where, values } = contextCondition(open.db, filter);
  const found = open.db
    .prepare(`SELECT 1 FROM contexts c ${CONTEXT_JOINS} WHERE ${where} LIMIT 1`)
    .get(...values);
  return found !== undefined;
};

/** The contexts of an address or a range that exist now. @throws Problem for a range that is none. */
export const reachOf = (open: CaseStore, address: string): AddressReach => {
  const filter = { addresses: [address] };
  const { where, values } = contextCondition(open.db, filter);
  const contexts = contextsMatching(open, filter);
  const messages = open.db
    .prepare(
      `SELECT count(DISTINCT a.message) AS messages FROM contexts c ${CONTEXT_JOINS}
      JOIN accesses a ON a.context = c.context WHERE ${where}`,
    )
    .get(...values);
  return {
    address,
    service: contexts.some((context) => context.service),
    contexts,
    sessions: new Set(contexts.map((context) => context.session)).size,
    messages: Number(messages?.['messages']),
  };
};
