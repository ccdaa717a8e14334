import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../source/domain/problem.ts';
import { openCase } from '../../source/case/case.ts';
import type { Case } from '../../source/case/case.ts';
import type { Finding } from '../../source/case/verify/finding.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { changeCaseFile } from '../../source/store/case-file.ts';
import { importInto, NOW, writeLines } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn, type MadeCase } from './on-case.ts';

interface Found extends MadeCase {
  readonly path: string;
  readonly whole: Buffer;
}

const madeCase = async (t: TestContext): Promise<Found> => {
  const made = await caseOf(t, [bind({ id: 1 })], [bind({ id: 2, messages: ['two'] })]);
  const folder = openCaseFolder(made.folder, { create: false });
  changeCaseFile(folder, (before) => ({
    ...before,
    settings: { ownApplications: ['11111111-2222-3333-4444-555555555555'], tenant: 'contoso' },
  }));
  const theCase = caseOn(t, made.folder);
  theCase.judging.setWindow(null, '2026-09-14T00:00:00Z', null, 'first sign-in');
  theCase.close();
  const path = join(made.folder, 'case.json');
  return { ...made, path, whole: readFileSync(path) };
};

const findings = async (theCase: Case): Promise<readonly Finding[]> => {
  const found: Finding[] = [];
  for await (const finding of theCase.verify({ quick: true })) found.push(finding);
  return found;
};

/** All that a case shows of its case.json, and what verify says of it; or what opening it says. */
const lookAt = async (
  folder: string,
): Promise<{ readonly shown: string; readonly wrong: string; readonly noted: string }> => {
  try {
    const theCase = openCase({ folder, analyst: null, now: () => NOW });
    try {
      const { title, analyst, sources, fetches, lookups, window } = theCase.overview();
      const sessions = [...theCase.sessions({})];
      const shown = JSON.stringify([title, analyst, sources, fetches, lookups, window, sessions]);
      const found = await findings(theCase);
      const text = (ok: boolean): string =>
        found
          .filter((one) => one.ok === ok && (!ok || one.note === true))
          .map((one) => one.text)
          .join('\n');
      return { shown, wrong: text(false), noted: text(true) };
    } finally {
      theCase.close();
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { shown: '', wrong: error.message, noted: '' };
  }
};

describe('case.json, changed by something else than mia', () => {
  it('no changed byte that changes what is shown stays unnoticed', async (t) => {
    const { folder, path, whole } = await madeCase(t);
    const before = await lookAt(folder);
    assert.equal(before.wrong, '');
    let noticed = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(path, bytes);
        const { shown, wrong, noted } = await lookAt(folder);
        const found = wrong !== '' || noted !== before.noted;
        if (shown !== before.shown) assert.ok(found, `byte ${at}, bit ${bit}`);
        if (found) noticed += 1;
      }),
      { numRuns: 150 },
    );
    assert.ok(noticed > 50);
  });

  it('says what was changed, also when mia has changed it since', async (t) => {
    const { folder, path, whole, files } = await madeCase(t);
    const text = whole.toString();
    writeFileSync(path, text.replace('/1.jsonl', '/9.jsonl'));
    const named = /case\.json, sources: .*9\.jsonl is not as it was written/;
    assert.match((await lookAt(folder)).wrong, named);
    assert.match(caseOn(t, folder).notices.join(), named);
    await importInto(folder, [writeLines(files, 'later.jsonl', [bind({ id: 3 })])]);
    assert.match((await lookAt(folder)).wrong, named);
    const theCase = caseOn(t, folder);
    assert.equal(theCase.affirm().length, 1);
    const { wrong, noted } = await lookAt(folder);
    assert.equal(wrong, '');
    assert.match(noted, /affirmed by tester at .*9\.jsonl is not as it was written/);
  });

  it('a source that was taken out, a setting and a window are named', async (t) => {
    const { folder, path, whole } = await madeCase(t);
    const file = JSON.parse(whole.toString()) as Record<string, unknown>;
    for (const [change, found] of [
      [{ settings: {} }, /case\.json, settings is not as it was written/],
      [{ window: null }, /case\.json, window is not as it was written/],
      [
        {
          analyst: 'someone',
          fetches: [{ id: 'f', queries: [], asked: { to: '2026-09-26T00:00:00Z' } }],
        },
        /fetches: f is not as it was/,
      ],
      [{ checks: undefined }, /case\.json has lost its checks/],
    ] as const) {
      writeFileSync(path, JSON.stringify({ ...file, ...change }));
      assert.match((await lookAt(folder)).wrong, found);
    }
  });

  it('a title that is written by hand is noted, and no finding', async (t) => {
    const { folder, path, whole } = await madeCase(t);
    writeFileSync(path, whole.toString().replace(/"title": ".*"/, '"title": "Fraud at Contoso"'));
    const { wrong, noted, shown } = await lookAt(folder);
    assert.equal(wrong, '');
    assert.match(noted, /case\.json, title is not as it was written, by hand/);
    assert.match(shown, /Fraud at Contoso/);
    assert.deepEqual(caseOn(t, folder).notices, []);
  });
});
