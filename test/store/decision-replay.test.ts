import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import fc from 'fast-check';
import {
  foldDecisions,
  redoable,
  undoable,
  verdictOf,
} from '../../source/domain/verdicts/verdicts.ts';
import type { VerdictState } from '../../source/domain/verdicts/verdicts.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { appendDecision, verifyDecisions } from '../../source/store/decision-log.ts';
import { LOG_START, readDecisions } from '../../source/store/decision-reading.ts';
import type { DecisionCursor } from '../../source/store/decision-reading.ts';
import { CONTEXTS, steps, VerdictModel } from '../domain/verdicts/verdict-model.ts';

/** A console as far as decisions go: it knows what it has read. */
class Following {
  readonly state: VerdictState = foldDecisions([]);
  #cursor: DecisionCursor = LOG_START;
  readonly #folder: CaseFolder;

  constructor(folder: CaseFolder) {
    this.#folder = folder;
  }

  catchUp(): void {
    const reading = readDecisions(this.#folder, this.#cursor);
    assert.deepEqual([reading.restarted, reading.flaws], [false, []]);
    foldDecisions(reading.decisions, this.state);
    this.#cursor = reading.cursor;
  }
}

const shown = (state: VerdictState, model: VerdictModel): string[] =>
  CONTEXTS.map(({ key, session }) => {
    const { verdict, grownSinceVerdict } = verdictOf(state, { ...model.note(key), session });
    return `${verdict ?? 'open'}${grownSinceVerdict > 0 ? ` +${grownSinceVerdict}` : ''}`;
  });

it('what two consoles decided, replayed from disk, is what their screens showed', () => {
  const signed = { at: '2026-02-03T04:05:06Z', analyst: 'ana', reason: null };
  fc.assert(
    fc.property(steps, (taken) => {
      const folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-replay-')), { create: true });
      try {
        const model = new VerdictModel();
        const consoles = new Map(['one', 'two'].map((name) => [name, new Following(folder)]));
        for (const step of taken) {
          const by = step.step === 'grow' ? 'one' : step.console;
          const own = consoles.get(by) as Following;
          own.catchUp();
          const act = model.act(step, undoable(own.state, by), redoable(own.state, by));
          if (act !== null) appendDecision(folder, act, { ...signed, console: by });
          model.take(step);
          own.catchUp();
          assert.deepEqual(
            shown(own.state, model),
            CONTEXTS.map(({ key }) => model.shows(key)),
          );
        }
        const replayed = foldDecisions(readDecisions(folder).decisions);
        for (const each of consoles.values()) {
          each.catchUp();
          assert.deepEqual(shown(each.state, model), shown(replayed, model));
        }
        assert.deepEqual(
          shown(replayed, model),
          CONTEXTS.map(({ key }) => model.shows(key)),
        );
        assert.deepEqual(verifyDecisions(folder).flaws, []);
      } finally {
        rmSync(folder.path, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});
