/** Periods the log cannot vouch for, and which of them matter (`domain.md`, Exposure 1). */
import type { PlainLog, PlainSource } from './plain-records.ts';
import type { JudgedContext, PlainDecision } from './plain-verdicts.ts';

export interface PlainGap {
  readonly kind: 'throttled' | 'suspected' | 'unreadable';
  readonly from: string;
  readonly to: string;
  readonly matters: boolean;
  readonly rebutted: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIMIT = 1000;

export const isoOf = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

const meets = (one: Span, other: Span): boolean => one.from <= other.to && other.from <= one.to;

const hullOf = (spans: readonly Span[]): Span => ({
  from: Math.min(...spans.map(({ from }) => from)),
  to: Math.max(...spans.map(({ to }) => to)),
});

/** Spans that touch become one. */
const mergeSpans = (spans: readonly Span[]): readonly Span[] => {
  let merged: readonly Span[] = [];
  for (const span of spans) {
    const touching = merged.filter((other) => meets(span, other));
    merged = [...merged.filter((other) => !touching.includes(other)), hullOf([span, ...touching])];
  }
  return merged;
};

const byNumber = (a: number, b: number): number => a - b;

/**
 * A day from each moment at which more than 1,000 records lay within the last 24 hours, unless a
 * throttled record lies in the 24 hours that begin with the first of them: then the log says itself
 * when it fell silent. Each Bind is a record, so 1,000 Binds are no limit of their own.
 */
const suspectedDays = (times: readonly number[], throttled: readonly number[]): readonly Span[] => {
  const sorted = times.toSorted(byNumber);
  return sorted.slice(LIMIT).flatMap((at, index) => {
    const first = sorted[index] ?? at;
    const isSaid = throttled.some((time) => time >= first && time <= first + DAY);
    return at - first <= DAY && !isSaid ? [{ from: at, to: at + DAY }] : [];
  });
};

const timesIn = (log: PlainLog, of: (id: string, mailbox: string) => boolean): readonly number[] =>
  log.records.flatMap(({ id, variants }) =>
    variants.filter(({ mailbox }) => of(id, mailbox)).map(({ time }) => time),
  );

const mailboxesOf = (log: PlainLog, { ids }: PlainSource): ReadonlySet<string> => {
  const all = log.records.flatMap(({ variants }) => variants);
  const own = all.filter(({ id }) => ids.has(id));
  // A source without records says of no mailbox that it is not concerned.
  return new Set((own.length > 0 ? own : all).map(({ mailbox }) => mailbox));
};

/** Where damaged rows may have been: at their time, else anywhere in the span of their source. */
const unreadableIn = (log: PlainLog, mailbox: string): readonly Span[] =>
  log.sources
    .filter((source) => mailboxesOf(log, source).has(mailbox))
    .flatMap((source) => {
      const hasRecords = source.ids.size > 0;
      const times = timesIn(log, (id) => !hasRecords || source.ids.has(id));
      return source.damaged.map((time) =>
        time === null
          ? { from: Math.min(...times), to: Math.max(...times) + HOUR }
          : { from: time, to: time + HOUR },
      );
    });

/** The window of a mailbox; its own replaces the case's, and one without ends is none. */
export const windowOf = (decisions: readonly PlainDecision[], mailbox: string): Span | null => {
  const stated = (of: string | null): Span | null => {
    const last = decisions.findLast((one) => one.act === 'window' && one.mailbox === of);
    if (last?.act !== 'window' || (last.from === null && last.to === null)) return null;
    return {
      from: last.from === null ? -Infinity : Date.parse(last.from),
      to: last.to === null ? Infinity : Date.parse(last.to),
    };
  };
  return stated(mailbox) ?? stated(null);
};

/** Times of malicious records of the mailbox, and anywhere of its owner or of whoever opened it. */
const maliciousTimes = (contexts: readonly JudgedContext[], mailbox: string): readonly number[] => {
  const own = contexts.filter(({ fields }) => fields.mailbox === mailbox);
  const owners = own.flatMap(({ variants }) => variants.map(({ owner }) => owner));
  const people = new Set([...owners, ...own.map(({ fields }) => fields.actor)]);
  people.delete(null);
  return contexts
    .filter(({ verdict }) => verdict === 'malicious')
    .filter(({ fields }) => fields.mailbox === mailbox || people.has(fields.actor))
    .flatMap(({ variants }) => variants.map(({ time }) => time));
};

const spanToVouchFor = (
  contexts: readonly JudgedContext[],
  decisions: readonly PlainDecision[],
  mailbox: string,
): Span | null => {
  const window = windowOf(decisions, mailbox);
  const times = maliciousTimes(contexts, mailbox);
  const active = times.map((time) => ({ from: time - DAY, to: time + DAY + HOUR }));
  const spans = [...(window === null ? [] : [window]), ...active];
  return spans.length === 0 ? null : hullOf(spans);
};

/**
 * A rebuttal is of a kind and a period and covers what gaps of that kind lie within it; taking one back
 * is of every gap that the period meets. The last that speaks of a gap counts.
 */
const isRebutted = (
  decisions: readonly PlainDecision[],
  mailbox: string,
  kind: string,
  gap: Span,
): boolean => {
  const last = decisions.findLast((one) => {
    if (one.act !== 'rebut' || one.mailbox !== mailbox) return false;
    const span = { from: Date.parse(one.from), to: Date.parse(one.to) };
    const covers = span.from <= gap.from && gap.to <= span.to && one.kind === kind;
    return one.rebutted ? covers : meets(span, gap);
  });
  return last?.act === 'rebut' && last.rebutted;
};

export const gapsOf = (
  log: PlainLog,
  contexts: readonly JudgedContext[],
  decisions: readonly PlainDecision[],
  mailbox: string,
): readonly PlainGap[] => {
  const variants = log.records
    .flatMap((record) => record.variants)
    .filter((variant) => variant.mailbox === mailbox);
  const throttled = variants.filter((one) => one.throttled === true).map(({ time }) => time);
  // One record counts once. Of which of its contradicting times no rule says: no case needs one.
  const times = [...new Map(variants.map(({ id, time }) => [id, time])).values()];
  const spans = {
    throttled: throttled.map((time) => ({ from: time, to: time + DAY })),
    suspected: suspectedDays(times, throttled),
    unreadable: unreadableIn(log, mailbox),
  };
  const vouched = spanToVouchFor(contexts, decisions, mailbox);
  return (['throttled', 'suspected', 'unreadable'] as const).flatMap((kind) =>
    mergeSpans(spans[kind]).map((span) => ({
      kind,
      from: isoOf(span.from),
      to: isoOf(span.to),
      matters: vouched !== null && meets(span, vouched),
      rebutted: isRebutted(decisions, mailbox, kind, span),
    })),
  );
};
