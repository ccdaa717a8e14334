import { classInWords, UNRESOLVED } from '../../domain/exposure/exposure-words.ts';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Message, MessageTouches, SessionTouch } from '../../domain/exposure/message.ts';
import type { ContextLine, SessionLine } from '../../case/lists/session-pages.ts';
import type { RecordLine } from '../../case/lists/record-pages.ts';
import { bytes, count, many, wholeTime } from './figures.ts';
import { messageSubject, TRACE_SOURCE } from './messages.ts';
import { mailboxName } from './people.ts';
import { signInFacts } from './sign-ins.ts';
import { MARK_WORDS, marksOf, verdictLetter, verdictWord } from './verdicts.ts';
import { type Fact, said, listed } from './facts.ts';

/** Behind one of these stands the service, so that nobody takes it for where the actor was (`domain.md` 9). */
const ownAddress = "the service's own: a proxy, not the actor";

const addressed = (address: string): string =>
  isServiceAddress(address) ? `${address} (${ownAddress})` : address;

const markFacts = (marks: string): readonly Fact[] =>
  MARK_WORDS.filter(([mark]) => marks.split(' ').includes(mark)).map(([mark, words], index) => [
    index === 0 ? 'marks' : '',
    `${mark} ${words}`,
  ]);

const grown = (records: number): readonly Fact[] =>
  records === 0 ? [] : [['grown', `${many(records, 'record')} came after the benign verdict`]];

const figures = (row: SessionLine | ContextLine): readonly Fact[] => [
  ['first, last', `${wholeTime(row.firstSeen)} to ${wholeTime(row.lastSeen)} UTC`],
  [
    'records',
    `${count(row.records)}: ${many(row.binds, 'Bind')}, ${many(row.syncs, 'Sync', 'Syncs')}`,
  ],
  ['messages', `${count(row.messages)} distinct, ${many(row.operations, 'operation')}`],
  ...(row.throttled > 0 ? [['throttled', many(row.throttled, 'record')] satisfies Fact] : []),
  ...(row.itemsMissing > 0
    ? [['missing', `${many(row.itemsMissing, 'record')} with items missing`] satisfies Fact]
    : []),
];

const byRule = (records: number): readonly Fact[] =>
  records === 0
    ? []
    : [
        [
          'by rule',
          `${many(records, 'record')} came after the malicious verdict: by rule, not seen by an analyst`,
        ],
      ];

const groupFacts = ({ group }: SessionLine): readonly Fact[] =>
  group === null
    ? []
    : [
        [
          'stands for',
          `${many(group.sessions, 'session')} that differ only in the service's own address`,
        ],
      ];

export const sessionFacts = (session: SessionLine): readonly Fact[] => [
  ...groupFacts(session),
  ['verdict', verdictWord(session.verdict)],
  ...grown(session.grownSinceVerdict),
  ...byRule(session.byRule),
  [
    'session id',
    session.sessionId === null ? 'none: a derived session' : forTerminal(session.sessionId),
  ],
  ...(session.sessionIdSources.length > 0
    ? [['found in', session.sessionIdSources.join(', ')] satisfies Fact]
    : []),
  ...(session.otherSessionIds.length > 0
    ? listed('other ids', session.otherSessionIds, 'other id')
    : []),
  ...(session.kin.length > 0 ? listed('shares ids with', session.kin) : []),
  ...(session.group === null ? [['key', session.key] satisfies Fact] : []),
  ...listed('users', session.actors, 'user'),
  ...listed('mailboxes', session.mailboxes.map(mailboxName), 'mailbox'),
  ...listed('addresses', session.addresses.map(addressed), 'address'),
  ...listed('clients', session.clients, 'client'),
  ...signInFacts(session.signInGlance),
  ...listed('app ids', session.appIds, 'app id'),
  ...figures(session),
  ['contexts', count(session.contextCount)],
  ...markFacts(marksOf(session)),
];

export const contextFacts = (context: ContextLine): readonly Fact[] => [
  ['verdict', verdictWord(context.verdict)],
  ...grown(context.grownSinceVerdict),
  ...byRule(context.byRule),
  ['key', context.key],
  ['user', said(context.actor)],
  ['mailbox', mailboxName(context.mailbox)],
  ['address', said(context.address === null ? null : addressed(context.address))],
  ['client', forTerminal(context.client)],
  ['client info', said(context.clientInfo)],
  ['app id', said(context.appId)],
  ['client app', said(context.clientAppId)],
  ['logon type', context.logonType === null ? 'not stated' : String(context.logonType)],
  ['device', said(context.deviceId)],
  ...figures(context),
  ...markFacts(marksOf(context)),
];

