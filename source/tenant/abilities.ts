/** What mia can do in a tenant, and what that needs; as data, also for the README. */
import type { Cloud } from './clouds.ts';
import type { BucketName } from './http/waiting.ts';

export type AbilityName =
  'auditSearch' | 'messageTrace' | 'mailbox' | 'signInLog' | 'managementActivity';

/** How somebody is signed in: a person (delegated) or the application itself. */
export type AccountKind = 'user' | 'application';

export interface Ability {
  readonly name: AbilityName;
  readonly title: string;
  readonly purpose: string;
  /** Any one of them is enough; the least first. */
  readonly permissions: Readonly<Record<AccountKind, readonly string[]>>;
  /** Needed beside, by what Microsoft documents; without it the attempt decides. */
  readonly also: readonly string[];
  /** What a person needs beside, in words that end a sentence ("The account also needs …"); null: nothing. */
  readonly role: string | null;
  readonly buckets: readonly BucketName[];
  /** On which of a tenant's two services. */
  readonly service: 'graph' | 'management';
}

const MORE_MAIL = ['Mail.Read', 'Mail.ReadWrite'];

export const ABILITIES: readonly Ability[] = [
  {
    name: 'auditSearch',
    title: 'audit search',
    purpose: 'fetches the audit records',
    permissions: {
      user: ['AuditLogsQuery-Exchange.Read.All', 'AuditLogsQuery.Read.All'],
      application: ['AuditLogsQuery-Exchange.Read.All', 'AuditLogsQuery.Read.All'],
    },
    also: [],
    role: 'the Exchange role View-Only Audit Logs: administrators usually have it by a role group (Organization Management, Compliance Management), anybody else is given it in the Exchange admin center under Roles, and it may take an hour',
    buckets: ['audit-create', 'audit-poll', 'audit-records'],
    service: 'graph',
  },
  {
    name: 'messageTrace',
    title: 'message trace',
    purpose: 'looks up sender, recipients and subject of messages',
    permissions: {
      user: ['ExchangeMessageTrace.Read.All'],
      application: ['ExchangeMessageTrace.Read.All'],
    },
    also: [],
    role: 'an Exchange role that may trace, as Global Reader',
    buckets: ['traces', 'trace-details'],
    service: 'graph',
  },
  {
    name: 'mailbox',
    title: 'mailbox',
    purpose: 'looks up messages in the mailbox itself; only when asked for',
    permissions: {
      user: ['Mail.ReadBasic.Shared', 'Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
      application: ['Mail.ReadBasic.All', 'Mail.ReadBasic', ...MORE_MAIL],
    },
    also: [],
    role: null,
    buckets: ['outlook'],
    service: 'graph',
  },
  {
    name: 'signInLog',
    title: 'sign-in log',
    purpose: 'tells which sign-in opened a session',
    permissions: { user: ['AuditLog.Read.All'], application: ['AuditLog.Read.All'] },
    also: ['Directory.Read.All'],
    role: 'a role that may read it, as Reports Reader, Security Reader or Global Reader',
    buckets: ['sign-ins'],
    service: 'graph',
  },
  {
    name: 'managementActivity',
    title: 'activity feed',
    purpose: 'the last seven days of audit records, where there is no audit search',
    permissions: { user: ['ActivityFeed.Read'], application: ['ActivityFeed.Read'] },
    also: [],
    role: null,
    buckets: ['activity'],
    service: 'management',
  },
];

/** To save messages whole, as the ability `mailbox` does where it may; the least first. */
export const WHOLE_MAIL: Readonly<Record<AccountKind, readonly string[]>> = {
  user: ['Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
  application: MORE_MAIL,
};

/** Enough for one's own mailbox, which is seldom the one in question. */
export const OWN_MAILBOX: readonly string[] = ['Mail.ReadBasic', ...MORE_MAIL];

export const abilityOfBucket = (bucket: BucketName): Ability | undefined =>
  ABILITIES.find(({ buckets }) => buckets.includes(bucket));

/** Whether Microsoft offers it in that cloud at all. */
export const isOffered = ({ offers, management }: Cloud, name: AbilityName): boolean => {
  switch (name) {
    case 'auditSearch':
      return offers.auditSearch;
    case 'messageTrace':
      return offers.messageTrace;
    case 'managementActivity':
      return management !== null;
    case 'mailbox':
    case 'signInLog':
      return true;
  }
};
