import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Act, Decision } from '../../../source/domain/verdicts/decision.ts';
import type { Verdict } from '../../../source/domain/sessions/session.ts';
import {
  isRebutted,
  isSyncRebutted,
  windowOf,
} from '../../../source/domain/verdicts/mailbox-decisions.ts';
import {
  actOf,
  foldDecisions,
  isInForce,
  redoable,
  sessionVerdict,
  undoable,
  verdictOf,
} from '../../../source/domain/verdicts/verdicts.ts';
import type { VerdictState } from '../../../source/domain/verdicts/verdicts.ts';
import { CONTEXTS, steps, VerdictModel } from './verdict-model.ts';

/** A log in memory; the hash of the n-th act is "#n". */
class Log {
  readonly decisions: Decision[] = [];
  readonly console: string;

  constructor(console = 'me') {
    this.console = console;
  }

  add(act: Act, console = this.console): string {
    const hash = `#${this.decisions.length}`;
    const signed = { at: '2026-01-01T00:00:00Z', analyst: 'ana', console, reason: null };
    this.decisions.push({ ...act, ...signed, prev: '', hash });
    return hash;
  }

  session(
    verdict: Verdict | null,
    key: string,
    notes: Record<string, number> = {},
    console?: string,
  ): string {
    return this.add(
      { act: 'mark', verdict, targets: [{ session: key, whole: true, contexts: noted(notes) }] },
      console,
    );
  }

  context(
    verdict: Verdict | null,
    session: string,
    notes: Record<string, number>,
    console?: string,
  ): string {
    return this.add(
      { act: 'mark', verdict, targets: [{ session, whole: false, contexts: noted(notes) }] },
      console,
    );
  }

  get state(): VerdictState {
    return foldDecisions(this.decisions);
  }

  /** Session "s" unless said, context as key and number of records. */
  shows(key: string, records: number, digest = `${key}:${records}`): string {
    const { verdict, grownSinceVerdict } = verdictOf(this.state, {
      session: 's',
      key,
      records,
      digest,
    });
    return `${verdict ?? 'open'}${grownSinceVerdict > 0 ? ` +${grownSinceVerdict}` : ''}`;
  }
}

const noted = (notes: Record<string, number>) =>
  Object.entries(notes).map(([key, records]) => ({ key, records, digest: `${key}:${records}` }));

