import { normaliseAddress } from '../../domain/addresses/address.ts';
import { normaliseSessionId } from '../../domain/sessions/session.ts';
import { SIGN_IN_EVENTS, type SignIn, type SignInEvent } from '../../domain/sessions/sign-in.ts';
import type { JsonValue } from '../../domain/json.ts';
import { stated } from '../../domain/records/stated.ts';
import type { RowContent } from '../format.ts';
import { readRowDate } from '../dates/local-time.ts';

/** What a format reads of one sign-in, still as written there; empty where it states nothing. */
export interface SignInFields {
  readonly id: string;
  readonly time: string;
  readonly events: readonly string[];
  readonly interactive: boolean | null;
  readonly user: string;
  readonly userId: string;
  readonly servicePrincipalId: string;
  readonly app: string;
  readonly appId: string;
  readonly clientApp: string;
  readonly resource: string;
  readonly address: string;
  readonly city: string;
  readonly country: string;
  readonly network: string;
  readonly deviceId: string;
  readonly device: string;
  readonly operatingSystem: string;
  readonly browser: string;
  readonly trustType: string;
  readonly userAgent: string;
  readonly protocol: string;
  readonly transferMethod: string;
  readonly incomingToken: string;
  readonly requirement: string;
  readonly methods: readonly string[];
  readonly conditionalAccess: string;
  readonly riskLevel: string;
  readonly riskAggregated: string;
  readonly riskState: string;
  readonly riskEvents: readonly string[];
  readonly errorCode: string;
  readonly failureReason: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly correlationId: string;
}

const lower = (text: string): string | null => stated(text)?.toLowerCase() ?? null;

/** "none" of a field that names a thing is no name. */
const named = (text: string): string | null => {
  const value = stated(text);
  return value === null || /^(none|unknown)$/i.test(value) ? null : value;
};

const numberOf = (text: string): number | null => (/^\d{1,10}$/.test(text) ? Number(text) : null);

const texts = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => named(value) ?? []);

const eventOf = ({ events, interactive }: SignInFields): SignInEvent | null => {
  const found = SIGN_IN_EVENTS.find((event) =>
    events.some((one) => one.toLowerCase() === event.toLowerCase()),
  );
  if (found !== undefined) return found;
  return interactive === true ? 'interactiveUser' : null;
};

/** The log writes "Other." where nothing failed. */
const reasonOf = (text: string): string | null => {
  const reason = stated(text);
  return reason === null || /^other\.?$/i.test(reason) ? null : reason;
};

/** An address is stored as "0.0.0.0" where there was none. */
const addressOf = (text: string): string | null => {
  const { address } = normaliseAddress(text);
  return address === '0.0.0.0' || address === '::' ? null : address;
};

const session = (text: string): string | null => {
  const id = stated(text);
  return id === null ? null : normaliseSessionId(id);
};

/**
 * One row of a sign-in log, normalised; damaged where it can't be told from another, or in time.
 * `order`: of day and month in the dates of its file, as far as it is known (a FileOrder).
 */
export const signInContent = (fields: SignInFields, order: JsonValue | undefined): RowContent => {
  const id = lower(fields.id);
  if (id === null) return { kind: 'damaged', reason: 'a sign-in without an id' };
  const { time, ...date } = readRowDate(fields.time, order);
  if (time === null)
    return { kind: 'damaged', reason: 'a sign-in without a time that could be read', ...date };
  const event = eventOf(fields);
  const signIn: SignIn = {
    id,
    time,
    event,
    interactive: event === null ? fields.interactive : event === 'interactiveUser',
    user: lower(fields.user),
    userId: lower(fields.userId) ?? lower(fields.servicePrincipalId),
    app: stated(fields.app),
    appId: lower(fields.appId),
    clientApp: stated(fields.clientApp),
    resource: stated(fields.resource),
    address: addressOf(fields.address),
    city: stated(fields.city),
    country: stated(fields.country),
    network: numberOf(fields.network) || null,
    deviceId: lower(fields.deviceId),
    device: stated(fields.device),
    operatingSystem: stated(fields.operatingSystem),
    browser: stated(fields.browser),
    trustType: stated(fields.trustType),
    userAgent: stated(fields.userAgent),
    protocol: named(fields.protocol),
    transferMethod: named(fields.transferMethod),
    incomingToken: named(fields.incomingToken),
    requirement: stated(fields.requirement),
    methods: texts(fields.methods),
    conditionalAccess: stated(fields.conditionalAccess),
    riskLevel: stated(fields.riskLevel),
    riskAggregated: stated(fields.riskAggregated),
    riskState: stated(fields.riskState),
    riskEvents: texts(fields.riskEvents),
    errorCode: numberOf(fields.errorCode),
    failureReason: reasonOf(fields.failureReason),
    sessionId: session(fields.sessionId),
    tokenId: stated(fields.tokenId),
    correlationId: lower(fields.correlationId),
  };
  return { kind: 'signIns', signIn, ...date };
};
