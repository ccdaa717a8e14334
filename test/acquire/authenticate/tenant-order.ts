/** What a sign-in to a small tenant is ordered with, and what it was told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ConnectOrder } from '../../../source/acquire/authenticate/connect-tenant.ts';
import type { AuthenticationNotice } from '../../../source/tenant/authenticate/authority-wire.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import { type Answering, CLIENT_ID, smallTenant, TENANT_ID } from '../../tenant/small-tenant.ts';

export const orderFor = async (t: TestContext, answering: Answering) => {
  const tenant = await smallTenant(t, answering);
  const folder = mkdtempSync(join(tmpdir(), 'mia-tenant-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cloud = join(folder, 'cloud.json');
  const { origin } = tenant;
  const management = origin.replace('127.0.0.1', 'localhost');
  const hosts = { authority: origin, graph: origin, management };
  writeFileSync(cloud, JSON.stringify({ name: 'small', ...hosts }));
  const notices: AuthenticationNotice[] = [];
  const order: ConnectOrder = {
    folder: join(folder, 'case'),
    flags: NO_AUTHENTICATION_FLAGS,
    variables: { MIA_CLOUD: cloud, MIA_TENANT: TENANT_ID, MIA_CLIENT_ID: CLIENT_ID },
    remember: false,
    anew: false,
    signal: new AbortController().signal,
    onNotice: (notice) => notices.push(notice),
    askHidden: null,
  };
  const withVariables = (more: Record<string, string>) => ({ ...order.variables, ...more });
  return { ...tenant, order, notices, withVariables };
};
