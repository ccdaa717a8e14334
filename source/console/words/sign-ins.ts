import { isDeviceCode, riskOf, type SignIn } from '../../domain/sessions/sign-in.ts';
import type { JoinedSignIn, SignInJoin } from '../../domain/sessions/sign-in-join.ts';
import type { SignInGlance } from '../../domain/sessions/sign-in-glance.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { SYMBOLS } from '../symbols.ts';
import type { Fact } from './facts.ts';
import { count, many, wholeTime } from './figures.ts';

const JOINS: Readonly<Record<SignInJoin, string>> = {
  sessionId: 'same session id',
  tokenId: 'same token id',
  requestId: 'token id follows from its request id',
  likely: 'LIKELY only: same user, address and application; no proof',
};

const RISK_WORDS: Readonly<Record<string, string>> = {
  stated: 'at risk, says the log',
  low: 'low risk',
  medium: 'medium risk',
  high: 'HIGH risk',
};

const stated = (values: readonly (string | null)[]): string =>
  values
    .filter((value) => value !== null)
    .map(forTerminal)
    .join(', ');

const place = ({ city, country, network, address }: SignIn): string => {
  const as = network === null ? null : `AS${network}`;
  return stated([city, country, as, address]) || 'not stated';
};

const device = (signIn: SignIn): string =>
  stated([
    ...[signIn.device, signIn.operatingSystem, signIn.browser, signIn.trustType],
    signIn.deviceId === null ? null : `device ${signIn.deviceId}`,
  ]) || 'not stated';

const method = (signIn: SignIn): string =>
  stated([
    isDeviceCode(signIn) ? 'DEVICE CODE' : signIn.protocol,
    ...signIn.methods,
    signIn.requirement,
    signIn.incomingToken === null ? null : `by ${signIn.incomingToken}`,
    signIn.conditionalAccess === null ? null : `conditional access ${signIn.conditionalAccess}`,
  ]) || 'not stated';

const outcome = ({ errorCode, failureReason }: SignIn): string | null =>
  errorCode === null || errorCode === 0
    ? null
    : `failed: ${stated([String(errorCode), failureReason])}`;

const risk = (signIn: SignIn): string | null => {
  const words = RISK_WORDS[riskOf(signIn) ?? ''];
  return words === undefined ? null : stated([words, signIn.riskState, ...signIn.riskEvents]);
};

/** "2026-09-24 09:55:00 UTC, Microsoft Outlook, Browser": when, and by what. */
const head = ({ signIn }: JoinedSignIn): string =>
  stated([`${wholeTime(signIn.time)} UTC`, signIn.app ?? signIn.appId, signIn.clientApp]);

const openingFacts = (opening: JoinedSignIn): readonly Fact[] => {
  const { signIn } = opening;
  const [failed, risky] = [outcome(signIn), risk(signIn)];
  return [
    ['opened by', head(opening)],
    ['joined by', JOINS[opening.by]],
    ['from', place(signIn)],
    ['device', device(signIn)],
    ['method', method(signIn)],
    ...(risky === null ? [] : [['risk', risky] satisfies Fact]),
    ...(failed === null ? [] : [['outcome', failed] satisfies Fact]),
  ];
};

const otherWords = (joined: JoinedSignIn): string => {
  const { signIn } = joined;
  return [
    head(joined),
    place(signIn),
    device(signIn),
    method(signIn),
    risk(signIn),
    outcome(signIn),
  ]
    .filter((part) => part !== null && part !== 'not stated')
    .join('; ');
};

/** The sign-in that opened a session, and those that differ from it; empty where none is known. */
export const signInFacts = ({
  count: all,
  opening,
  others,
  failed,
}: SignInGlance): readonly Fact[] => {
  if (opening === null) return [];
  const more = failed > 0 ? `, ${count(failed)} failed` : '';
  return [
    ['sign-ins', `${many(all, 'sign-in')} in the log${more}`],
    ...openingFacts(opening),
    ...others.map((one, index): Fact => [index === 0 ? 'also' : '', otherWords(one)]),
  ];
};

const firstThatFits = (variants: readonly string[], width: number): string =>
  variants.find((variant) => variant.length <= width) ?? SYMBOLS.ellipsis;

/** In at most `width` cells: "NG NL", else "NG+"; with a ? where no sign-in is proved to be of it. */
export const countriesIn = ({ countries, likely }: SignInGlance, width: number): string => {
  const [first, ...others] = countries.map(forTerminal);
  if (first === undefined) return '';
  const doubt = likely ? '?' : '';
  const several =
    others.length > 0 ? [[first, ...others].join(' ') + doubt, `${first}+${doubt}`] : [];
  return firstThatFits([...several, `${first}${doubt}`, `${first}+`], width);
};

/** The same of autonomous systems; the country beside it says whether it is doubtful. */
export const networksIn = ({ networks }: SignInGlance, width: number): string => {
  const [first, ...others] = networks;
  if (first === undefined) return '';
  const several = others.length > 0 ? [networks.join(' '), `${first}+`] : [];
  return firstThatFits([...several, String(first)], width);
};