export const recordFacts = (record: RecordLine): readonly Fact[] => [
  ['record id', forTerminal(record.id)],
  ['time', `${wholeTime(record.time)} UTC`],
  [
    'access',
    record.access === 'sync' ? 'Sync: a folder handed over whole' : 'Bind: single messages',
  ],
  ...listed('folders', record.folders, 'folder'),
  [
    'items',
    `${count(record.items)} listed, ${record.operationCount === null ? 'none' : count(record.operationCount)} declared`,
  ],
  ['throttled', record.throttled === null ? 'not stated' : record.throttled ? 'yes' : 'no'],
  ...(record.conflict
    ? [['conflict', 'contradicting versions of it were read'] satisfies Fact]
    : []),
];

const traceFacts = (message: Message): readonly Fact[] => {
  const { trace, unresolved } = message;
  if (trace === null) return [['metadata', `none: ${UNRESOLVED[unresolved ?? 'notLookedUp']}`]];
  return [
    ['from', said(trace.sender)],
    ...listed('to', trace.recipients),
    ['received', trace.receivedAt === null ? 'not stated' : `${wholeTime(trace.receivedAt)} UTC`],
    ['status', said(trace.status)],
    ['metadata', `from ${TRACE_SOURCE[trace.source]}`],
    ...(trace.ambiguous
      ? [['caution', 'more than one mail bears this message id: senders set ids'] satisfies Fact]
      : []),
  ];
};

const several = (values: readonly string[], what: string): string =>
  values.length <= 1 ? said(values[0] ?? null) : `${count(values.length)} ${what}`;

const touchFact = (touch: SessionTouch): string => {
  const { key, verdict, actors, addresses, clients, first, last } = touch;
  const when = first === last ? wholeTime(first) : `${wholeTime(first)} to ${wholeTime(last)}`;
  const who = `${several(actors, 'users')} from ${several(addresses, 'addresses')}`;
  return `${verdictLetter(verdict)} ${verdictWord(verdict)}, ${when} UTC, ${who}, ${several(clients, 'clients')}, ${key}`;
};

/** Which sessions accessed it; until that has come, their verdicts alone. */
const touchFacts = (message: Message, touches: MessageTouches | null): readonly Fact[] => {
  const isOfIt = touches?.message === message.row;
  const all = isOfIt ? touches.total : message.sessions.length;
  const told = isOfIt
    ? touches.sessions.map(touchFact)
    : message.sessions.map(
        ({ key, verdict }) => `${verdictLetter(verdict)} ${verdictWord(verdict)}, ${key}`,
      );
  const more = all - told.length;
  const lines = [...told, ...(more > 0 ? [`and ${many(more, 'more session')}`] : [])];
  return lines.map((text, index): Fact => [index === 0 ? 'touched by' : '', text]);
};

export const messageFacts = (message: Message, touches: MessageTouches | null): readonly Fact[] => [
  ...(message.trace === null ? [] : [['subject', messageSubject(message)] satisfies Fact]),
  ['class', classInWords(message)],
  ...traceFacts(message),
  ['message id', said(message.internetMessageId)],
  ['item id', said(message.itemId)],
  ['mailbox', mailboxName(message.mailbox)],
  ...listed('folders', message.folders, 'folder'),
  ...(message.intruder === null
    ? []
    : [
        [
          'intruder',
          `${wholeTime(message.intruder.first)} to ${wholeTime(message.intruder.last)} UTC, ${many(message.intruder.accesses, 'access', 'accesses')}`,
        ] satisfies Fact,
      ]),
  ...(message.receivedAfterLastAttributed
    ? [['note', 'received after the last access attributed so far'] satisfies Fact]
    : []),
  ["anyone's", `${wholeTime(message.firstAccess)} to ${wholeTime(message.lastAccess)} UTC`],
  ['accesses', `${count(message.accesses)} in ${many(message.sessions.length, 'session')}`],
  ...touchFacts(message, touches),
  ['size', message.sizeInBytes === null ? 'not stated' : bytes(message.sizeInBytes)],
  ...(message.differs
    ? [['caution', 'different item ids or sizes were seen under this id'] satisfies Fact]
    : []),
];
