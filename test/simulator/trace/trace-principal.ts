import { graphError } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Stage } from '../stage.ts';

/** The application that message trace acts through; tenants have it only when somebody adds it. */
export const TRACE_APP_ID = '8bd644d1-64a1-4d4b-ae52-2e0cbf64e373';

export interface TracePrincipal {
  /** null: it is there. */
  readonly refusal: () => TenantAnswer | null;
  readonly exists: () => boolean;
  readonly create: () => void;
}

export const tracePrincipal = (stage: Stage): TracePrincipal => {
  const { principal, provisioningHours } = stage.settings.trace;
  let createdAt = principal === 'present' ? Number.NEGATIVE_INFINITY : null;
  return {
    exists: () => createdAt !== null,
    create: () => {
      createdAt ??= stage.clock.now();
    },
    refusal: () => {
      if (createdAt !== null && createdAt + provisioningHours * 3_600_000 <= stage.clock.now())
        return null;
      const message = `Service principal-less Authentication failed: the service principal for App ID ${TRACE_APP_ID} was not found. Please create a service principal for this app in your tenant. Provisioning may take several hours to complete.`;
      return principal === 'missing-403'
        ? graphError(403, 'Forbidden', message)
        : graphError(401, 'Unauthorized', message);
    },
  };
};
