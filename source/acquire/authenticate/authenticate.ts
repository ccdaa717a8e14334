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
import {
  type AuthenticationFlags,
  NO_AUTHENTICATION_FLAGS,
  statedAuthentication,
} from '../../tenant/authenticate/settings.ts';
import type { JsonObject } from '../../domain/json.ts';
import { connectTenant, type TenantOrder } from './connect-tenant.ts';
import { endingEvents } from '../task/run-task.ts';
import type { TaskEnd } from '../task/task-events.ts';

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

export type AuthenticationEvent =
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'signed-in'; readonly account: TenantAccount; readonly tenantId: string }
  | { readonly event: 'waiting'; readonly wait: Wait }
  | TaskEnd<{ readonly report: AuthenticationReport }>;

/** `mia sign-in`: ends in exactly one of finished, cancelled, failed. Leaving early cancels it. */
export const authenticate = (order: TenantOrder): AsyncGenerator<AuthenticationEvent> =>
  endingEvents<AuthenticationEvent>(
    order.signal,
    async (signal, emit) => {
      const { client, settings, clock, remembered, notedInCase } = await connectTenant({
        ...order,
        signal,
        onNotice: (notice) => emit({ event: 'notice', notice }),
      });
      const { account, tenantId, permissions, clientId } = client;
      emit({ event: 'signed-in', account, tenantId });
      const onWait = (wait: Wait): void => emit({ event: 'waiting', wait });
      const abilities = await findAbilities({ client, clock, signal, onWait });
      const { tenant, method, cloud } = settings;
      const who = { cloud: cloud.name, tenant, tenantId, account, clientId, method, permissions };
      return { event: 'finished', report: { ...who, abilities, remembered, notedInCase } };
    },
    (end) => end,
  );

/** `mia sign-out`: forgets what is remembered, of one tenant or application where they are given. */
export const forgetAuthentications = (
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

/** What environment and case say of how to sign in, unchecked. `settings`: of case.json. */
export const authenticationStated = (
  variables: Variables,
  settings: JsonObject,
): Omit<AuthenticationFlags, 'cloud'> =>
  statedAuthentication(NO_AUTHENTICATION_FLAGS, variables, settings);
