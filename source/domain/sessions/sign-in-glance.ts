import { isCertain, type JoinedSignIn, openingSignIn } from './sign-in-join.ts';
import { isDeviceCode, riskOf } from './sign-in.ts';

/** What a list shows of the sign-ins of a session: a session may have thousands. */
export interface SignInGlance {
  readonly count: number;
  /** None of them is proved to be of this session. */
  readonly likely: boolean;
  readonly opening: JoinedSignIn | null;
  /** Others, one of each kind that differs in what matters, at most `MOST_SHOWN`. */
  readonly others: readonly JoinedSignIn[];
  readonly countries: readonly string[];
  /** Numbers of autonomous systems. */
  readonly networks: readonly number[];
  /** The highest level the log states; null: none. */
  readonly risk: string | null;
  readonly deviceCode: boolean;
  /** How many did not succeed. */
  readonly failed: number;
}

export const NO_SIGN_INS: SignInGlance = {
  count: 0,
  likely: false,
  opening: null,
  others: [],
  countries: [],
  networks: [],
  risk: null,
  deviceCode: false,
  failed: 0,
};

const MOST_SHOWN = 5;
const LEVELS: readonly string[] = ['stated', 'low', 'medium', 'high'];

const distinct = <Value>(values: readonly (Value | null)[]): readonly Value[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** What is worth a line of its own: from elsewhere, by other means, or with another outcome. */
const kindOf = ({ signIn }: JoinedSignIn): string =>
  [
    ...[signIn.address, signIn.appId, signIn.country, signIn.protocol, signIn.operatingSystem],
    ...[signIn.browser, signIn.deviceId, signIn.errorCode === 0, riskOf(signIn)],
  ].join('\n');

const differing = (
  joined: readonly JoinedSignIn[],
  opening: JoinedSignIn,
): readonly JoinedSignIn[] => {
  const seen = new Set([kindOf(opening)]);
  const others: JoinedSignIn[] = [];
  for (const one of joined) {
    const kind = kindOf(one);
    if (seen.has(kind)) continue;
    seen.add(kind);
    others.push(one);
    if (others.length === MOST_SHOWN) break;
  }
  return others;
};

/** `joined` in order of time, as `signInsOf` gives them. */
export const glanceAt = (joined: readonly JoinedSignIn[]): SignInGlance => {
  const opening = openingSignIn(joined);
  if (opening === null) return NO_SIGN_INS;
  const signIns = joined.map(({ signIn }) => signIn);
  const risks = signIns.map((signIn) => LEVELS.indexOf(riskOf(signIn) ?? ''));
  return {
    count: joined.length,
    likely: !joined.some(isCertain),
    opening,
    others: differing(joined, opening),
    countries: distinct(signIns.map(({ country }) => country)),
    networks: distinct(signIns.map(({ network }) => network)),
    risk: LEVELS[risks.reduce((one, other) => Math.max(one, other), -1)] ?? null,
    deviceCode: signIns.some(isDeviceCode),
    failed: signIns.filter(({ errorCode }) => (errorCode ?? 0) !== 0).length,
  };
};
