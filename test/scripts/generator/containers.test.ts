import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCase } from '../../../scripts/generator/case.ts';
import { auditContainer, auditContainers } from '../../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../../scripts/generator/containers/container.ts';
import { csvRows, decode, lines, READERS } from './read-back.ts';

const made = makeCase({ seed: 3, rows: 170 });
const ids = made.records.map((record) => record['Id']);

const textOf = (name: string): string => {
  const container = auditContainer(name);
  return decode(writeContainer(container, made.records), container.encoding);
};

test('container names are distinct, and every one says what it loses or can be read back whole', () => {
  const names = auditContainers.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, cannotCarry } of auditContainers)
    if (cannotCarry.length === 0 && name !== 'hawk-simple-json')
      assert.ok(READERS[name], `${name} has no reader here`);
});

for (const { name, cannotCarry } of auditContainers) {
  const reader = READERS[name];
  if (!reader) continue;
  test(`${name} reads back to the same records`, () => {
    assert.deepEqual(cannotCarry, []);
    assert.deepEqual(reader(textOf(name)), made.records);
  });
}

test('ASCII turns letters into question marks and leaves the rest', () => {
  const rows = csvRows(textOf('pwc-csv')).map((row) => JSON.parse(row['AuditData']!) as unknown);
  const expected = made.records.map(
    (record) => JSON.parse(JSON.stringify(record).replaceAll(/[^\0-\x7f]/gu, '?')) as unknown,
  );
  assert.deepEqual(rows, expected);
  assert.ok(textOf('pwc-csv').includes('?'), 'no letter was lost in this case');
});

test('Sentinel: items and folders as text, no session id in the old schema', () => {
  const rows = lines(textOf('sentinel-old-ndjson'));
  assert.deepEqual(
    rows.map((row) => row['OfficeId']),
    ids,
  );
  const folders = rows.map((row) =>
    row['Folders'] ? JSON.parse(String(row['Folders'])) : undefined,
  );
  assert.deepEqual(
    folders,
    made.records.map((record) => record['Folders']),
  );
  for (const row of rows)
    for (const field of ['SessionId', 'AppAccessContext', 'OperationCount', 'DeviceId'])
      assert.ok(!(field in row), field);
});

test('Sentinel: every form holds the same cells', () => {
  const rows = JSON.parse(textOf('sentinel-json')) as Record<string, string>[];
  const [table] = (JSON.parse(textOf('sentinel-tables')) as { tables: Table[] }).tables;
  const fromTable = table!.rows.map((cells) =>
    Object.fromEntries(
      cells.map((cell, i) => [table!.columns[i]!.name, cell]).filter(([, c]) => c),
    ),
  );
  const csv = csvRows(textOf('sentinel-csv')).map(({ 'TimeGenerated [UTC]': time, ...row }) =>
    Object.fromEntries(Object.entries({ ...row, TimeGenerated: time! }).filter(([, c]) => c)),
  );
  const filled = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, c]) => c)));
  assert.deepEqual(fromTable, filled);
  assert.deepEqual(csv, filled);
  const aad = made.records.map((r) => JSON.stringify(r['AppAccessContext'] ?? null));
  assert.deepEqual(
    rows.map((row) => row['AppAccessContext'] || 'null'),
    aad,
  );
});
interface Table {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly string[][];
}

test('depth damage and parsed CSVs lose the items and keep ids and session ids', () => {
  const damaged = lines(textOf('cloudapp-depth-damaged')).map(
    (row) => row['RawEventData'] as Record<string, unknown>,
  );
  assert.deepEqual(
    damaged.map((row) => row['Id']),
    ids,
  );
  assert.match(JSON.stringify(damaged), /@\{FolderItems=System\.Object\[\]; Id=[^;]+; Path=/u);
  assert.match(JSON.stringify(damaged), /"@\{Name=MailAccessType; Value=Bind\}"/u);
  for (const name of ['hawk-parsed-csv', 'mes-auditdata-csv']) {
    const rows = csvRows(textOf(name));
    assert.deepEqual(
      rows.map((row) => row['Id']),
      ids,
    );
    assert.deepEqual(
      rows.map((row) => row['SessionId'] || undefined),
      made.records.map((r) => r['SessionId']),
    );
    for (const [index, row] of rows.entries())
      assert.equal(row['Folders'], made.records[index]!['Folders'] ? 'System.Object[]' : '');
  }
});

test('Hawk Simple holds each message id in a column, the CSV only those of its first row', () => {
  const rows = JSON.parse(textOf('hawk-simple-json')) as Record<string, string>[];
  const idsOf = (row: object): unknown[] =>
    Object.entries(row)
      .filter(([name]) => name.endsWith('InternetMessageId'))
      .map(([, id]) => id as unknown);
  const all = JSON.stringify(made.records).match(/"InternetMessageId"/gu)!.length;
  assert.equal(rows.flatMap(idsOf).length, all);
  const kept = csvRows(textOf('hawk-simple-csv')).flatMap(idsOf).filter(Boolean).length;
  assert.ok(kept > 0 && kept < all, `${kept} of ${all}`);
});
