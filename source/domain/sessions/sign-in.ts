/** Kinds of the sign-in log; a tenant is asked for each by itself (`tenant.md` 5). */
export const SIGN_IN_EVENTS = [
  'interactiveUser',
  'nonInteractiveUser',
  'servicePrincipal',
  'managedIdentity',
] as const;
export type SignInEvent = (typeof SIGN_IN_EVENTS)[number];

/** One entry of the Entra sign-in log, normalised; `null` always means *not stated*. */
export interface SignIn {
  /** The request id, lower case: its identity. */
  readonly id: string;
  /** UTC ISO with Z. */
  readonly time: string;
  readonly event: SignInEvent | null;
  readonly interactive: boolean | null;
  /** userPrincipalName, lower case. */
  readonly user: string | null;
  /** Object id of the user or of the service principal, lower case. */
  readonly userId: string | null;
  readonly app: string | null;
  /** Lower case. */
  readonly appId: string | null;
  /** "Browser", "Mobile Apps and Desktop clients", "IMAP4". */
  readonly clientApp: string | null;
  readonly resource: string | null;
  /** Normalised (`normaliseAddress`). */
  readonly address: string | null;
  readonly city: string | null;
  /** As the log writes it, two letters mostly. */
  readonly country: string | null;
  /** Number of the autonomous system. */
  readonly network: number | null;
  readonly deviceId: string | null;
  readonly device: string | null;
  readonly operatingSystem: string | null;
  readonly browser: string | null;
  /** How the device is known to the organisation: joined, registered, or not. */
  readonly trustType: string | null;
  readonly userAgent: string | null;
  /** "deviceCode", "ropc", "oAuth2"; null for none. */
  readonly protocol: string | null;
  /** The same of the sign-in that this one's token came from. */
  readonly transferMethod: string | null;
  /** "refreshToken", "primaryRefreshToken"; null for none. */
  readonly incomingToken: string | null;
  /** "singleFactorAuthentication" or "multiFactorAuthentication". */
  readonly requirement: string | null;
  /** Steps of authentication, in their order. */
  readonly methods: readonly string[];
  readonly conditionalAccess: string | null;
  /** "none", "low", "medium", "high" at that moment, and as judged later. */
  readonly riskLevel: string | null;
  readonly riskAggregated: string | null;
  readonly riskState: string | null;
  readonly riskEvents: readonly string[];
  /** 0: it succeeded. */
  readonly errorCode: number | null;
  readonly failureReason: string | null;
  /** Spelled as `normaliseSessionId` does: records have it as AADSessionId. */
  readonly sessionId: string | null;
  /** Case kept: records have it as UniqueTokenId. */
  readonly tokenId: string | null;
  readonly correlationId: string | null;
}

const GUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i;

const reversed = (hex: string): string => hex.match(/../g)?.toReversed().join('') ?? '';

/**
 * The token id that follows from a request id: its 16 bytes as .NET orders them, in base64url. The
 * v1.0 log names no token, but the two are the same thing in published entries that have both; were
 * it not so, 128 bits would match nothing. null where the id is no GUID.
 */
export const tokenOfRequest = (id: string): string | null => {
  const found = GUID.exec(id);
  if (found === null) return null;
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = found;
  const hex = reversed(first) + reversed(second) + reversed(third) + fourth + fifth;
  const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
};

/** null: the log does not say whether it succeeded. */
export const succeeded = ({ errorCode }: Pick<SignIn, 'errorCode'>): boolean | null =>
  errorCode === null ? null : errorCode === 0;

const RISKS = ['low', 'medium', 'high'] as const;

/** The higher of the two levels the log states, in lower case; null where it states no risk. */
export const riskOf = (
  signIn: Pick<SignIn, 'riskLevel' | 'riskAggregated' | 'riskState'>,
): (typeof RISKS)[number] | 'stated' | null => {
  const levels = [signIn.riskLevel, signIn.riskAggregated].map((level) =>
    RISKS.findIndex((risk) => risk === (level ?? '').toLowerCase()),
  );
  const level = RISKS[Math.max(...levels)] ?? null;
  const state = (signIn.riskState ?? '').toLowerCase().replaceAll(' ', '');
  return level ?? (state === 'atrisk' || state === 'confirmedcompromised' ? 'stated' : null);
};

/** Signed in on another machine by a code: the trick of device code phishing. */
export const isDeviceCode = ({ protocol, transferMethod }: SignIn): boolean =>
  [protocol, transferMethod].some((one) => /^device\s*code/i.test(one ?? ''));

/** Whether the sign-in log can be asked for a name: a user's name or an id; not "NT AUTHORITY\SYSTEM (…)". */
export const canBeAsked = (name: string): boolean => name.includes('@') || GUID.test(name.trim());
