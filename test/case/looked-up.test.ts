import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { LookedUpMessage, LookupOutcome } from '../../source/domain/lookups/lookup.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { appendLookups } from '../../source/store/lookup-log.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { ID_SQL } from '../../source/store/queries/traces-of-ids.ts';
import { graphMessageTrace } from '../../source/formats/traces/message-trace.ts';
import { digestOf, importInto, writeLines } from '../import/temporary-case.ts';
import { bind, mailboxGuid } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt } from './on-case.ts';

const looked = (
  message: string,
  end: LookupOutcome,
  over: Partial<LookedUpMessage> = {},
): LookedUpMessage => ({
  at: '2026-11-24T09:00:00Z',
  service: 'messageTrace',
  mailbox: mailboxGuid('vera'),
  messageId: `${message}@fabrikam.example`,
  itemId: null,
  end,
  how: 'traffic',
  detail: null,
  ...over,
});

const note = (folder: string, ...lookups: readonly LookedUpMessage[]): void =>
  appendLookups(openCaseFolder(folder, { create: false }), lookups);

const MESSAGES = ['first', 'second', 'third', 'fourth'];
const FIRST = [bind({ id: 1, messages: MESSAGES })];

const reasons = (theCase: ReturnType<typeof caseOn>): Record<string, unknown> =>
  Object.fromEntries(
    [...theCase.messages({})].map((one) => [one.internetMessageId?.split('@')[0], one.unresolved]),
  );

describe('what was looked up', () => {
  it('says why a message has no metadata, in lists, by id and in the summary', async (t) => {
    const { folder } = await caseOf(t, FIRST);
    note(
      folder,
      looked('first', 'notFound'),
      looked('second', 'olderThanTrace'),
      looked('third', 'failed'),
    );
    const theCase = caseOn(t, folder);
    assert.deepEqual(reasons(theCase), {
      first: 'notFound',
      second: 'olderThanTrace',
      third: 'lookupFailed',
      fourth: 'notLookedUp',
    });
    const { unresolved } = theCase.summary().trace;
    assert.deepEqual(unresolved, {
      notLookedUp: 1,
      olderThanTrace: 1,
      notFound: 1,
      lookupFailed: 1,
    });
    const ids = MESSAGES.map((one) => `<${one}@fabrikam.example>`);
    assert.deepEqual(
      [...theCase.traces(ids)].map((one) => one.unresolved),
      ['notFound', 'olderThanTrace', 'lookupFailed', 'notLookedUp'],
    );
  });

  it('is joined over the services, and what was found and went counts as not looked up', async (t) => {
    const { folder } = await caseOf(t, FIRST);
    const mailbox = { service: 'mailbox' } as const;
    note(
      folder,
      looked('first', 'olderThanTrace'),
      looked('first', 'notFound', mailbox),
      looked('second', 'notFound'),
      looked('second', 'failed', mailbox),
      looked('third', 'failed'),
      looked('third', 'notFound'),
      looked('fourth', 'notFound'),
      looked('fourth', 'found', mailbox),
    );
    assert.deepEqual(reasons(caseOn(t, folder)), {
      first: 'notFound',
      second: 'lookupFailed',
      third: 'notFound',
      fourth: 'notLookedUp',
    });
  });

  it('covers messages that arrive later, and the same after a rebuild', async (t) => {
    const { folder, files } = await caseOf(t, FIRST);
    note(folder, looked('late', 'notFound'), looked('first', 'notFound', { mailbox: null }));
    const late = [
      bind({ id: 2, messages: ['late'] }),
      bind({ id: 3, mailbox: 'otto', messages: ['late'] }),
    ];
    await importInto(folder, [writeLines(files, 'late.jsonl', late)]);
    const theCase = caseOn(t, folder);
    const ends = [...theCase.messages({})].map(({ mailbox, internetMessageId, unresolved }) =>
      [mailbox.owner, internetMessageId, unresolved].join(' '),
    );
    assert.ok(ends.includes('vera@contoso.example late@fabrikam.example notFound'));
    assert.ok(
      ends.includes('otto@contoso.example late@fabrikam.example notLookedUp'),
      'another mailbox',
    );
    const before = digestOf(folder);
    assert.deepEqual(await flawsIn(theCase), []);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    rmSync(join(folder, 'lookups.jsonl'));
    assert.ok(
      !Object.values(reasons(caseOn(t, folder))).includes('notFound'),
      'gone, it never was',
    );
  });

  it('damaged, is noticed by verify and counts as not looked up', async (t) => {
    const { folder } = await caseOf(t, FIRST);
    note(folder, looked('first', 'notFound'), looked('second', 'notFound'));
    const path = join(folder, 'lookups.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('first@', 'frist@'));
    const theCase = caseOn(t, folder);
    assert.deepEqual(reasons(theCase)['first'], 'notLookedUp');
    assert.match((await flawsIn(theCase))[0]?.text ?? '', /lookups\.jsonl, line 1:/);
  });

  it('asked for without a mailbox, is known of an id that is not in the case', async (t) => {
    const { folder } = await caseOf(t, FIRST);
    note(folder, looked('elsewhere', 'notFound', { mailbox: null, how: 'single' }));
    const [trace] = caseOn(t, folder).traces(['elsewhere@fabrikam.example']);
    assert.deepEqual([trace?.inCase, trace?.unresolved], [false, 'notFound']);
  });
});

describe('a trace that mia fetched', () => {
  it('is told from one that was given, also after a rebuild', async (t) => {
    const { folder, files } = await caseOf(t, FIRST);
    const page = writeLines(files, 'page.json', [
      graphMessageTrace.sample.replaceAll('a4@fabrikam', 'first@fabrikam'),
    ]);
    await importInto(folder, [page], { origin: 'fetched' });
    const source = () => [...theCase.messages({})].flatMap(({ trace }) => trace?.source ?? []);
    const theCase = caseOn(t, folder);
    assert.deepEqual(source(), ['fetchedTrace']);
    assert.equal(theCase.sources().find(({ kind }) => kind === 'trace')?.origin, 'fetched');
    const before = digestOf(folder);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    assert.deepEqual(source(), ['fetchedTrace']);
    assert.deepEqual(await flawsIn(theCase), []);
  });
});

it('what is asked for each id looks at no more than that', async (t) => {
  const { folder } = await caseOf(t, FIRST);
  const db = openRecords(join(folder, 'records.db'));
  t.after(() => db.close());
  for (const sql of Object.values(ID_SQL)) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    const steps = plan.map((row) => String(row['detail']));
    assert.ok(
      steps.some((step) => step.startsWith('SEARCH ')),
      sql,
    );
    // What a view gives for one message (`c`) may be walked.
    const scans = steps.filter((step) => /^SCAN (?!c$)|AUTOMATIC/.test(step));
    assert.deepEqual(scans, [], sql);
  }
});
