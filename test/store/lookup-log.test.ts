import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Lookup, LookedUpMessage } from '../../source/domain/lookups/lookup.ts';
import { type CaseFolder, openCaseFolder } from '../../source/store/case-folder.ts';
import { appendLookups, LOOKUPS_START, readLookups } from '../../source/store/lookup-log.ts';
import { temporaryFolder } from '../import/temporary-case.ts';

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

/** What is read, and what was taken while it was. */
const reading = (folder: CaseFolder, since = LOOKUPS_START) => {
  const lookups: Lookup[] = [];
  let restarts = 0;
  const read = readLookups(folder, since, {
    restart() {
      assert.deepEqual(lookups, []);
      restarts += 1;
    },
    take: (lookup) => lookups.push(lookup),
  });
  assert.equal(restarts, read.restarted ? 1 : 0);
  return { ...read, lookups };
};

const idsOf = ({ lookups }: ReturnType<typeof reading>): readonly unknown[] =>
  lookups.map((one) => ('messageId' in one ? one.messageId : one.address));

test('what was appended is read, on from where one was, and is nobody else’s to read', (t) => {
  const folder = logged(t, 'one', 'two');
  const first = reading(folder);
  assert.deepEqual([idsOf(first), first.damaged, first.restarted], [['one', 'two'], [], false]);
  assert.equal(statSync(folder.lookups).mode & 0o777, 0o600);
  appendLookups(folder, [notFound('three')]);
  const more = reading(folder, first.cursor);
  assert.deepEqual([idsOf(more), more.damaged, more.restarted], [['three'], [], false]);
  assert.deepEqual(reading(folder).damaged, []);
});

test('a torn end is left alone until the next line, and nothing is made of it', (t) => {
  const folder = logged(t, 'one');
  const whole = readFileSync(folder.lookups, 'utf8');
  appendFileSync(folder.lookups, whole.slice(0, 40));
  const torn = reading(folder);
  assert.deepEqual([idsOf(torn), torn.tornBytes, torn.damaged], [['one'], 40, []]);
  appendLookups(folder, [notFound('two')]);
  const again = reading(folder);
  assert.deepEqual([idsOf(again), again.tornBytes, again.damaged], [['one', 'two'], 0, []]);
  // Followed from where one was while the end was torn.
  assert.deepEqual(idsOf(reading(folder, torn.cursor)), ['two']);
});

test('what is not what was written is left out and named; so is a line behind one that is missing', (t) => {
  const folder = logged(t, 'one', 'two', 'three');
  const whole = readFileSync(folder.lookups, 'utf8');
  writeFileSync(folder.lookups, whole.replace('"two"', '"twe"'));
  const altered = reading(folder);
  assert.deepEqual([idsOf(altered), altered.damaged], [['one', 'three'], [2]]);
  const [one, , three] = whole.split('\n');
  writeFileSync(folder.lookups, `${one}\n${three}\n`);
  assert.deepEqual(reading(folder).damaged, [2]);
  writeFileSync(folder.lookups, `${one}\nnothing\n${whole.split('\n')[1]}\n`);
  const between = reading(folder);
  assert.deepEqual([idsOf(between), between.damaged], [['one', 'two'], [2]]);
});

test('another file, or none, in its place is read from its beginning', (t) => {
  const folder = logged(t, 'one', 'two');
  const { cursor } = reading(folder);
  rmSync(folder.lookups);
  assert.deepEqual([idsOf(reading(folder, cursor)), reading(folder, cursor).restarted], [[], true]);
  appendLookups(folder, [notFound('four'), notFound('five'), notFound('six')]);
  const replaced = reading(folder, cursor);
  assert.deepEqual([idsOf(replaced), replaced.restarted], [['four', 'five', 'six'], true]);
});

test('more than is read at once is read whole, whatever its lines are cut at', (t) => {
  const ids = Array.from({ length: 7001 }, (_, at) => `${at}@${'é'.repeat(at % 90)}.example`);
  const folder = logged(t, ...ids);
  assert.ok(statSync(folder.lookups).size > 1_500_000);
  const all = reading(folder);
  assert.deepEqual(idsOf(all), ids);
  assert.deepEqual([all.damaged, all.lines, all.tornBytes], [[], 7001, 0]);
  assert.equal(all.cursor.offset, statSync(folder.lookups).size);
  appendLookups(folder, [notFound('more')]);
  assert.deepEqual(idsOf(reading(folder, all.cursor)), ['more']);
});
