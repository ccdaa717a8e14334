import assert from 'node:assert/strict';
import test from 'node:test';
import { bindData } from '../domain/records/audit-data.ts';
import { inShort, rowsOf } from './rows-of.ts';

const small = (Id: string): string => JSON.stringify(bindData({ Id }));
const long = JSON.stringify(bindData({ Id: 'long', Padding: 'x'.repeat((16 << 20) + 1) }));

test('a record longer than what is held of one is not called broken alone', () => {
  const json = rowsOf(`[${small('a')},\n${long},\n${small('b')}]`).map(inShort);
  assert.deepEqual(
    [json[0], json.at(-1), json.length],
    ['1 a', '3 b', 3],
    json.join('\n').slice(0, 500),
  );
  assert.match(json[1] ?? '', /^2 damaged: .*more than 16 MiB/);

  const row = (data: string): string => `t,u,MailItemsAccessed,"${data.replaceAll('"', '""')}"`;
  const lines = [
    'CreationDate,UserIds,Operations,AuditData',
    row(small('a')),
    row(long),
    row(small('b')),
  ];
  const csv = rowsOf(lines.join('\r\n')).map(inShort);
  assert.deepEqual([csv[0], csv.at(-1)], ['2 a', '4 b'], csv.join('\n').slice(0, 500));
  assert.match(csv[1] ?? '', /^3 damaged: .*more than 16 MiB/);
});
