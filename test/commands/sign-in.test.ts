import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  accessToken,
  type Answer,
  type Answering,
  type Asked,
  CLIENT_ID,
  DEVICE_CODE,
  deviceCode,
  oauthError,
  REFRESH_TOKEN,
  SECRET,
  smallTenant,
  TENANT_ID,
  userTokens,
} from '../tenant/small-tenant.ts';
import { signInSchema, signOutSchema } from '../../source/exports/documents/authentication.ts';
import { assertValid } from '../exports/validator.ts';
import { auditLine, runMia, world } from './run-mia.ts';

const PASSPHRASE = 'correct horse battery';
const ALL =
  'AuditLogsQuery-Exchange.Read.All ExchangeMessageTrace.Read.All AuditLog.Read.All Directory.Read.All Mail.ReadBasic.Shared';

const QUERIES = /\/security\/auditLog\/queries$/;

const found = ({ method, path }: Asked): Answer => {
  if (method === 'POST' && QUERIES.test(path)) return { status: 201, body: { id: 'q1' } };
  return path.startsWith('/v1.0/') ? { body: { value: [] } } : { status: 404, body: {} };
};

/** A sign-in page on which the person always says yes, at once. */
const agreeing =
  (graph: Answering = found, scopes = ALL): Answering =>
  (asked) => {
    if (asked.path.endsWith('/devicecode')) return { body: deviceCode() };
    if (asked.path.endsWith('/token')) return { body: userTokens(asked.form, scopes) };
    return graph(asked);
  };

const appToken = (roles: readonly string[]) => ({
  body: { token_type: 'Bearer', expires_in: 3600, access_token: accessToken({ roles }) },
});

const tenantOf = async (t: TestContext, answering: Answering) => {
  const tenant = await smallTenant(t, answering);
  const { folder, file } = world(t);
  const { origin } = tenant;
  const hosts = { authority: origin, graph: origin, management: origin };
  const caseFolder = join(folder, 'case');
  const variables = {
    MIA_CLOUD: file('cloud.json', JSON.stringify({ name: 'small', ...hosts })),
    MIA_TENANT: TENANT_ID,
    MIA_CLIENT_ID: CLIENT_ID,
    XDG_STATE_HOME: join(folder, 'state'),
  };
  const mia = (argv: readonly string[], more: Record<string, string> = {}) =>
    runMia(argv, { caseFolder, variables: { ...variables, ...more } });
  const signIn = (more: Record<string, string>, ...words: readonly string[]) =>
    mia(['sign-in', ...words], more);
  return { ...tenant, folder, caseFolder, signIn, mia };
};

const abilitiesOf = (
  stdout: string,
): Readonly<
  Record<
    string,
    {
      readonly works: string;
      readonly reason: string | null;
      readonly advice: string | null;
      readonly endpoint: string | null;
    }
  >
> =>
  Object.fromEntries(
    (
      JSON.parse(stdout) as {
        abilities: {
          ability: string;
          works: string;
          reason: string | null;
          advice: string | null;
          endpoint: string | null;
        }[];
      }
    ).abilities.map((one) => [one.ability, one]),
  );

/** Every file below a folder, as text. */
const textsBelow = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

const HIDDEN = [DEVICE_CODE, REFRESH_TOKEN, SECRET, PASSPHRASE, 'nobody-may-see', 'eyJ'];
const showsNothing = (text: string): void => {
  for (const hidden of HIDDEN) assert.ok(!text.includes(hidden), `${hidden} is in ${text}`);
};

test('a device code: who is signed in, and that all will work', async (t) => {
  let polls = 0;
  const { signIn, asked, folder } = await tenantOf(t, (one) => {
    if (!one.path.endsWith('/token')) return agreeing()(one);
    polls += 1;
    return polls < 3 ? oauthError('authorization_pending', 70016) : agreeing()(one);
  });
  const { code, stdout, stderr } = await signIn({}, '--json');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /microsoft\.com\/devicelogin[\s\S]*ABCD-EFGH/);
  const document = JSON.parse(stdout) as Record<string, unknown>;
  assertValid(signInSchema, document);
  assert.deepEqual(document['account'], { kind: 'user', name: 'anna@contoso.example' });
  assert.deepEqual(document['permissions'], ALL.split(' ').sort());
  const works = Object.entries(abilitiesOf(stdout)).map(([name, one]) => [name, one.works]);
  assert.deepEqual(works, [
    ['auditSearch', 'yes'],
    ['messageTrace', 'yes'],
    ['mailbox', 'untried'],
    ['signInLog', 'yes'],
  ]);
  assert.ok(!asked.some(({ path }) => path.includes('/users/')), 'no mailbox is read to try it');
  const writes = asked.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth2/'));
  assert.deepEqual(
    writes.map(({ path }) => path),
    ['/v1.0/security/auditLog/queries'],
    'one query, to see whether it may make any',
  );
  const { filterStartDateTime: from, filterEndDateTime: to } = JSON.parse(writes[0]?.body ?? '');
  assert.equal(Date.parse(to) - Date.parse(from), 60_000, 'of one minute');
  assert.ok(asked.every(({ headers }) => headers['client-request-id'] !== undefined));
  showsNothing(stdout + stderr + textsBelow(folder));
  assert.ok(!existsSync(join(folder, 'state')), 'nothing is remembered unless asked for');
  assert.ok(!existsSync(join(folder, 'case')), 'a sign-in makes no case');
});

