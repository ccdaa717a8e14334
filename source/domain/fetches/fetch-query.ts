import type { SignInEvent } from '../sessions/sign-in.ts';
import type { TimeRange } from './fetch.ts';

/** Of Graph, under which audit search or the sign-in log answers. */
export type AuditRoot = 'v1.0' | 'beta';

/** Kinds that a query may ask for together: a user's, and each of an application's by itself (Graph, signIn). */
export type AskedEvents = SignInEvent | 'user';

/** Whose sign-ins, and of which kind: several users in one query are not documented. */
export interface SignInFilter {
  readonly by: 'signIns';
  readonly property: 'userPrincipalName' | 'userId' | 'appId';
  readonly value: string;
  readonly event: AskedEvents;
}

/** Beside the operation, one thing: the tenant joins several by "and", which would lose records. */
export type QueryFilter =
  /** Who acted, by the name in the record; misses applications and delegates. */
  | { readonly by: 'actors'; readonly names: readonly string[] }
  /**
   * Text anywhere in the record, documented for properties without an index only: that it finds
   * nothing proves nothing. owner: of a mailbox, whoever opened it · alias: the GUID of a mailbox that
   * is asked for by its owner too · address.
   */
  | {
      readonly by: 'keyword';
      readonly word: string;
      /** Not said by an older mia: owner. */
      readonly of?: 'owner' | 'alias' | 'address';
    }
  /** From where, in each spelling that is known of it: the tenant compares texts. */
  | {
      readonly by: 'addresses';
      readonly addresses: readonly string[];
      readonly spelled: readonly string[];
    }
  /** Nothing: the whole tenant. */
  | { readonly by: 'operation' }
  /** Of the sign-in log. */
  | SignInFilter;

export interface PlannedQuery extends TimeRange {
  readonly filter: QueryFilter;
}
