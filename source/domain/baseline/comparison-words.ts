import { counted } from '../count-words.ts';
import {
  type Baseline,
  type BaselineKind,
  type ComparedValue,
  type Comparison,
  MOST_POINTS,
  type Rating,
} from './comparison.ts';
import type { Field } from './habit.ts';
import { knownApplication } from './known-applications.ts';

export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  address: 'address',
  network: 'network',
  client: 'client',
  application: 'application',
  device: 'device',
  logonType: 'logon type',
  hour: 'hour (UTC)',
  weekday: 'weekday (UTC)',
  folder: 'folder',
  pace: 'pace',
};

export const RATING_WORDS: Readonly<Record<Rating, string>> = {
  new: 'new',
  rare: 'rare',
  seenBefore: 'seen before',
  notStated: 'not stated',
  noBaseline: 'nothing to compare',
};

const KIND_WORDS: Readonly<Record<BaselineKind, string>> = {
  benign: 'what is judged benign, before the access window where one is stated',
  beforeWindow: 'everything before the access window that is not judged malicious',
  others: 'all other sessions of this mailbox that are not judged malicious',
};

/** "Compared with …": which baseline, how much it is, and whether it is thin. */
export const baselineLine = (baseline: Baseline | null): string => {
  if (baseline === null) return 'Compared with nothing: the mailbox has no other records.';
  const { kind, records, sessions, days, thin } = baseline;
  const size = `${counted(records, 'record')} of ${counted(sessions, 'session')} on ${counted(days, 'day')}`;
  return `Compared with ${KIND_WORDS[kind]}: ${size}${thin ? ' (thin: hardly a habit)' : ''}.`;
};

/** Says that it is a hint. */
export const unlikeLine = ({ unlike }: Pick<Comparison, 'unlike'>): string =>
  unlike === null
    ? 'How unlike: not known.'
    : `How unlike: ${unlike} of ${MOST_POINTS} points. A hint where to look first, never a verdict.`;

/** A value as people read it. Text from a record. */
export const valueWords = (field: Field, { value }: Pick<ComparedValue, 'value'>): string => {
  if (value === null) return '(not stated)';
  if (field !== 'application') return value;
  const known = knownApplication(value);
  if (known === null) return value;
  return known.kind === 'microsoft'
    ? known.name
    : `${known.name} (${known.kind === 'abused' ? 'abused in break-ins' : 'a tool'}: ${known.note})`;
};

/** How often it was seen before, in the unit of its field. */
export const beforeWords = (field: Field, { rating, before }: ComparedValue): string => {
  if (rating === 'noBaseline' || rating === 'notStated') return '';
  if (rating === 'new') return 'never';
  if (field === 'folder') return counted(before.records, 'message');
  if (field === 'pace') return counted(before.records, 'minute');
  return `${counted(before.records, 'record')}, ${counted(before.days, 'day')}`;
};
