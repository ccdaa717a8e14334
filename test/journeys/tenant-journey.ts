/** The console on a case of its own, before a pretend tenant on loopback. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startTenant, type Tenant } from '../simulator/start-tenant.ts';
import { CLIENT_ID, type TenantOptions } from '../simulator/tenant-options.ts';
import { temporaryFolder } from '../import/temporary-case.ts';
import { type Journey, openJourney } from './journey.ts';

export interface TenantJourney {
  readonly mia: Journey;
  readonly tenant: Tenant;
  /** Each frame that was drawn, while a test listens. */
  readonly frames: string[];
  /** The same case in a console started anew. */
  readonly reopen: () => Promise<Journey>;
}

/** `stated`: tenant and application are named in the environment already. */
export const tenantJourney = async (
  t: TestContext,
  options: TenantOptions = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<TenantJourney> => {
  const tenant = await startTenant({
    seed: 7,
    rows: 150,
    ...options,
    // Seconds between two looks whether somebody has signed in.
    auth: { interval: 0.02, approveAtPoll: null, ...options.auth },
    audit: { minutes: 0, ...options.audit },
  });
  t.after(() => tenant.stop());
  const cloud = join(temporaryFolder(t), 'cloud.json');
  writeFileSync(cloud, JSON.stringify(tenant.cloud));
  const known = { MIA_CLOUD: cloud, MIA_TENANT: tenant.tenantId, MIA_CLIENT_ID: CLIENT_ID };
  const environment = { ...known, ...variables };
  const mia = await openJourney(t, undefined, [], environment);
  const frames: string[] = [];
  mia.console.subscribe(() => frames.push(mia.frame()));
  return {
    mia,
    tenant,
    frames,
    reopen: () => openJourney(t, { folder: mia.folder, evidence: mia.evidence }, [], environment),
  };
};

/** The whole tenant, over the period that is offered. */
export const beginFetch = async ({ mia }: TenantJourney, ...more: string[]): Promise<void> => {
  await mia.press('f', 'ctrl-u', 'enter');
  for (const key of ['enter', ...more]) mia.console.press(key);
};
