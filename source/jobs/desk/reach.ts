import { isServiceAddress } from '../../domain/service-address.ts';
import type { Context } from '../../domain/session.ts';
import type { OpenCase } from '../../store/open-case.ts';
import { CONTEXT_JOINS, contextCondition } from '../../store/queries/context-filter.ts';
import type { AddressReach } from '../case-service.ts';

/** The contexts of an address or a range that exist now. @throws Problem for a range that is none. */
export const reachOf = (open: OpenCase, address: string): AddressReach => {
  const { where, values } = contextCondition(open.db, { ip: address });
  const rows = open.sessionRows();
  const contexts = open.db
    .prepare(`SELECT c.key FROM contexts c ${CONTEXT_JOINS} WHERE ${where} ORDER BY c.first, c.key`)
    .all(...values)
    .map((row) => rows.context(row['key'] as string))
    .filter((context): context is Context => context !== null);
  const messages = open.db
    .prepare(
      `SELECT count(DISTINCT a.message) AS messages FROM contexts c ${CONTEXT_JOINS}
      JOIN accesses a ON a.context = c.context WHERE ${where}`,
    )
    .get(...values);
  return {
    address,
    service: contexts.some((context) => isServiceAddress(context.address)),
    contexts: contexts.map((context) => ({
      key: context.key,
      records: context.records,
      digest: context.digest,
      session: context.session,
      verdict: context.verdict,
      service: isServiceAddress(context.address),
    })),
    sessions: new Set(contexts.map((context) => context.session)).size,
    messages: Number(messages?.['messages']),
  };
};
