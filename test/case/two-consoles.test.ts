import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../source/domain/problem.ts';
import type { ShownVerdict, Verdict } from '../../source/domain/sessions/session.ts';
import type { Case } from '../../source/case/case.ts';
import { importPaths } from '../../source/import/import-paths.ts';
import { openCase } from '../../source/case/case.ts';
import { changedUntil, clientOn } from './followed-case.ts';
import {
  digestOf,
  importInto,
  NOW,
  temporaryFolder,
  writeLines,
} from '../import/temporary-case.ts';
import { bind, INTRUDER } from './made-records.ts';
import { caseOf, caseOn, flawsIn } from './on-case.ts';

const IMPORTER = join(import.meta.dirname, '..', 'faults', 'import-files.ts');
const ALL = { filter: {}, sort: 'firstSeen', search: '' } as const;

/** Three sessions of two contexts each. */
const SIX_CONTEXTS = ['one', 'two', 'three'].flatMap((session, at) => [
  bind({ id: `${session}-a`, session, at: `2026-09-14T0${at}:00:00`, messages: [session, 'all'] }),
  bind({ id: `${session}-b`, session, at: `2026-09-14T0${at}:30:00`, address: INTRUDER }),
]);

const verdicts = (theCase: Case): readonly (readonly [string, ShownVerdict, string])[] =>
  [...theCase.sessions({})].map((session) => [
    session.sessionId ?? '',
    session.verdict,
    session.contexts.map((context) => context.verdict ?? '-').join(' '),
  ]);

const markOne = (theCase: Case, sessionId: string, verdict: Verdict | null): void => {
  const { sessions } = theCase.resolveKeys([sessionId]);
  theCase.judging.mark({ verdict, sessions, contexts: [], reason: null });
};

type Step =
  | {
      readonly do: 'mark';
      readonly at: number;
      readonly whole: boolean;
      readonly verdict: Verdict | null;
    }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('mark' as const),
    at: fc.nat(5),
    whole: fc.boolean(),
    verdict: fc.constantFrom('malicious' as const, 'benign' as const, null),
  }),
  fc.constantFrom<Step>({ do: 'undo' }, { do: 'redo' }),
);

/** What one console did and has not undone, kept beside it. */
class Acts {
  readonly done: string[] = [];
  readonly undone: string[] = [];
}

const take = (theCase: Case, acts: Acts, step: Step): void => {
  if (step.do === 'undo') {
    const outcome = theCase.judging.undo();
    const expected = acts.done.pop() ?? null;
    assert.equal(outcome?.decision.act === 'undo' ? outcome.decision.of : null, expected);
    if (expected !== null) acts.undone.push(expected);
    return;
  }
  if (step.do === 'redo') {
    const outcome = theCase.judging.redo();
    const expected = acts.undone.pop() ?? null;
    assert.equal(outcome?.decision.act === 'redo' ? outcome.decision.of : null, expected);
    if (expected !== null) acts.done.push(expected);
    return;
  }
  const sessions = [...theCase.sessions({})];
  const session = sessions[step.at % sessions.length];
  const context = session?.contexts[step.at % 2];
  const outcome = theCase.judging.mark({
    verdict: step.verdict,
    sessions: step.whole ? [session?.key ?? ''] : [],
    contexts: step.whole ? [] : [context?.key ?? ''],
    reason: null,
  });
  acts.done.push(outcome.decision.hash);
  acts.undone.length = 0;
};

