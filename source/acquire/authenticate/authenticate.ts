import { type AbilityReport, findAbilities } from '../../tenant/permitted.ts';
import type { TenantAccount } from '../../tenant/client.ts';
import type { Wait } from '../../tenant/http/waiting.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';
import {
  forget,
  type RememberedAuthentication,
  stateFolder,
} from '../../tenant/authenticate/remembered.ts';
import type { Variables } from '../../tenant/http/proxy.ts';
import { connectTenant, type TenantOrder } from './connect-tenant.ts';
import { endingEvents } from '../task/run-task.ts';

/** Who is signed in where, and what will work. */
export interface AuthenticationReport {
  readonly cloud: string;
  /** As it was named. */
  readonly tenant: string;
  readonly tenantId: string;
  readonly account: TenantAccount;
  readonly clientId: string;
  readonly method: string;
  /** null: the token does not say. */
  readonly permissions: readonly string[] | null;
  readonly abilities: readonly AbilityReport[];
  readonly remembered: boolean;
  readonly notedInCase: boolean;
}

export type SignInEvent =
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'signed-in'; readonly account: TenantAccount; readonly tenantId: string }
  | { readonly event: 'waiting'; readonly wait: Wait }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished'; readonly report: AuthenticationReport }
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };

type AuthenticationOrder = Omit<TenantOrder, 'onNotice'>;

const signedIn = async (
  order: AuthenticationOrder,
  emit: (event: SignInEvent) => void,
): Promise<SignInEvent> => {
  const { client, settings, clock, remembered, notedInCase } = await connectTenant({
    ...order,
    onNotice: (notice) => emit({ event: 'notice', notice }),
  });
  const { account, tenantId, permissions, clientId } = client;
  emit({ event: 'signed-in', account, tenantId });
  const abilities = await findAbilities({
    client,
    clock,
    signal: order.signal,
    onWait: (wait) => emit({ event: 'waiting', wait }),
  });
  const { tenant, method, cloud } = settings;
  const who = { cloud: cloud.name, tenant, tenantId, account, clientId, method, permissions };
  return { event: 'finished', report: { ...who, abilities, remembered, notedInCase } };
};

/** `mia sign-in`: ends in exactly one of finished, cancelled, failed. Leaving early cancels it. */
export const signIn = (order: AuthenticationOrder): AsyncGenerator<SignInEvent> =>
  endingEvents<SignInEvent>(
    order.signal,
    (signal, emit) => signedIn({ ...order, signal }, emit),
    (end) => end,
  );

/** `mia sign-out`: forgets what is remembered, of one tenant or application where they are given. */
export const signOut = (
  variables: Variables,
  which: { readonly tenant: string | null; readonly clientId: string | null },
): readonly RememberedAuthentication[] => {
  const is = (stated: string | null, value: string): boolean =>
    stated === null || stated.toLowerCase() === value;
  return forget(
    stateFolder(variables, process.platform),
    ({ tenant, clientId }) => is(which.tenant, tenant) && is(which.clientId, clientId),
  );
};
