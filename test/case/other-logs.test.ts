import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { LookedUpMessage } from '../../source/domain/lookups/lookup.ts';
import type { Case } from '../../source/case/case.ts';
import type { Finding } from '../../source/case/verify/finding.ts';
import { type CaseFolder, openCaseFolder } from '../../source/store/case-folder.ts';
import { TaskFolder } from '../../source/store/task-folder.ts';
import { appendLookups } from '../../source/store/lookup-log.ts';
import { bind, mailboxGuid } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

const looked = (message: string): LookedUpMessage => ({
  at: '2026-11-24T09:00:00Z',
  service: 'messageTrace',
  mailbox: mailboxGuid('vera'),
  messageId: `${message}@fabrikam.example`,
  itemId: null,
  end: 'notFound',
  how: 'traffic',
  detail: null,
});

interface Made {
  readonly folder: CaseFolder;
  readonly theCase: Case;
}

const made = async (t: TestContext): Promise<Made> => {
  const { folder } = await caseOf(t, [bind({ id: 1, messages: ['a', 'b', 'c', 'd'] })]);
  return { folder: openCaseFolder(folder, { create: false }), theCase: caseOn(t, folder) };
};

const findings = async (theCase: Case): Promise<readonly Finding[]> => {
  const all: Finding[] = [];
  for await (const finding of theCase.verify({ quick: true })) all.push(finding);
  return all;
};
const said = async (theCase: Case, ok: boolean): Promise<string> =>
  (await findings(theCase))
    .filter((one) => one.ok === ok && (!ok || one.note === true))
    .map(({ text }) => text)
    .join('\n');

describe('lookups.jsonl', () => {
  const noted = async (t: TestContext): Promise<Made & { readonly lines: readonly string[] }> => {
    const one = await made(t);
    appendLookups(one.folder, [looked('a'), looked('b')]);
    appendLookups(one.folder, [looked('c')]);
    return { ...one, lines: readFileSync(one.folder.lookups, 'utf8').trimEnd().split('\n') };
  };
  const write = ({ folder }: Made, lines: readonly string[]): void =>
    writeFileSync(folder.lookups, lines.map((line) => `${line}\n`).join(''));

  it('that lost its end is found, also when more was looked up since, until it is affirmed', async (t) => {
    const one = await noted(t);
    assert.equal(await said(one.theCase, false), '');
    write(one, one.lines.slice(0, 2));
    assert.match(await said(one.theCase, false), /1 lookup of lookups\.jsonl missing at its end/);
    appendLookups(one.folder, [looked('d')]);
    assert.match(await said(one.theCase, false), /1 lookup of lookups\.jsonl missing at its end/);
    assert.equal(one.theCase.affirm().length, 1);
    assert.equal(await said(one.theCase, false), '');
    appendLookups(one.folder, [looked('e')]);
    assert.equal(await said(one.theCase, false), '');
  });

  it('of which a line was taken out, changed, doubled or moved is found', async (t) => {
    const one = await noted(t);
    const [a = '', b = '', c = ''] = one.lines;
    for (const lines of [
      [b, c],
      [a, c],
      [a, a, b, c],
      [b, a, c],
      [a, b, c.replace('c@', 'x@')],
    ]) {
      write(one, lines);
      assert.notEqual(await said(one.theCase, false), '', lines.join('\n'));
    }
    write(one, one.lines);
    assert.equal(await said(one.theCase, false), '');
  });

  it('with a line too many, or taken away as a whole, is noted', async (t) => {
    const one = await noted(t);
    const [before, head] = [readFileSync(one.folder.lookupsHead), one.folder.lookupsHead];
    appendLookups(one.folder, [looked('d')]);
    writeFileSync(head, before);
    assert.match(await said(one.theCase, true), /1 lookup at the end .* not in lookups\.head/);
    rmSync(one.folder.lookups);
    assert.match(await said(one.theCase, true), /its 3 lookups count as not looked up/);
    rmSync(head);
    write(one, one.lines);
    assert.match(await said(one.theCase, false), /lookups\.head is not there/);
  });
});

describe('what a fetch keeps of its requests', () => {
  const ID = 'abcdef01';
  const fetched = async (t: TestContext): Promise<Made & { readonly path: string }> => {
    const one = await made(t);
    const kept = new TaskFolder(one.folder, ID);
    kept.create(one.folder);
    kept.keepState({ id: ID, queries: [] });
    kept.note([{ entry: 'one' }, { entry: 'two' }]);
    kept.note([{ entry: 'three' }]);
    // Whoever goes on does so in another program.
    new TaskFolder(one.folder, ID).note([{ entry: 'four' }]);
    return { ...one, path: join(one.folder.evidence, `fetch-${ID}`) };
  };

  it('is as it was written, and the state is read without its check', async (t) => {
    const { theCase, folder } = await fetched(t);
    assert.equal(await said(theCase, false), '');
    assert.deepEqual(new TaskFolder(folder, ID).state(), { id: ID, queries: [] });
    assert.ok(
      (await findings(theCase)).some(
        ({ text }) => text === 'manifests of 1 fetches and lookups as written',
      ),
    );
  });

  it('is found where a line was changed, lost or added, also when it went on since', async (t) => {
    const { theCase, folder, path } = await fetched(t);
    const manifest = join(path, 'manifest.jsonl');
    const head = join(path, 'manifest.head');
    const [text, anchored] = [readFileSync(manifest, 'utf8'), readFileSync(head)];
    const lines = text.trimEnd().split('\n');
    for (const tampered of [
      text.replace('two', 'owt'),
      `${lines.slice(0, -1).join('\n')}\n`,
      `${lines.slice(1).join('\n')}\n`,
      `${lines[0]}\n${text}`,
      '',
    ]) {
      writeFileSync(manifest, tampered);
      writeFileSync(head, anchored);
      assert.match(await said(theCase, false), /fetch-abcdef01\/manifest\.jsonl is not as it was/);
      new TaskFolder(folder, ID).note([{ entry: 'five' }]);
      assert.match(await said(theCase, false), /fetch-abcdef01\/manifest\.jsonl is not as it was/);
    }
    writeFileSync(head, anchored);
    writeFileSync(manifest, `${text}{"entry":"more"}\n`);
    assert.match(await said(theCase, true), /manifest\.jsonl has 1 more lines than its head says/);
    rmSync(head);
    assert.match(await said(theCase, true), /manifest\.jsonl has no head/);
  });

  it('is found where its state was changed', async (t) => {
    const { theCase, path } = await fetched(t);
    const state = join(path, 'state.json');
    writeFileSync(state, readFileSync(state, 'utf8').replace('"queries"', '"querjes"'));
    assert.match(
      await said(theCase, false),
      /fetch-abcdef01\/state\.json is not as it was written/,
    );
  });
});
