import assert from 'node:assert/strict';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { RowContent } from '../../../source/formats/format.ts';
import { readFile } from '../rows-of.ts';

export type AuditContent = Extract<RowContent, { readonly kind: 'audit' }>;

/** The contents of a file that the named format must claim and of which every row is a record. */
export const auditContents = (format: string, file: string | Uint8Array): AuditContent[] => {
  const { reader, rows } = readFile(file);
  assert.equal(reader.format.name, format);
  return rows.map(({ content }) =>
    content.kind === 'audit' ? content : assert.fail(JSON.stringify(content)),
  );
};

export const auditContentOf = (format: string, file: string | Uint8Array): AuditContent =>
  auditContents(format, file)[0] ?? assert.fail('no row');

/** JSON lines of objects. */
export const jsonLines = (...objects: readonly object[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('');

/** A CSV file of one row. */
export const csvOf = (cells: Readonly<Record<string, string>>): string =>
  [Object.keys(cells), Object.values(cells)]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');

/** A record of today's shape. */
export const RECORD: JsonObject = {
  CreationTime: '2026-06-03T04:05:03',
  Id: '00000000-0000-4000-8000-000000000001',
  Operation: 'MailItemsAccessed',
  RecordType: 50,
  UserType: 0,
  LogonType: 0,
  Workload: 'Exchange',
  ClientIPAddress: '203.0.113.5',
  OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
  Folders: [{ Id: 'LgAB', Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@b>' }] }],
  OperationCount: 1,
};
