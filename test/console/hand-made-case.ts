/** A small case made by hand, and answers from it to the console's questions. */
import type { Summary } from '../../source/domain/exposure/exposure.ts';
import type { Message, MessageTouches } from '../../source/domain/exposure/message.ts';
import { NO_SIGN_INS } from '../../source/domain/sessions/sign-in-glance.ts';
import type { ContextLine, SessionLine } from '../../source/case/lists/session-pages.ts';
import type { MessageQuery, SessionQuery } from '../../source/case/lists/list-queries.ts';
import type { Overview } from '../../source/case/overview.ts';
import type { RecordLine } from '../../source/case/lists/record-pages.ts';

const JACOBS = { guid: 'a1b2c3d4-0000-4000-8000-000000000001', owner: 'g.jacobs@contoso.example' };
const FINANCE = { guid: 'a1b2c3d4-0000-4000-8000-000000000002', owner: 'finance@contoso.example' };

const NO_ACTIVITY = Array.from({ length: 16 }, () => 0);
const NO_GAPS = Array.from({ length: 16 }, () => false);

export const session = (key: string, about: Partial<SessionLine> = {}): SessionLine => ({
  key,
  sessionId: `00000000-aaaa-bbbb-cccc-${key.padStart(12, '0')}`,
  sessionIdSources: ['SessionId'],
  otherSessionIds: [],
  kin: [],
  derived: false,
  actors: ['g.jacobs@contoso.example'],
  mailboxes: [JACOBS],
  addresses: ['95.96.75.118'],
  clients: ['Outlook on the web'],
  appIds: ['00000002-0000-0ff1-ce00-000000000000'],
  firstSeen: '2026-09-24T12:00:00Z',
  lastSeen: '2026-09-24T14:13:44Z',
  records: 12,
  binds: 11,
  syncs: 0,
  operations: 20,
  messages: 14,
  throttled: 0,
  itemsMissing: 0,
  appOnly: false,
  delegate: false,
  external: false,
  ownApplication: false,
  verdict: null,
  grownSinceVerdict: 0,
  contextCount: 1,
  group: null,
  byRule: 0,
  signInGlance: NO_SIGN_INS,
  indicators: [],
  activity: NO_ACTIVITY,
  gapSlices: NO_GAPS,
  ...about,
});

const strip = (...counts: readonly number[]): readonly number[] =>
  NO_ACTIVITY.map((_, slice) => counts[slice] ?? 0);

const GAPS = NO_GAPS.map((_, slice) => slice >= 12);

export const SESSIONS: readonly SessionLine[] = [
  session('s01', {
    verdict: 'malicious',
    records: 214,
    binds: 212,
    syncs: 2,
    messages: 214,
    throttled: 1,
    addresses: ['95.96.75.118'],
    activity: strip(0, 0, 0, 0, 0, 0, 2, 9, 30, 80, 40, 12),
    gapSlices: GAPS,
  }),
  session('s02', {
    verdict: 'benign',
    lastSeen: '2026-09-24T13:02:10Z',
    clients: ['Outlook desktop'],
    addresses: ['10.20.30.40'],
    records: 1902,
    binds: 1800,
    syncs: 102,
    messages: 1902,
    grownSinceVerdict: 12,
    activity: strip(9, 9, 8, 9, 9, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9),
  }),
  session('s03', {
    lastSeen: '2026-09-23T22:41:09Z',
    actors: ['9ac41f77-1111-4222-8333-444455556666'],
    clients: ['Graph app'],
    addresses: ['20.190.160.14'],
    appOnly: true,
    messages: 48,
    activity: strip(0, 0, 0, 0, 0, 0, 0, 0, 0, 48),
  }),
  session('s04', {
    lastSeen: '2026-09-23T21:10:55Z',
    sessionId: null,
    sessionIdSources: [],
    derived: true,
    actors: ['m.visser@contoso.example'],
    mailboxes: [
      { guid: 'a1b2c3d4-0000-4000-8000-000000000003', owner: 'm.visser@contoso.example' },
    ],
    clients: ['Outlook for iOS'],
    addresses: ['2a02:a441:9c::1'],
    messages: 12,
  }),
  session('s05', {
    lastSeen: '2026-09-23T20:58:31Z',
    verdict: 'mixed',
    actors: ['m.visser@contoso.example'],
    mailboxes: [FINANCE],
    addresses: ['95.96.75.118', '77.174.28.9'],
    indicators: ['77.174.28.9'],
    delegate: true,
    messages: 77,
    contextCount: 2,
  }),
  session('s06', {
    lastSeen: '2026-09-23T19:44:02Z',
    actors: ['m.visser@contoso.example'],
    mailboxes: [
      { guid: 'a1b2c3d4-0000-4000-8000-000000000003', owner: 'm.visser@contoso.example' },
    ],
    addresses: ['77.174.28.9'],
    messages: 5,
    itemsMissing: 1,
  }),
  ...Array.from({ length: 60 }, (_, index) =>
    session(`t${String(index).padStart(2, '0')}`, {
      lastSeen: `2026-09-${String(22 - Math.floor(index / 5)).padStart(2, '0')}T09:${String(59 - index).padStart(2, '0')}:00Z`,
      actors: [`user${String(index)}@contoso.example`],
      mailboxes: [{ guid: `b${String(index)}`, owner: `user${String(index)}@contoso.example` }],
      addresses: [`203.0.113.${String(index + 1)}`],
      messages: index,
    }),
  ),
];

