import type { AuditData } from '../../../scripts/generator/access.ts';
import { hashOf, seededRandom } from '../../../scripts/generator/random.ts';
import type { StoredRecord } from '../tenant-case.ts';

export type SignInEventType =
  'interactiveUser' | 'nonInteractiveUser' | 'servicePrincipal' | 'managedIdentity';

/** A line of the sign-in log. */
export interface SignInEntry {
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly type: SignInEventType;
  /** Lower case. */
  readonly userPrincipalName: string;
  readonly userId: string;
  readonly appId: string;
  readonly ipAddress: string;
  /** As records carry it in AADSessionId or, older ones, SessionId. */
  readonly sessionId: string | null;
  /** As records carry it in UniqueTokenId. */
  readonly uniqueTokenIdentifier: string;
}

const textAt = (data: AuditData, ...path: readonly string[]): string | null => {
  let value: unknown = data;
  for (const name of path) value = (value as AuditData | undefined)?.[name];
  return typeof value === 'string' && value !== '' && value !== 'Not Available' ? value : null;
};

const sessionOf = (data: AuditData): string | null =>
  textAt(data, 'AppAccessContext', 'AADSessionId') ?? textAt(data, 'SessionId');

/** Without port, brackets and the mapped form: as the sign-in log has it. */
const plainAddress = (spelled: string): string => {
  const bracketed = /^\[(.+)\](?::\d+)?$/u.exec(spelled)?.[1] ?? spelled;
  const mapped = bracketed.replace(/^::ffff:/iu, '');
  return /^[\d.]+:\d+$/u.test(mapped) ? mapped.replace(/:\d+$/u, '') : mapped.toLowerCase();
};

/**
 * The sign-ins that must have been there for the records to exist: an interactive one that opened
 * each session, and one without interaction for each further token; of applications, one a token.
 */
export const signInEntries = (
  records: readonly StoredRecord[],
  seed: number,
): readonly SignInEntry[] => {
  const random = seededRandom(hashOf(seed, 90));
  const opened = new Set<string>();
  const tokens = new Set<string>();
  const entries: SignInEntry[] = [];
  for (const { at, data } of records) {
    if (data['Operation'] !== 'MailItemsAccessed') continue;
    const [session, token] = [sessionOf(data), textAt(data, 'AppAccessContext', 'UniqueTokenId')];
    const application = data['UserType'] === 5;
    const first = session !== null && !opened.has(session);
    if (!first && (token === null || tokens.has(token))) continue;
    if (session !== null) opened.add(session);
    if (token !== null) tokens.add(token);
    entries.push({
      id: random.guid(),
      at: at - (first ? 300 : 30),
      type: application ? 'servicePrincipal' : first ? 'interactiveUser' : 'nonInteractiveUser',
      userPrincipalName: application ? '' : String(data['UserId']).toLowerCase(),
      userId: String(data['UserKey']),
      appId: textAt(data, 'ClientAppId') ?? textAt(data, 'AppId') ?? '',
      ipAddress: plainAddress(String(data['ClientIPAddress'])),
      sessionId: session,
      uniqueTokenIdentifier: token ?? random.hex(22),
    });
  }
  return entries.sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
};
