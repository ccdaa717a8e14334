import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importInto, NOW, writeLines } from '../import/temporary-case.ts';
import { openCase } from '../../source/case/case.ts';
import { bind } from './made-records.ts';
import { caseOf, rebuilt, type MadeCase } from './on-case.ts';

const ROWS = [[bind({ id: 1, messages: ['one'] })], [bind({ id: 2, messages: ['two'] })]] as const;

const messagesIn = ({ folder }: MadeCase): readonly (string | null)[] => {
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  try {
    return [...theCase.messages({})].map((message) => message.internetMessageId);
  } finally {
    theCase.close();
  }
};

const BOTH = ['one@fabrikam.example', 'two@fabrikam.example'];

describe('a source that case.json no longer names', () => {
  it('does not go in silence: the case says so, and is whole when case.json is back', async (t) => {
    const made = await caseOf(t, ...ROWS);
    const path = join(made.folder, 'case.json');
    const whole = readFileSync(path, 'utf8');
    const { sources, ...rest } = JSON.parse(whole) as { sources: readonly unknown[] };
    writeFileSync(path, JSON.stringify({ ...rest, sources: sources.slice(1) }));
    assert.throws(() => messagesIn(made), /case\.json does not name .*0\.jsonl/);
    rmSync(path);
    assert.throws(() => messagesIn(made), /case\.json does not name .*0\.jsonl and 1 more/);
    writeFileSync(path, whole);
    assert.deepEqual(messagesIn(made), BOTH);
  });

  it('does not go by another import either', async (t) => {
    const made = await caseOf(t, ...ROWS);
    const path = join(made.folder, 'case.json');
    const whole = readFileSync(path, 'utf8');
    rmSync(path);
    const more = writeLines(made.files, 'more.jsonl', [bind({ id: 3, messages: ['three'] })]);
    const [end] = (await importInto(made.folder, [more])).slice(-1);
    assert.ok(end?.event === 'failed' && /does not name .*0\.jsonl and 1 more/.test(end.problem));
    writeFileSync(path, whole);
    assert.deepEqual(messagesIn(made), BOTH);
  });

  it('goes where the analyst says so, by a rebuild', async (t) => {
    const made = await caseOf(t, ...ROWS);
    const path = join(made.folder, 'case.json');
    const { sources, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as {
      sources: readonly unknown[];
    };
    writeFileSync(path, JSON.stringify({ ...rest, sources: sources.slice(1) }));
    assert.equal(await rebuilt(made.folder), 'finished');
    assert.deepEqual(messagesIn(made), BOTH.slice(1));
  });

  it('is missed where only decisions are left, until the files are imported again', async (t) => {
    const made = await caseOf(t, ...ROWS);
    const theCase = openCase({ folder: made.folder, analyst: 'tester', now: () => NOW });
    const [session] = [...theCase.sessions({})];
    theCase.judging.mark({
      verdict: 'malicious',
      sessions: [session?.key ?? ''],
      contexts: [],
      reason: null,
    });
    theCase.close();
    for (const name of ['case.json', 'records.db']) rmSync(join(made.folder, name));
    assert.throws(() => messagesIn(made), /case\.json is not there, and decisions were made/);
    await importInto(made.folder, made.paths);
    assert.deepEqual(messagesIn(made), BOTH);
  });
});