const message = (row: number, about: Partial<Message> = {}): Message => ({
  row,
  mailbox: JACOBS,
  internetMessageId: `m${String(row)}@fabrikam.example`,
  itemId: `AAMk${String(row)}`,
  folders: ['\\Inbox'],
  sizeInBytes: 115_649,
  differs: false,
  firstAccess: '2026-09-24T14:13:00Z',
  lastAccess: '2026-09-24T14:13:00Z',
  accesses: 2,
  intruder: { first: '2026-09-24T14:13:00Z', last: '2026-09-24T14:13:00Z', accesses: 1 },
  sessions: [{ key: 's01', verdict: 'malicious' }],
  class: 'confirmed',
  presumedBy: [],
  contested: false,
  openBecause: null,
  receivedAfterLastAttributed: false,
  trace: {
    source: 'importedTrace',
    status: 'Delivered',
    subject: `Invoice ${String(row)}`,
    sender: 'anna@fabrikam.example',
    recipients: ['g.jacobs@contoso.example'],
    receivedAt: '2026-09-20T08:00:00Z',
    size: 120_000,
    ambiguous: false,
  },
  unresolved: null,
  ...about,
});

const traced = (subject: string, sender: string, ...recipients: readonly string[]) => ({
  source: 'importedTrace' as const,
  status: 'Delivered',
  subject,
  sender,
  recipients,
  receivedAt: '2026-09-20T08:00:00Z',
  size: 120_000,
  ambiguous: false,
});

export const MESSAGES: readonly Message[] = [
  message(1, {
    trace: traced(
      'RE: Wire transfer details',
      'anna@fabrikam.example',
      'g.jacobs@contoso.example',
      'cfo@contoso.example',
    ),
  }),
  message(2, {
    trace: traced(
      'Salary review 2026 (confidential)',
      'hr@contoso.example',
      'g.jacobs@contoso.example',
    ),
  }),
  message(3, { folders: ['\\Drafts'], trace: null, unresolved: 'draftOrNeverSent' }),
  message(4, { trace: null, unresolved: 'notFound', class: 'open' }),
  message(5, {
    folders: ['\\Sent Items', '\\Archive'],
    class: 'presumed',
    trace: traced('Fwd: passport scan', 'g.jacobs@contoso.example', 'desk@hotel.example'),
  }),
  message(6, {
    trace: traced(
      '\u001b[2J\u202egnp.exe 見積書の件',
      'sales@fabrikam.example',
      'g.jacobs@contoso.example',
    ),
  }),
  message(7, { internetMessageId: null, trace: null, class: 'benignOnly' }),
  ...Array.from({ length: 207 }, (_, index) => message(8 + index)),
];

