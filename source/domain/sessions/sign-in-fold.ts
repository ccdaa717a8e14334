import type { SignIn } from './sign-in.ts';

/** How much a row states. */
const fullness = (signIn: SignIn): number =>
  Object.values(signIn).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null,
  ).length;

const RISKS: readonly string[] = ['none', 'hidden', 'low', 'medium', 'high'];

const rankOf = (level: string | null): number => RISKS.indexOf((level ?? '').toLowerCase());

/** The highest level that any row states: a later reading that takes it back does not clear it. */
const highest = (levels: readonly (string | null)[]): string | null =>
  levels.reduce((one, other) => (rankOf(other) > rankOf(one) ? other : one), null);

const isStated = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null;

/**
 * One entry out of all rows with its id: each field as the fullest row that states it says it, since
 * v1.0, beta and the portal state different things. The same in whatever order rows came.
 * @throws RangeError without rows.
 */
export const foldSignIns = (rows: readonly SignIn[]): SignIn => {
  const ordered = rows
    .map((row) => ({ row, full: fullness(row), text: JSON.stringify(row) }))
    .sort((one, other) => other.full - one.full || (one.text < other.text ? -1 : 1))
    .map(({ row }) => row);
  const [fullest] = ordered;
  if (fullest === undefined) throw new RangeError('no row to fold');
  const names = Object.keys(fullest) as (keyof SignIn)[];
  const stated = Object.fromEntries(
    names.map((name) => [name, ordered.map((row) => row[name]).find(isStated) ?? fullest[name]]),
  );
  const folded: SignIn = { ...fullest, ...(stated as Partial<SignIn>) };
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

const wholeSecond = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** Whether a row says something else than all rows of its id together, not merely less. */
export const contradicts = (row: SignIn, folded: SignIn): boolean =>
  wholeSecond(row.time) !== wholeSecond(folded.time) ||
  IDENTIFYING.some((name) => row[name] !== null && row[name] !== folded[name]);
