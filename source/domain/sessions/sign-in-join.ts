import { isServiceAddress } from '../addresses/service-address.ts';
import { type SignIn, tokenOfRequest } from './sign-in.ts';

/**
 * How a sign-in belongs to a session, the strongest first: the session id · the token id · where the
 * log names none, the token id that follows from the request id · likely: same user, address and
 * application within a time, which is a hint and no proof.
 */
export const SIGN_IN_JOINS = ['sessionId', 'tokenId', 'requestId', 'likely'] as const;
export type SignInJoin = (typeof SIGN_IN_JOINS)[number];

export interface JoinedSignIn {
  readonly by: SignInJoin;
  readonly signIn: SignIn;
}

/** What of a session can be found in the sign-in log. Times are UTC ISO. */
export interface SignInTraits {
  /** Of its records, whichever field held them; empty: none states one. */
  readonly sessionIds: ReadonlySet<string>;
  /** UniqueTokenId of its records. */
  readonly tokens: ReadonlySet<string>;
  readonly contexts: readonly {
    readonly actor: string | null;
    readonly address: string | null;
    readonly appId: string | null;
    readonly clientAppId: string | null;
    readonly firstSeen: string;
    readonly lastSeen: string;
  }[];
}

/** A browser's session lives a day without a new sign-in; milliseconds. */
export const LIKELY_BEFORE = 24 * 3_600_000;

const same = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.toLowerCase() === other.toLowerCase();

/** For an application the actor is its id, as in records (`domain.md` 7). */
const isActor = (signIn: SignIn, actor: string | null): boolean =>
  signIn.user === null
    ? same(signIn.appId, actor)
    : same(signIn.user, actor) || same(signIn.userId, actor);

/** Both name a session, and not the same one: then it opened another. */
const isOfAnother = (signIn: SignIn, { sessionIds }: SignInTraits): boolean =>
  signIn.sessionId !== null && sessionIds.size > 0 && !sessionIds.has(signIn.sessionId);

const isLikely = (signIn: SignIn, traits: SignInTraits): boolean => {
  if (signIn.address === null || (signIn.errorCode ?? 0) !== 0) return false;
  if (isOfAnother(signIn, traits)) return false;
  // Behind the service's own address anybody may be.
  if (isServiceAddress(signIn.address)) return false;
  const at = Date.parse(signIn.time);
  return traits.contexts.some(
    ({ actor, address, appId, clientAppId, firstSeen, lastSeen }) =>
      same(signIn.address, address) &&
      isActor(signIn, actor) &&
      (same(signIn.appId, clientAppId) || same(signIn.appId, appId)) &&
      at >= Date.parse(firstSeen) - LIKELY_BEFORE &&
      at <= Date.parse(lastSeen),
  );
};

/** The strongest of the rules by which a sign-in belongs to a session; null: none. */
export const joinOf = (signIn: SignIn, traits: SignInTraits): SignInJoin | null => {
  if (signIn.sessionId !== null && traits.sessionIds.has(signIn.sessionId)) return 'sessionId';
  const token = signIn.tokenId ?? tokenOfRequest(signIn.id);
  if (token !== null && traits.tokens.has(token))
    return signIn.tokenId === null ? 'requestId' : 'tokenId';
  return isLikely(signIn, traits) ? 'likely' : null;
};

export const isCertain = ({ by }: JoinedSignIn): boolean => by !== 'likely';

const inTime = (joined: readonly JoinedSignIn[]): readonly JoinedSignIn[] =>
  joined
    .map((one) => ({ one, at: Date.parse(one.signIn.time) }))
    .sort((a, b) => a.at - b.at || (a.one.signIn.id < b.one.signIn.id ? -1 : 1))
    .map(({ one }) => one);

/**
 * The sign-ins of a session among `candidates`, in order of time. Likely ones only where no certain
 * one is known: a guess beside a fact would only blur it.
 */
export const signInsOf = (
  candidates: Iterable<SignIn>,
  traits: SignInTraits,
): readonly JoinedSignIn[] => {
  const joined: JoinedSignIn[] = [];
  for (const signIn of candidates) {
    const by = joinOf(signIn, traits);
    if (by !== null) joined.push({ by, signIn });
  }
  const certain = joined.filter(isCertain);
  return inTime(certain.length > 0 ? certain : joined);
};

/**
 * The one that most likely opened the session: the first that a person made and that succeeded, else
 * the first that succeeded, else the first. `joined` in order of time.
 */
export const openingSignIn = (joined: readonly JoinedSignIn[]): JoinedSignIn | null => {
  const good = joined.filter(({ signIn }) => (signIn.errorCode ?? 0) === 0);
  return good.find(({ signIn }) => signIn.interactive === true) ?? good[0] ?? joined[0] ?? null;
};