describe('verdicts (domain.md, Verdicts)', () => {
  it('a context of its own counts, else its session', () => {
    const log = new Log();
    assert.equal(log.shows('c', 1), 'open');
    log.session('malicious', 's', { c: 1, d: 1 });
    log.context('benign', 's', { c: 1 });
    assert.equal(log.shows('c', 1), 'benign');
    assert.equal(log.shows('d', 1), 'malicious');
  });

  it('clearing a context gives it back to its session', () => {
    const log = new Log();
    log.session('malicious', 's');
    log.context('benign', 's', { c: 1 });
    log.context('benign', 's', { c: 1 });
    log.context(null, 's', { c: 1 });
    assert.equal(log.shows('c', 1), 'malicious');
  });

  it('marking or clearing a session replaces the own verdicts of its contexts', () => {
    const log = new Log();
    log.context('benign', 's', { c: 1 });
    log.session('malicious', 's', { c: 1 });
    assert.equal(log.shows('c', 1), 'malicious');
    log.context('benign', 's', { c: 1 });
    log.session(null, 's', { c: 1 });
    assert.equal(log.shows('c', 1), 'open');
  });

  it('malicious covers what arrives later: in a session any context, in a context its records', () => {
    const log = new Log();
    log.session('malicious', 's', { c: 1 });
    log.context('malicious', 't', { d: 1 });
    assert.equal(log.shows('c', 100), 'malicious');
    assert.equal(log.shows('new', 5), 'malicious');
    const late = { session: 't', key: 'd', records: 9, digest: 'x' };
    assert.equal(verdictOf(log.state, late).verdict, 'malicious');
    assert.equal(verdictOf(log.state, { ...late, key: 'new' }).verdict, null);
  });

  for (const whole of [true, false]) {
    it(`benign holds for exactly the records it was given on (${whole ? 'session' : 'context'})`, () => {
      const log = new Log();
      const hash = whole
        ? log.session('benign', 's', { c: 10 })
        : log.context('benign', 's', { c: 10 });
      assert.equal(log.shows('c', 10), 'benign');
      assert.equal(log.shows('c', 22), 'open +12');
      assert.equal(log.shows('c', 10, 'other records'), 'open');
      assert.equal(log.shows('c', 9), 'open');
      assert.equal(log.shows('new', 3), whole ? 'open +3' : 'open');
      const grown = verdictOf(log.state, { session: 's', key: 'c', records: 22, digest: '' });
      assert.deepEqual([grown.decision, grown.of], [hash, whole ? 'session' : 'context']);
    });
  }

  it('an own benign verdict that grew is open, even in a malicious session', () => {
    const log = new Log();
    log.session('malicious', 's', { c: 1 });
    log.context('benign', 's', { c: 1 });
    assert.equal(log.shows('c', 2), 'open +1');
  });

  it('one act may touch many sessions and contexts', () => {
    const log = new Log();
    const targets = [
      { session: 's', whole: false, contexts: noted({ c: 1, d: 2 }) },
      { session: 't', whole: true, contexts: noted({ e: 1 }) },
    ];
    log.add({ act: 'mark', verdict: 'benign', targets });
    assert.deepEqual(
      [log.shows('c', 1), log.shows('d', 2), log.shows('x', 1)],
      ['benign', 'benign', 'open'],
    );
    assert.equal(
      verdictOf(log.state, { session: 't', key: 'e', records: 1, digest: 'e:1' }).verdict,
      'benign',
    );
  });

  it('a session shows what all its contexts agree on, else mixed', () => {
    assert.equal(sessionVerdict([]), null);
    assert.equal(sessionVerdict([null, null]), null);
    assert.equal(sessionVerdict(['benign', 'benign']), 'benign');
    assert.equal(sessionVerdict(['malicious']), 'malicious');
    assert.equal(sessionVerdict(['malicious', null]), 'mixed');
    assert.equal(sessionVerdict([null, 'benign']), 'mixed');
  });
});

