import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherwiseProved, undatedWarnings } from '../../../source/formats/dates/undated.ts';
import { readFile } from '../rows-of.ts';

const HEADER = 'MessageTraceId,MessageId,Received,RecipientAddress,Subject';
const file = (...dates: readonly string[]): string =>
  [HEADER, ...dates.map((date, at) => `n${at},<m${at}@x>,${date},b@x,s`), ''].join('\n');

const layoutOf = (text: string) => readFile(text).reader.layout;
const reasons = (text: string) =>
  undatedWarnings(layoutOf(text), 'trace.csv').map(({ file: name, line, reason }) => {
    assert.equal(name, 'trace.csv');
    return `${line}: ${reason}`;
  });

test('dates of no proven order are said once for the whole file, with what to do', () => {
  const [said, ...more] = reasons(
    file('4/5/2026 1:00:00 PM', '4/6/2026 1:00:00 PM', '4/4/2026 9:00'),
  );
  assert.deepEqual(more, []);
  assert.match(
    said ?? '',
    /^2: 2 rows without a time, such as "4\/5\/2026 1:00:00 PM": nothing in /,
  );
  assert.match(said ?? '', /Export it again with ISO dates/);
});

test('dates that contradict each other, and such as are none', () => {
  const [mixed, none] = reasons(
    file('4/5/2026 1:00', '4/20/2026 1:00', '20/4/2026 1:00', 'yesterday', '13/13/2026 1:00'),
  );
  assert.match(mixed ?? '', /^2: 1 row without a time, .* two machines\. Import its parts/);
  assert.match(none ?? '', /^5: 2 rows without a time: "yesterday" could not be read as a date/);
});

test('where every row has its time, or states none, nothing is said', () => {
  assert.deepEqual(reasons(file('4/5/2026 1:00', '4/20/2026 1:00', '', 'N/A')), []);
  assert.deepEqual(layoutOf(file('2026-04-05T01:00:00Z')).facts, { dateOrder: null });
});

test('JSON: an ambiguous time is said too', () => {
  const element = { MessageTraceId: 'n', MessageId: '<m@x>', RecipientAddress: 'b@x' };
  const text = JSON.stringify([{ ...element, Received: '4/5/2026 1:00:00 PM' }]);
  assert.match(reasons(text)[0] ?? '', /^1: 1 row without a time/);
});

const pad = (count: number): string[] => Array.from({ length: count }, () => '4/5/2026 1:00:00 PM');

test('what only the whole file proves is known when it was read: the order, or its contradiction', () => {
  const late = file(...pad(9000), '4/20/2026 1:00:00 PM');
  assert.ok(late.length > 256 * 1024);
  assert.deepEqual(otherwiseProved(layoutOf(late)), { dateOrder: 'monthFirst' });
  const mixed = file('4/20/2026 1:00:00 PM', ...pad(9000), '20/4/2026 1:00:00 PM');
  assert.deepEqual(otherwiseProved(layoutOf(mixed)), { dateOrder: 'mixed' });
  assert.equal(otherwiseProved(layoutOf(file('4/20/2026 1:00', ...pad(9)))), null);
  assert.equal(otherwiseProved(layoutOf(file(...pad(9)))), null);
});
