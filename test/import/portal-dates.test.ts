/** Exports of portals with local dates: read by what the whole file proves (`domain.md`, Reading 10). */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { bind } from '../case/made-records.ts';
import { caseOn, flawsIn, rebuilt } from '../case/on-case.ts';
import { digestOf, importInto, sourcesIn, temporaryFolder } from './temporary-case.ts';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Log Analytics: Export to CSV, of OfficeActivity. */
const officeActivity = (dates: readonly string[], column = 'TimeGenerated [UTC]'): string =>
  [
    [column, 'Operation', 'OfficeWorkload', 'OfficeId', 'Logon_Type', 'UserId', 'MailboxGuid']
      .concat('Folders')
      .map(quoted),
    ...dates.map((date, at) =>
      [
        date,
        'MailItemsAccessed',
        'Exchange',
        `record-${at}`,
        'Owner',
        'vera@contoso.example',
        'guid-of-vera',
        JSON.stringify([{ FolderItems: [{ InternetMessageId: `<m${at}@fabrikam.example>` }] }]),
      ].map(quoted),
    ),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');

/** Search-UnifiedAuditLog | Export-Csv: the record of the first row has lost its own time. */
const searchAuditLog = (dates: readonly string[], times: readonly string[]): string =>
  [
    ['RecordType', 'CreationDate', 'UserIds', 'Operations', 'AuditData', 'Identity'],
    ...dates.map((date, at) => {
      const record = bind({ id: at, at: times[at] ?? '', messages: [`m${at}`] });
      const { CreationTime: _, ...timeless } = record;
      const text = JSON.stringify(times[at] === '' ? timeless : record);
      return ['ExchangeItemAggregated', date, 'u', 'MailItemsAccessed', text, `record-${at}`];
    }),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');

const importText = async (t: TestContext, text: string, name = 'export.csv') => {
  const files = temporaryFolder(t);
  const folder = join(files, 'case');
  const path = join(files, name);
  writeFileSync(path, text);
  const events = await importInto(folder, [path]);
  const [source] = sourcesIn(events);
  if (source === undefined) assert.fail(JSON.stringify(events));
  const warnings = events.flatMap((event) => (event.event === 'source' ? event.warnings : []));
  const outcomes = [
    source.accepted,
    source.sideEvents,
    source.otherOperations,
    source.duplicates,
    source.conflicts,
    source.damaged,
  ];
  assert.equal(
    outcomes.reduce((sum, outcome) => sum + outcome, 0),
    source.rows,
  );
  return { folder, path, source, warnings: warnings.map(({ reason }) => reason) };
};

const firstTimes = (t: TestContext, folder: string): readonly (string | null)[] =>
  [...caseOn(t, folder).sessions({})].map(({ firstSeen }) => firstSeen);

/** Longer than the head by which a file is recognised. */
const FILLER = 1500;

describe('a Log Analytics export with local dates', () => {
  const many = (date: string): readonly string[] => Array.from({ length: FILLER }, () => date);

  it('is read where the same day stands first and second', async (t) => {
    const { folder, source, warnings } = await importText(
      t,
      officeActivity(['9/9/2026, 6:52:08.000 PM']),
    );
    assert.deepEqual([source.accepted, source.damaged], [1, 0]);
    assert.deepEqual(firstTimes(t, folder), ['2026-09-09T18:52:08Z']);
    assert.deepEqual(warnings, []);
  });

  for (const [setting, open, proof, expected] of [
    ['American', '9/8/2026, 6:52:08.000 PM', '9/25/2026, 6:52:08.000 PM', '2026-09-08T18:52:08Z'],
    [
      'American, newer ICU',
      '9/8/2026, 6:52:08.000\u202fPM',
      '9/25/2026, 6:52:08.000\u202fPM',
      '2026-09-08T18:52:08Z',
    ],
    ['British', '09/08/2026, 18:52:08.000', '25/09/2026, 18:52:08.000', '2026-08-09T18:52:08Z'],
    ['Dutch', '9-8-2026 18:52:08,000', '25-9-2026 18:52:08,000', '2026-08-09T18:52:08Z'],
    ['Australian', '9/8/2026, 6:52:08 pm', '25/9/2026, 6:52:08 pm', '2026-08-09T18:52:08Z'],
  ] as const)
    it(`(${setting}) is dated by its last row, and so after a rebuild`, async (t) => {
      const { folder, source, warnings } = await importText(
        t,
        officeActivity([...many(open), proof]),
      );
      assert.deepEqual([source.rows, source.accepted], [FILLER + 1, FILLER + 1]);
      assert.deepEqual(warnings, []);
      assert.deepEqual(firstTimes(t, folder), [expected]);
      assert.deepEqual(await flawsIn(caseOn(t, folder)), []);
      const before = digestOf(folder);
      assert.equal(await rebuilt(folder), 'finished');
      assert.equal(digestOf(folder), before);
    });

  it('needs no proof with dots, nor with the year first', async (t) => {
    const german = await importText(t, officeActivity(['8.9.2026, 18:52:08,000']));
    assert.deepEqual(firstTimes(t, german.folder), ['2026-09-08T18:52:08Z']);
    const swedish = await importText(t, officeActivity(['2026-09-08 18:52:08,000']));
    assert.deepEqual(firstTimes(t, swedish.folder), ['2026-09-08T18:52:08Z']);
  });

  it('is refused row by row where nothing proves the order, which is said once', async (t) => {
    const { source, warnings } = await importText(
      t,
      officeActivity(['9/8/2026, 6:52:08.000 PM', '9/7/2026, 6:52:08.000 PM']),
    );
    assert.deepEqual([source.accepted, source.damaged], [0, 2]);
    assert.match(warnings[0] ?? '', /^2 rows without a time, .*nothing in this file proves/);
    assert.match(
      warnings[1] ?? '',
      /^no time: nothing proves whether "9\/8\/2026, 6:52:08.000 PM"/,
    );
  });

  it('is not dated where its dates contradict each other', async (t) => {
    const { source, warnings } = await importText(
      t,
      officeActivity(['9/8/2026, 6:52 PM', '9/25/2026, 6:52 PM', '25/9/2026, 6:52 PM']),
    );
    assert.deepEqual([source.accepted, source.damaged], [2, 1]);
    assert.match(warnings[0] ?? '', /two machines/);
  });

  it('in local time of an unstated zone has no time, and says what to do', async (t) => {
    const { source, warnings } = await importText(
      t,
      officeActivity(['9/25/2026, 6:52:08.000 PM'], 'TimeGenerated [Local Time]'),
    );
    assert.deepEqual([source.accepted, source.damaged], [0, 1]);
    assert.match(warnings[0] ?? '', /Set the portal to UTC and export it again/);
    assert.match(warnings[1] ?? '', /local time of a zone that the file does not state/);
  });
});

describe('a record without a time of its own', () => {
  it('takes that of its container, by what the records around it prove', async (t) => {
    const text = searchAuditLog(
      ['8/9/2026 18:52:08', '8/10/2026 18:52:08'],
      ['', '2026-10-08T18:52:08'],
    );
    const { folder, source } = await importText(t, text);
    assert.deepEqual([source.accepted, source.damaged], [2, 0]);
    assert.deepEqual(firstTimes(t, folder), ['2026-09-08T18:52:08Z']);
  });

  it('takes it where the proof lies far down, too', async (t) => {
    const alike = Array.from({ length: FILLER }, () => '2026-10-10T18:52:08');
    const text = searchAuditLog(
      ['8/9/2026 18:52:08', ...alike.map(() => '10/10/2026 18:52:08'), '8/10/2026 18:52:08'],
      ['', ...alike, '2026-10-08T18:52:08'],
    );
    const { folder, source, warnings } = await importText(t, text);
    assert.deepEqual([source.accepted, source.damaged], [FILLER + 2, 0]);
    assert.deepEqual(firstTimes(t, folder), ['2026-09-08T18:52:08Z']);
    assert.deepEqual(warnings, []);
  });

  it('takes none where the container differs from its records', async (t) => {
    const text = searchAuditLog(
      ['8/9/2026 18:52:08', '8/10/2026 18:52:08'],
      ['', '2026-10-07T18:52:08'],
    );
    const { source } = await importText(t, text);
    assert.deepEqual([source.accepted, source.damaged], [1, 1]);
  });

  it('takes that of ConvertTo-Json, in any of its forms', async (t) => {
    const { CreationTime: _, ...record } = bind({ id: 1, messages: ['m'] });
    for (const [CreationDate, expected] of [
      ['9/25/2026 6:52:08 PM', '2026-09-25T18:52:08Z'],
      ['/Date(1790362328000)/', '2026-09-25T18:52:08Z'],
      [{ value: '/Date(1790362328000)/', DisplayHint: 2 }, '2026-09-25T18:52:08Z'],
    ] as const) {
      const rows = [{ CreationDate, AuditData: JSON.stringify(record) }];
      const { folder } = await importText(t, JSON.stringify(rows), 'export.json');
      assert.deepEqual(firstTimes(t, folder), [expected]);
    }
  });
});

describe('parsed records whose CreationTime became a local date', () => {
  for (const [name, header, cells] of [
    ['Export-Csv', 'Id,Operation,Workload,OperationCount', 'r,MailItemsAccessed,Exchange,1'],
    [
      'Hawk',
      'Id,Operation,OperationProperties_0_Name,OperationProperties_0_Value',
      'r,MailItemsAccessed,MailAccessType,Bind',
    ],
  ] as const)
    it(`${name}: is dated by the file`, async (t) => {
      const row = (date: string, at: number) => `${date},${cells.replace(/^r/, `r${at}`)}`;
      const dates = ['8/9/2026 18:52:08', '25/9/2026 18:52:08'];
      const text = [`CreationTime,${header}`, ...dates.map(row), ''].join('\n');
      const { folder, source } = await importText(t, text);
      assert.deepEqual([source.accepted, source.damaged], [2, 0]);
      assert.deepEqual(firstTimes(t, folder), ['2026-09-08T18:52:08Z']);
    });
});