export const CONTEXTS: readonly ContextLine[] = ['c1', 'c2'].map((key, index) => ({
  key,
  session: 's05',
  mailbox: FINANCE,
  actor: 'm.visser@contoso.example',
  address: index === 0 ? '95.96.75.118' : '77.174.28.9',
  client: 'Outlook on the web',
  clientInfo: 'Client=OWA;Mozilla/5.0 (X11)',
  appId: '00000002-0000-0ff1-ce00-000000000000',
  clientAppId: null,
  logonType: 2,
  deviceId: null,
  firstSeen: '2026-09-23T18:00:00Z',
  lastSeen: '2026-09-23T20:58:31Z',
  records: 40 - index,
  binds: 40 - index,
  syncs: 0,
  operations: 77,
  messages: 40 - index,
  throttled: 0,
  itemsMissing: 0,
  appOnly: false,
  delegate: true,
  external: false,
  ownApplication: false,
  digest: key,
  indicators: index === 1 ? ['77.174.28.9'] : [],
  verdict: index === 0 ? 'malicious' : null,
  grownSinceVerdict: 0,
  byRule: 0,
}));

export const RECORDS: readonly RecordLine[] = Array.from({ length: 40 }, (_, index) => ({
  row: 1000 + index,
  id: `f00d0000-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`,
  time: `2026-09-23T18:${String(index).padStart(2, '0')}:00Z`,
  access: index === 2 ? 'sync' : 'bind',
  folders: index === 3 ? ['\\Inbox', '\\Archive'] : ['\\Inbox'],
  items: index + 1,
  operationCount: index === 2 ? null : index + 1,
  throttled: index === 4 ? true : null,
  itemsMissing: index === 5,
  conflict: index === 6,
}));

export const GAP = {
  from: '2026-09-24T14:10:00Z',
  to: '2026-09-25T14:10:00Z',
  kind: 'throttled',
  matters: true,
  meets: 'maliciousActivity',
  rebutted: false,
} as const;

const NOTHING = { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 };

const SUMMARY: Summary = {
  headline: {
    maliciousMailboxes: 1,
    logMissingMailboxes: 1,
    notJudged: { messages: 31, mailboxes: 2, others: 1 },
  },
  recorded: 214,
  namedNotBenign: 1833,
  beyond: [
    { reason: 'presumedWhole', number: 1 },
    { reason: 'gap', number: 1 },
    { reason: 'itemsMissing', number: 38 },
    { reason: 'withoutId', number: 1 },
  ],
  outsideWindow: null,
  byRule: { records: 0 },
  sessions: { malicious: 2, benign: 5, mixed: 1, undecided: 58 },
  messages: { confirmed: 214, presumed: 1588, open: 31, benignOnly: 100 },
  unidentified: { confirmed: 1, presumed: 0, open: 0, benignOnly: 0 },
  contested: 0,
  itemsMissing: 1,
  itemsNamed: 2,
  itemsDeclared: 40,
  mailboxes: [
    {
      ...JACOBS,
      confirmed: 214,
      presumed: 1588,
      open: 20,
      benignOnly: 100,
      unidentified: { confirmed: 1, presumed: 0, open: 0, benignOnly: 0 },
      syncedFolders: ['\\Inbox', '\\Sent Items'],
      presumedWhole: ['sync', 'gap'],
      gaps: [GAP],
      possibleBulkCopy: false,
      nearLimit: false,
      syncRebutted: false,
      firstAttributed: '2026-09-24T14:00:00Z',
      lastAttributed: '2026-09-24T14:13:44Z',
      benignSyncedFolders: 0,
      receivedAfterLastAttributed: null,
    },
    {
      ...FINANCE,
      confirmed: 0,
      presumed: 0,
      open: 11,
      benignOnly: 0,
      unidentified: NOTHING,
      syncedFolders: [],
      presumedWhole: [],
      gaps: [],
      possibleBulkCopy: true,
      nearLimit: true,
      syncRebutted: false,
      firstAttributed: null,
      lastAttributed: null,
      benignSyncedFolders: 0,
      receivedAfterLastAttributed: null,
    },
  ],
  correspondents: { senders: 24, recipients: 17, outside: 17 },
  trace: { resolved: 230, unresolved: { draftOrNeverSent: 3, notFound: 20 } },
  exposedTrace: { resolved: 202, unresolved: { draftOrNeverSent: 2, notFound: 10 } },
};

