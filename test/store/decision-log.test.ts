import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Act } from '../../source/domain/verdicts/decision.ts';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { hashOf, NO_LINE_BEFORE } from '../../source/store/decision-line.ts';
import { appendDecision, openDecisions, verifyDecisions } from '../../source/store/decision-log.ts';
import { readDecisions } from '../../source/store/decision-reading.ts';

const signed = {
  at: '2026-02-03T04:05:06Z',
  analyst: 'ana@contoso.com',
  console: 'c1',
  reason: 'line\nbreak "é" \u2028 \ud800',
};
const mark = (session: string): Act => ({
  act: 'mark',
  verdict: 'malicious',
  targets: [{ session, whole: true, contexts: [{ key: 'k', records: 3, digest: 'd' }] }],
});

describe('decisions.jsonl', () => {
  let folder: CaseFolder;
  beforeEach(() => {
    folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-log-')), { create: true });
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true });
  });
  const text = (): string => readFileSync(folder.decisions, 'utf8');
  const lines = (): string[] => text().split('\n').slice(0, -1);
  const flawsFound = (): string[] =>
    verifyDecisions(folder).flaws.map(({ line, flaw }) => `${line} ${flaw}`);

  it('is a chain of lines, each with its own hash and that of the line before', () => {
    const first = appendDecision(folder, mark('s1'), signed);
    const second = appendDecision(folder, { act: 'undo', of: first.hash }, signed);
    assert.equal(first.prev, NO_LINE_BEFORE);
    assert.equal(second.prev, first.hash);
    assert.equal(first.hash, hashOf(first));
    assert.deepEqual(readDecisions(folder).decisions, [first, second]);
    assert.equal(lines().length, 2);
    assert.equal(statSync(folder.decisions).mode & 0o777, 0o600);
    const check = verifyDecisions(folder);
    assert.deepEqual(check, {
      decisions: 2,
      head: second.hash,
      flaws: [],
      end: null,
      hashes: [first.hash, second.hash],
      tornBytes: 0,
      tornFiles: [],
    });
  });

  it('can be checked by a few lines of Python', () => {
    for (const session of ['s1', 's2', 's3'])
      appendDecision(folder, mark(session), { ...signed, reason: 'é "x"\n' });
    const python = `
import json, hashlib, sys
prev = '0' * 64
for line in open(sys.argv[1], encoding='utf8'):
    d = json.loads(line); h = d.pop('hash')
    c = json.dumps(d, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    assert hashlib.sha256(c.encode()).hexdigest() == h and d['prev'] == prev
    prev = h
print(prev)`;
    const head = execFileSync('python3', ['-c', python, folder.decisions], {
      encoding: 'utf8',
    }).trim();
    assert.equal(head, verifyDecisions(folder).head);
  });

  it('keeps every kind of act as it was made', () => {
    const acts: Act[] = [
      { act: 'mark', verdict: null, targets: [] },
      { act: 'window', mailbox: null, from: '2026-01-01T00:00:00Z', to: null },
      { act: 'rebut', mailbox: 'm', from: 'a', to: 'b', rebutted: true },
      { act: 'withdraw', source: 'abc' },
      { act: 'redo', of: 'x' },
    ];
    const written = acts.map((act) => appendDecision(folder, act, { ...signed, reason: null }));
    assert.deepEqual(readDecisions(folder).decisions, written);
    assert.deepEqual(flawsFound(), []);
  });

  it('is followed from where it was read', () => {
    assert.deepEqual(readDecisions(folder).decisions, []);
    const first = appendDecision(folder, mark('s1'), signed);
    const start = readDecisions(folder);
    const second = appendDecision(folder, mark('s2'), { ...signed, console: 'c2' });
    const next = readDecisions(folder, start.cursor);
    assert.deepEqual([start.decisions, next.decisions], [[first], [second]]);
    assert.equal(next.restarted, false);
    assert.deepEqual(readDecisions(folder, next.cursor).decisions, []);
    assert.deepEqual(readDecisions(folder, next.cursor).cursor, next.cursor);
  });

  it('waits for a line that another console is still writing', () => {
    appendDecision(folder, mark('s1'), signed);
    const before = readDecisions(folder).cursor;
    const second = appendDecision(folder, mark('s2'), signed);
    const whole = text();
    for (let cut = before.offset; cut < whole.length - 1; cut += 7) {
      writeFileSync(folder.decisions, whole.slice(0, cut));
      const reading = readDecisions(folder, before);
      assert.deepEqual([reading.decisions, reading.flaws, reading.cursor], [[], [], before]);
    }
    writeFileSync(folder.decisions, whole);
    assert.deepEqual(readDecisions(folder, before).decisions, [second]);
  });

  it('starts over when the file is another', () => {
    appendDecision(folder, mark('s1'), signed);
    appendDecision(folder, mark('s2'), signed);
    const { cursor } = readDecisions(folder);
    rmSync(folder.decisions);
    const other = appendDecision(folder, mark('s3'), signed);
    const shorter = readDecisions(folder, cursor);
    assert.deepEqual([shorter.restarted, shorter.decisions], [true, [other]]);
    const more = [4, 5, 6].map((each) => appendDecision(folder, mark(`s${each}`), signed));
    const longer = readDecisions(folder, cursor);
    assert.deepEqual([longer.restarted, longer.decisions], [true, [other, ...more]]);
    rmSync(folder.decisions);
    assert.deepEqual(readDecisions(folder, longer.cursor), {
      restarted: true,
      decisions: [],
      flaws: [],
      hashes: [],
      cursor: { offset: 0, lines: 0, head: NO_LINE_BEFORE },
    });
  });

  it('names a changed line, leaves it out, and goes on', () => {
    for (const session of ['s1', 's2', 's3']) appendDecision(folder, mark(session), signed);
    writeFileSync(folder.decisions, text().replace('"session":"s2"', '"session":"s9"'));
    const { decisions, flaws } = readDecisions(folder);
    assert.equal(decisions.length, 2);
    assert.match(flaws[0]?.text ?? '', /line 2 was changed/);
    const added = appendDecision(folder, mark('s4'), signed);
    assert.deepEqual(readDecisions(folder).decisions.at(-1), added);
    assert.deepEqual(flawsFound(), ['2 altered']);
  });

  it('names lines that are missing, moved, or garbled in the middle', () => {
    for (const session of ['s1', 's2', 's3', 's4']) appendDecision(folder, mark(session), signed);
    const [a, b, c, d] = lines();
    const write = (...those: (string | undefined)[]): void =>
      writeFileSync(folder.decisions, `${those.join('\n')}\n`);
    write(a, c, d);
    assert.deepEqual(flawsFound(), ['2 chain']);
    write(a, c, b, d);
    assert.deepEqual(flawsFound(), ['2 chain', '3 chain', '4 chain']);
    write(a, '{"act":', c, d);
    assert.deepEqual(flawsFound(), ['2 unreadable', '3 chain']);
    assert.equal(readDecisions(folder).decisions.length, 3);
    write(b, c, d);
    assert.deepEqual(flawsFound(), ['1 chain']);
  });

  it('leaves out what a newer version decided, and says so', () => {
    const first = appendDecision(folder, mark('s1'), signed);
    const content = { act: 'levitate', ...signed, prev: first.hash };
    appendFileSync(folder.decisions, `${JSON.stringify({ ...content, hash: hashOf(content) })}\n`);
    const third = appendDecision(folder, mark('s3'), signed);
    assert.equal(third.prev, hashOf(content));
    assert.deepEqual(flawsFound(), ['2 unknown']);
    assert.deepEqual(readDecisions(folder).decisions, [first, third]);
  });

  it('moves a torn tail aside, once, and says where it is', () => {
    assert.equal(openDecisions(folder, signed.at).torn, null);
    const first = appendDecision(folder, mark('s1'), signed);
    assert.equal(openDecisions(folder, signed.at).torn, null);
    appendFileSync(folder.decisions, '{"act":"ma');
    assert.equal(verifyDecisions(folder).tornBytes, 10);
    const { torn } = openDecisions(folder, signed.at);
    assert.equal(torn?.file, 'decisions.torn-20260203T040506Z.jsonl');
    assert.match(torn?.notice ?? '', /10 bytes are in decisions\.torn-/);
    const aside = join(folder.path, torn?.file ?? '');
    assert.equal(readFileSync(aside, 'utf8'), '{"act":"ma');
    assert.equal(statSync(aside).mode & 0o777, 0o600);
    assert.deepEqual(readDecisions(folder).decisions, [first]);
    appendFileSync(folder.decisions, 'garbled line\n');
    assert.equal(
      openDecisions(folder, signed.at).torn?.file,
      'decisions.torn-20260203T040506Z-2.jsonl',
    );
    assert.equal(verifyDecisions(folder).tornFiles.length, 2);
    assert.equal(verifyDecisions(folder).tornBytes, 0);
  });

  it('is left alone when none of it can be read', () => {
    writeFileSync(folder.decisions, Buffer.from('a\nb\n', 'utf16le'));
    assert.throws(
      () => openDecisions(folder, signed.at),
      (error) => error instanceof Problem && /left as it is/.test(error.message),
    );
    assert.throws(() => appendDecision(folder, mark('s'), signed), Problem);
    assert.equal(readFileSync(folder.decisions, 'utf16le'), 'a\nb\n');
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.includes('torn')),
      [],
    );
  });

  it('continues after a very long line', () => {
    const contexts = Array.from({ length: 5000 }, (_, n) => ({
      key: `k${n}`,
      records: n,
      digest: 'd'.repeat(32),
    }));
    const long = appendDecision(
      folder,
      { act: 'mark', verdict: 'benign', targets: [{ session: 's', whole: false, contexts }] },
      signed,
    );
    assert.equal(appendDecision(folder, mark('s2'), signed).prev, long.hash);
    assert.ok(existsSync(folder.decisions) && statSync(folder.decisions).size > 300_000);
  });
});
