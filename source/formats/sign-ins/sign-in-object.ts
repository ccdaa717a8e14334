import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { RowContent } from '../format.ts';
import { cellOf } from '../json/fields.ts';
import { signInContent } from './sign-in-content.ts';

/** Graph writes createdDateTime, its PowerShell CreatedDateTime: one shape in two spellings. */
export type Spelling = (name: string) => string;

const valuesOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const flagOf = (value: JsonValue | undefined): boolean | null => {
  if (typeof value === 'boolean') return value;
  const text = cellOf(value).toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
};

const methodOf =
  (spelled: Spelling) =>
  (step: JsonValue): string =>
    isObject(step) ? cellOf(step[spelled('authenticationMethod')]) : cellOf(step);

/** A sign-in of Graph's `signIn` type, v1.0 or beta; what beta alone has is empty in v1.0. */
export const signInOfObject = (
  element: JsonObject,
  spelled: Spelling,
  order: JsonValue | undefined,
): RowContent => {
  const of = (name: string): JsonValue | undefined => element[spelled(name)];
  const text = (name: string): string => cellOf(of(name));
  const part = (name: string): ((inner: string) => string) => {
    const value = of(name);
    return (inner) => (isObject(value) ? cellOf(value[spelled(inner)]) : '');
  };
  const [device, location, status] = [part('deviceDetail'), part('location'), part('status')];
  const list = (name: string): readonly string[] => valuesOf(of(name)).map(cellOf);
  const riskEvents = list('riskEventTypes_v2');
  return signInContent(
    {
      id: text('id'),
      time: text('createdDateTime'),
      events: list('signInEventTypes'),
      interactive: flagOf(of('isInteractive')),
      user: text('userPrincipalName'),
      userId: text('userId'),
      servicePrincipalId: text('servicePrincipalId'),
      app: text('appDisplayName') || text('servicePrincipalName'),
      appId: text('appId'),
      clientApp: text('clientAppUsed'),
      resource: text('resourceDisplayName'),
      address: text('ipAddress'),
      city: location('city'),
      country: location('countryOrRegion'),
      network: text('autonomousSystemNumber'),
      deviceId: device('deviceId'),
      device: device('displayName'),
      operatingSystem: device('operatingSystem'),
      browser: device('browser'),
      trustType: device('trustType'),
      userAgent: text('userAgent'),
      protocol: text('authenticationProtocol'),
      transferMethod: text('originalTransferMethod'),
      incomingToken: text('incomingTokenType'),
      requirement: text('authenticationRequirement'),
      methods: valuesOf(of('authenticationDetails')).map(methodOf(spelled)),
      conditionalAccess: text('conditionalAccessStatus'),
      riskLevel: text('riskLevelDuringSignIn'),
      riskAggregated: text('riskLevelAggregated'),
      riskState: text('riskState'),
      riskEvents: riskEvents.length > 0 ? riskEvents : list('riskEventTypesV2'),
      errorCode: status('errorCode'),
      failureReason: status('failureReason'),
      sessionId: text('sessionId'),
      tokenId: text('uniqueTokenIdentifier'),
      correlationId: text('correlationId'),
    },
    order,
  );
};
