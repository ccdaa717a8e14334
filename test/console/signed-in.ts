/** The hand-made case with a sign-in log: certain, failed and likely ones, some with hostile text. */
import { glanceAt } from '../../source/domain/sessions/sign-in-glance.ts';
import type { SessionLine } from '../../source/case/lists/session-pages.ts';
import { sampleSignIn } from '../domain/sessions/sample-sign-in.ts';
import { SESSIONS } from './hand-made-case.ts';

const signInGlance = glanceAt([
  { by: 'sessionId', signIn: sampleSignIn({ app: 'Microsoft Outlook\u001b[2J', device: null }) },
  {
    by: 'tokenId',
    signIn: sampleSignIn({
      ...{ id: 'refreshed', time: '2026-09-24T11:00:00Z', event: 'nonInteractiveUser' },
      ...{ interactive: false, protocol: null, transferMethod: null, country: 'NL', city: 'Delft' },
      ...{ network: 64501, address: '198.51.100.7', riskLevel: 'none', riskAggregated: null },
      ...{ riskState: 'none', incomingToken: 'refreshToken', methods: [], app: 'Outlook' },
    }),
  },
  {
    by: 'sessionId',
    signIn: sampleSignIn({ id: 'no', errorCode: 50126, failureReason: '\u202eno' }),
  },
]);

const likelyGlance = glanceAt([
  { by: 'likely', signIn: sampleSignIn({ country: 'DE', network: 64502, riskLevel: 'high' }) },
]);

export const SIGNED_IN: readonly SessionLine[] = SESSIONS.map((session) => {
  if (session.key === 's01') return { ...session, signInGlance };
  return session.key === 's02' ? { ...session, signInGlance: likelyGlance } : session;
});
