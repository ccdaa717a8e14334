import { storedJson } from '../../domain/disk-trouble.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import { statedJson } from './stated-json.ts';

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

export const signInText = (signIn: SignIn): string => statedJson(signIn);

/** Turns `signInText` back. */
export const signInOfText = (text: string): SignIn => ({
  ...NOTHING_STATED,
  ...(storedJson(text) as Partial<SignIn>),
});