describe('two consoles on one case', () => {
  it('judge in turns: each undoes its own only, both show the same, and so does the disk', async (t) => {
    const { folder } = await caseOf(t, SIX_CONTEXTS);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(1), anyStep), { minLength: 4, maxLength: 14 }),
        async (steps) => {
          const theCases = [0, 1].map(() =>
            openCase({ folder, analyst: 'tester', now: () => NOW }),
          );
          const acts = [new Acts(), new Acts()];
          try {
            for (const [who, step] of steps) {
              const [theCase, own] = [theCases[who], acts[who]];
              if (theCase !== undefined && own !== undefined) take(theCase, own, step);
            }
            const replayed = openCase({ folder, analyst: 'tester', now: () => NOW });
            const shown = verdicts(replayed);
            const summary = replayed.summary();
            assert.deepEqual(await flawsIn(replayed), []);
            replayed.close();
            for (const theCase of theCases) {
              assert.deepEqual(verdicts(theCase), shown);
              assert.deepEqual(theCase.summary(), summary);
            }
          } finally {
            for (const theCase of theCases) theCase.close();
          }
        },
      ),
      { numRuns: 6 },
    );
  });

  it('hear of each other by themselves', async (t) => {
    const { folder, files } = await caseOf(t, SIX_CONTEXTS);
    const [one, two] = [await clientOn(t, folder), await clientOn(t, folder)];
    const key = (await one.sessions.page(ALL, 0, 1)).rows[0]?.key ?? '';
    const seenBy = async (client: typeof one): Promise<ShownVerdict> =>
      (await client.sessions.page(ALL, 0, 1)).rows[0]?.verdict ?? null;
    const heard = changedUntil(two, async () => (await seenBy(two)) === 'malicious');
    await one.judging.mark({ verdict: 'malicious', sessions: [key], contexts: [], reason: null });
    await heard;
    assert.equal(await two.judging.undo(), null);
    const back = changedUntil(two, async () => (await seenBy(two)) === null);
    assert.notEqual(await one.judging.undo(), null);
    await back;
    const arrived = [one, two].map((client) =>
      changedUntil(client, async () => (await client.case.overview()).sources.length === 2),
    );
    await importInto(folder, [writeLines(files, 'more.jsonl', [bind({ id: 'new' })])]);
    await Promise.all(arrived);
  });

  it('may judge at the same moment: nothing is lost', async (t) => {
    const { folder } = await caseOf(t, SIX_CONTEXTS);
    const clients = [await clientOn(t, folder), await clientOn(t, folder)];
    const keys = (await clients[0]?.sessions.page(ALL, 0, 3))?.rows.map((row) => row.key) ?? [];
    await Promise.all(
      clients.flatMap((client, who) =>
        Array.from({ length: 12 }, (_, at) =>
          client.judging.mark({
            verdict: (at + who) % 2 === 0 ? 'malicious' : 'benign',
            sessions: [keys[at % 3] ?? ''],
            contexts: [],
            reason: `${who}-${at}`,
          }),
        ),
      ),
    );
    const theCase = caseOn(t, folder);
    const reasons = theCase.decisions().map(({ reason }) => reason);
    assert.equal(new Set(reasons).size, 24);
    assert.deepEqual(await flawsIn(theCase), []);
    const shown = verdicts(theCase);
    for (const client of clients)
      await changedUntil(client, async () => {
        const { rows } = await client.sessions.page(ALL, 0, 3);
        const theirs = new Map(rows.map((row) => [row.sessionId, row.verdict]));
        return shown.every(([session, verdict]) => theirs.get(session) === verdict);
      });
  });
});

