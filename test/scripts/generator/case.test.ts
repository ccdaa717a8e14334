import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { AuditData } from '../../../scripts/generator/access.ts';
import { caseRows, makeCase, planCase } from '../../../scripts/generator/case.ts';
import { auditContainer } from '../../../scripts/generator/containers/all.ts';
import {
  streamContainer,
  writeContainer,
} from '../../../scripts/generator/containers/container.ts';
import { mapEach } from '../../../scripts/generator/map-each.ts';
import { truthOf } from '../../../scripts/generator/truth.ts';
import { busiestDay } from '../../../scripts/generator/truth-gaps.ts';

const made = makeCase({ seed: 1, rows: 3000 });
const { truth } = made;
const accesses = made.records.filter((record) => record['Operation'] === 'MailItemsAccessed');

const digest = (chunks: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};

test('the same seed gives the same bytes, streamed or whole; another seed others', () => {
  const container = auditContainer('purview-csv');
  const stream = (seed: number): string =>
    digest(
      streamContainer(
        container,
        mapEach(caseRows(planCase({ seed, rows: 3000 })), (row) => row.record),
      ),
    );
  assert.equal(stream(1), digest([writeContainer(container, made.records)]));
  assert.notEqual(stream(1), stream(2));
});

test('a row of the Purview export is about as long as real ones', () => {
  const bytes = writeContainer(auditContainer('purview-csv'), made.records).length;
  assert.ok(bytes / 3000 > 1700 && bytes / 3000 < 2100, String(bytes / 3000));
});

test('the five outcomes add up, and sessions and contexts part the accepted records', () => {
  assert.equal(truth.rows, 3000);
  assert.equal(
    truth.accepted + truth.duplicates + truth.sideEvents + truth.otherOperations,
    truth.rows,
  );
  assert.ok(truth.duplicates > 0 && truth.sideEvents > 0 && truth.otherOperations > 0);
  const ids = [...truth.sessions.values()].flatMap((session) => [...session.recordIds]);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, truth.accepted);
  for (const session of truth.sessions.values()) {
    const inContexts = session.contexts.flatMap((context) => [...context.recordIds]);
    assert.deepEqual(inContexts.toSorted(), [...session.recordIds].toSorted());
    assert.equal(session.binds + session.syncs, session.recordIds.size);
    assert.equal(session.derived, session.sessionId === null);
    if (session.derived) assert.equal(session.contexts.length, 1);
  }
});

const idOf = (record: AuditData): string | null => {
  const context = record['AppAccessContext'] as { AADSessionId?: string } | undefined;
  const properties = (record['DeviceProperties'] ?? []) as { Name: string; Value: string }[];
  const candidates = [record['SessionId'], context?.AADSessionId, properties[0]?.Value];
  return (candidates.find((id) => id && id !== 'Not Available') as string | undefined) ?? null;
};

test('a plain reading of the records finds what the truth says', () => {
  const messages = new Set<string>();
  const bySession = new Map<string, Set<string>>();
  for (const record of accesses) {
    const session = idOf(record);
    if (session && !bySession.has(session)) bySession.set(session, new Set());
    const folders = (record['Folders'] ?? []) as {
      FolderItems: { InternetMessageId?: string }[];
    }[];
    for (const { InternetMessageId: raw } of folders.flatMap((folder) => folder.FolderItems)) {
      if (raw === undefined) continue;
      const key = `${String(record['MailboxGuid'])} ${raw.trim().replace(/^<(.*)>$/u, '$1')}`;
      messages.add(key);
      if (session) bySession.get(session)!.add(key);
    }
  }
  assert.deepEqual(messages, truth.messages);
  const told = [...truth.sessions].filter(([, session]) => !session.derived);
  assert.deepEqual(bySession, new Map(told.map(([id, session]) => [id, session.messages])));
});

test('every trait that the rules speak of occurs', () => {
  const sessions = [...truth.sessions.values()];
  const some = (what: string, found: boolean): void => assert.ok(found, `no ${what}`);
  some(
    'derived session',
    sessions.some((s) => s.derived),
  );
  some(
    'session over two addresses',
    sessions.some((s) => s.addresses.size > 1),
  );
  some(
    'sync',
    sessions.some((s) => s.syncedFolders.size > 0),
  );
  some(
    'app-only session',
    sessions.some((s) => s.appOnly),
  );
  some(
    'delegate',
    sessions.some((s) => s.delegate && !s.external),
  );
  some(
    'external',
    sessions.some((s) => s.external),
  );
  some(
    'missing items',
    sessions.some((s) => s.itemsMissing > 0),
  );
  some('unidentified item', truth.unidentified.size > 0);
  for (const field of ['SessionId', 'AADSessionId', 'DeviceProperties'] as const)
    some(
      field,
      sessions.some((s) => s.sessionIdSources.includes(field)),
    );
  const text = JSON.stringify(made.records);
  for (const spelled of ['"::ffff:', '"[198.', 'S-1-5-21', '"Not Available"', '"IsThrottled"'])
    some(spelled, text.includes(spelled));
  assert.equal(truth.gaps.length > 0, text.includes('{"Name":"IsThrottled","Value":"True"}'));
  some('gap', truth.gaps.length > 0);
  const cased = [...truth.messages].map((id) => id.toLowerCase());
  some('ids that differ in case alone', new Set(cased).size < cased.length);
});

test('what a container loses changes the sessions, never the records', () => {
  const old = truthOf(made.rows, ['SessionId', 'AADSessionId', 'DeviceProperties', 'DeviceId']);
  assert.equal(old.accepted, truth.accepted);
  assert.ok([...old.sessions.values()].every((session) => session.derived));
  assert.deepEqual(old.messages, truth.messages);
  const parsed = truthOf(made.rows, ['items']);
  assert.equal(parsed.messages.size, 0);
  for (const session of parsed.sessions.values()) assert.equal(session.itemsMissing, session.binds);
  const simple = truthOf(made.rows, ['itemsBeyondFirstRow']);
  assert.ok(simple.messages.size > 0 && simple.messages.size < truth.messages.size);
});

test('gaps of 24 hours merge where they touch; the busiest day counts any 24 hours', () => {
  const hours = (...list: number[]): number[] => list.map((hour) => hour * 3600);
  assert.equal(busiestDay(hours(0, 1, 23, 24, 30)), 3);
  assert.equal(busiestDay(hours(23, 5, 0, 1, 24)), 4);
  assert.equal(busiestDay([]), 0);
  for (const gap of truth.gaps)
    assert.ok(Date.parse(gap.to) - Date.parse(gap.from) >= 24 * 3600 * 1000);
});
