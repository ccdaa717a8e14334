import type { FetchStatement } from '../../source/domain/fetches/fetch.ts';
import type { PastLookup } from '../../source/domain/lookups/past-lookup.ts';
import type { Decision } from '../../source/domain/verdicts/decision.ts';
import type { Message } from '../../source/domain/exposure/message.ts';
import type { Context, Session } from '../../source/domain/sessions/session.ts';
import type { Source } from '../../source/domain/records/source.ts';
import { sampleSignIn } from '../domain/sessions/sample-sign-in.ts';
import type { ExportedCase } from '../../source/exports/exported-case.ts';

const MAILBOX = { guid: '5d2c0a3e-0f3a-4a55-9a53-6a7c0f3b1d11', owner: 'g.jacobs@contoso.example' };

const hash = (digit: string): string => digit.repeat(64);

const figures = {
  firstSeen: '2026-09-24T10:00:00Z',
  lastSeen: '2026-09-24T10:05:00.25Z',
  records: 3,
  binds: 2,
  syncs: 1,
  operations: 4,
  messages: 2,
  throttled: 0,
  itemsMissing: 1,
  appOnly: false,
  delegate: false,
  external: false,
  ownApplication: false,
};

export const sampleContext = (over: Partial<Context> = {}): Context => ({
  ...figures,
  key: 'c1',
  session: 's1',
  mailbox: MAILBOX,
  actor: 'g.jacobs@contoso.example',
  address: '203.0.113.7',
  client: 'Outlook on the web',
  clientInfo: "Client=OWA;\u001b[31m=cmd|' /C calc'!A0",
  appId: null,
  clientAppId: null,
  logonType: 0,
  deviceId: null,
  digest: 'd1',
  verdict: 'malicious',
  grownSinceVerdict: 0,
  ...over,
});

export const sampleSession = (over: Partial<Session> = {}): Session => ({
  ...figures,
  key: 's1',
  sessionId: '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c01',
  sessionIdSources: ['SessionId'],
  otherSessionIds: [],
  kin: [],
  derived: false,
  actors: ['g.jacobs@contoso.example'],
  mailboxes: [MAILBOX],
  addresses: ['203.0.113.7'],
  clients: ['Outlook on the web'],
  appIds: [],
  verdict: 'malicious',
  grownSinceVerdict: 0,
  contexts: [sampleContext()],
  signIns: [{ by: 'sessionId', signIn: sampleSignIn() }],
  ...over,
});

export const sampleMessage = (over: Partial<Message> = {}): Message => ({
  row: 7,
  mailbox: MAILBOX,
  internetMessageId: '=HYPERLINK("http://evil.example","x")@contoso.example',
  itemId: 'AAMk1',
  folders: ['\\Inbox', '@folder'],
  sizeInBytes: 1234,
  differs: false,
  firstAccess: '2026-09-24T10:00:00Z',
  lastAccess: '2026-09-24T10:05:00Z',
  accesses: 2,
  intruder: { first: '2026-09-24T10:00:00Z', last: '2026-09-24T10:00:00Z', accesses: 1 },
  sessions: [{ key: 's1', verdict: 'malicious' }],
  class: 'confirmed',
  presumedBy: [],
  contested: false,
  openBecause: null,
  receivedAfterLastAttributed: false,
  trace: {
    source: 'importedTrace',
    status: 'Delivered',
    subject: '+1 for "lunch",\r\nsee\u2028you',
    sender: 'anna@fabrikam.example',
    recipients: ['g.jacobs@contoso.example', '=x@contoso.example'],
    receivedAt: '2026-09-23T08:00:00Z',
    size: 1200,
    ambiguous: false,
  },
  unresolved: null,
  ...over,
});

const sampleSource: Source = {
  id: 'aaaaaaaaaaaa',
  file: 'audit.csv',
  sha256: hash('a'),
  bytes: 1000,
  kind: 'audit',
  format: 'purview-csv',
  container: { file: 'audit.csv.gz', sha256: hash('b') },
  importedAt: '2026-09-25T08:00:00Z',
  analyst: 'kim',
  kept: true,
  path: null,
  withdrawn: { at: '2026-09-25T09:00:00Z', analyst: 'kim', because: 'wrong tenant' },
  rows: 10,
  accepted: 3,
  sideEvents: 0,
  otherOperations: 5,
  duplicates: 1,
  conflicts: 0,
  damaged: 1,
};

