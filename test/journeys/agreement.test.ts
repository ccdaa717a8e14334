import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { MessageQuery, SessionQuery } from '../../source/case/lists/list-queries.ts';
import { SESSION_SORTS } from '../../source/console/words/sorts.ts';
import { openCase } from '../../source/case/case.ts';
import { ADDRESSES, asLog, LOGS } from './agreeing-evidence.ts';
import { openJourney, type Journey } from './journey.ts';
import {
  PlainCase,
  type PlainContext,
  type PlainDecision,
  type PlainLine,
  type PlainSession,
} from './plain-case.ts';

const RUNS = 8;

type Move =
  | { readonly keys: readonly string[] }
  | { readonly search: string; readonly pane: 'sessions' | 'messages' }
  | { readonly filter: readonly string[] }
  | { readonly log: number }
  | { readonly withdraw: number }
  | { readonly sort: number }
  | { readonly export: true };

const KEYS = ['j', 'k', 'g', 'G', 'space', 's', 'tab', 'enter', 'V'];
const DECIDING = ['m', 'm', 'b', 'u', 'z', 'Z'];
const press = (keys: readonly string[], weight: number) => ({
  weight,
  arbitrary: fc.constantFrom(...keys).map((key): Move => ({ keys: [key] })),
});
const searched = fc.constantFrom('jacobs', '52.98', 'm1', 'visser', 'm2@', '');

const anyMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    press(KEYS, 8),
    press(['w', 'escape'], 4),
    press(DECIDING, 12),
    { weight: 1, arbitrary: fc.constant<Move>({ keys: ['v', 'j', 'j', 'm'] }) },
    { weight: 1, arbitrary: fc.constant<Move>({ keys: ['A', 'y'] }) },
    // By messages, by verdict: the orders in which a group stands elsewhere than its sessions would.
    {
      weight: 2,
      arbitrary: fc.constantFrom(4, 5).map((times): Move => ({ sort: times })),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        search: searched,
        pane: fc.constantFrom('sessions' as const, 'messages' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(['v', 'm'], ['v', 'b'], ['v', 'o'], ['v', 'x'], ['a', ADDRESSES[0]], ['x'])
        .map((filter): Move => ({ filter: filter.map((part) => part ?? '') })),
    },
    { weight: 1, arbitrary: fc.nat(LOGS.length - 1).map((log): Move => ({ log })) },
    { weight: 1, arbitrary: fc.nat(LOGS.length - 1).map((withdraw): Move => ({ withdraw })) },
    { weight: 1, arbitrary: fc.constant<Move>({ export: true }) },
  ),
  { minLength: 40, maxLength: 40 },
);

const matches = (session: PlainSession, context: PlainContext, query: SessionQuery): boolean => {
  const { verdict, addresses } = query.filter;
  const address = context.records[0]?.address ?? '';
  if (addresses !== undefined && !addresses.includes(address)) return false;
  if (verdict === 'mixed') return session.verdict === 'mixed';
  return verdict === undefined || (context.verdict ?? 'undecided') === verdict;
};

const matching = (sessions: readonly PlainSession[], query: SessionQuery) =>
  sessions.flatMap((session) => session.contexts.filter((one) => matches(session, one, query)));

const VERDICTS = ['malicious', 'mixed', null, 'benign'] as const;
const low = (values: readonly string[]): string => values.toSorted()[0] ?? '';

/** What comes first in each order; of equal ones the newest, then by key. */
const FIRST: Readonly<Record<SessionQuery['sort'], (session: PlainSession) => string | number>> = {
  lastSeen: () => 0,
  firstSeen: ({ first }) => Date.parse(first),
  user: ({ contexts }) => low(contexts.map(({ records }) => records[0]?.user ?? '')),
  address: ({ contexts }) => low(contexts.map(({ records }) => records[0]?.address ?? '')),
  messages: ({ contexts }) => -PlainCase.messages(contexts).size,
  verdict: ({ verdict }) => VERDICTS.indexOf(verdict),
};

