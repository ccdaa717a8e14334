import { Problem } from '../domain/problem.ts';
import type { AskOptions, AuditRoot, TenantClient } from './client.ts';
import { TenantRefusal } from './http/refusal.ts';

/** Answers of a tenant where audit search is not under this root: a 404, or a 400 by its text alone. */
const isElsewhere = (refusal: TenantRefusal): boolean =>
  refusal.kind === 'not-found' ||
  (refusal.kind === 'request' && /resource not found for the segment/i.test(refusal.said ?? ''));

/** Asks v1.0 first, then beta (`tenant.md` 1.1). Problem: neither has it. */
export const findAuditRoot = async (
  get: TenantClient['get'],
  options: Omit<AskOptions, 'bucket'>,
): Promise<AuditRoot> => {
  for (const root of ['v1.0', 'beta'] as const)
    try {
      await get(`/${root}/security/auditLog/queries`, { ...options, bucket: 'audit-poll' });
      return root;
    } catch (error) {
      if (!(error instanceof TenantRefusal) || !isElsewhere(error)) throw error;
    }
  throw new Problem(
    'This tenant has no audit search, neither in v1.0 nor in beta.',
    'Export the audit log in the Purview portal and import the file.',
  );
};
