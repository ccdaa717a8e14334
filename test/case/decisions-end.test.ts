import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { Decision } from '../../source/domain/verdicts/decision.ts';
import type { JsonObject } from '../../source/domain/json.ts';
import type { Case } from '../../source/case/case.ts';
import type { Finding } from '../../source/case/verify/finding.ts';
import { canonicalJson } from '../../source/store/canonical-json.ts';
import { hashOf } from '../../source/store/decision-line.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

const CHILD = join(import.meta.dirname, '../faults/die-before-anchor.ts');

interface Judged {
  readonly folder: string;
  readonly log: string;
  readonly head: string;
  readonly caseFile: string;
  readonly lines: readonly string[];
}

const mark = (theCase: Case): void => {
  const [session] = [...theCase.sessions({})];
  const sessions = [session?.key ?? ''];
  theCase.judging.mark({ verdict: 'malicious', sessions, contexts: [], reason: null });
};

/** A case with so many decisions, closed. */
const judged = async (t: TestContext, decisions: number): Promise<Judged> => {
  const { folder } = await caseOf(t, [bind({ id: 1 })]);
  const theCase = caseOn(t, folder);
  for (let at = 0; at < decisions; at++) mark(theCase);
  theCase.close();
  const log = join(folder, 'decisions.jsonl');
  return {
    folder,
    log,
    head: join(folder, 'decisions.head'),
    caseFile: join(folder, 'case.json'),
    lines: decisions === 0 ? [] : readFileSync(log, 'utf8').trimEnd().split('\n'),
  };
};

const quickly = async (theCase: Case, head?: string): Promise<readonly Finding[]> => {
  const found: Finding[] = [];
  const options = head === undefined ? { quick: true } : { quick: true, head };
  for await (const finding of theCase.verify(options)) found.push(finding);
  return found;
};

const said = async (theCase: Case): Promise<string> =>
  (await quickly(theCase))
    .filter(({ ok }) => !ok)
    .map(({ text }) => text)
    .join('\n');

/** The line with other content, a hash of its own, and the line before it. */
const forged = (line: string, over: JsonObject): string => {
  const content = { ...(JSON.parse(line) as JsonObject), ...over };
  return canonicalJson({ ...content, hash: hashOf(content) });
};

const write = ({ log }: Judged, lines: readonly string[]): void =>
  writeFileSync(log, lines.map((line) => `${line}\n`).join(''));

const hashIn = (line: string | undefined): string =>
  (JSON.parse(line ?? '{}') as Partial<Decision>).hash ?? '';