const inOrder = <Line extends PlainSession>(
  sessions: readonly Line[],
  sort: SessionQuery['sort'],
) =>
  sessions.toSorted((a, b) => {
    const [one, other] = [FIRST[sort](a), FIRST[sort](b)];
    if (one !== other) return one < other ? -1 : 1;
    if (a.last !== b.last) return a.last < b.last ? 1 : -1;
    return a.key < b.key ? -1 : 1;
  });

const asTold = ({ key, verdict, contexts, sessions }: PlainLine) => ({
  ...{ key, verdict, sessions },
  records: contexts.reduce((sum, { records }) => sum + records.length, 0),
  messages: PlainCase.messages(contexts).size,
});

const wordsOf = ({ key, contexts }: PlainSession): string =>
  contexts
    .flatMap(({ sessionId, records: [record] }) => [
      ...[key, sessionId, record?.user, record?.owner, record?.address, record?.client],
    ])
    .join(' ')
    .toLowerCase();

const scoped = (sessions: readonly PlainSession[], { scope }: MessageQuery) => {
  const groups = new Map(sessions.map(({ key, group }) => [key, group]));
  const contexts = sessions.flatMap((session) => session.contexts);
  switch (scope.of) {
    case 'case':
      return contexts;
    case 'malicious':
      return contexts.filter(({ verdict }) => verdict === 'malicious');
    case 'context':
      return contexts.filter(({ key }) => key === scope.key);
    case 'sessions':
      return contexts.filter(
        ({ key, session }) =>
          scope.keys.includes(session) ||
          scope.keys.includes(key) ||
          scope.keys.includes(groups.get(session) ?? ''),
      );
  }
};

class Agreement {
  readonly mia: Journey;
  readonly #folder: string;
  readonly #plain = new PlainCase();
  #exports = 0;
  #answers = 0;

  constructor(mia: Journey, folder: string) {
    this.mia = mia;
    this.#folder = folder;
  }

  #path(log: number): string {
    const path = join(this.#folder, LOGS[log]?.name ?? '');
    writeFileSync(path, asLog(LOGS[log]?.records ?? []));
    return path;
  }

  async add(log: number): Promise<void> {
    const chosen = LOGS[log];
    if (chosen === undefined) return;
    await this.mia.press('escape');
    await this.mia.importFiles(this.#path(log));
    if (this.mia.console.state().dialog === null) this.#plain.add(chosen.name, chosen.records);
    else await this.mia.press('escape');
  }

  /** As another program does it; the console takes it up by itself. */
  async #withdraw(log: number): Promise<void> {
    const name = LOGS[log]?.name ?? '';
    const of = (): readonly { readonly withdrawn: unknown }[] =>
      (this.mia.console.state().overview?.sources ?? []).filter(({ file }) => file.endsWith(name));
    if (of().at(-1)?.withdrawn !== null) return;
    const now = (): string => '2026-10-01T09:00:00Z';
    const theCase = openCase({ folder: this.mia.folder, analyst: 'other', now });
    try {
      theCase.withdraw(name, 'wrong case');
    } finally {
      theCase.close();
    }
    this.#plain.remove(name);
    await this.mia.until(({ overview }) =>
      (overview?.sources ?? []).every(
        ({ file, withdrawn }) => !file.endsWith(name) || withdrawn !== null,
      ),
    );
    await this.mia.console.idle();
  }

