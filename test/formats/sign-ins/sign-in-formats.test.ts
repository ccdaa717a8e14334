import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignIn } from '../../../source/domain/sessions/sign-in.ts';
import { claimingFormats } from '../../../source/formats/open-rows.ts';
import { FORMATS } from '../../../source/formats/registry.ts';
import { readFile } from '../rows-of.ts';

const contentsOf = (text: string | Buffer) =>
  readFile(Buffer.from(text)).rows.map(({ content }) => content);

const signInsOf = (text: string | Buffer): readonly SignIn[] =>
  contentsOf(text).map((content) =>
    content.kind === 'signIns' ? content.signIn : assert.fail(JSON.stringify(content)),
  );

const sampleOf = (name: string): string =>
  FORMATS.find((format) => format.name === name)?.sample ?? assert.fail(name);

const jacobs = {
  user: 'g.jacobs@contoso.example',
  userId: '00000000-0000-4000-8000-00000000000a',
  app: 'Microsoft Outlook',
  appId: '5d661950-3475-41cd-a2c3-d671a3162bc1',
  clientApp: 'Browser',
  resource: 'Office 365 Exchange Online',
  deviceId: null,
  device: null,
  trustType: null,
  incomingToken: null,
  riskEvents: [],
  errorCode: 0,
  failureReason: null,
};

const expected: Readonly<Record<string, SignIn>> = {
  'graph-sign-ins': {
    ...jacobs,
    id: '00000000-0000-4000-8000-0000000000d1',
    time: '2026-06-13T08:28:17Z',
    event: 'interactiveUser',
    interactive: true,
    address: '203.0.113.10',
    city: 'Lagos',
    country: 'NG',
    network: 64500,
    operatingSystem: 'Windows10',
    browser: 'Edge 128.0.0',
    userAgent: null,
    protocol: 'deviceCode',
    transferMethod: null,
    requirement: null,
    methods: ['Password'],
    conditionalAccess: 'notApplied',
    riskLevel: 'medium',
    riskAggregated: null,
    riskState: 'atRisk',
    sessionId: '00000000-0000-4000-8000-0000000000d3',
    tokenId: 'AAAAAAAAAECAAAAAAAAA0Q',
    correlationId: '00000000-0000-4000-8000-0000000000d2',
  },
  'powershell-sign-ins': {
    ...jacobs,
    id: '00000000-0000-4000-8000-0000000000d4',
    time: '2026-06-13T09:00:00Z',
    event: 'interactiveUser',
    interactive: true,
    address: '198.51.100.7',
    city: 'Utrecht',
    country: 'NL',
    network: null,
    operatingSystem: 'MacOs',
    browser: 'Chrome 126.0.0',
    userAgent: null,
    protocol: null,
    transferMethod: null,
    requirement: null,
    methods: [],
    conditionalAccess: 'success',
    riskLevel: 'none',
    riskAggregated: null,
    riskState: 'none',
    sessionId: null,
    tokenId: null,
    correlationId: '00000000-0000-4000-8000-0000000000d5',
  },
  'entra-sign-ins-csv': {
    ...jacobs,
    id: '00000000-0000-4000-8000-0000000000d6',
    time: '2026-06-13T08:28:17Z',
    event: null,
    interactive: null,
    address: '203.0.113.10',
    city: 'Lagos',
    country: 'NG',
    network: 64500,
    operatingSystem: 'Windows10',
    browser: 'Edge 128.0.0',
    userAgent: 'Mozilla/5.0',
    protocol: 'Device code',
    transferMethod: null,
    requirement: 'Multifactor authentication',
    methods: ['Text message'],
    conditionalAccess: 'Not Applied',
    riskLevel: null,
    riskAggregated: null,
    riskState: null,
    sessionId: '00000000-0000-4000-8000-0000000000d8',
    tokenId: 'AAAAAAAAAECAAAAAAAAA1g',
    correlationId: '00000000-0000-4000-8000-0000000000d7',
  },
};

