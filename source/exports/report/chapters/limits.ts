import { counted } from '../../../domain/count-words.ts';
import type { Gap, MailboxExposure } from '../../../domain/exposure/exposure.ts';
import { GAP_KIND_WORDS, gapMeaning, UNRESOLVED } from '../../../domain/exposure/exposure-words.ts';
import { openHoles } from '../../../domain/fetches/fetch-status.ts';
import { fetchSentence, HOLE_WORDS } from '../../../domain/fetches/fetch-words.ts';
import { lookupStatementLines } from '../../../domain/lookups/lookup-words.ts';
import type { ExportedCase } from '../../exported-case.ts';
import { cutText, firstOf, mailboxText } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, heading, list, paragraph } from '../report.ts';
import { sourceLimits } from '../source-limits.ts';

interface GapRow {
  readonly mailbox: MailboxExposure;
  readonly gap: Gap;
}

const gapRows = function* ({ summary }: ExportedCase): Generator<GapRow> {
  for (const mailbox of summary.mailboxes) for (const gap of mailbox.gaps) yield { mailbox, gap };
};

const gapRow = ({ mailbox, gap }: GapRow): readonly Cell[] => [
  mailboxText(mailbox),
  gap.from,
  gap.to,
  GAP_KIND_WORDS[gap.kind],
  gapMeaning(gap),
];

const holeRows = function* ({ fetches }: ExportedCase): Generator<readonly Cell[]> {
  for (const fetch of fetches)
    for (const { from, to, why, users, addresses, said } of openHoles(fetch))
      yield [
        fetch.id,
        from,
        to,
        users.length + addresses.length === 0 ? 'everybody' : firstOf([...users, ...addresses], 5),
        [HOLE_WORDS[why], ...(said === null ? [] : [cutText(said)])],
      ];
};

const fetchItems = ({ fetches }: ExportedCase): readonly string[] =>
  fetches.map((fetch) => `Fetch ${fetch.id}, begun ${fetch.startedAt}: ${fetchSentence(fetch)}.`);

/** Lookups bring metadata only: what they lack costs names, and no message. */
const lookupItems = ({ lookups }: ExportedCase): readonly string[] =>
  lookups.map(
    ({ startedAt, statement, holes }) =>
      `Lookup of ${startedAt}: ${firstOf(lookupStatementLines(statement), 5).join(' ')} ` +
      `${counted(holes.filter(({ filled }) => !filled).length, 'range')} of traffic not had.`,
  );

const rowItems = ({ sources }: ExportedCase): readonly string[] => {
  const present = sources.filter(({ withdrawn }) => withdrawn === null);
  return present.flatMap(({ file, damaged, conflicts, cutShort, kind }) => [
    ...(damaged > 0
      ? [`${cutText(file)}: ${counted(damaged, 'damaged row')} that could not be read.`]
      : []),
    ...(conflicts > 0
      ? [
          `${cutText(file)}: ${counted(conflicts, 'row')} ${conflicts === 1 ? 'contradicts' : 'contradict'} an accepted one. ${kind === 'audit' ? 'All versions are kept, and their items joined.' : 'All versions are kept.'}`,
        ]
      : []),
    ...(cutShort === undefined
      ? []
      : [`${cutText(file)}: ends before its time. ${cutText(cutShort)}`]),
  ]);
};

const metadataItems = ({ summary }: ExportedCase): readonly string[] =>
  Object.entries(summary.exposedTrace.unresolved)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([reason, count]) =>
        `${counted(count, 'exposed message')} without metadata: ${Object.entries(UNRESOLVED).find(([name]) => name === reason)?.[1] ?? reason}.`,
    );

const GENERAL: readonly string[] = [
  'A record proves an access. What is not listed is not proved untouched.',
  'The same access, repeated within about an hour, leaves no second record.',
  'Records can reach the log hours or days late. A later fetch or export may hold more.',
  'Licences, retention and audit settings decide what is logged at all. This case knows only the sources it was given.',
  'IsThrottled, where a record does not state it, is not stated. That is not the same as no.',
];

/** Items of one list. */
const MOST_ITEMS = 500;

const atMost = (items: readonly string[]): readonly string[] =>
  items.length <= MOST_ITEMS
    ? items
    : [
        ...items.slice(0, MOST_ITEMS),
        `And ${(items.length - MOST_ITEMS).toLocaleString('en')} more: mia sources --json has all.`,
      ];

const section = function* (
  title: string,
  items: readonly string[],
  none: string,
): Generator<Block> {
  yield heading(title);
  yield items.length === 0 ? paragraph(none) : list(atMost(items));
};

const blocks = function* ({ exported, command }: ReportInput): Generator<Block> {
  const sources = 'mia sources --json';
  yield tableOf(
    'Gaps: periods of which the log cannot vouch',
    [
      { name: 'Mailbox' },
      { name: 'From (UTC)' },
      { name: 'To (UTC)' },
      { name: 'Why' },
      { name: 'What it means' },
    ],
    rowsOf(gapRows(exported), gapRow),
    {
      all: command('mia export --format csv --sheet gaps'),
      empty: 'No gap is known of. That does not show that the log is whole.',
    },
  );
  yield again(command("mia summary --json | jq '.mailboxes[].gaps'"));
  yield* section(
    'What each source cannot say',
    sourceLimits(exported.sources),
    'Nothing is known of.',
  );
  yield* section('Rows', rowItems(exported), 'No row was damaged or contradicts another.');
  yield* section(
    'Fetches',
    fetchItems(exported),
    'Nothing was fetched: all sources are files that were given.',
  );
  if (exported.fetches.length > 0)
    yield tableOf(
      'Holes of fetches that are not filled',
      [
        { name: 'Fetch', as: 'code' },
        { name: 'From (UTC)' },
        { name: 'To (UTC)' },
        { name: 'Of whom' },
        { name: 'Why' },
      ],
      rowsOf(holeRows(exported), (row) => row),
      { all: 'mia export --format csv --sheet fetches', empty: 'None is known of.' },
    );
  yield* section(
    'Metadata of messages',
    [...metadataItems(exported), ...lookupItems(exported)],
    'All exposed messages have metadata.',
  );
  yield again(sources, command("mia summary --json | jq '.beyond, .exposedTrace'"));
  yield* section('In general', GENERAL, '');
};

/** What is missing, as far as the case knows, and what no log says. */
export const limitsChapter = (input: ReportInput): Chapter => ({
  id: 'limits',
  title: 'Completeness and limits',
  blocks: () => blocks(input),
});