const line = (digit: string, prev: string) => ({
  at: '2026-09-25T10:00:00Z',
  analyst: 'kim',
  console: 'k1',
  prev: hash(prev),
  hash: hash(digit),
});

const target = {
  session: 's1',
  whole: true,
  contexts: [{ key: 'c1', records: 3, digest: 'd1' }],
};

/** One decision of every act; the second mark is undone, so the first one's reason counts. */
const sampleDecisions: readonly Decision[] = [
  { ...line('1', '0'), act: 'mark', verdict: 'malicious', targets: [target], reason: '-spray' },
  { ...line('2', '1'), act: 'mark', verdict: 'benign', targets: [target], reason: 'second look' },
  { ...line('3', '2'), act: 'undo', of: hash('2'), reason: null },
  { ...line('4', '3'), act: 'redo', of: hash('2'), reason: null },
  { ...line('5', '4'), act: 'undo', of: hash('2'), reason: null },
  {
    ...line('6', '5'),
    act: 'window',
    mailbox: null,
    from: figures.firstSeen,
    to: null,
    reason: null,
  },
  {
    ...line('7', '6'),
    act: 'rebut',
    mailbox: MAILBOX.guid,
    from: '2026-09-24T00:00:00Z',
    to: '2026-09-25T00:00:00Z',
    rebutted: true,
    reason: 'gateway log',
  },
  { ...line('8', '7'), act: 'withdraw', source: 'aaaaaaaaaaaa', reason: 'wrong tenant' },
];

const sampleLookup: PastLookup = {
  id: '0c3e9c01',
  endpoints: ['/v1.0/admin/exchange/tracing/messageTraces', '/v1.0/$batch'],
  stretches: [
    {
      ...{ address: '=cmd@contoso.example', direction: 'received', rows: 12 },
      ...{ from: '2026-06-28T00:00:00Z', to: '2026-09-26T09:11:00Z' },
    },
  ],
  holes: [
    {
      ...{ address: '=cmd@contoso.example', direction: 'sent', why: '=HTTP 500', filled: false },
      ...{ from: '2026-09-16T09:11:00Z', to: '2026-09-26T09:11:00Z' },
    },
  ],
  answers: 20,
  retries: 3,
  sources: ['bbbbbbbbbbbb'],
  startedAt: '2026-09-26T09:10:00Z',
  endedAt: '2026-09-26T09:20:00Z',
  outcome: 'finished',
  cloud: 'global',
  tenantId: '4b8c18bd-1111-4222-8333-444455556666',
  account: '=cmd@contoso.example',
  clientId: '9ac41f00-1111-4222-8333-444455556666',
  analyst: 'kim',
  again: false,
  thorough: false,
  mailboxes: true,
  statement: {
    ...{ asked: 9, found: 4, olderThanTrace: 1, notFound: 2, failed: 1, open: 1 },
    notAskedSingly: { messages: 1, requests: 9, seconds: 27 },
    lateSince: '2026-09-26T08:30:00Z',
    traffic: { addresses: ['=cmd@contoso.example'], from: '2026-06-28T00:00:00Z' },
    requests: 31,
    refused: [
      { service: 'mailbox', problem: '=No right to read it.', hint: 'Grant Mail.ReadBasic.' },
    ],
  },
};