describe('undo and redo', () => {
  it('undo takes back the own latest act, whatever others did since', () => {
    const log = new Log();
    const mine = log.session('malicious', 's', {}, 'me');
    const yours = log.session('benign', 's', { c: 1 }, 'you');
    assert.equal(undoable(log.state, 'me'), mine);
    assert.equal(undoable(log.state, 'you'), yours);
    assert.equal(undoable(log.state, 'third'), null);
    log.add({ act: 'undo', of: yours }, 'you');
    assert.equal(log.shows('c', 1), 'malicious');
  });

  it('redo puts an act back at its own place: what came later still supersedes it', () => {
    const log = new Log();
    const mine = log.session('malicious', 's', {}, 'me');
    log.add({ act: 'undo', of: mine }, 'me');
    log.session('benign', 's', { c: 1 }, 'you');
    assert.equal(redoable(log.state, 'me'), mine);
    log.add({ act: 'redo', of: mine }, 'me');
    assert.equal(log.shows('c', 1), 'benign');
    assert.equal(redoable(log.state, 'me'), null);
    assert.equal(undoable(log.state, 'me'), mine);
  });

  it('goes back and forth through several, and a new act forgets what was undone', () => {
    const log = new Log();
    const [a, b] = [log.session('malicious', 's'), log.session('benign', 's', { c: 1 })];
    log.add({ act: 'undo', of: b });
    log.add({ act: 'undo', of: a });
    assert.deepEqual([undoable(log.state, 'me'), redoable(log.state, 'me')], [null, a]);
    log.add({ act: 'redo', of: a });
    assert.deepEqual([undoable(log.state, 'me'), redoable(log.state, 'me')], [a, b]);
    log.session('malicious', 't', {}, 'you');
    assert.equal(redoable(log.state, 'me'), b);
    log.add({ act: 'window', mailbox: null, from: 'x', to: null });
    assert.equal(redoable(log.state, 'me'), null);
  });

  it('undoing an undo is a redo, and undoing that redo takes the act back again', () => {
    const log = new Log();
    const mark = log.session('malicious', 's');
    const undo = log.add({ act: 'undo', of: mark });
    const undoOfUndo = log.add({ act: 'undo', of: undo });
    assert.equal(log.shows('c', 1), 'malicious');
    assert.equal(actOf(log.state, log.decisions[2] as Decision)?.hash, mark);
    log.add({ act: 'undo', of: undoOfUndo });
    assert.equal(log.shows('c', 1), 'open');
    assert.equal(isInForce(log.state, mark), false);
    assert.equal(redoable(log.state, 'me'), mark);
  });

  it('leaves withdrawals and unknown acts alone, and undoes nothing twice', () => {
    const log = new Log();
    const mark = log.session('malicious', 's');
    const withdrawal = log.add({ act: 'withdraw', source: 'x' });
    assert.equal(undoable(log.state, 'me'), mark);
    log.add({ act: 'undo', of: withdrawal });
    log.add({ act: 'undo', of: 'nobody knows' });
    log.add({ act: 'redo', of: mark });
    assert.equal(log.shows('c', 1), 'malicious');
    log.add({ act: 'undo', of: mark });
    log.add({ act: 'undo', of: mark });
    log.add({ act: 'redo', of: mark });
    assert.equal(log.shows('c', 1), 'malicious');
    assert.equal(redoable(log.state, 'me'), null);
  });

  it('whatever two consoles do, folded at once or one by one, is what a simple model shows', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const [log, model, state] = [new Log(), new VerdictModel(), foldDecisions([])];
        for (const step of taken) {
          const by = step.step === 'grow' ? '' : step.console;
          const act = model.act(step, undoable(state, by), redoable(state, by));
          if (act !== null) log.add(act, by);
          foldDecisions(act === null ? [] : log.decisions.slice(-1), state);
          model.take(step);
          for (const { key } of CONTEXTS) {
            const context = { ...model.note(key), session: key[0] ?? '' };
            const found = verdictOf(state, context);
            const grown = found.grownSinceVerdict > 0 ? ` +${found.grownSinceVerdict}` : '';
            assert.equal(`${found.verdict ?? 'open'}${grown}`, model.shows(key));
            assert.deepEqual(verdictOf(log.state, context), found);
          }
          for (const each of ['one', 'two']) {
            assert.equal(undoable(state, each) !== null, model.canUndo(each));
            assert.equal(redoable(state, each) !== null, model.canRedo(each));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads ten thousand decisions on one session in a moment', () => {
    const log = new Log();
    for (let n = 0; n < 10_000; n++) log.context('benign', 's', { [`c${n}`]: 1 });
    for (let n = 0; n < 5000; n++) log.add({ act: 'undo', of: `#${9999 - n}` });
    const state = log.state;
    for (let n = 0; n < 10_000; n++) {
      const { verdict } = verdictOf(state, {
        session: 's',
        key: `c${n}`,
        records: 1,
        digest: `c${n}:1`,
      });
      assert.equal(verdict, n < 5000 ? 'benign' : null);
    }
    assert.equal(undoable(state, 'me'), '#4999');
  });
});

describe('access windows and rebuttals', () => {
  const window = (mailbox: string | null, from: string | null, to: string | null): Act => ({
    act: 'window',
    mailbox,
    from,
    to,
  });

  it('a mailbox has its own window, else the case window; no ends: none', () => {
    const log = new Log();
    assert.equal(windowOf(log.state, 'm'), null);
    log.add(window(null, '2026-01-01T00:00:00Z', null));
    const own = log.add(window('m', '2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z'));
    assert.equal(windowOf(log.state, 'm')?.from, '2026-02-01T00:00:00Z');
    assert.deepEqual(windowOf(log.state, 'other'), { from: '2026-01-01T00:00:00Z', to: null });
    assert.deepEqual(windowOf(log.state, null), windowOf(log.state, 'other'));
    log.add({ act: 'undo', of: own });
    assert.equal(windowOf(log.state, 'm')?.from, '2026-01-01T00:00:00Z');
    log.add(window(null, null, null));
    assert.equal(windowOf(log.state, 'm'), null);
  });

  const rebut = (from: string, to: string, rebutted = true): Act => ({
    act: 'rebut',
    mailbox: 'm',
    from,
    to,
    kind: 'throttled',
    rebutted,
  });
  const gap = {
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-02T00:00:00Z',
    kind: 'throttled',
  } as const;

  it('a rebuttal holds while the gap lies within it', () => {
    const log = new Log();
    assert.equal(isRebutted(log.state, 'm', gap), false);
    const act = log.add(rebut(gap.from, gap.to));
    assert.equal(isRebutted(log.state, 'm', gap), true);
    assert.equal(isRebutted(log.state, 'other', gap), false);
    assert.equal(isRebutted(log.state, 'm', { ...gap, from: '2026-01-01T00:00:00.5Z' }), true);
    assert.equal(isRebutted(log.state, 'm', { ...gap, to: '2026-01-02T00:00:00.001Z' }), false);
    assert.equal(isRebutted(log.state, 'm', { ...gap, from: '2025-12-31T23:59:59Z' }), false);
    log.add({ act: 'undo', of: act });
    assert.equal(isRebutted(log.state, 'm', gap), false);
  });

  it('a rebuttal is of one kind of gap; an older one of those there were then', () => {
    const log = new Log();
    log.add(rebut(gap.from, gap.to));
    assert.equal(isRebutted(log.state, 'm', { ...gap, kind: 'unreadable' }), false);
    assert.equal(isRebutted(log.state, 'm', { ...gap, kind: 'suspected' }), false);
    const older = new Log();
    older.add({ act: 'rebut', mailbox: 'm', from: gap.from, to: gap.to, rebutted: true });
    assert.equal(isRebutted(older.state, 'm', gap), true);
    assert.equal(isRebutted(older.state, 'm', { ...gap, kind: 'suspected' }), true);
    assert.equal(isRebutted(older.state, 'm', { ...gap, kind: 'notFetched' }), false);
  });

  it('a rebuttal of a Sync is of the contexts that synchronised then; an older one of a number', () => {
    const log = new Log();
    const one = { key: 'one', syncs: 2 };
    log.add({ act: 'rebutSync', mailbox: 'm', syncs: 2, contexts: [one], rebutted: true });
    assert.equal(isSyncRebutted(log.state, 'm', [one]), true);
    assert.equal(isSyncRebutted(log.state, 'm', [{ ...one, syncs: 1 }]), true);
    assert.equal(isSyncRebutted(log.state, 'm', [{ ...one, syncs: 3 }]), false);
    assert.equal(isSyncRebutted(log.state, 'm', [{ key: 'other', syncs: 1 }]), false);
    const older = new Log();
    older.add({ act: 'rebutSync', mailbox: 'm', syncs: 2, rebutted: true });
    assert.equal(isSyncRebutted(older.state, 'm', [one]), true);
    assert.equal(isSyncRebutted(older.state, 'm', [{ ...one, syncs: 3 }]), false);
  });

  it('taking back holds for every gap it meets, and a later rebuttal for what it covers', () => {
    const log = new Log();
    log.add(rebut(gap.from, gap.to));
    log.add(rebut(gap.to, '2026-01-03T00:00:00Z', false));
    assert.equal(isRebutted(log.state, 'm', gap), false);
    log.add(rebut(gap.from, gap.to));
    assert.equal(isRebutted(log.state, 'm', gap), true);
    log.add(rebut('2026-01-02T00:00:01Z', '2026-01-03T00:00:00Z', false));
    assert.equal(isRebutted(log.state, 'm', gap), true);
  });
});
