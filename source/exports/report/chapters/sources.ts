import { counted } from '../../../domain/count-words.ts';
import type { FetchStatement } from '../../../domain/fetches/fetch.ts';
import type { Source } from '../../../domain/records/source.ts';
import { cutText } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, paragraph } from '../report.ts';

const KINDS = { audit: 'audit log', trace: 'message metadata', signIns: 'sign-in log' } as const;

const collectedLines = (
  { id, origin, analyst, importedAt }: Source,
  fetches: readonly FetchStatement[],
): readonly string[] => {
  const imported = `imported ${importedAt} by ${cutText(analyst)}`;
  if (origin !== 'fetched') return [imported, 'collected by: not stated'];
  const fetch = fetches.find(({ queries }) => queries.some(({ source }) => source === id));
  return [
    fetch === undefined
      ? 'fetched from the tenant by mia'
      : `fetched from tenant ${cutText(fetch.tenantId)} by mia, as ${cutText(fetch.account)}`,
    imported,
  ];
};

const rowLines = (source: Source): readonly string[] => [
  `${counted(source.rows, 'row')}: ${source.accepted.toLocaleString('en')} accepted`,
  ...(
    [
      ['otherOperations', 'of other operations'],
      ['duplicates', 'duplicates'],
      ['conflicts', 'conflicting'],
      ['damaged', 'damaged'],
    ] as const
  ).flatMap(([name, words]) =>
    source[name] === 0 ? [] : [`${source[name].toLocaleString('en')} ${words}`],
  ),
];

const withdrawnLines = ({ withdrawn }: Source): readonly string[] =>
  withdrawn === null
    ? []
    : [
        `withdrawn ${withdrawn.at} by ${cutText(withdrawn.analyst)}: ${cutText(withdrawn.because ?? 'no reason given')}`,
      ];

const row = (source: Source, fetches: readonly FetchStatement[]): readonly Cell[] => [
  [
    cutText(source.file),
    `${KINDS[source.kind]}, ${source.format}`,
    `${source.bytes.toLocaleString('en')} bytes${source.kept ? '' : ', not kept in the case'}`,
    ...withdrawnLines(source),
  ],
  [
    source.sha256,
    ...(source.container === null
      ? []
      : [`in ${cutText(source.container.file)}`, source.container.sha256]),
  ],
  rowLines(source),
  collectedLines(source, fetches),
];

const blocks = function* ({ exported: { sources, fetches } }: ReportInput): Generator<Block> {
  const all = 'mia export --format csv --sheet sources';
  yield paragraph(
    'The SHA-256 is of the content that was read; where it came in an archive, that of the archive stands below. Who collected a file that was given, the case does not know. Withdrawn sources are listed and count for nothing.',
  );
  yield again('mia sources --json', all);
  yield tableOf(
    counted(sources.length, 'source'),
    [
      { name: 'Source', width: 30 },
      { name: 'SHA-256', as: 'code', width: 28 },
      { name: 'Rows', width: 17 },
      { name: 'Collected', width: 25 },
    ],
    rowsOf(sources, (source) => row(source, fetches)),
    { all, empty: 'Nothing was imported.' },
  );
};

/** What was read, with its hashes, the outcome of its rows, and who brought it. */
export const sourcesChapter = (input: ReportInput): Chapter => ({
  id: 'sources',
  title: 'Sources',
  blocks: () => blocks(input),
});
