import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { LookedUpMessage } from '../../source/domain/lookup.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { appendLookups, readLookups } from '../../source/store/lookup-log.ts';
import { temporaryFolder } from '../jobs/import/temporary-case.ts';

const notFound = (messageId: string): LookedUpMessage => ({
  at: '2026-11-24T09:00:00Z',
  service: 'messageTrace',
  mailbox: 'guid-of-vera',
  messageId,
  itemId: null,
  end: 'notFound',
  how: 'traffic',
  detail: null,
});

const logged = (t: TestContext, ...ids: readonly string[]) => {
  const folder = openCaseFolder(join(temporaryFolder(t), 'case'), { create: true });
  appendLookups(folder, ids.map(notFound));
  return folder;
};

const idsOf = ({ lookups }: ReturnType<typeof readLookups>): readonly unknown[] =>
  lookups.map((one) => ('messageId' in one ? one.messageId : one.address));

test('what was appended is read, on from where one was, and is nobody else’s to read', (t) => {
  const folder = logged(t, 'one', 'two');
  const first = readLookups(folder);
  assert.deepEqual([idsOf(first), first.damaged, first.restarted], [['one', 'two'], [], false]);
  assert.equal(statSync(folder.lookups).mode & 0o777, 0o600);
  appendLookups(folder, [notFound('three')]);
  const more = readLookups(folder, first.cursor);
  assert.deepEqual([idsOf(more), more.damaged, more.restarted], [['three'], [], false]);
  assert.deepEqual(readLookups(folder).damaged, []);
});

test('a torn end is left alone until the next line, and nothing is made of it', (t) => {
  const folder = logged(t, 'one');
  const whole = readFileSync(folder.lookups, 'utf8');
  appendFileSync(folder.lookups, whole.slice(0, 40));
  const torn = readLookups(folder);
  assert.deepEqual([idsOf(torn), torn.tornBytes, torn.damaged], [['one'], 40, []]);
  appendLookups(folder, [notFound('two')]);
  const again = readLookups(folder);
  assert.deepEqual([idsOf(again), again.tornBytes, again.damaged], [['one', 'two'], 0, []]);
  // Followed from where one was while the end was torn.
  assert.deepEqual(idsOf(readLookups(folder, torn.cursor)), ['two']);
});

test('what is not what was written is left out and named; so is a line behind one that is missing', (t) => {
  const folder = logged(t, 'one', 'two', 'three');
  const whole = readFileSync(folder.lookups, 'utf8');
  writeFileSync(folder.lookups, whole.replace('"two"', '"twe"'));
  const altered = readLookups(folder);
  assert.deepEqual([idsOf(altered), altered.damaged], [['one', 'three'], [2]]);
  const [one, , three] = whole.split('\n');
  writeFileSync(folder.lookups, `${one}\n${three}\n`);
  assert.deepEqual(readLookups(folder).damaged, [2]);
  writeFileSync(folder.lookups, `${one}\nnothing\n${whole.split('\n')[1]}\n`);
  const between = readLookups(folder);
  assert.deepEqual([idsOf(between), between.damaged], [['one', 'two'], [2]]);
});

test('another file, or none, in its place is read from its beginning', (t) => {
  const folder = logged(t, 'one', 'two');
  const { cursor } = readLookups(folder);
  rmSync(folder.lookups);
  assert.deepEqual(
    [idsOf(readLookups(folder, cursor)), readLookups(folder, cursor).restarted],
    [[], true],
  );
  appendLookups(folder, [notFound('four'), notFound('five'), notFound('six')]);
  const replaced = readLookups(folder, cursor);
  assert.deepEqual([idsOf(replaced), replaced.restarted], [['four', 'five', 'six'], true]);
});
