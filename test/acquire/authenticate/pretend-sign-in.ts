/** How a job of ours signs in to the pretend tenant, and lives on its clock. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../source/tenant/http/clock.ts';
import type { Tenant } from '../../simulator/start-tenant.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../simulator/tenant-options.ts';

/** Its sleepers move the tenant's time, and wake at once. */
export const clockOf = ({ clock }: Tenant): Clock => ({
  now: clock.now,
  random: () => 0.5,
  after: systemClock.after,
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    clock.advance(milliseconds);
  },
});

/** Of the environment, to sign in to it as an application; the cloud's file is put into `folder`. */
export const variablesFor = (tenant: Tenant, folder: string): Record<string, string> => {
  const cloud = join(folder, 'cloud.json');
  writeFileSync(cloud, JSON.stringify(tenant.cloud));
  return {
    MIA_CLOUD: cloud,
    MIA_TENANT: tenant.tenantId,
    MIA_CLIENT_ID: CLIENT_ID,
    MIA_METHOD: 'client-secret',
    MIA_CLIENT_SECRET: CLIENT_SECRET,
  };
};
