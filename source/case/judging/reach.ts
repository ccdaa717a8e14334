import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import type { Context, Verdict } from '../../domain/sessions/session.ts';
import type { ContextNote } from '../../domain/verdicts/decision.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { contextsMatching, messagesMatching } from '../../store/queries/asked-contexts.ts';

/** All contexts seen from one address, for `A` and "same address: 3 more open contexts". */
export interface AddressReach {
  readonly address: string;
  /** One of the service's own addresses: behind REST a proxy, not the actor. */
  readonly service: boolean;
  readonly contexts: readonly (ContextNote & {
    readonly session: string;
    readonly verdict: Verdict | null;
    /** Its address is one of the service's own: only marked when asked for outright. */
    readonly service: boolean;
  })[];
  readonly sessions: number;
  readonly messages: number;
}

/** The contexts that match a filter now, by first time and key. @throws Problem for a range that is none. */
export const matchingContexts = (
  store: CaseStore,
  filter: CaseFilter,
): AddressReach['contexts'] => {
  const rows = store.sessionRows();
  return contextsMatching(store.db, filter)
    .map((key) => rows.context(key))
    .filter((context): context is Context => context !== null)
    .map(({ key, records, digest, session, verdict, address }) => ({
      ...{ key, records, digest, session, verdict },
      service: isServiceAddress(address),
    }));
};

/** The contexts of an address or a range that exist now. @throws Problem for a range that is none. */
export const reachOf = (store: CaseStore, address: string): AddressReach => {
  const filter = { addresses: [address] };
  const contexts = matchingContexts(store, filter);
  return {
    address,
    service: contexts.some((context) => context.service),
    contexts,
    sessions: new Set(contexts.map((context) => context.session)).size,
    messages: messagesMatching(store.db, filter),
  };
};
