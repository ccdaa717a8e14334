/**
 * One invented case in every container: each must give the same rows, sessions and messages, but
 * for what the container cannot carry. The truth comes from the generator, which shares no code
 * with the product.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCase } from '../../scripts/generator/case.ts';
import { auditContainers } from '../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../scripts/generator/containers/container.ts';
import { truthOf, type Truth } from '../../scripts/generator/truth.ts';
import type { AuditRecord } from '../../source/domain/records/audit-record.ts';
import { readRecord } from '../../source/domain/records/read-record.ts';
import { costsItems } from '../../source/domain/records/row.ts';
import type { Row } from '../../source/formats/format.ts';
import { rowsOf } from './rows-of.ts';

const made = makeCase({ seed: 11, rows: 360 });

interface Reading {
  readonly records: readonly AuditRecord[];
  readonly others: number;
  readonly damaged: readonly string[];
}

const reading = (rows: readonly Row[]): Reading => {
  const records: AuditRecord[] = [];
  const damaged: string[] = [];
  let others = 0;
  for (const { content, line } of rows) {
    if (content.kind !== 'audit') {
      damaged.push(`${line}: ${content.kind === 'damaged' ? content.reason : content.kind}`);
      continue;
    }
    const { envelope, losses, auditData } = content;
    const read = readRecord(auditData, { ...envelope, itemsLost: costsItems(losses) });
    if (read.kind === 'record') records.push(read.record);
    else if (read.kind === 'otherOperation') others += 1;
    else damaged.push(`${line}: ${read.reason}`);
  }
  return { records, others, damaged };
};

/** The fields of a context, in the words of the truth. */
const contextOf = (record: AuditRecord): string =>
  JSON.stringify({
    sessionId: record.sessionId,
    mailboxGuid: record.mailboxGuid,
    actor: record.actor,
    address: record.address,
    clientInfo: record.clientInfo,
    appId: record.appId,
    clientAppId: record.clientAppId,
    logonType: record.logonType,
    deviceId: record.deviceId,
  });

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].toSorted();

const factsOf = (records: readonly AuditRecord[]): object => {
  const idsOf = (record: AuditRecord): readonly string[] =>
    record.items.map((item) =>
      item.internetMessageId === null
        ? `${record.mailboxGuid} item ${item.itemId}`
        : `${record.mailboxGuid} ${item.internetMessageId}`,
    );
  return {
    ids: sorted(records.map(({ id }) => id)),
    contexts: sorted(records.map(contextOf)),
    messages: sorted(records.flatMap(idsOf)),
    syncs: records.filter(({ access }) => access === 'sync').length,
    folders: sorted(
      records
        .filter(({ access }) => access === 'sync')
        .flatMap(({ folders, mailboxGuid }) => folders.map(({ id }) => `${mailboxGuid} ${id}`)),
    ),
    operations: records.reduce((sum, record) => sum + (record.operationCount ?? 0), 0),
    throttled: records.filter(({ throttled }) => throttled).length,
    appOnly: records.filter(({ appOnly }) => appOnly).length,
    delegate: sorted(records.filter(({ delegate }) => delegate).map(contextOf)),
    external: sorted(records.filter(({ external }) => external).map(contextOf)),
    itemsMissing: records.filter(({ itemsMissing }) => itemsMissing).length,
  };
};

const expectedFacts = (truth: Truth): object => {
  const sessions = [...truth.sessions.values()];
  const contexts = sessions.flatMap((session) => session.contexts);
  const sum = (figure: (session: (typeof sessions)[number]) => number): number =>
    sessions.reduce((total, session) => total + figure(session), 0);
  const of = (flag: 'delegate' | 'external'): readonly string[] =>
    sorted(
      sessions
        .filter((session) => session[flag])
        .flatMap((session) => session.contexts.map(({ fields }) => JSON.stringify(fields))),
    );
  return {
    ids: sorted(sessions.flatMap((session) => [...session.recordIds])),
    contexts: sorted(contexts.map(({ fields }) => JSON.stringify(fields))),
    messages: sorted([
      ...truth.messages,
      ...[...truth.unidentified].map((key) => key.replace(' ', ' item ')),
    ]),
    syncs: sum(({ syncs }) => syncs),
    folders: sorted(sessions.flatMap((session) => [...session.syncedFolders])),
    operations: sum(({ operations }) => operations),
    throttled: sum(({ throttled }) => throttled),
    appOnly: sum((session) => (session.appOnly ? session.recordIds.size : 0)),
    delegate: of('delegate'),
    external: of('external'),
    itemsMissing: sum(({ itemsMissing }) => itemsMissing),
  };
};

for (const container of auditContainers)
  test(`${container.name}: the same rows, sessions and messages`, () => {
    const { records, others, damaged } = reading(rowsOf(writeContainer(container, made.records)));
    const truth = truthOf(made.rows, container.cannotCarry);
    assert.deepEqual(damaged, []);
    assert.equal(others, truth.otherOperations + truth.sideEvents);
    assert.equal(records.length, truth.accepted + truth.duplicates);
    const distinct = [...new Map(records.map((record) => [record.id, record])).values()];
    assert.equal(distinct.length, truth.accepted);
    assert.deepEqual(factsOf(distinct), expectedFacts(truth));
  });
