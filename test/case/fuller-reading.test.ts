import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importInto, writeLines } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

it('a benign verdict does not clear messages that a fuller reading of the same record adds', async (t) => {
  const cut = bind({ id: 1, messages: ['seen'], over: { OperationCount: 3 } });
  const made = await caseOf(t, [cut]);
  const theCase = caseOn(t, made.folder);
  const [session] = [...theCase.sessions({})];
  theCase.judging.mark({
    verdict: 'benign',
    sessions: [session?.key ?? ''],
    contexts: [],
    reason: null,
  });
  const classes = (): readonly string[] =>
    [...theCase.messages({})].map((message) => message.class);
  assert.deepEqual(classes(), ['benignOnly']);

  const full = bind({ id: 1, messages: ['seen', 'unseen', 'unseen too'] });
  await importInto(made.folder, [writeLines(made.files, 'full.jsonl', [full])]);
  assert.deepEqual(classes(), ['open', 'open', 'open']);
  const [grown] = [...theCase.sessions({})];
  assert.deepEqual([grown?.records, grown?.verdict, grown?.grownSinceVerdict], [1, null, 0]);

  theCase.judging.mark({
    verdict: 'benign',
    sessions: [session?.key ?? ''],
    contexts: [],
    reason: null,
  });
  assert.deepEqual(classes(), ['benignOnly', 'benignOnly', 'benignOnly']);
});
