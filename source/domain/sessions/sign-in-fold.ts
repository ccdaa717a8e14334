import { differsIn, fullestFirst, statedTogether } from '../fold-rows.ts';
import type { SignIn } from './sign-in.ts';

const RISKS: readonly string[] = ['none', 'hidden', 'low', 'medium', 'high'];

const rankOf = (level: string | null): number => RISKS.indexOf((level ?? '').toLowerCase());

/** The highest level that any row states: a later reading that takes it back does not clear it. */
const highest = (levels: readonly (string | null)[]): string | null =>
  levels.reduce((one, other) => (rankOf(other) > rankOf(one) ? other : one), null);

/**
 * One entry out of all rows with its id: each field as the fullest row that states it says it, since
 * v1.0, beta and the portal state different things. The same in whatever order rows came.
 * @throws RangeError without rows.
 */
export const foldSignIns = (rows: readonly SignIn[]): SignIn => {
  const ordered = fullestFirst(rows);
  const folded = statedTogether(ordered);
  return {
    ...folded,
    riskLevel: highest(ordered.map(({ riskLevel }) => riskLevel)) ?? folded.riskLevel,
    riskAggregated:
      highest(ordered.map(({ riskAggregated }) => riskAggregated)) ?? folded.riskAggregated,
  };
};

/** Fields that tell one entry from another and that every export spells alike. */
const IDENTIFYING = [
  'user',
  'userId',
  'appId',
  'address',
  'network',
  'errorCode',
  'sessionId',
  'tokenId',
] as const satisfies readonly (keyof SignIn)[];

/** Whether a row says something else than all rows of its id together, not merely less. */
export const contradicts = (row: SignIn, folded: SignIn): boolean =>
  differsIn(row, folded, IDENTIFYING);
