import type { Invocation } from './command.ts';

/** The flags that say which tenant and how; null where not given. */
export const tenantFlags = ({ flags: { texts } }: Invocation) => ({
  tenant: texts.tenant ?? null,
  clientId: texts.clientId ?? null,
  method: texts.method ?? null,
  cloud: texts.cloud ?? null,
});