for (const [name, signIn] of Object.entries(expected))
  test(`${name} claims its sample alone and reads every field`, () => {
    const sample = Buffer.from(sampleOf(name));
    assert.deepEqual(
      claimingFormats(sample, true).map((format) => format.name),
      [name],
    );
    assert.deepEqual(signInsOf(sample), [signIn]);
  });

const graphEntry = (): Record<string, unknown> =>
  JSON.parse(sampleOf('graph-sign-ins')).value[0] as Record<string, unknown>;

test('v1.0 states neither session nor token; a page, the portal as an array, and SOF-ELK as lines', () => {
  const entry = graphEntry();
  for (const name of ['sessionId', 'uniqueTokenIdentifier', 'signInEventTypes']) delete entry[name];
  const wanted = { ...expected['graph-sign-ins'], sessionId: null, tokenId: null };
  const forms = [
    JSON.stringify({ '@odata.context': 'x', value: [entry] }),
    JSON.stringify([entry], null, 2),
    `${JSON.stringify(entry)}\r\n`,
  ];
  for (const form of forms) assert.deepEqual(signInsOf(form), [wanted], form);
  // Microsoft-Extractor-Suite appends one array a page to a file.
  assert.equal(signInsOf(forms[1] + '\r\n' + forms[1]).length, 2);
  assert.deepEqual(signInsOf(Buffer.from(`\ufeff${forms[1]}`, 'utf16le')), [wanted]);
});

test('an application has no name but its own; empty session ids and addresses are none', () => {
  const [signIn] = signInsOf(
    JSON.stringify([
      {
        ...graphEntry(),
        userPrincipalName: '',
        userId: '',
        servicePrincipalId: '00000000-0000-4000-8000-0000000000E1',
        signInEventTypes: ['servicePrincipal'],
        isInteractive: true,
        ipAddress: '0.0.0.0',
        sessionId: '',
      },
    ]),
  );
  assert.equal(signIn?.user, null);
  assert.equal(signIn?.userId, '00000000-0000-4000-8000-0000000000e1');
  assert.equal(signIn?.event, 'servicePrincipal');
  assert.equal(signIn?.interactive, false);
  assert.equal(signIn?.address, null);
  assert.equal(signIn?.sessionId, null);
});

test('the portal names applications in columns of their own, and dates where the file proves them', () => {
  const head =
    'Date (UTC),Request ID,Service principal ID,Service principal name,Application,Application ID ,IP address,Location,Sign-in error code\n';
  const rows = signInsOf(
    `${head}13/06/2026 10:00:00,r1,sp-1,Sync robot,,a-1,203.0.113.5,"Paris, Ile-de-France, FR",7000215\n` +
      '05/06/2026 10:00:00,r2,sp-1,Sync robot,,a-1,203.0.113.5,,0\n',
  );
  assert.deepEqual(
    rows.map(({ time, event, app, city, country, errorCode }) => [
      ...[time, event, app, city, country, errorCode],
    ]),
    [
      ['2026-06-13T10:00:00Z', 'servicePrincipal', 'Sync robot', 'Paris', 'FR', 7000215],
      ['2026-06-05T10:00:00Z', 'servicePrincipal', 'Sync robot', null, null, 0],
    ],
  );
});

test('a row without an id or a time that can be read is damaged, the rest is read', () => {
  const { id: _, ...nameless } = graphEntry();
  const contents = contentsOf(
    JSON.stringify([nameless, { ...graphEntry(), createdDateTime: 'soon' }, graphEntry()]),
  );
  assert.deepEqual(
    contents.map(({ kind }) => kind),
    ['damaged', 'damaged', 'signIns'],
  );
});

test('Get-MgAuditLogSignIn spells the address otherwise, and Windows PowerShell the time', () => {
  const [entry] = JSON.parse(sampleOf('powershell-sign-ins')) as Record<string, unknown>[];
  const { IpAddress: IPAddress, ...others } = entry ?? {};
  const rows = [{ ...others, IPAddress, CreatedDateTime: '/Date(1781341200000)/' }];
  const [signIn] = signInsOf(JSON.stringify(rows));
  assert.equal(signIn?.address, '198.51.100.7');
  assert.equal(signIn?.time, '2026-06-13T09:00:00Z');
});