  async make(move: Move): Promise<void> {
    const { mia } = this;
    if ('log' in move) await this.add(move.log);
    else if ('withdraw' in move) await this.#withdraw(move.withdraw);
    else if ('export' in move) await this.#checkExport();
    else if ('sort' in move) await this.#sort(SESSION_SORTS[move.sort] ?? 'lastSeen');
    else if ('filter' in move) {
      const [field = '', value] = move.filter;
      await mia.press('x', field);
      if (field === 'a') {
        await mia.press('ctrl-u');
        mia.console.paste(value ?? '');
        await mia.press('enter');
      } else if (value !== undefined) await mia.press(value);
    } else if ('search' in move) {
      await this.#atSessions();
      if (move.pane === 'messages') await mia.press('tab');
      await mia.press('/', 'ctrl-u');
      mia.console.paste(move.search);
      await mia.press('enter');
    } else await mia.press(...move.keys);
    // What a key led to a question of is answered one way or the other.
    while (mia.console.state().dialog !== null)
      await mia.press(['y', 'y', 'n', 'y', 'escape'][(this.#answers += 1) % 5] ?? 'y');
  }

  async #atSessions(): Promise<void> {
    const { mia } = this;
    while (mia.console.state().focus !== 'sessions') await mia.press('escape');
    while (mia.console.state().opened.length > 0) await mia.press('escape');
  }

  async #sort(sort: SessionQuery['sort']): Promise<void> {
    await this.#atSessions();
    while (this.mia.console.state().sessionSort !== sort) await this.mia.press('s');
  }

  #sessions(): readonly PlainSession[] {
    const path = join(this.mia.folder, 'decisions.jsonl');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
    this.#plain.follow(lines.map((line) => JSON.parse(line) as PlainDecision));
    return this.#plain.sessions();
  }

  check(): void {
    const sessions = this.#sessions();
    this.#checkCounts(sessions);
    this.#checkSessions(sessions);
    this.#checkMessages(sessions);
    this.#checkContexts(sessions);
  }

