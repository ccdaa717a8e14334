/** An application as it is registered in the tenant. */
export interface Registration {
  readonly clientId: string;
  readonly name: string;
  readonly secrets: readonly string[];
  /** PEM, of which the public part is used. */
  readonly certificates: readonly string[];
  /** What admins consented to, by name. `ActivityFeed.Read` is of the management API. */
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

export const ALL_PERMISSIONS: readonly string[] = [
  'AuditLogsQuery.Read.All',
  'AuditLogsQuery-Exchange.Read.All',
  'ExchangeMessageTrace.Read.All',
  'Mail.ReadBasic',
  'Mail.Read',
  'Mail.ReadBasic.Shared',
  'Mail.Read.Shared',
  'User.Read',
  'User.ReadBasic.All',
  'User.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
  'Organization.Read.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'ActivityFeed.Read',
];

export const CLIENT_ID = '7d3c1f80-0b6e-4c5d-9a51-c0ffee000001';
export const CLIENT_SECRET = 'pretend-secret-of-the-console';

export const fullRegistration = (changes: Partial<Registration> = {}): Registration => ({
  clientId: CLIENT_ID,
  name: 'mia',
  secrets: [CLIENT_SECRET],
  certificates: [],
  delegated: ALL_PERMISSIONS,
  application: [...ALL_PERMISSIONS, 'Mail.ReadBasic.All'],
  ...changes,
});

export interface TenantOptions {
  readonly seed?: number;
  /** Rows of the generated case; default 400. */
  readonly rows?: number;
  readonly mailboxes?: number;
  readonly mailCount?: number;
  /** ISO date of the first of its 60 days; default 2026-08-03. */
  readonly from?: string;
  /** Tenant time at the start, ISO; default six hours after the last day of the case. */
  readonly now?: string;
  /** Answers have a Date; default true. */
  readonly tellsTime?: boolean;
  /** Seconds of tenant time in one of ours; default 0: only `clock.advance` moves it. */
  readonly speed?: number;
  /** Ports of authority, Graph and management; default any. One number: the first of three. */
  readonly port?: number;
  readonly registrations?: readonly Registration[];
  /** Who signs in when nobody else is named: a person without a mailbox of the case. */
  readonly analyst?: { readonly upn: string; readonly name: string };
  readonly auth?: Partial<AuthOptions>;
  readonly audit?: Partial<AuditOptions>;
  readonly activity?: Partial<ActivityOptions>;
  readonly trace?: Partial<TraceOptions>;
  readonly mail?: Partial<MailOptions>;
  readonly signIns?: Partial<AuthenticationOptions>;
}

export interface AuthOptions {
  /** Seconds; default 3600. */
  readonly expiresIn: number;
  /** Seconds, or null: not stated. */
  readonly refreshIn: number | null;
  /** Seconds between polls that the device code answer asks for; default 5. */
  readonly interval: number;
  /** The device code is approved at this poll (0: the first); null: when a test says so. */
  readonly approveAtPoll: number | null;
}

export interface AuditOptions {
  /** Which root has the API; default both. */
  readonly api: 'v1' | 'beta' | 'both';
  /** How the other root says that it has not; default `unknown-error`. */
  readonly missing: 'unknown-error' | 'segment';
  /** From creation to the end of a query; default 35. */
  readonly minutes: number;
  /** Queries that may run at once; default 10. */
  readonly open: number;
  /** Submissions in 24 hours; default 200. */
  readonly perDay: number;
  /** Closer together than this is 429; default 0. */
  readonly secondsBetween: number;
  readonly recordCountLimit: number;
  /** false: an old back end without the three count properties. */
  readonly counts: boolean;
  /** Records of a page when $top is not given; default 100. */
  readonly page: number;
  /** Minutes that a nextLink lives; null: for ever. */
  readonly nextLinkMinutes: number | null;
  /** Is the end of the period part of it? Default false. */
  readonly endIncluded: boolean;
  readonly retentionDays: number;
  /** Have persons the Exchange role View-Only Audit Logs? Default true. */
  readonly personsMay: boolean;
  /** Does a keyword find who acted, whose mailbox it is and from which address? Default true. */
  readonly keywordFindsIndexed: boolean;
  /** Does a filter of addresses find them with any port? Default false: as spelled. */
  readonly anyPort: boolean;
}

export interface ActivityOptions {
  /** ISO; null: no subscription yet. */
  readonly subscribedSince: string | null;
  /** Pieces of content in one listing; default 50. */
  readonly page: number;
  /** Requests in a minute; default 2000. */
  readonly perMinute: number;
}

export interface TraceOptions {
  /** What a missing service principal is answered with. */
  readonly principal: 'present' | 'missing-401' | 'missing-403';
  /** Hours until a created principal works; default 4. */
  readonly provisioningHours: number;
  /** "90 days from today": from its midnight (UTC), or from this very moment; default today. */
  readonly reach: 'today' | 'now';
  /** Rows appear this late; default 5. */
  readonly delayMinutes: number;
  /** Requests in five minutes, for traces and for details each; default 100. */
  readonly perFiveMinutes: number;
  /** Share of the mail that left a trace; default 0.7. */
  readonly share: number;
  /** Message ids are compared without regard to case, which nothing documents; default false. */
  readonly anyCase: boolean;
  /** The most a page holds, whatever $top says; default 5000. */
  readonly page: number;
}

export interface MailOptions {
  /** UPNs that the application may open; null: all (RBAC for Applications). */
  readonly applicationScope: readonly string[] | null;
  /** UPNs shared with the person who signs in; null: all. */
  readonly sharedWithAnalyst: readonly string[] | null;
  readonly concurrent: number;
  /** Real milliseconds a request takes, so that more than four at once can be seen; default 2. */
  readonly takes: number;
}

export interface AuthenticationOptions {
  /** Entra ID P1 or P2. */
  readonly premium: boolean;
  readonly retentionDays: number;
  /** Requests in ten seconds; default 5. */
  readonly perTenSeconds: number;
  /** The most a page holds, whatever $top says; default 1000. */
  readonly page: number;
  /** Does beta know event types here? Default true. */
  readonly beta: boolean;
  /** Are both kinds of a user's sign-ins given that a filter names, or the last one alone? Default both. */
  readonly typesTogether: boolean;
}

export interface Settings {
  readonly auth: AuthOptions;
  readonly audit: AuditOptions;
  readonly activity: ActivityOptions;
  readonly trace: TraceOptions;
  readonly mail: MailOptions;
  readonly signIns: AuthenticationOptions;
}

export const settingsOf = (options: TenantOptions): Settings => ({
  auth: { expiresIn: 3600, refreshIn: null, interval: 5, approveAtPoll: 1, ...options.auth },
  audit: {
    api: 'both',
    missing: 'unknown-error',
    minutes: 35,
    open: 10,
    perDay: 200,
    secondsBetween: 0,
    recordCountLimit: 1_000_000,
    counts: true,
    page: 100,
    nextLinkMinutes: null,
    endIncluded: false,
    retentionDays: 180,
    personsMay: true,
    keywordFindsIndexed: true,
    anyPort: false,
    ...options.audit,
  },
  activity: { subscribedSince: null, page: 50, perMinute: 2000, ...options.activity },
  trace: {
    principal: 'present',
    provisioningHours: 4,
    reach: 'today',
    delayMinutes: 5,
    perFiveMinutes: 100,
    share: 0.7,
    anyCase: false,
    page: 5000,
    ...options.trace,
  },
  mail: {
    applicationScope: null,
    sharedWithAnalyst: null,
    concurrent: 4,
    takes: 2,
    ...options.mail,
  },
  signIns: {
    ...{ premium: true, retentionDays: 30, perTenSeconds: 5, page: 1000, beta: true },
    typesTogether: true,
    ...options.signIns,
  },
});
