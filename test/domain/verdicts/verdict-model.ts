import fc from 'fast-check';
import type { Act, ContextNote } from '../../../source/domain/verdicts/decision.ts';
import type { Verdict } from '../../../source/domain/sessions/session.ts';

/**
 * What the screens show, told in the simplest way: replay everything that was not undone, from the
 * beginning, into two maps. Three contexts in two sessions, two consoles.
 */
export const CONTEXTS = [
  { key: 'a1', session: 'a' },
  { key: 'a2', session: 'a' },
  { key: 'b1', session: 'b' },
] as const;

export type Step =
  | {
      readonly step: 'mark';
      readonly console: string;
      readonly on: string;
      readonly verdict: Verdict | null;
    }
  | { readonly step: 'undo' | 'redo'; readonly console: string }
  | { readonly step: 'grow'; readonly key: string };

const console = fc.constantFrom('one', 'two');

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      step: fc.constant('mark' as const),
      console,
      on: fc.constantFrom('a', 'b', 'a1', 'a2', 'b1'),
      verdict: fc.constantFrom('malicious' as const, 'benign' as const, null),
    }),
    fc.record({ step: fc.constantFrom('undo' as const, 'redo' as const), console }),
    fc.record({ step: fc.constant('grow' as const), key: fc.constantFrom('a1', 'a2', 'b1') }),
  ),
  { maxLength: 24, size: 'max' },
);

interface Line {
  readonly console: string;
  readonly on: string;
  readonly verdict: Verdict | null;
  readonly seen: ReadonlyMap<string, number>;
  inForce: boolean;
}

export class VerdictModel {
  readonly records = new Map<string, number>(CONTEXTS.map(({ key }) => [key, 1]));
  readonly #lines: Line[] = [];
  readonly #redo = new Map<string, Line[]>();

  note(key: string): ContextNote {
    const records = this.records.get(key) ?? 0;
    return { key, records, digest: `${key}:${records}` };
  }

  /** The act to write in the log, as a console would; null: nothing to write. */
  act(step: Step, undoable: string | null, redoable: string | null): Act | null {
    switch (step.step) {
      case 'mark': {
        const own = CONTEXTS.find(({ key }) => key === step.on);
        const inIt = own ? [own] : CONTEXTS.filter(({ session }) => session === step.on);
        const contexts = inIt.map(({ key }) => this.note(key));
        const target = { session: own?.session ?? step.on, whole: own === undefined, contexts };
        return { act: 'mark', verdict: step.verdict, targets: [target] };
      }
      case 'undo':
        return undoable === null ? null : { act: 'undo', of: undoable };
      case 'redo':
        return redoable === null ? null : { act: 'redo', of: redoable };
      case 'grow':
        return null;
    }
  }

  take(step: Step): void {
    if (step.step === 'grow') {
      this.records.set(step.key, (this.records.get(step.key) ?? 0) + 1);
      return;
    }
    const redo = this.#redo.get(step.console) ?? [];
    this.#redo.set(step.console, redo);
    if (step.step === 'mark') {
      const { console: by, on, verdict } = step;
      this.#lines.push({ console: by, on, verdict, seen: new Map(this.records), inForce: true });
      redo.length = 0;
    } else if (step.step === 'undo') {
      const last = this.#lines.findLast((line) => line.console === step.console && line.inForce);
      if (last === undefined) return;
      last.inForce = false;
      redo.push(last);
    } else {
      const back = redo.pop();
      if (back !== undefined) back.inForce = true;
    }
  }

  /** "malicious", "benign", "open", or "open +N". */
  shows(key: string): string {
    const own = new Map<string, Line>();
    const whole = new Map<string, Line>();
    for (const line of this.#lines.filter(({ inForce }) => inForce)) {
      if (CONTEXTS.some((context) => context.key === line.on)) own.set(line.on, line);
      else {
        whole.set(line.on, line);
        for (const context of CONTEXTS) if (context.session === line.on) own.delete(context.key);
      }
    }
    for (const [on, line] of own) if (line.verdict === null) own.delete(on);
    const line = own.get(key) ?? whole.get(key[0] ?? '');
    const grown = (this.records.get(key) ?? 0) - (line?.seen.get(key) ?? 0);
    if (line?.verdict === 'benign' && grown > 0) return `open +${grown}`;
    return line?.verdict ?? 'open';
  }

  canUndo(by: string): boolean {
    return this.#lines.some((line) => line.console === by && line.inForce);
  }

  canRedo(by: string): boolean {
    return (this.#redo.get(by) ?? []).length > 0;
  }
}
