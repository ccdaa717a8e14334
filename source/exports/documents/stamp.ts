import { stampOf } from '../../domain/verdicts/stamp.ts';
import type { Summary } from '../../domain/exposure/exposure.ts';
import { count, flag, objectOf, orNull, sha256, text, time } from '../../domain/schema.ts';
import type { Decision } from '../../domain/verdicts/decision.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { headlineMembers } from './summary.ts';

const members = {
  stamp: orNull(text),
  decisionsHead: orNull(sha256),
  decisions: count,
  last: orNull(objectOf({ at: time, analyst: text })),
  intact: flag,
  sources: count,
  ...headlineMembers,
};

const toJson = jsonOf(objectOf(members));

/** What a stamp is printed with. `intact`: nothing is wrong with the decisions as they were read. */
export interface StampedCase {
  readonly decisions: readonly Decision[];
  readonly intact: boolean;
  /** In force. */
  readonly sources: number;
  readonly summary: Summary;
}

/** `mia.stamp/1` without its schema line. */
export const stampJson = ({ decisions, intact, sources, summary }: StampedCase) => {
  const last = decisions.at(-1) ?? null;
  return toJson({
    ...summary,
    stamp: last === null ? null : stampOf(last.hash),
    decisionsHead: last?.hash ?? null,
    decisions: decisions.length,
    ...{ last, intact, sources },
  });
};

export const stampSchema = documentSchema('mia.stamp/1', 'The head of the decisions', members);