export const sampleFetch: FetchStatement = {
  id: '5f2a9c01',
  api: 'search',
  cloud: 'global',
  tenantId: '4b8c18bd-1111-4222-8333-444455556666',
  account: '=cmd@contoso.example',
  clientId: '9ac41f00-1111-4222-8333-444455556666',
  analyst: 'kim',
  endpoint: '/beta/security/auditLog/queries',
  asked: {
    users: ['=cmd@contoso.example'],
    mailboxes: [],
    addresses: [],
    from: '2026-09-01T00:00:00Z',
    to: '2026-09-26T00:00:00Z',
  },
  startedAt: '2026-09-26T08:00:00Z',
  endedAt: '2026-09-26T09:00:00Z',
  outcome: 'missing',
  queries: [
    {
      name: '=contoso | mia | 5f2a9c01 | w1',
      id: '168ec429-084b-a489-90d8-504a87846305',
      filter: 'actor =cmd@contoso.example',
      from: '2026-09-01T00:00:00Z',
      to: '2026-09-26T00:00:00Z',
      status: 'succeeded',
      passes: [3, 4, 4],
      records: 4,
      limitExceeded: null,
      announced: 5,
      matching: null,
      source: null,
    },
  ],
  records: 4,
  announced: 5,
  received: 4,
  damaged: 2,
  lateUntil: '2026-09-27T00:00:00Z',
  newRecords: 1,
  requests: 12,
  retries: 1,
  emptyHours: {
    hours: 2,
    of: 600,
    longest: [{ from: '2026-09-02T00:00:00Z', to: '2026-09-02T02:00:00Z' }],
  },
  holes: [
    {
      ...{
        from: '2026-09-03T00:00:00Z',
        to: '2026-09-03T00:01:00Z',
        why: 'spoiled',
        filled: false,
      },
      ...{ users: ['=cmd@contoso.example'], addresses: [], said: '=HTTP 500' },
    },
  ],
  again: null,
};

const counts = { confirmed: 1, presumed: 1, open: 2, benignOnly: 0 };

/** A case as an export is given it, with hostile text in every field that a record or a sender sets. */
export const sampleCase = (over: Partial<ExportedCase> = {}): ExportedCase => ({
  generatedAt: '2026-09-26T10:00:00Z',
  toolVersion: '0.1.0',
  title: 'contoso-bec',
  analyst: 'kim',
  window: { from: '2026-09-24T10:00:00Z', to: null },
  sources: [sampleSource],
  fetches: [sampleFetch],
  lookups: [sampleLookup],
  decisions: sampleDecisions,
  scope: null,
  summary: {
    headline: {
      maliciousMailboxes: 1,
      logMissingMailboxes: 1,
      notJudged: { messages: 2, mailboxes: 1, others: 0 },
    },
    recorded: 1,
    namedNotBenign: 4,
    beyond: [
      { reason: 'presumedWhole', number: 1 },
      { reason: 'gap', number: 1 },
      { reason: 'itemsMissing', number: 38 },
      { reason: 'withoutId', number: 1 },
    ],
    outsideWindow: null,
    byRule: { records: 0 },
    sessions: { malicious: 1, benign: 0, mixed: 0, undecided: 1 },
    messages: counts,
    unidentified: { confirmed: 0, presumed: 1, open: 0, benignOnly: 0 },
    contested: 0,
    itemsMissing: 1,
    itemsNamed: 2,
    itemsDeclared: 40,
    mailboxes: [
      {
        ...MAILBOX,
        ...counts,
        unidentified: { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 },
        syncedFolders: ['Inbox'],
        presumedWhole: ['sync', 'gap'],
        gaps: [
          {
            from: '2026-09-24T00:00:00Z',
            to: '2026-09-25T00:00:00Z',
            kind: 'throttled',
            matters: true,
            meets: 'maliciousActivity' as const,
            rebutted: false,
          },
        ],
        possibleBulkCopy: false,
        nearLimit: true,
        syncRebutted: false,
        firstAttributed: '2026-09-24T10:00:00Z',
        lastAttributed: '2026-09-24T10:05:00Z',
        benignSyncedFolders: 0,
        receivedAfterLastAttributed: null,
      },
    ],
    correspondents: { senders: 1, recipients: 2, outside: 1 },
    trace: { resolved: 1, unresolved: { notLookedUp: 2, draftOrNeverSent: 1 } },
    exposedTrace: { resolved: 1, unresolved: { notLookedUp: 1 } },
  },
  ownDomains: new Set(['contoso.example']),
  sessions: () => [sampleSession()],
  messages: () => [
    sampleMessage(),
    sampleMessage({
      internetMessageId: null,
      class: 'presumed',
      trace: null,
      unresolved: 'notLookedUp',
    }),
  ],
  ...over,
});
