import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { openCase } from '../../source/case/case.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { saidBy } from '../store/records/said-by-records.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind, INTRUDER, sync } from './made-records.ts';
import { flawsIn, rebuilt } from './on-case.ts';

/** The same two accesses as a container with everything, and as one that lost the mailbox's guid. */
const copies = (over: JsonObject): readonly JsonObject[] => [
  bind({ id: 1, address: INTRUDER, messages: ['one', 'two'], over }),
  sync({ id: 2, address: INTRUDER, over }),
];

const FILES = {
  poorer: copies({ MailboxGuid: undefined }),
  poorest: copies({ MailboxGuid: undefined, MailboxOwnerUPN: undefined, SessionId: undefined }),
  fuller: copies({}),
  other: [bind({ id: 3, mailbox: 'otto', session: 's-two' })],
} as const;
type FileName = keyof typeof FILES;

const ORDERS: readonly (readonly FileName[])[] = [
  ['poorer', 'fuller', 'poorest', 'other'],
  ['fuller', 'poorer', 'other', 'poorest'],
  ['other', 'poorest', 'poorer', 'fuller'],
];

const withdraw = (folder: string, name: FileName): void => {
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  const source = theCase.sources().find(({ file }) => basename(file) === `${name}.jsonl`);
  theCase.withdraw(source?.id ?? '', 'a test');
  theCase.close();
};

const judge = (folder: string): void => {
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  const sessions = [...theCase.sessions({ addresses: [INTRUDER] })].map(({ key }) => key);
  theCase.judging.mark({ verdict: 'malicious', sessions, contexts: [], reason: null });
  theCase.close();
};

/** Figures, tables and what verify finds; then the same of a rebuilt records.db. */
const saidOf = async (folder: string): Promise<unknown> => {
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  const summary = theCase.summary();
  const flaws = await flawsIn(theCase);
  theCase.close();
  const db = openRecords(join(folder, 'records.db'));
  const tables = saidBy(db);
  db.close();
  return { summary, flaws, tables };
};

const caseWith = async (
  context: TestContext,
  order: readonly FileName[],
  without: FileName | null,
): Promise<string> => {
  const files = temporaryFolder(context);
  const folder = join(files, 'case');
  for (const name of order) {
    const path = writeLines(files, `${name}.jsonl`, FILES[name]);
    await importInto(folder, [path]);
  }
  if (without !== null) withdraw(folder, without);
  judge(folder);
  return folder;
};

describe('poorer and fuller copies of the same records', () => {
  it('give one mailbox and the same figures in any order, and verify agrees', async (context) => {
    const said = [];
    for (const order of ORDERS) {
      const folder = await caseWith(context, order, null);
      said.push(await saidOf(folder));
      assert.equal(await rebuilt(folder), 'finished');
      said.push(await saidOf(folder));
    }
    const [first] = said;
    for (const other of said) assert.deepEqual(other, first);
    const { summary, flaws } = first as { summary: { mailboxes: unknown[] }; flaws: unknown };
    assert.equal(summary.mailboxes.length, 2);
    assert.deepEqual(flaws, []);
  });

  for (const gone of ['poorer', 'fuller', 'other'] as const)
    it(`say without the ${gone} one what they say had it never been there`, async (context) => {
      const said = [];
      for (const order of ORDERS) {
        const without = order.filter((name) => name !== gone);
        for (const folder of [
          await caseWith(context, order, gone),
          await caseWith(context, without, null),
        ]) {
          const { summary, flaws, tables } = (await saidOf(folder)) as Record<string, unknown>;
          said.push({ summary, flaws, tables });
        }
      }
      for (const other of said) assert.deepEqual(other, said[0]);
    });
});
