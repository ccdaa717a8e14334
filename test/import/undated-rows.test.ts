import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import type { Case } from '../../source/case/case.ts';
import { caseOn, flawsIn, rebuilt } from '../case/on-case.ts';
import { bind } from '../case/made-records.ts';
import { digestOf, importInto, sourcesIn, temporaryFolder, writeLines } from './temporary-case.ts';

const HEADER = 'MessageTraceId,MessageId,Received,SenderAddress,RecipientAddress,Subject';
/** Longer than the head by which a format is recognised. */
const FILLER = 9000;

const trace = (dates: readonly string[]): string =>
  [
    HEADER,
    ...dates.map((date, at) => `n${at},<m${at}@fabrikam.example>,${date},a@x,b@x,s`),
    '',
  ].join('\n');

const AMBIGUOUS = Array.from({ length: FILLER }, () => '4/5/2026 1:00:00 PM');

const timesIn = (theCase: Case): readonly (string | null | undefined)[] =>
  [...theCase.messages({})].map((message) => message.trace?.receivedAt);

const caseWith = (t: TestContext, dates: readonly string[]) => {
  const files = temporaryFolder(t);
  const folder = join(files, 'case');
  const path = join(files, 'trace.csv');
  writeFileSync(path, trace(dates));
  // The message of the first row was accessed, so that its metadata is listed.
  const log = writeLines(files, 'log.jsonl', [bind({ id: 1, messages: ['m0'] })]);
  return { folder, path, log };
};

describe('a trace whose dates are local', () => {
  for (const [how, over] of [
    ['kept', { keep: true }],
    ['left where it is', { keep: false }],
  ] as const)
    it(`is dated by a row far down that proves the order (${how}), and so after a rebuild`, async (t) => {
      const { folder, path, log } = caseWith(t, [...AMBIGUOUS, '4/20/2026 1:00:00 PM']);
      const events = await importInto(folder, [log, path], over);
      const [, source] = sourcesIn(events);
      assert.deepEqual([source?.rows, source?.accepted], [FILLER + 1, FILLER + 1]);
      assert.deepEqual(
        events.flatMap((event) => (event.event === 'source' ? event.warnings : [])),
        [],
      );
      const theCase = caseOn(t, folder);
      assert.deepEqual(timesIn(theCase), ['2026-04-05T13:00:00Z']);
      assert.deepEqual(await flawsIn(theCase), []);
      const before = digestOf(folder);
      assert.equal(await rebuilt(folder), 'finished');
      assert.equal(digestOf(folder), before);
      assert.deepEqual(timesIn(theCase), ['2026-04-05T13:00:00Z']);
    });

  it('through a pipe as well', async (t) => {
    const { folder, log } = caseWith(t, []);
    const text = trace([...AMBIGUOUS, '20/4/2026 13:00:00']);
    await importInto(folder, [log, '-'], { standardInput: Readable.from([Buffer.from(text)]) });
    assert.deepEqual(timesIn(caseOn(t, folder)), ['2026-05-04T13:00:00Z']);
  });

  it('is not dated by its head where a row far down contradicts it, and says so', async (t) => {
    const { folder, path, log } = caseWith(t, [
      ...AMBIGUOUS.slice(0, 1),
      '4/20/2026 1:00:00 PM',
      ...AMBIGUOUS,
      '20/4/2026 13:00:00',
    ]);
    const events = await importInto(folder, [log, path]);
    const theCase = caseOn(t, folder);
    assert.deepEqual(timesIn(theCase), [null]);
    const [, source] = sourcesIn(events);
    const said = events.flatMap((event) => (event.event === 'source' ? event.warnings : []));
    assert.equal(said.length, 1);
    assert.match(
      said[0]?.reason ?? '',
      new RegExp(`^${FILLER + 1} rows without a time.*two machines`),
    );
    assert.deepEqual([said[0]?.file, said[0]?.line], [path, 2]);
    // What was said at the import is said of the source ever after, and when the file comes again.
    assert.deepEqual(theCase.warnings(source?.id ?? ''), said);
    assert.deepEqual(theCase.warnings(source?.id ?? '', 'file'), said);
    const again = await importInto(folder, [path]);
    assert.deepEqual(
      again.flatMap((event) => (event.event === 'source' ? event.warnings : [])),
      said,
    );
  });
});