describe('imports and judging at once', () => {
  it('two programs import at once: both sources are there, nothing is lost', async (t) => {
    const files = temporaryFolder(t);
    const folder = join(files, 'case');
    const records = (from: number) =>
      Array.from({ length: 400 }, (_, at) => bind({ id: from + at, messages: [`m${from + at}`] }));
    const paths = [
      writeLines(files, 'a.jsonl', records(0)),
      writeLines(files, 'b.jsonl', records(200)),
    ];
    const ends = await Promise.all(
      paths.map((path) =>
        once(
          spawn(process.execPath, [IMPORTER, folder, path], {
            stdio: ['ignore', 'ignore', 'inherit'],
          }),
          'exit',
        ),
      ),
    );
    assert.deepEqual(ends, [
      [0, null],
      [0, null],
    ]);
    const theCase = caseOn(t, folder);
    const sources = theCase.sources();
    assert.equal(sources.length, 2);
    assert.equal(
      sources.reduce((sum, { accepted }) => sum + accepted, 0),
      600,
    );
    assert.equal(
      sources.reduce((sum, { duplicates }) => sum + duplicates, 0),
      200,
    );
    assert.deepEqual(await flawsIn(theCase), []);
    const alone = join(files, 'alone');
    await importInto(alone, paths);
    assert.equal(digestOf(folder), digestOf(alone));
  });

  it('a mark in the midst of an import stands, and the import goes on', async (t) => {
    const made = await caseOf(t, SIX_CONTEXTS);
    const theCase = caseOn(t, made.folder);
    const more = writeLines(
      made.files,
      'more.jsonl',
      Array.from({ length: 3000 }, (_, at) =>
        bind({ id: at, session: 'one', messages: [`m${at}`] }),
      ),
    );
    let marked = 0;
    const { signal } = new AbortController();
    const order = { folder: made.folder, paths: [more], keep: true, analyst: null, signal };
    for await (const event of importPaths(order)) {
      assert.notEqual(event.event, 'failed');
      if (event.event === 'finished') break;
      markOne(theCase, 'one', 'malicious');
      marked += 1;
    }
    assert.ok(marked >= 1);
    assert.equal(theCase.decisions().length, marked);
    const one = verdicts(theCase).find(([session]) => session === 'one');
    // A malicious verdict on a session covers what arrives later in it.
    assert.equal(one?.[1], 'malicious');
    assert.equal(theCase.summary().messages.confirmed, 3003);
    assert.deepEqual(await flawsIn(theCase), []);
  });
});

describe('a benign verdict', () => {
  it('is open again with what grew, and one mark affirms it', async (t) => {
    const made = await caseOf(t, SIX_CONTEXTS);
    const theCase = caseOn(t, made.folder);
    markOne(theCase, 'one', 'benign');
    markOne(theCase, 'two', 'malicious');
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [
        bind({ id: 'x', session: 'one', messages: ['unseen'] }),
        bind({ id: 'y', session: 'one', messages: ['unseen'] }),
        bind({ id: 'z', session: 'two', messages: ['also'] }),
      ]),
    ]);
    const sessionOf = (id: string) => [...theCase.sessions({})].find((one) => one.sessionId === id);
    const grown = sessionOf('one');
    assert.equal(grown?.verdict, 'mixed');
    assert.equal(grown?.grownSinceVerdict, 2);
    assert.deepEqual(
      grown?.contexts.map((context) => [context.verdict, context.grownSinceVerdict]),
      [
        [null, 2],
        ['benign', 0],
      ],
    );
    assert.equal(
      [...theCase.messages({ class: 'open' })].some((message) =>
        message.internetMessageId?.startsWith('unseen'),
      ),
      true,
    );
    assert.equal(sessionOf('two')?.verdict, 'malicious');
    markOne(theCase, 'one', 'benign');
    assert.equal(sessionOf('one')?.verdict, 'benign');
    assert.equal(sessionOf('one')?.grownSinceVerdict, 0);
  });

  it('is refused where more records arrived than were seen; a malicious one is not', async (t) => {
    const made = await caseOf(t, SIX_CONTEXTS);
    const theCase = caseOn(t, made.folder);
    const session = [...theCase.sessions({})][0];
    const key = session?.key ?? '';
    const context = session?.contexts[0]?.key ?? '';
    const seen = { [key]: session?.records ?? 0, [context]: session?.contexts[0]?.records ?? 0 };
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [bind({ id: 'x', session: 'one' })]),
    ]);
    const mark = (verdict: Verdict, contexts: readonly string[], sessions: readonly string[]) =>
      theCase.judging.mark({ verdict, sessions, contexts, reason: null, seen });
    const refused = (error: unknown): boolean =>
      error instanceof Problem && error.message.startsWith('1 more record arrived');
    assert.throws(() => mark('benign', [], [key]), refused);
    assert.throws(() => mark('benign', [context], []), refused);
    assert.equal(theCase.decisions().length, 0);
    assert.equal(mark('malicious', [], [key]).contexts, 2);
    theCase.judging.mark({
      verdict: 'benign',
      sessions: [key],
      contexts: [],
      reason: null,
      seen: { [key]: 3 },
    });
    assert.equal(theCase.decisions().length, 2);
  });
});
