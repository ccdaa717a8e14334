import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { fetchDocumentSchema } from '../../source/exports/documents/fetch.ts';
import { sessionsSchema } from '../../source/exports/documents/session.ts';
import { assertValid } from '../exports/validator.ts';
import { importInto, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind, INTRUDER } from '../case/made-records.ts';
import {
  accessToken,
  type Asked,
  CLIENT_ID,
  SECRET,
  smallTenant,
  TENANT_ID,
} from '../tenant/small-tenant.ts';
import { runMia } from './run-mia.ts';

const SESSION = '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c01';
const HOUR = 3_600_000;

const entry = (at: string, over: object) => ({
  id: '1974d0bc-dc52-44ab-852e-1b61b7358000',
  createdDateTime: at,
  userPrincipalName: 'vera@contoso.example',
  appId: CLIENT_ID,
  appDisplayName: '=cmd|calc\u001b[2J',
  ipAddress: INTRUDER,
  isInteractive: true,
  signInEventTypes: ['interactiveUser'],
  authenticationProtocol: 'deviceCode',
  autonomousSystemNumber: 64500,
  riskLevelDuringSignIn: 'high',
  status: { errorCode: 0 },
  location: { city: 'Lagos', countryOrRegion: 'NG' },
  sessionId: SESSION.toUpperCase(),
  ...over,
});

/** A case of yesterday, and a tenant with one sign-in of an hour before it. */
const worldOf = async (t: TestContext) => {
  const now = Date.now();
  const iso = (ago: number): string => new Date(now - ago * HOUR).toISOString().slice(0, 19);
  const files = temporaryFolder(t);
  const folder = join(files, 'case');
  const records = [
    bind({ id: 1, session: SESSION, address: INTRUDER, at: iso(24) }),
    bind({ id: 2, session: 'of-the-system', at: iso(24), over: { UserId: 'S-1-5-18' } }),
  ];
  await importInto(folder, [writeLines(files, 'audit.jsonl', records)]);
  const tenant = await smallTenant(t, ({ path, query }: Asked) => {
    if (path.endsWith('/oauth2/v2.0/token')) {
      const roles = ['AuditLog.Read.All', 'Directory.Read.All'];
      const token = accessToken({ roles });
      return { body: { token_type: 'Bearer', expires_in: 3600, access_token: token } };
    }
    const asked = (query.get('$filter') ?? '').includes("'interactiveUser'");
    return { body: { value: asked ? [entry(`${iso(25)}Z`, {})] : [] } };
  });
  const cloud = join(files, 'cloud.json');
  const hosts = { authority: tenant.origin, graph: tenant.origin, management: tenant.origin };
  writeFileSync(cloud, JSON.stringify({ name: 'small', ...hosts }));
  const variables = {
    MIA_CLOUD: cloud,
    MIA_TENANT: TENANT_ID,
    MIA_CLIENT_ID: CLIENT_ID,
    MIA_METHOD: 'client-secret',
    MIA_CLIENT_SECRET: SECRET,
  };
  const mia = (...argv: readonly string[]) =>
    runMia(argv, { caseFolder: folder, variables, now: () => new Date(now).toISOString() });
  return { mia, asked: tenant.asked };
};

test('mia fetch --sign-ins: whoever acted is asked for, and lists and exports say what opened a session', async (t) => {
  const { mia, asked } = await worldOf(t);
  const fetched = await mia('fetch', '--sign-ins', '--json');
  assert.equal(fetched.code, 0, fetched.stderr);
  const document = JSON.parse(fetched.stdout);
  assertValid(fetchDocumentSchema, document);
  assert.match(fetched.stderr, /Not asked for, .*: s-1-5-18\./);
  const [fetch] = document.fetches;
  assert.deepEqual(
    [fetch.api, fetch.outcome, fetch.records],
    ['signIns', 'nothingKnownMissing', 1],
  );
  assert.deepEqual(fetch.asked.users, ['vera@contoso.example']);
  assert.equal(document.sources[0].kind, 'signIns');
  const graph = asked.filter(({ path }) => path.includes('signIns'));
  assert.ok(graph.every(({ method }) => method === 'GET'));
  const listed = JSON.parse((await mia('sessions', '--json')).stdout);
  assertValid(sessionsSchema, listed);
  const opened = listed.sessions.find(
    ({ sessionId }: { sessionId: string }) => sessionId === SESSION,
  );
  const [signIn] = opened.signIns;
  assert.deepEqual(
    [
      signIn.joinedBy,
      signIn.certain,
      signIn.deviceCode,
      signIn.risk,
      signIn.country,
      signIn.network,
    ],
    ['sessionId', true, true, 'high', 'NG', 64500],
  );
  assert.match((await mia('sessions')).stdout, /\bR\s*$/m);
  await mia('mark', SESSION, '--malicious', '--because', 'test');
  const exported = JSON.parse((await mia('export')).stdout);
  assertValid(exposureSchema, exported);
  assert.deepEqual(exported.sessions[0].signIns, opened.signIns);
  const sheet = (await mia('export', '--format', 'csv', '--sheet', 'sessions')).stdout;
  assert.match(sheet, /,1,true,sessionId,\S+Z,'=cmd\|calc\\u001b\[2J,/);
  assert.match(sheet, /deviceCode,"Lagos, NG",AS64500,high,0\r\n/);
  assert.match((await mia('summary')).stdout, /sign-in rows\s+1 of 1 accepted/);
  assert.ok(!JSON.stringify([fetched, exported, sheet]).includes(SECRET));
});

test('asking for records again is not asking for sign-ins again', async (t) => {
  const { mia } = await worldOf(t);
  await mia('fetch', '--sign-ins', '--user', 'Vera@contoso.example');
  const records = await mia('fetch', '--again');
  assert.equal(records.code, 1);
  assert.match(records.stderr, /no fetch of records that ended/);
  const again = await mia('fetch', '--again', '--sign-ins', '--json');
  assert.equal(again.code, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout).fetches[0].newRecords, 0);
});

test('what the sign-in log cannot be asked is wrong usage; a case without sessions is told so', async (t) => {
  const { mia, asked } = await worldOf(t);
  for (const flags of [
    ['--mailbox', 'a@b.c'],
    ['--ip', '192.0.2.1'],
    ['--api', 'search'],
    ['--resume', '--user', 'a@b.c'],
  ])
    assert.equal((await mia('fetch', '--sign-ins', ...flags)).code, 2, flags.join(' '));
  const empty = join(temporaryFolder(t), 'empty');
  const nobody = await mia('fetch', '--sign-ins', '--case', empty);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /nobody whose sign-ins/);
  const future = await mia('fetch', '--sign-ins', '--user', 'a@b.c', '--from', '2999-01-01');
  assert.equal(future.code, 1);
  assert.equal(asked.length, 0, 'nobody signs in for that');
});