test('a poll that meets passing errors goes on', async (t) => {
  const replies: readonly Answer[] = [
    { status: 503, headers: { 'retry-after': '0' }, body: 'busy' },
    oauthError('authorization_pending', 70016),
    { status: 429, headers: { 'retry-after': '0' }, body: { error: 'throttled' } },
  ];
  let polls = 0;
  const { signIn } = await tenantOf(t, (one) => {
    if (!one.path.endsWith('/token')) return agreeing()(one);
    polls += 1;
    return replies[polls - 1] ?? agreeing()(one);
  });
  const { code, stderr } = await signIn({});
  assert.equal(code, 0, stderr);
  assert.equal(polls, 4);
});

test('a code that nobody ever enters is not asked about for ever', async (t) => {
  let polls = 0;
  const { signIn } = await tenantOf(t, (one) => {
    if (one.path.endsWith('/devicecode')) return { body: deviceCode({ expires_in: 10_000_000 }) };
    if (!one.path.endsWith('/token')) return agreeing()(one);
    polls += 1;
    return oauthError('authorization_pending', 70016);
  });
  const { code, stderr } = await signIn({});
  assert.equal(code, 1);
  assert.match(stderr, /not used in time/);
  assert.equal(polls, 500);
});

test('a client secret: the application itself, and the permissions it lacks by name', async (t) => {
  const { signIn, folder, asked } = await tenantOf(t, (one) =>
    one.path.endsWith('/token') ? appToken(['ExchangeMessageTrace.Read.All']) : found(one),
  );
  const { code, stdout, stderr } = await signIn({ MIA_CLIENT_SECRET: SECRET }, '--json');
  assert.equal(code, 0, stderr);
  const { auditSearch, messageTrace, mailbox, signInLog, managementActivity } = abilitiesOf(stdout);
  assert.match(
    auditSearch?.advice ?? '',
    /application permission AuditLogsQuery-Exchange\.Read\.All/,
  );
  assert.equal(messageTrace?.works, 'yes');
  assert.match(mailbox?.advice ?? '', /Mail\.ReadBasic\.All/);
  assert.match(signInLog?.advice ?? '', /AuditLog\.Read\.All and Directory\.Read\.All/);
  assert.equal(managementActivity?.works, 'no');
  assert.ok(
    !asked.some(({ path }) => path.includes('auditLog/')),
    'what is not permitted is not tried',
  );
  showsNothing(stdout + stderr + textsBelow(folder));
});

test('where v1.0 has no audit search, beta has', async (t) => {
  for (const refused of [
    { status: 404, body: { error: { code: 'UnknownError', message: '' } } },
    {
      status: 400,
      body: {
        error: { code: 'BadRequest', message: "Resource not found for the segment 'auditLog'." },
      },
    },
  ]) {
    const { signIn } = await tenantOf(
      t,
      agreeing(({ path }) =>
        path.startsWith('/v1.0/security') ? refused : { body: { id: 'q1', value: [] } },
      ),
    );
    const { auditSearch } = abilitiesOf((await signIn({}, '--json')).stdout);
    assert.equal(auditSearch?.works, 'yes');
    assert.equal(auditSearch.endpoint, '/beta/security/auditLog/queries');
  }
});

test('who may list queries and make none is told of the role, without waiting', async (t) => {
  const { signIn, asked } = await tenantOf(
    t,
    agreeing((one) =>
      one.method === 'POST'
        ? {
            status: 403,
            body: { error: { code: 'UnknownError', message: 'App dont have any permissions' } },
          }
        : found(one),
    ),
  );
  const { auditSearch, signInLog } = abilitiesOf((await signIn({}, '--json')).stdout);
  assert.equal(auditSearch?.works, 'no');
  assert.match(
    auditSearch.advice ?? '',
    /^The account needs the Exchange role View-Only Audit Logs/,
  );
  assert.equal(
    asked.filter(({ method, path }) => method === 'POST' && QUERIES.test(path)).length,
    1,
  );
  assert.match(signInLog?.reason ?? '', /v1\.0 only/);
});