describe('the end of the decisions', () => {
  const manipulations: readonly (readonly [
    string,
    (made: Judged) => void,
    found: RegExp,
    concerned: RegExp,
  ])[] = [
    [
      'its last line is taken away',
      (made) => write(made, made.lines.slice(0, -1)),
      /has 3 lines, decisions\.head says 4/,
      /1 decision is missing/,
    ],
    [
      'its last three lines are taken away',
      (made) => write(made, made.lines.slice(0, 1)),
      /has 1 line, decisions\.head says 4/,
      /3 decisions are missing/,
    ],
    ['it is emptied', (made) => write(made, []), /has 0 lines/, /4 decisions are missing/],
    ['it is deleted', ({ log }) => rmSync(log), /has 0 lines/, /4 decisions are missing/],
    [
      'the verdict of its last line is changed, and its hash made again',
      (made) =>
        write(made, [
          ...made.lines.slice(0, -1),
          forged(made.lines[3] ?? '', { verdict: 'benign' }),
        ]),
      /line 4 is not the decision that decisions\.head names/,
      /at least 1 decision .* was changed or replaced/,
    ],
    [
      'one forged line is appended',
      (made) =>
        write(made, [
          ...made.lines,
          forged(made.lines[3] ?? '', { verdict: 'benign', prev: hashIn(made.lines[3]) }),
        ]),
      /line 5 \(benign on .*, by tester at .*\) is not in decisions\.head/,
      /--affirm/,
    ],
    [
      'two forged lines are appended',
      (made) => {
        const fifth = forged(made.lines[3] ?? '', { prev: hashIn(made.lines[3]) });
        write(made, [...made.lines, fifth, forged(fifth, { prev: hashIn(fifth) })]);
      },
      /has 6 lines, decisions\.head says 4/,
      /2 decisions at its end were added/,
    ],
    [
      'decisions.head is gone',
      ({ head }) => rmSync(head),
      /decisions\.head is not there/,
      /4 decis/,
    ],
    [
      'decisions.head is garbled',
      ({ head }) => writeFileSync(head, 'x'.repeat(256)),
      /decisions\.head is damaged/,
      /4 decisions/,
    ],
    [
      'both are gone',
      ({ head, log }) => {
        rmSync(head);
        rmSync(log);
      },
      /decisions\.head is not there/,
      /0 decisions/,
    ],
  ];
  for (const [what, manipulate, found, concerned] of manipulations)
    it(`is found to be wrong where ${what}; the case opens and says so`, async (t) => {
      const made = await judged(t, 4);
      manipulate(made);
      const theCase = caseOn(t, made.folder);
      assert.match(theCase.notices.join('\n'), found);
      assert.match(await said(theCase), found);
      assert.match(await said(theCase), concerned);
      // A decision on top of it does not hide it.
      mark(theCase);
      theCase.close();
      const later = caseOn(t, made.folder);
      assert.match(later.notices.join('\n'), found);
      assert.match(await said(later), found);
      // The analyst stands in for it, and that is kept.
      assert.match(later.affirm()[0]?.text ?? '', found);
      later.close();
      const last = caseOn(t, made.folder);
      assert.deepEqual(last.notices, []);
      assert.equal(await said(last), '');
      const note = (await quickly(last)).find(({ text }) => /affirmed by tester/.test(text));
      assert.match(note?.text ?? '', found);
    });

  it('an older copy that is put back is found', async (t) => {
    const made = await judged(t, 2);
    copyFileSync(made.log, `${made.log}.copy`);
    const theCase = caseOn(t, made.folder);
    for (let at = 0; at < 3; at++) mark(theCase);
    theCase.close();
    copyFileSync(`${made.log}.copy`, made.log);
    assert.match(await said(caseOn(t, made.folder)), /3 decisions are missing, or an older copy/);
  });

  it('any line taken out, doubled or moved is found, and any byte changed', async (t) => {
    const made = await judged(t, 8);
    const theCase = caseOn(t, made.folder);
    const whole = readFileSync(made.log);
    const line = fc.nat({ max: made.lines.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('remove', 'double', 'swap', 'flip'),
        line,
        line,
        fc.nat({ max: 7 }),
        async (how, one, other, bit) => {
          const lines = [...made.lines];
          if (how === 'remove') lines.splice(one, 1);
          else if (how === 'double') lines.splice(other, 0, lines[one] ?? '');
          else if (how === 'swap') {
            fc.pre(one !== other);
            [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
          }
          write(made, lines);
          if (how === 'flip') {
            const bytes = Buffer.from(whole);
            const at = Math.floor((whole.length * (one * 8 + other)) / 64);
            bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
            writeFileSync(made.log, bytes);
          }
          assert.notEqual(await said(theCase), '');
        },
      ),
      { numRuns: 60 },
    );
    writeFileSync(made.log, whole);
    assert.equal(await said(theCase), '');
  });

  it('a kill between a decision and its head leaves one line that is named until it is affirmed', async (t) => {
    const made = await judged(t, 1);
    const { signal } = spawnSync(process.execPath, [CHILD, made.folder], { encoding: 'utf8' });
    assert.equal(signal, 'SIGKILL');
    const theCase = caseOn(t, made.folder);
    assert.equal(theCase.decisions().length, 3);
    const named = /line 3 \(malicious on killed, by ana at 2026-02-03T04:05:06Z\)/;
    assert.match(theCase.notices.join('\n'), named);
    assert.match(await said(theCase), named);
    mark(theCase);
    mark(theCase);
    assert.match(await said(theCase), named);
    assert.equal(theCase.affirm().length, 1);
    assert.equal(await said(theCase), '');
    assert.equal(theCase.decisions().length, 5);
  });

  it('an old case gets its head when it is first opened, and says since when', async (t) => {
    const made = await judged(t, 3);
    rmSync(made.head);
    const file = JSON.parse(readFileSync(made.caseFile, 'utf8')) as JsonObject;
    for (const key of ['anchoredSince', 'toAffirm', 'affirmed', 'checks']) delete file[key];
    writeFileSync(made.caseFile, JSON.stringify(file));
    const theCase = caseOn(t, made.folder);
    assert.deepEqual(theCase.notices, []);
    assert.equal(await said(theCase), '');
    const { anchoredSince } = JSON.parse(readFileSync(made.caseFile, 'utf8')) as JsonObject;
    assert.deepEqual(anchoredSince, { at: NOW, decisions: 3 });
    const since = (await quickly(theCase)).find(({ note }) => note === true);
    assert.match(since?.text ?? '', /is there since .*, from 3 decisions on/);
    write(made, made.lines.slice(0, 2));
    assert.match(await said(theCase), /1 decision is missing/);
  });

  it('a case that was new when it was opened has its head from the first decision on', async (t) => {
    const files = temporaryFolder(t);
    const folder = join(files, 'case');
    const theCase = caseOn(t, folder);
    await importInto(folder, [writeLines(files, 'rows.jsonl', [bind({ id: 1 })])]);
    mark(theCase);
    theCase.close();
    const later = caseOn(t, folder);
    const notes = (await quickly(later)).filter(({ note }) => note === true);
    assert.ok(notes.every(({ text }) => !text.includes('is there since')));
  });

  it('a whole older case agrees with itself; a head kept elsewhere says what was added since', async (t) => {
    const made = await judged(t, 4);
    const theCase = caseOn(t, made.folder);
    const place = async (head: string): Promise<string> =>
      (await quickly(theCase, head))
        .map(({ ok, text }) => `${ok ? 'ok' : 'wrong'} ${text}`)
        .findLast((text) => text.startsWith('wrong') || text.includes(head)) ?? '';
    const [, second, , last] = made.lines.map(hashIn);
    assert.match(await place(last ?? ''), /^ok .* is the last decision, number 4/);
    assert.match(await place(second ?? ''), /^ok .* is decision 2 of 4: 2 were added since/);
    assert.match(await place((second ?? '').slice(0, 12)), /^ok .* is decision 2 of 4/);
    assert.match(
      await place('0'.repeat(64)),
      /^ok .* before the first .*: 4 decisions were added since/,
    );
    assert.match(await place('ab'.repeat(32)), /^wrong .* is not in this case/);
    theCase.close();
    // Log, head and case.json of before: nothing in the case can say so.
    write(made, made.lines.slice(0, 2));
    rmSync(made.head);
    const file = JSON.parse(readFileSync(made.caseFile, 'utf8')) as JsonObject;
    for (const key of ['anchoredSince', 'checks']) delete file[key];
    writeFileSync(made.caseFile, JSON.stringify(file));
    const older = caseOn(t, made.folder);
    assert.equal(await said(older), '');
    const finding = (await quickly(older, last)).find(({ ok }) => !ok);
    assert.match(finding?.text ?? '', /is not in this case/);
  });
});
