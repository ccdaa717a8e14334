import { notBenign } from '../../domain/exposure/exposure-class.ts';
import { presumesAll } from '../../domain/exposure/gaps.ts';
import { missingItemsWords, withoutIdToo } from '../../domain/count-words.ts';
import {
  byRuleWords,
  contestedWords,
  headlineInBrief,
  headlineInShort,
  headlineWords,
  outsideWords,
  beyondWords,
  figuresWords,
  GAP_KIND_WORDS,
  gapMeaning,
  NEAR_LIMIT_WORDS,
  unresolvedShort,
} from '../../domain/exposure/exposure-words.ts';
import type { Gap, Headline, Summary } from '../../domain/exposure/exposure.ts';
import { fetchesLacking } from '../../domain/fetches/fetch-status.ts';
import type { Overview } from '../../case/overview.ts';
import type { Tone } from '../view.ts';
import { count, many, span, wholeTime } from './figures.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExposureRow } from '../lists/exposure-rows.ts';
import { mailboxName } from './people.ts';
import { type Fact, listed } from './facts.ts';

export interface Phrase {
  readonly text: string;
  readonly tone: Tone;
}

const gapsThatMatter = (summary: Summary): readonly Gap[] =>
  summary.mailboxes.flatMap(({ gaps }) => gaps.filter(presumesAll));

const presumedWhole = (summary: Summary): Phrase | null => {
  const whole = summary.mailboxes.filter((mailbox) => mailbox.presumedWhole.length > 0);
  if (whole.length === 0) return null;
  const by = (why: 'sync' | 'gap'): number =>
    whole.filter((mailbox) => mailbox.presumedWhole.includes(why)).length;
  const why = [
    by('sync') > 0 ? `Sync${whole.length > 1 ? ` ${count(by('sync'))}` : ''}` : '',
    by('gap') > 0 ? `gap${whole.length > 1 ? ` ${count(by('gap'))}` : ''}` : '',
  ].filter((part) => part !== '');
  const boxes = many(whole.length, 'mailbox', 'mailboxes');
  return { text: `${boxes} presumed whole (${why.join(', ')})`, tone: 'warning' };
};

const gapPhrase = (summary: Summary): Phrase | null => {
  const gaps = gapsThatMatter(summary);
  const [first] = gaps;
  if (first === undefined) return null;
  const length = gaps.length === 1 ? ` of ${span(first.from, first.to)}` : '';
  return { text: `${many(gaps.length, 'gap')}${length}`, tone: 'warning' };
};

const counted = (value: number, one: string, more: string, tone: Tone = 'plain'): Phrase | null =>
  value === 0 ? null : { text: many(value, one, more), tone };

const unresolvedCount = (summary: Summary): number =>
  Object.values(summary.exposedTrace.unresolved).reduce((sum, value) => sum + value, 0);

/** What limits the figures; null: it does not. */
export const limitPhrases = (overview: Overview): readonly (Phrase | null)[] => {
  const { summary, rows, traceRows, signInRows } = overview;
  const folders = summary.mailboxes.reduce((sum, box) => sum + box.syncedFolders.length, 0);
  const bulk = summary.mailboxes.filter((box) => box.possibleBulkCopy).length;
  const near = summary.mailboxes.filter((box) => box.nearLimit).length;
  const signInFetches = overview.fetches.filter(({ api }) => api === 'signIns');
  const recordFetches = overview.fetches.filter(({ api }) => api !== 'signIns');
  const lacking = fetchesLacking(recordFetches).length;
  const missing = missingItemsWords(summary);
  const itemless = summary.beyond.find(({ reason }) => reason === 'itemlessSource')?.number ?? 0;
  return [
    presumedWhole(summary),
    counted(folders, 'folder synced', 'folders synced', 'warning'),
    gapPhrase(summary),
    counted(bulk, 'possible bulk copy', 'possible bulk copies', 'warning'),
    counted(
      near,
      'mailbox close to the throttling limit',
      'mailboxes close to the throttling limit',
      'warning',
    ),
    missing === null ? null : { text: missing, tone: 'warning' },
    counted(lacking, 'fetch with parts missing', 'fetches with parts missing', 'warning'),
    counted(rows.damaged, 'damaged row', 'damaged rows', 'warning'),
    counted(traceRows.damaged, 'damaged trace row', 'damaged trace rows', 'warning'),
    counted(rows.conflicts, 'conflict', 'conflicts', 'warning'),
    counted(itemless, 'source without any items', 'sources without any items', 'warning'),
    counted(signInRows.damaged, 'damaged sign-in row', 'damaged sign-in rows', 'warning'),
    counted(signInRows.conflicts, 'sign-in conflict', 'sign-in conflicts', 'warning'),
    // It costs knowledge of sessions, and no message.
    counted(
      fetchesLacking(signInFetches).length,
      'fetch of sign-ins with parts missing',
      'fetches of sign-ins with parts missing',
    ),
  ];
};

const confirmedWords = ({ messages, unidentified }: Summary): string =>
  unidentified.confirmed === 0
    ? many(messages.confirmed, 'message')
    : withoutIdToo(messages.confirmed, unidentified.confirmed);

