import { EXCHANGE_ONLINE, NEW_OUTLOOK, OFFICE } from '../../../scripts/generator/client.ts';
import { hashOf } from '../../../scripts/generator/random.ts';
import type { GraphVersion } from '../http/routes.ts';
import { isoSeconds } from '../virtual-clock.ts';
import type { SignInEntry } from './sign-in-entries.ts';

const CITIES = [
  ['Utrecht', 'Utrecht', 'NL', 52.09, 5.12],
  ['Lyon', 'Rhone', 'FR', 45.76, 4.84],
  ['Lagos', 'Lagos', 'NG', 6.45, 3.4],
  ['Leipzig', 'Sachsen', 'DE', 51.34, 12.37],
] as const;

const APPS: Readonly<Record<string, string>> = {
  [EXCHANGE_ONLINE]: 'Office 365 Exchange Online',
  [NEW_OUTLOOK]: 'Microsoft Outlook',
  [OFFICE]: 'Microsoft Office',
};

/** What only beta has (`tenant.md` 5). */
const betaFields = (entry: SignInEntry, chance: number) => ({
  sessionId: entry.sessionId ?? '',
  uniqueTokenIdentifier: entry.uniqueTokenIdentifier,
  originalRequestId: entry.id,
  autonomousSystemNumber: 64_500 + (chance % 10),
  signInEventTypes: [entry.type],
  incomingTokenType: entry.type === 'nonInteractiveUser' ? 'refreshToken' : 'none',
  authenticationProtocol: chance % 7 === 0 ? 'deviceCode' : 'none',
  originalTransferMethod: chance % 7 === 0 ? 'deviceCodeFlow' : 'none',
  authenticationDetails: [
    {
      authenticationMethod: 'Password',
      succeeded: true,
      authenticationStepDateTime: isoSeconds(entry.at * 1000),
    },
  ],
  ipAddressFromResourceProvider: null,
});

export const signInBody = (
  entry: SignInEntry,
  version: GraphVersion,
  tenantId: string,
): Record<string, unknown> => {
  const chance = hashOf(...Buffer.from(entry.ipAddress));
  const [city, state, countryOrRegion, latitude, longitude] = CITIES[chance % CITIES.length]!;
  return {
    id: entry.id,
    createdDateTime: isoSeconds(entry.at * 1000),
    userDisplayName: entry.userPrincipalName,
    userPrincipalName: entry.userPrincipalName,
    userId: entry.userId,
    appId: entry.appId,
    appDisplayName: APPS[entry.appId] ?? '',
    ipAddress: entry.ipAddress,
    clientAppUsed: 'Browser',
    correlationId: entry.id,
    conditionalAccessStatus: 'notApplied',
    isInteractive: entry.type === 'interactiveUser',
    riskDetail: 'none',
    riskLevelAggregated: chance % 9 === 0 ? 'medium' : 'none',
    riskLevelDuringSignIn: chance % 9 === 0 ? 'medium' : 'none',
    riskState: chance % 9 === 0 ? 'atRisk' : 'none',
    riskEventTypes_v2: [],
    resourceDisplayName: 'Office 365 Exchange Online',
    resourceId: EXCHANGE_ONLINE,
    homeTenantId: tenantId,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
    status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
    deviceDetail: {
      ...{ deviceId: '', displayName: '', operatingSystem: 'Windows10', browser: 'Edge 128.0.0' },
      ...{ isCompliant: false, isManaged: false, trustType: '' },
    },
    location: {
      ...{ city, state, countryOrRegion },
      geoCoordinates: { altitude: null, latitude, longitude },
    },
    ...(version === 'beta' ? betaFields(entry, chance) : {}),
  };
};