  #checkCounts(sessions: readonly PlainSession[]): void {
    const counted = (wanted: PlainSession['verdict']): number =>
      sessions.filter(({ verdict }) => verdict === wanted).length;
    const { malicious, benign, mixed, undecided } = {
      malicious: counted('malicious'),
      benign: counted('benign'),
      mixed: counted('mixed'),
      undecided: counted(null),
    };
    const summary = this.mia.console.state().overview?.summary;
    assert.deepEqual(summary?.sessions, { malicious, benign, mixed, undecided });
    const contexts = sessions.flatMap((session) => session.contexts);
    const confirmed = contexts.filter(({ verdict }) => verdict === 'malicious');
    assert.equal(summary?.messages.confirmed, PlainCase.messages(confirmed).size);
    if (sessions.length === 0) return;
    const open = `${mixed > 0 ? `  ${mixed} mixed` : ''}  ${undecided} open`;
    assert.ok(
      this.mia.frame().includes(`  ${malicious} malicious  ${benign} benign${open}`),
      this.mia.frame(),
    );
  }

  #checkSessions(sessions: readonly PlainSession[]): void {
    const { answered: query, rows, total, stale } = this.mia.console.state().sessions;
    assert.ok(query !== null && !stale);
    const keys = new Set(matching(sessions, query).map(({ session }) => session));
    const inGroup = (group: string | null): boolean =>
      query.group === undefined || query.group === group;
    const found = sessions.filter(
      (one) => keys.has(one.key) && inGroup(one.group) && wordsOf(one).includes(query.search),
    );
    const alone = found.map((session) => ({ ...session, sessions: 1 }));
    const lines = inOrder(query.grouped === true ? PlainCase.lines(found) : alone, query.sort);
    const wanted = lines.map(asTold);
    const shown = rows.map((row) => ({
      ...{ key: row.key, verdict: row.verdict, records: row.records, messages: row.messages },
      sessions: row.group?.sessions ?? 1,
    }));
    assert.equal(total, rows.length);
    if (wanted.length > 0 || query.search === '')
      assert.equal(this.mia.console.state().sessionsListed, found.length);
    if (query.search === '') assert.deepEqual(shown, wanted);
    else if (wanted.length > 0) assert.deepEqual(byKey(shown), byKey(wanted));
    else for (const { key, group } of rows) assert.ok(group !== null || keys.has(key));
  }

  #checkMessages(sessions: readonly PlainSession[]): void {
    const { answered: query, rows, total, stale } = this.mia.console.state().messages;
    if (query === null) return;
    assert.ok(!stale);
    const filtered = new Set(matching(sessions, { ...query, sort: 'lastSeen' }));
    const contexts = scoped(sessions, query).filter((one) => filtered.has(one));
    const all = [...PlainCase.messages(contexts)];
    const found = all.filter((name) => name.includes(query.search)).toSorted();
    const shown = rows.map((row) => `${row.mailbox.guid ?? ''} ${row.internetMessageId ?? ''}`);
    assert.equal(total, rows.length);
    if (found.length > 0 || query.search === '')
      assert.deepEqual(shown.toSorted(), found, JSON.stringify(query));
    else for (const name of shown) assert.ok(all.includes(name));
    const confirmed = PlainCase.messages(
      sessions
        .flatMap((session) => session.contexts)
        .filter(({ verdict }) => verdict === 'malicious'),
    );
    for (const [at, row] of rows.entries())
      assert.equal(row.class === 'confirmed', confirmed.has(shown[at] ?? ''));
  }

  #checkContexts(sessions: readonly PlainSession[]): void {
    // Contexts below something else that was opened are asked for again once one comes back to them.
    const level = this.mia.console.state().opened.at(-1);
    if (level?.level !== 'contexts') return;
    const plain = sessions.find(({ key }) => key === level.session.key)?.contexts ?? [];
    const told = level.contexts?.map(({ key, verdict, records }) => ({ key, verdict, records }));
    const wanted = plain.map(({ key, verdict, records }) => ({
      key,
      verdict,
      records: records.length,
    }));
    assert.deepEqual(byKey(told ?? []), byKey(wanted));
  }

  async #checkExport(): Promise<void> {
    // Of an empty case there is nothing to export, and the console says so.
    if (this.mia.console.state().overview?.span === null) return;
    const path = join(this.#folder, `export-${(this.#exports += 1)}.json`);
    await this.mia.press('e', 'j', 'ctrl-u');
    this.mia.console.paste(path);
    await this.mia.press('enter');
    const exported = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly sessions: readonly { readonly key: string; readonly verdict: string | null }[];
      readonly messages: readonly {
        readonly mailbox: { readonly guid: string };
        readonly internetMessageId: string;
        readonly class: string;
      }[];
    };
    const sessions = this.#sessions();
    const judged = sessions.filter(({ verdict }) => verdict !== null);
    assert.deepEqual(
      byKey(exported.sessions.map(({ key, verdict }) => ({ key, verdict }))),
      byKey(judged.map(({ key, verdict }) => ({ key, verdict }))),
    );
    const malicious = sessions
      .flatMap(({ contexts }) => contexts)
      .filter(({ verdict }) => verdict === 'malicious');
    assert.deepEqual(
      exported.messages
        .filter((message) => message.class === 'confirmed')
        .map(({ mailbox, internetMessageId }) => `${mailbox.guid} ${internetMessageId}`)
        .toSorted(),
      [...PlainCase.messages(malicious)].toSorted(),
    );
  }
}

const byKey = <Row extends { readonly key: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));

const runOn = async (t: TestContext, moves: readonly Move[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-agreement-'));
  const mia = await openJourney(t);
  try {
    mia.resize({ columns: 160, rows: 70 });
    const agreement = new Agreement(mia, folder);
    await agreement.add(0);
    agreement.check();
    for (const move of [...moves, { export: true } as const]) {
      await agreement.make(move);
      agreement.check();
    }
  } finally {
    await mia.console.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

test('after whatever keys, imports and withdrawals, all panes, counts and exports agree with a plain computation', async (t) => {
  await fc.assert(
    fc.asyncProperty(anyMoves, (moves) => runOn(t, moves)),
    { seed: 11, numRuns: RUNS, endOnFailure: true },
  );
});