export const OVERVIEW: Overview = {
  version: 1,
  title: 'contoso-bec',
  analyst: 'jana',
  folder: './contoso-bec',
  readOnly: null,
  summary: SUMMARY,
  sources: [
    {
      id: 'abcdefabcdef',
      file: 'AuditRecords.csv',
      sha256: 'ab'.repeat(32),
      bytes: 1_000_000,
      kind: 'audit',
      format: 'purview-csv',
      container: null,
      importedAt: '2026-09-26T08:00:00Z',
      analyst: 'jana',
      kept: true,
      path: null,
      withdrawn: null,
      rows: 3000,
      accepted: 2600,
      sideEvents: 0,
      otherOperations: 100,
      duplicates: 297,
      conflicts: 1,
      damaged: 2,
    },
  ],
  fetches: [],
  lookups: [],
  span: { from: '2026-09-10T00:00:00Z', to: '2026-09-25T00:00:00Z' },
  window: null,
  traceRows: { rows: 461, accepted: 450, damaged: 1 },
  signInRows: { rows: 0, accepted: 0, conflicts: 0, damaged: 0 },
  rows: {
    damaged: 2,
    conflicts: 1,
    duplicates: 297,
    otherOperations: 100,
    sideEvents: 0,
    accepted: 2600,
  },
};

/** The same case with older sessions, from the year before. */
export const TURN_OF_THE_YEAR = {
  overview: {
    ...OVERVIEW,
    span: { from: '2025-12-28T00:00:00Z', to: '2026-09-25T00:00:00Z' },
    summary: {
      ...SUMMARY,
      mailboxes: SUMMARY.mailboxes.map((mailbox) => ({
        ...mailbox,
        gaps: mailbox.gaps.map((gap) => ({
          ...gap,
          ...{ from: '2025-12-31T14:10:00Z', to: '2026-01-01T14:10:00Z' },
          ...{ matters: false, meets: null },
        })),
      })),
    },
  } satisfies Overview,
  sessions: SESSIONS.map((one, index) =>
    index < 3 ? one : { ...one, lastSeen: one.lastSeen.replace('2026-09', '2025-12') },
  ),
};

export const EMPTY_OVERVIEW: Overview = {
  ...OVERVIEW,
  title: '',
  folder: './cache',
  sources: [],
  span: null,
  traceRows: { rows: 0, accepted: 0, damaged: 0 },
  signInRows: { rows: 0, accepted: 0, conflicts: 0, damaged: 0 },
  rows: { damaged: 0, conflicts: 0, duplicates: 0, otherOperations: 0, sideEvents: 0, accepted: 0 },
  summary: {
    ...SUMMARY,
    sessions: { malicious: 0, benign: 0, mixed: 0, undecided: 0 },
    messages: { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 },
    unidentified: { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 },
    itemsMissing: 0,
    mailboxes: [],
    correspondents: { senders: 0, recipients: 0, outside: 0 },
    trace: { resolved: 0, unresolved: {} },
    exposedTrace: { resolved: 0, unresolved: {} },
  },
};

/** What such a query finds, enough of it for the console's own tests. */
export const sessionsFor = (
  all: readonly SessionLine[],
  query: SessionQuery,
): readonly SessionLine[] => {
  const found = all.filter(
    ({ actors, verdict }) =>
      actors.some((actor) => actor.includes(query.search)) &&
      (query.filter.verdict === undefined || (verdict ?? 'undecided') === query.filter.verdict),
  );
  return query.sort === 'messages'
    ? found.toSorted((one, other) => other.messages - one.messages)
    : found;
};

export const messagesFor = ({ scope, search, sort }: MessageQuery): readonly Message[] => {
  const ofScope =
    scope.of === 'sessions'
      ? MESSAGES.filter(() => scope.keys.includes('s01'))
      : MESSAGES.slice(0, 7);
  const found = ofScope.filter(
    ({ trace }) => search === '' || (trace?.subject ?? '').includes(search),
  );
  return sort === 'accessed' ? found : found.toReversed();
};

/** The intruder's session touched each message, and one that is open. */
export const touchesOf = (message: number): MessageTouches => ({
  message,
  sessions: (['malicious', null] as const).map((verdict, index) => ({
    key: `s0${index + 1}`,
    verdict,
    actors: ['g.jacobs@contoso.example'],
    addresses: [index === 0 ? '95.96.75.118' : '77.174.28.9'],
    clients: ['Outlook on the web'],
    first: '2026-09-24T14:13:00Z',
    last: index === 0 ? '2026-09-24T14:13:00Z' : '2026-09-25T08:00:00Z',
  })),
  total: 2,
});
