import type { Scope } from '../../domain/exposure/scope.ts';

/** `scope` of `mia.summary/2` and `mia.exposure/2`; null: the whole case. */
export const scopeJson = (scope: Scope | null) =>
  scope === null
    ? null
    : {
        mailboxes: scope.mailboxes.map(({ guid, owner }) => ({ guid, owner })),
        caseMailboxes: scope.caseMailboxes,
      };
