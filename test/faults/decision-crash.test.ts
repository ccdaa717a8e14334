import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { appendDecision, openDecisions, verifyDecisions } from '../../source/store/decision-log.ts';
import { readDecisions } from '../../source/store/decision-reading.ts';

const APPENDER = join(import.meta.dirname, 'append-decisions.ts');
const signed = { at: '2026-02-03T04:05:06Z', analyst: 'ana', console: 'c', reason: null };

describe('decisions, when things break', () => {
  let folder: CaseFolder;
  beforeEach(() => {
    folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-crash-')), { create: true });
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true });
  });
  const decide = (session: string): string =>
    appendDecision(
      folder,
      { act: 'mark', verdict: 'benign', targets: [{ session, whole: true, contexts: [] }] },
      signed,
    ).hash;
  const kept = (): string[] => readDecisions(folder).decisions.map(({ hash }) => hash);

  it('loses none that was said to be kept when consoles are killed', async () => {
    const said: string[] = [];
    for (const killAfter of [1, 5, 12, 30]) {
      const children = ['a', 'b'].map((name) =>
        spawn(process.execPath, [APPENDER, folder.path, name]),
      );
      await Promise.all(
        children.map(async (child) => {
          let heard = 0;
          for await (const line of createInterface({ input: child.stdout })) {
            said.push(line);
            heard += 1;
            if (heard === killAfter) child.kill('SIGKILL');
          }
          if (child.signalCode === null) await once(child, 'exit');
          assert.equal(child.signalCode, 'SIGKILL');
        }),
      );
      openDecisions(folder, signed.at);
      decide('after the crash');
      const all = new Set(kept());
      assert.deepEqual(
        said.filter((hash) => !all.has(hash)),
        [],
      );
      assert.deepEqual(verifyDecisions(folder).flaws, []);
    }
    assert.ok(said.length >= 2 * (1 + 5 + 12 + 30));
  });

  it('keeps the lines before, and what was torn, at whatever byte the last line ends', () => {
    const first = decide('one');
    decide('two, ünd');
    const whole = readFileSync(folder.decisions);
    const start = whole.indexOf(10) + 1;
    for (let cut = start; cut < whole.length; cut++) {
      writeFileSync(folder.decisions, whole.subarray(0, cut));
      const third = decide('three');
      assert.deepEqual(kept(), [first, third]);
      const check = verifyDecisions(folder);
      assert.deepEqual([check.flaws, check.tornBytes], [[], 0]);
      assert.equal(check.tornFiles.length, cut === start ? 0 : 1);
      for (const name of check.tornFiles) {
        assert.deepEqual(readFileSync(join(folder.path, name)), whole.subarray(start, cut));
        rmSync(join(folder.path, name));
      }
    }
  });

  it('keeps nothing of a decision that finds no room, says so, and goes on later', () => {
    const limited = (size: number, reason: string): string[] =>
      execFileSync(
        'bash',
        [
          '-c',
          `ulimit -f ${size}; exec "$@"`,
          'bash',
          process.execPath,
          APPENDER,
          folder.path,
          'c',
          '50',
          reason,
        ],
        { encoding: 'utf8' },
      )
        .trim()
        .split('\n');
    // The limit is 8 KiB: blocks of 1,024 bytes.
    const said = limited(8, 'x'.repeat(700));
    assert.match(said.at(-1) ?? '', /^problem: The decision was not kept.*EFBIG.*free some space/);
    const before = said.slice(0, -1);
    assert.ok(before.length > 2 && before.length < 12);
    assert.deepEqual(kept(), before);
    assert.deepEqual(verifyDecisions(folder).tornBytes, 0);
    const later = decide('later');
    assert.deepEqual(kept(), [...before, later]);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.includes('torn')),
      [],
    );
  });
});
