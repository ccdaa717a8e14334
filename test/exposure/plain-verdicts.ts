/** What was decided, from the lines of decisions.jsonl and what the case held when each was written. */
import { createHash } from 'node:crypto';
import type { PlainReading } from './plain-reading.ts';
import { itemKey, type PlainLog, type PlainVariant } from './plain-records.ts';

export type PlainVerdict = 'malicious' | 'benign' | null;

interface Target {
  readonly session: string;
  readonly whole: boolean;
  readonly contexts: readonly { readonly key: string }[];
}

/** A line of decisions.jsonl, as far as it is used here. Undo is the console's, and not among them. */
export type PlainDecision =
  | { readonly act: 'mark'; readonly verdict: PlainVerdict; readonly targets: readonly Target[] }
  | {
      readonly act: 'window';
      readonly mailbox: string | null;
      readonly from: string | null;
      readonly to: string | null;
    }
  | {
      readonly act: 'rebut';
      readonly kind: string;
      readonly mailbox: string;
      readonly from: string;
      readonly to: string;
      readonly rebutted: boolean;
    }
  | { readonly act: 'rebutSync'; readonly mailbox: string; readonly rebutted: boolean }
  | {
      readonly act: 'contain';
      readonly mailbox: string | null;
      readonly sessions: string | null;
      readonly rules: string | null;
    };

/** A decision, and what the case said when it was made. */
export interface PlainStep {
  readonly decision: PlainDecision;
  readonly log: PlainLog;
}

/** A context: its own variants of each record that it has a part in. */
export interface PlainContext {
  readonly key: string;
  readonly session: string;
  readonly fields: PlainReading;
  readonly variants: readonly PlainVariant[];
  /** Ids of its records, each once. */
  readonly records: ReadonlySet<string>;
}

export interface JudgedContext extends PlainContext {
  readonly verdict: PlainVerdict;
  /** Records that came after the malicious verdict. */
  readonly later: number;
}

const hashOf = (parts: readonly (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

const fieldsOf = (one: PlainReading) => [
  ...[one.mailbox, one.actor, one.address, one.client, one.app, one.clientApp],
  ...[one.logonType, one.device],
];

const contextKey = (one: PlainReading): string =>
  hashOf(['context', one.session, ...fieldsOf(one)]);

const sessionKey = (one: PlainReading): string =>
  one.session === null ? hashOf(['derived', ...fieldsOf(one)]) : hashOf(['session', one.session]);

export const contextsOf = ({ records }: PlainLog): readonly PlainContext[] => {
  const variants = records.flatMap((record) => record.variants);
  return [...Map.groupBy(variants, contextKey)].flatMap(([key, own]) => {
    const [fields] = own;
    if (fields === undefined) return [];
    const ids = new Set(own.map(({ id }) => id));
    return [{ key, session: sessionKey(fields), fields, variants: own, records: ids }];
  });
};

/** Ids of records of which a variant is such. */
const idsWhere = (
  context: PlainContext | undefined,
  isSuch: (variant: PlainVariant) => boolean,
): readonly string[] =>
  [...new Set((context?.variants ?? []).filter(isSuch).map(({ id }) => id))].sort();

/**
 * What a benign verdict was given on: which records, and how much they say. More of either is growth;
 * that a record is found to contradict itself in its time alone is none.
 */
const heldBy = (context: PlainContext | undefined): string =>
  JSON.stringify([
    idsWhere(context, () => true),
    idsWhere(context, ({ throttled }) => throttled === true),
    idsWhere(context, ({ lacksItems }) => lacksItems),
    [...new Set((context?.variants ?? []).flatMap(({ items }) => items.map(itemKey)))].sort(),
  ]);

/** The step whose verdict speaks for a context: its own counts, else its session's. */
const speakingStep = (context: PlainContext, steps: readonly PlainStep[]): PlainStep | null => {
  let own: PlainStep | null = null;
  let whole: PlainStep | null = null;
  for (const step of steps) {
    if (step.decision.act !== 'mark') continue;
    const { targets, verdict } = step.decision;
    const target = targets.find(({ session }) => session === context.session);
    // Marking or clearing a session replaces what was said of its contexts.
    if (target?.whole === true) [whole, own] = [step, null];
    else if (target?.contexts.some(({ key }) => key === context.key) === true)
      own = verdict === null ? null : step;
  }
  return own ?? whole;
};

/** Of all contexts, what they are judged by now. */
export const judge = (log: PlainLog, steps: readonly PlainStep[]): readonly JudgedContext[] => {
  const then = new Map<PlainLog, ReadonlyMap<string, PlainContext>>();
  const contextsAt = (at: PlainLog) => {
    const known = then.get(at) ?? new Map(contextsOf(at).map((one) => [one.key, one]));
    then.set(at, known);
    return known;
  };
  return contextsOf(log).map((context) => {
    const step = speakingStep(context, steps);
    const said = step?.decision.act === 'mark' ? step.decision.verdict : null;
    const before = step === null ? undefined : contextsAt(step.log).get(context.key);
    const holds = said !== 'benign' || heldBy(before) === heldBy(context);
    const noted = before?.records.size ?? 0;
    const later = said === 'malicious' ? Math.max(0, context.records.size - noted) : 0;
    return { ...context, verdict: holds ? said : null, later };
  });
};