test('the missing service principal of message trace is not taken for an expired token', async (t) => {
  const said =
    'Service principal-less Authentication failed: the service principal for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found.';
  for (const [status, code] of [
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
  ] as const) {
    const { signIn, asked } = await tenantOf(
      t,
      agreeing((one) =>
        one.path.includes('messageTraces')
          ? { status, body: { error: { code, message: said } } }
          : found(one),
      ),
    );
    const { messageTrace } = abilitiesOf((await signIn({}, '--json')).stdout);
    assert.equal(messageTrace?.works, 'no');
    assert.match(messageTrace.advice ?? '', /New-MgServicePrincipal -AppId 8bd644d1-/);
    assert.equal(asked.filter(({ path }) => path.includes('messageTraces')).length, 1);
    assert.equal(asked.filter(({ path }) => path.endsWith('/token')).length, 1);
  }
});

test('the own mailbox alone is not enough, and that is said', async (t) => {
  const { signIn } = await tenantOf(t, agreeing(found, 'Mail.Read'));
  const { stdout } = await signIn({});
  assert.match(stdout, /own mailbox only/);
  assert.match(stdout, /Mail\.ReadBasic\.Shared/);
});

const refusals: readonly (readonly [name: string, reply: Answer, said: RegExp])[] = [
  ['declined', oauthError('authorization_declined', 70018), /declined[\s\S]*sign-in again/],
  ['expired', oauthError('expired_token', 70020), /not used in time/],
  [
    'blocked',
    oauthError('invalid_grant', 53003),
    /conditional access.*AADSTS53003[\s\S]*--method browser/,
  ],
  ['wrong tenant', oauthError('invalid_request', 90002), /not the right tenant[\s\S]*--tenant/],
  [
    'unknown client',
    oauthError('unauthorized_client', 700016),
    /knows no application[\s\S]*--client-id/,
  ],
  ['not public', oauthError('invalid_client', 7000218), /Allow public client flows/],
  [
    'no consent',
    oauthError('invalid_grant', 65001),
    /delegated permissions[\s\S]*ExchangeMessageTrace\.Read\.All/,
  ],
  ['unknown', oauthError('invalid_request', 999999), /AADSTS999999/],
];

for (const [name, reply, said] of refusals)
  test(`a sign-in that fails says what to do: ${name}`, async (t) => {
    const { signIn, folder } = await tenantOf(t, (one) =>
      one.path.endsWith('/token') ? reply : agreeing()(one),
    );
    const { code, stdout, stderr } = await signIn({});
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, said);
    showsNothing(stderr + textsBelow(folder));
  });

for (const [name, code, said] of [
  ['wrong', 7000215, /secret is wrong[\s\S]*not its id/],
  ['expired', 7000222, /secret has expired[\s\S]*new one/],
] as const)
  test(`a secret that is ${name}`, async (t) => {
    const { signIn } = await tenantOf(t, () => {
      const { body } = oauthError('invalid_client', code, `for ${SECRET}`);
      return { status: 401, body };
    });
    const answer = await signIn({ MIA_CLIENT_SECRET: SECRET });
    assert.equal(answer.code, 1);
    assert.match(answer.stderr, said);
    showsNothing(answer.stderr);
  });

test('throttled: in how many seconds', async (t) => {
  const { signIn } = await tenantOf(t, () => ({
    status: 429,
    headers: { 'retry-after': '300' },
    body: { error: 'x' },
  }));
  const { code, stderr } = await signIn({ MIA_CLIENT_SECRET: SECRET });
  assert.equal(code, 1);
  assert.match(stderr, /Try again in 300 s/);
});

test('an account of another tenant is not let in', async (t) => {
  const other = '00000000-1111-4222-8333-444455556666';
  const { signIn } = await tenantOf(t, agreeing());
  const { code, stderr } = await signIn({}, '--tenant', other);
  assert.equal(code, 1);
  assert.match(stderr, /belongs to the tenant 4b8c18bd-/);
});

test('remembered, used without asking again, and forgotten', async (t) => {
  const { signIn, mia, asked, folder } = await tenantOf(t, agreeing());
  const first = await signIn({ MIA_PASSPHRASE: PASSPHRASE }, '--remember');
  assert.equal(first.code, 0, first.stderr);
  const state = join(folder, 'state', 'mia');
  const [name = ''] = readdirSync(state);
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(state, name)).mode & 0o777, 0o600);
    assert.equal(statSync(state).mode & 0o777, 0o700);
  }
  showsNothing(first.stdout + first.stderr + textsBelow(folder));

  const codes = () => asked.filter(({ path }) => path.endsWith('/devicecode')).length;
  const before = codes();
  const again = await signIn({ MIA_PASSPHRASE: PASSPHRASE }, '--json');
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /anna@contoso\.example/);
  assert.equal(codes(), before, 'nobody had to enter a code');

  const wrong = await signIn({ MIA_PASSPHRASE: `${PASSPHRASE}?` });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /does not open[\s\S]*sign-out/);

  const path = join(state, name);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(TENANT_ID, TENANT_ID.replace('4b8c', '4b8d')),
  );
  const changed = await signIn({ MIA_PASSPHRASE: PASSPHRASE });
  assert.match(changed.stderr, /file was changed/);

  const none = await mia(['sign-out', '--tenant', 'fabrikam.example']);
  assert.match(none.stderr, /No sign-in is remembered/);
  const out = await mia(['sign-out', '--json']);
  assertValid(signOutSchema, JSON.parse(out.stdout));
  assert.equal(JSON.parse(out.stdout).forgotten.length, 1);
  assert.deepEqual(readdirSync(state), []);
});