const namedWords = ({ namedNotBenign, unidentified }: Summary): string =>
  withoutIdToo(namedNotBenign, notBenign(unidentified));

/** Beside the headline: its indent, and one cell that stays free. */
const HEADLINE_MARGIN = 3;

/** The fullest form that is never cut: its three parts stand together or not at all. */
const headlineAt = (headline: Headline, width: number): string =>
  [headlineWords, headlineInShort]
    .map((words) => words(headline))
    .find((text) => text.length <= width - HEADLINE_MARGIN) ?? headlineInBrief(headline);

/**
 * The running summary in `width` cells, most important first; nothing that limits what the log can
 * say is left out.
 */
export const exposurePhrases = (overview: Overview, width: number): readonly Phrase[] => {
  const { summary } = overview;
  const { messages, unidentified } = summary;
  const presumed = withoutIdToo(messages.presumed, unidentified.presumed);
  const { senders, recipients, outside } = summary.correspondents;
  const phrases: readonly (Phrase | null)[] = [
    { text: headlineAt(summary.headline, width), tone: 'plain' },
    {
      text: `${confirmedWords(summary)} confirmed`,
      tone: messages.confirmed + unidentified.confirmed > 0 ? 'malicious' : 'plain',
    },
    presumed === '0' ? null : { text: `${presumed} presumed`, tone: 'warning' },
    { text: `${withoutIdToo(messages.open, unidentified.open)} open`, tone: 'plain' },
    { text: `${namedWords(summary)} named and not benign`, tone: 'plain' },
    ...[outsideWords(summary), byRuleWords(summary), contestedWords(summary)].map(
      (text): Phrase | null => (text === null ? null : { text, tone: 'warning' }),
    ),
    ...limitPhrases(overview),
    counted(unresolvedCount(summary), 'without metadata', 'without metadata'),
    senders + recipients === 0
      ? null
      : {
          text: `${many(senders, 'sender')}, ${many(recipients, 'recipient')} (${count(outside)} outside)`,
          tone: 'plain',
        },
  ];
  return phrases.filter((phrase) => phrase !== null);
};

const caseFacts = ({ overview }: Extract<ExposureRow, { row: 'case' }>): readonly Fact[] => [
  ['case', forTerminal(overview.title || overview.folder)],
  ['folder', forTerminal(overview.folder)],
  ['analyst', forTerminal(overview.analyst)],
  ...(overview.span === null
    ? []
    : [
        [
          'records',
          `${wholeTime(overview.span.from)} to ${wholeTime(overview.span.to)} UTC`,
        ] satisfies Fact,
      ]),
  ['figures', figuresWords(overview.summary)],
  ...(overview.summary.beyond.length === 0
    ? []
    : listed('beyond that', overview.summary.beyond.map(beyondWords))),
  ...Object.entries(overview.summary.trace.unresolved)
    .filter(([, value]) => value > 0)
    .map(([reason, value], index): Fact => [
      index === 0 ? 'no metadata' : '',
      `${count(value)} ${forTerminal(unresolvedShort(reason))}`,
    ]),
  ...overview.sources.map((source, index): Fact => {
    const gone = source.withdrawn === null ? '' : 'withdrawn: ';
    const damage = source.damaged > 0 ? `, ${count(source.damaged)} damaged` : '';
    const text = `${gone}${forTerminal(source.file)}: ${many(source.rows, 'row')}, ${count(source.accepted)} accepted${damage}`;
    return [index === 0 ? 'sources' : '', text];
  }),
];

export const exposureFacts = (row: ExposureRow): readonly Fact[] => {
  if (row.row === 'case') return caseFacts(row);
  const { mailbox } = row;
  const gaps = row.row === 'gap' ? [row.gap] : mailbox.gaps;
  return [
    ['mailbox', mailboxName(mailbox)],
    ['confirmed', withoutIdToo(mailbox.confirmed, mailbox.unidentified.confirmed)],
    ['presumed', withoutIdToo(mailbox.presumed, mailbox.unidentified.presumed)],
    ['open', withoutIdToo(mailbox.open, mailbox.unidentified.open)],
    ['benign only', withoutIdToo(mailbox.benignOnly, mailbox.unidentified.benignOnly)],
    [
      'whole',
      mailbox.presumedWhole.length === 0
        ? 'not presumed'
        : `presumed: ${mailbox.presumedWhole.join(', ')}`,
    ],
    ...(mailbox.syncedFolders.length > 0
      ? listed('synced', mailbox.syncedFolders)
      : [['synced', 'no folder in a malicious context'] satisfies Fact]),
    ...gaps.map((gap, index): Fact => [
      index === 0 ? 'gaps' : '',
      `${wholeTime(gap.from)} to ${wholeTime(gap.to)}, ${span(gap.from, gap.to)}, ${GAP_KIND_WORDS[gap.kind]}; ${gapMeaning(gap)}`,
    ]),
    ...(mailbox.possibleBulkCopy
      ? [['bulk copy', 'possible: many single binds in a short time'] satisfies Fact]
      : []),
    ...(mailbox.nearLimit ? [['near limit', NEAR_LIMIT_WORDS] satisfies Fact] : []),
  ];
};
