import type { Mailbox } from '../sessions/session.ts';
import { type Field, FIELDS, type Habit, type SeenBefore } from './habit.ts';

/** new: nowhere in the baseline. Never "same": a habit that is met proves nothing. */
export const RATINGS = ['new', 'rare', 'seenBefore', 'notStated', 'noBaseline'] as const;
export type Rating = (typeof RATINGS)[number];

/** What a mailbox is compared with, the first of these that holds anything. */
export type BaselineKind = 'benign' | 'beforeWindow' | 'others';

export interface Baseline {
  readonly kind: BaselineKind;
  readonly records: number;
  readonly sessions: number;
  readonly days: number;
  /** Too little to call anything a habit. */
  readonly thin: boolean;
}

export interface ComparedValue {
  /** null: not stated. Text from a record. */
  readonly value: string | null;
  /** Of the session: records with it; messages for a folder, the most accesses of one minute for pace. */
  readonly number: number;
  readonly rating: Rating;
  readonly before: SeenBefore;
  readonly points: number;
}

export interface ComparedField {
  readonly field: Field;
  /** Most unlike first. */
  readonly values: readonly ComparedValue[];
  readonly points: number;
}

/** A session beside the habit in one mailbox. */
export interface Comparison {
  readonly mailbox: Mailbox;
  readonly baseline: Baseline | null;
  readonly fields: readonly ComparedField[];
  /** Sum of the points; null without a baseline. A hint that orders sessions, never a verdict. */
  readonly unlike: number | null;
}

/** A thin baseline has fewer records or days than this: the product's choice. */
const THIN = { records: 100, days: 7 } as const;

/** Rare: in fewer than two of a hundred records of the baseline. The product's choice. */
const RARE_SHARE = 0.02;

/** Points of a value that is new; one that is rare has half. The product's choice. */
const POINTS: Readonly<Record<Field, number>> = {
  address: 3,
  network: 2,
  client: 2,
  application: 3,
  device: 3,
  logonType: 2,
  hour: 1,
  weekday: 1,
  folder: 1,
  pace: 2,
};

/** The most that a session can have. */
export const MOST_POINTS = FIELDS.reduce((sum, field) => sum + POINTS[field], 0);

/** What a folder or a pace was seen with, where the habit has records of its own for the rest. */
export interface OtherHabits {
  /** Messages accessed by folder. Folders are named as the case names them; null: not stated. */
  readonly folders: ReadonlyMap<string | null, number>;
  /** Minutes in which so many accesses were made, by their number. */
  readonly minutes: ReadonlyMap<number, number>;
}

const baselineOf = (kind: BaselineKind, habit: Habit): Baseline | null => {
  const { records, sessions, days } = habit.total;
  if (records === 0) return null;
  return { kind, records, sessions, days, thin: records < THIN.records || days < THIN.days };
};

const ratingOf = (value: string | null, before: number, all: number): Rating => {
  if (all === 0) return 'noBaseline';
  if (value === null) return 'notStated';
  if (before === 0) return 'new';
  return before < all * RARE_SHARE ? 'rare' : 'seenBefore';
};

const round = (points: number): number => Math.round(points * 10) / 10;

/** `share`: of the session that has the value, 0 to 1. */
const pointsOf = (field: Field, rating: Rating, share: number): number => {
  if (rating !== 'new' && rating !== 'rare') return 0;
  return round(POINTS[field] * (rating === 'new' ? 1 : 0.5) * share);
};

const fieldOf = (field: Field, values: readonly ComparedValue[]): ComparedField => ({
  field,
  values: values.toSorted((a, b) => b.points - a.points || b.number - a.number),
  points: round(values.reduce((sum, { points }) => sum + points, 0)),
});

const NOWHERE: SeenBefore = { records: 0, sessions: 0, days: 0 };

const compareFolders = (own: OtherHabits, before: OtherHabits): ComparedField => {
  const sum = ({ folders }: OtherHabits) =>
    [...folders.values()].reduce((all, one) => all + one, 0);
  const [ofOwn, ofBefore] = [sum(own), sum(before)];
  const values = [...own.folders].map(([value, number]): ComparedValue => {
    const seen = before.folders.get(value) ?? 0;
    const rating = ratingOf(value, seen, ofBefore);
    const points = pointsOf('folder', rating, number / ofOwn);
    return { value, number, rating, before: { ...NOWHERE, records: seen }, points };
  });
  return fieldOf('folder', values);
};

const comparePace = (own: OtherHabits, before: OtherHabits): ComparedField => {
  const fastest = Math.max(0, ...own.minutes.keys());
  if (fastest === 0) return fieldOf('pace', []);
  const all = [...before.minutes.values()].reduce((sum, one) => sum + one, 0);
  const asFast = [...before.minutes]
    .filter(([accesses]) => accesses >= fastest)
    .reduce((sum, [, minutes]) => sum + minutes, 0);
  const value = `${fastest} in a minute`;
  const rating = ratingOf(value, asFast, all);
  const points = pointsOf('pace', rating, 1);
  return fieldOf('pace', [
    { value, number: fastest, rating, before: { ...NOWHERE, records: asFast }, points },
  ]);
};

/**
 * A session beside the habit of a mailbox, field by field. `before` holds nothing of the session
 * itself and nothing that is judged malicious. The counts of a folder are messages, those of the pace
 * minutes that were as fast.
 */
export const compare = (
  mailbox: Mailbox,
  own: { readonly habit: Habit; readonly others: OtherHabits },
  before: { readonly kind: BaselineKind; readonly habit: Habit; readonly others: OtherHabits },
): Comparison => {
  const baseline = baselineOf(before.kind, before.habit);
  const all = before.habit.total.records;
  const ofOwn = own.habit.total.records;
  const fields = FIELDS.map((field) => {
    if (field === 'folder') return compareFolders(own.others, before.others);
    if (field === 'pace') return comparePace(own.others, before.others);
    const values = own.habit.values(field).map(([value, { records }]): ComparedValue => {
      const seen = before.habit.seen(field, value);
      const rating = ratingOf(value, seen.records, all);
      const points = pointsOf(field, rating, records / ofOwn);
      return { value, number: records, rating, before: seen, points };
    });
    return fieldOf(field, values);
  });
  const sum = round(fields.reduce((total, { points }) => total + points, 0));
  return { mailbox, baseline, fields, unlike: baseline === null ? null : sum };
};