test('a short passphrase, none at all, and an application are refused before anything is asked', async (t) => {
  const { signIn, asked } = await tenantOf(t, agreeing());
  assert.match((await signIn({ MIA_PASSPHRASE: 'short' }, '--remember')).stderr, /too short/);
  assert.match((await signIn({}, '--remember')).stderr, /\$MIA_PASSPHRASE/);
  const app = await signIn({ MIA_CLIENT_SECRET: SECRET, MIA_PASSPHRASE: PASSPHRASE }, '--remember');
  assert.match(app.stderr, /Only the sign-in of a person/);
  assert.deepEqual(asked, []);
});

test('a case notes its tenant, and the next sign-in needs no words', async (t) => {
  const { signIn, mia, caseFolder, folder } = await tenantOf(
    t,
    agreeing(({ path }) =>
      path.startsWith('/v1.0/security') ? { status: 404, body: {} } : { body: { value: [] } },
    ),
  );
  const log = join(folder, 'log.json');
  writeFileSync(log, auditLine(1, { session: null, ids: ['one@contoso.example'] }));
  assert.equal((await mia(['import', log])).code, 0);
  const first = await signIn({});
  assert.match(first.stderr, /The case notes tenant/);
  const { settings } = JSON.parse(readFileSync(join(caseFolder, 'case.json'), 'utf8'));
  assert.deepEqual(settings, {
    auditRoots: { [TENANT_ID]: 'beta' },
    tenant: { cloud: 'small', tenant: TENANT_ID, clientId: CLIENT_ID, method: 'device-code' },
  });
  const second = await signIn({ MIA_TENANT: '', MIA_CLIENT_ID: '' });
  assert.equal(second.code, 0, second.stderr);
  assert.doesNotMatch(second.stderr, /The case notes/);
  const withoutFile = await signIn({ MIA_CLOUD: '' });
  assert.match(withoutFile.stderr, /described by a file[\s\S]*--cloud FILE/);
});

test('cancelled while waiting for the person: at once, exit 130', async (t) => {
  const control = new AbortController();
  const { mia, folder, caseFolder } = await tenantOf(t, (one) => {
    if (one.path.endsWith('/devicecode')) return { body: deviceCode({ interval: 1 }) };
    control.abort();
    return oauthError('authorization_pending', 70016);
  });
  assert.ok(mia);
  const variables = {
    MIA_CLOUD: join(folder, 'cloud.json'),
    MIA_TENANT: TENANT_ID,
    MIA_CLIENT_ID: CLIENT_ID,
  };
  const { code, stderr } = await runMia(['sign-in'], {
    caseFolder,
    variables,
    signal: control.signal,
  });
  assert.equal(code, 130);
  assert.match(stderr, /Cancelled/);
});

const wrongSettings: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{ MIA_TENANT: '' }, /Which tenant/],
  [{ MIA_TENANT: 'common' }, /neither a tenant id nor a domain/],
  [{ MIA_CLIENT_ID: '' }, /Which application/],
  [{ MIA_CLIENT_ID: 'mia' }, /is no client id/],
  [{ MIA_METHOD: 'magic' }, /no way to sign in/],
  [{ MIA_CLOUD: 'moon' }, /no cloud "moon"/],
  [{ MIA_METHOD: 'browser' }, /no desktop/],
  [{ MIA_METHOD: 'client-secret' }, /\$MIA_CLIENT_SECRET/],
  [{ MIA_METHOD: 'client-certificate' }, /\$MIA_CERTIFICATE/],
  [{ HTTPS_PROXY: 'socks5://127.0.0.1:1' }, /no address of a proxy/],
];

test('what is missing or wrong is said before the network is touched', async (t) => {
  const { signIn, asked } = await tenantOf(t, agreeing());
  for (const [more, said] of wrongSettings) {
    const { code, stderr } = await signIn(more);
    assert.equal(code, 1);
    assert.match(stderr, said);
  }
  assert.deepEqual(asked, []);
});
