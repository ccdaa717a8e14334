/**
 * One invented case in every container, through the whole import: each case must hold the same
 * rows, sessions and messages as the truth, but for what the container cannot carry.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCase } from '../../scripts/generator/case.ts';
import { auditContainers } from '../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../scripts/generator/containers/container.ts';
import type { FiguresTruth } from '../../scripts/generator/truth-figures.ts';
import { truthOf, type SessionTruth, type Truth } from '../../scripts/generator/truth.ts';
import type { Message } from '../../source/domain/exposure/message.ts';
import type { AccessCounts, Session } from '../../source/domain/sessions/session.ts';
import { openCase } from '../../source/case/case.ts';
import { importInto, NOW, sourcesIn, temporaryFolder } from './temporary-case.ts';

const made = makeCase({ seed: 23, rows: 240 });

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].toSorted();

/** Where the folder of a Sync is lost, so is what was accessed: then it has items missing, too. */
const figuresOfTruth = (truth: FiguresTruth): object => ({
  firstSeen: truth.firstSeen,
  lastSeen: truth.lastSeen,
  records: truth.recordIds.size,
  binds: truth.binds,
  syncs: truth.syncs,
  operations: truth.operations,
  messages: truth.messages.size + truth.unidentified.size,
  throttled: truth.throttled,
  itemsMissing: truth.itemsMissing,
});

const figuresOf = (
  found: AccessCounts & { readonly throttled: number; readonly itemsMissing: number },
): object => ({
  firstSeen: found.firstSeen,
  lastSeen: found.lastSeen,
  records: found.records,
  binds: found.binds,
  syncs: found.syncs,
  operations: found.operations,
  messages: found.messages,
  throttled: found.throttled,
  itemsMissing: found.itemsMissing,
});

const byText = (lines: readonly unknown[]): readonly string[] =>
  lines.map((line) => JSON.stringify(line)).toSorted();

const sessionOfTruth = (session: SessionTruth): object => ({
  sessionId: session.sessionId,
  sessionIdSources: sorted(session.sessionIdSources),
  derived: session.derived,
  actors: sorted(session.actors),
  mailboxes: sorted(session.mailboxes),
  addresses: sorted(session.addresses),
  appOnly: session.appOnly,
  delegate: session.delegate,
  external: session.external,
  ...figuresOfTruth(session),
  contexts: byText(
    session.contexts.map((context) => {
      const { sessionId: _, ...fields } = context.fields;
      return { ...fields, ...figuresOfTruth(context) };
    }),
  ),
});

const onSessionFound = (session: Session): object => ({
  sessionId: session.sessionId,
  sessionIdSources: sorted(session.sessionIdSources),
  derived: session.derived,
  actors: session.actors,
  mailboxes: sorted(session.mailboxes.map(({ guid }) => guid ?? '')),
  addresses: session.addresses,
  appOnly: session.appOnly,
  delegate: session.delegate,
  external: session.external,
  ...figuresOf(session),
  contexts: byText(
    session.contexts.map((context) => ({
      mailboxGuid: context.mailbox.guid,
      actor: context.actor,
      address: context.address,
      clientInfo: context.clientInfo,
      appId: context.appId,
      clientAppId: context.clientAppId,
      logonType: context.logonType,
      deviceId: context.deviceId,
      ...figuresOf(context),
    })),
  ),
});

const messageNames = (messages: readonly Message[]): readonly string[] =>
  messages
    .map(({ mailbox, internetMessageId, itemId }) =>
      internetMessageId === null
        ? `${mailbox.guid} item ${itemId}`
        : `${mailbox.guid} ${internetMessageId}`,
    )
    .toSorted();

const truthNames = (truth: Truth): readonly string[] =>
  [
    ...truth.messages,
    ...[...truth.unidentified].map((name) => name.replace(' ', ' item ')),
  ].toSorted();

for (const container of auditContainers)
  test(`${container.name}: the case holds what is true`, async (t) => {
    const files = temporaryFolder(t);
    const folder = join(files, 'case');
    const path = join(files, `export.${container.extension}`);
    writeFileSync(path, writeContainer(container, made.records));
    const [source] = sourcesIn(await importInto(folder, [path]));
    const truth = truthOf(made.rows, container.cannotCarry);
    assert.deepEqual(
      [source?.rows, source?.accepted, source?.sideEvents, source?.otherOperations],
      [truth.rows, truth.accepted, truth.sideEvents, truth.otherOperations],
    );
    assert.equal(source?.duplicates, truth.duplicates);
    assert.deepEqual([source.conflicts, source.damaged], [0, 0]);
    const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
    try {
      assert.deepEqual(
        byText([...theCase.sessions({})].map(onSessionFound)),
        byText([...truth.sessions.values()].map(sessionOfTruth)),
      );
      assert.deepEqual(messageNames([...theCase.messages({})]), truthNames(truth));
      const gaps = theCase
        .summary()
        .mailboxes.flatMap(({ guid, gaps: found }) =>
          found.map(({ from, to }) => ({ mailboxGuid: guid, from, to })),
        );
      assert.deepEqual(byText(gaps), byText(truth.gaps));
    } finally {
      theCase.close();
    }
  });
