import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineSchema } from '../../source/exports/documents/engine.ts';
import { assertValid } from '../exports/validator.ts';
import { auditLine, ONE, runMia, world } from './run-mia.ts';

const LINES = [
  auditLine(1, { session: ONE, ids: ['one@contoso.example', 'two@contoso.example'] }),
  auditLine(2, { session: null, ids: ['three@contoso.example'] }),
];

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** What a portal writes for the answer of a records query, by the record. */
const EXPORTED: Readonly<
  Record<string, (data: Record<string, unknown>, line: string) => Record<string, string>>
> = {
  cloudappevents: (data, line) => ({
    Timestamp: `${String(data['CreationTime'])}Z`,
    ActionType: 'MailItemsAccessed',
    ReportId: `1_20893_${String(data['Id'])}`,
    RawEventData: line,
  }),
  officeactivity: (data) => ({
    'TimeGenerated [UTC]': `${String(data['CreationTime'])}Z`,
    OfficeId: String(data['Id']),
    Operation: 'MailItemsAccessed',
    OfficeWorkload: 'Exchange',
    RecordType: 'ExchangeItemAggregated',
    UserId: String(data['UserId']),
    UserType: 'Regular',
    Logon_Type: 'Owner',
    MailboxGuid: String(data['MailboxGuid']),
    MailboxOwnerUPN: String(data['MailboxOwnerUPN']),
    ClientInfoString: String(data['ClientInfoString']),
    Client_IPAddress: String(data['ClientIPAddress']),
    OperationProperties: JSON.stringify(data['OperationProperties']),
    Folders: JSON.stringify(data['Folders']),
  }),
  Audit_CL: (_data, line) => ({ AuditData: line }),
};

for (const [table, exported] of Object.entries(EXPORTED))
  test(`what the records query of ${table} gives is imported as it says`, async (t) => {
    const here = world(t);
    const asked = await here.mia('engine', 'kql', '--table', table, '--records', ONE, '--json');
    assert.equal(asked.code, 0);
    const document = JSON.parse(asked.stdout);
    assertValid(engineSchema, document);
    const records = document.queries.find((one: { query: string }) => one.query === 'records');
    const rows = LINES.map((line) => exported(JSON.parse(line), line));
    const header = Object.keys(rows[0] ?? {});
    if (table !== 'officeactivity')
      assert.ok(records.kql.endsWith(`| project ${header.join(', ')}`));
    const file = here.file('export.csv', csv(header, ...rows.map((row) => Object.values(row))));
    const imported = await here.mia('import', file, '--json');
    const [source] = JSON.parse(imported.stdout).sources;
    assert.equal(source.format, records.importAs);
    assert.deepEqual([source.rows, source.accepted, source.damaged], [2, 2, 0]);
  });

test('it prints queries with a comment each, and opens no case', async () => {
  const { code, stdout } = await runMia(
    ['engine', 'kql', '--ip', '203.0.113.0/24', '--since', '2026-09-01'],
    {
      caseFolder: '/nowhere/at/all',
    },
  );
  assert.equal(code, 0);
  assert.match(stdout, /^\/\/ Defender keeps 30 days/);
  assert.match(stdout, /\n\n\/\/ 1 of 3\. How many rows .*\nlet /);
  assert.match(stdout, /\/\/ 2 of 3\. One row for each context/);
  assert.match(stdout, /ipv4_is_in_range\(mia_address, "203\.0\.113\.0\/24"\)/);
});

test('wrong usage is said', async () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['engine', /Which language/],
    ['engine sql', /Which language/],
    ['engine kql --pages 2', /--pages goes with --records/],
    ['engine kql --records k --pages 0', /from 1 to 1000/],
    ['engine kql --records k --pages 1001', /from 1 to 1000/],
    ['engine kql --ip 10.1.2', /no IP address/],
  ];
  for (const [line, said] of wrong) {
    const { code, stderr, stdout } = await runMia(line.split(' '));
    assert.equal(code, 2, line);
    assert.equal(stdout, '');
    assert.match(stderr, said);
  }
  const { code, stderr } = await runMia(['engine', 'kql', '--table', 'T | take 1']);
  assert.equal(code, 1);
  assert.match(stderr, /no name of a table/);
});
