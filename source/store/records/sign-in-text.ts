import { storedJson } from '../../domain/disk-trouble.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';

const NOTHING_STATED: SignIn = {
  id: '',
  time: '',
  event: null,
  interactive: null,
  user: null,
  userId: null,
  app: null,
  appId: null,
  clientApp: null,
  resource: null,
  address: null,
  city: null,
  country: null,
  network: null,
  deviceId: null,
  device: null,
  operatingSystem: null,
  browser: null,
  trustType: null,
  userAgent: null,
  protocol: null,
  transferMethod: null,
  incomingToken: null,
  requirement: null,
  methods: [],
  conditionalAccess: null,
  riskLevel: null,
  riskAggregated: null,
  riskState: null,
  riskEvents: [],
  errorCode: null,
  failureReason: null,
  sessionId: null,
  tokenId: null,
  correlationId: null,
};

/** As JSON, without what it does not state: half of an entry usually is not. */
export const signInText = (signIn: SignIn): string =>
  JSON.stringify(signIn, (_, value: unknown) =>
    value === null || (Array.isArray(value) && value.length === 0) ? undefined : value,
  );

/** Turns `signInText` back. */
export const signInOfText = (text: string): SignIn => ({
  ...NOTHING_STATED,
  ...(storedJson(text) as Partial<SignIn>),
});
