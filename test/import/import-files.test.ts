import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { Source } from '../../source/domain/records/source.ts';
import type { ImportEvent } from '../../source/import/import-events.ts';
import { runImport } from '../../source/import/run-import.ts';
import { importPaths } from '../../source/import/import-paths.ts';
import { readCaseFile } from '../../source/store/case-file.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { bind, otherOperation, sync } from '../case/made-records.ts';
import { caseOn, flawsIn, rebuilt } from '../case/on-case.ts';
import {
  digestOf,
  importInto,
  NOW,
  sourcesIn,
  temporaryFolder,
  writeLines,
} from './temporary-case.ts';

const places = (context: TestContext): { readonly files: string; readonly folder: string } => {
  const files = temporaryFolder(context);
  return { files, folder: join(files, 'case') };
};

const outcomes = (source: Source | undefined): readonly number[] => {
  if (source === undefined) return [];
  const { rows, accepted, sideEvents, otherOperations, duplicates, conflicts, damaged } = source;
  return [rows, accepted, sideEvents, otherOperations, duplicates, conflicts, damaged];
};

const noted = (folder: string): readonly Source[] =>
  readCaseFile(openCaseFolder(folder, { create: false })).sources;

const refusals = (events: readonly ImportEvent[]): readonly (readonly [string, string])[] =>
  events.flatMap((event) =>
    event.event === 'refused' ? [[event.file.split('/').at(-1) ?? '', event.problem] as const] : [],
  );

/** Each outcome at least once: 9 rows, of which 3 accepted, 1 side event, 1 other, 1 repeated, 1 contradicting, 2 damaged. */
const ALL_FATES = [
  bind({ id: 1 }),
  sync({ id: 2 }),
  otherOperation({ id: 3 }),
  bind({ id: 1 }),
  bind({ id: 1, address: '203.0.113.9' }),
  '{"CreationTime":"2026-09-14T08:05:00","Id":"torn',
  bind({ id: 4, over: { Id: undefined } }),
  bind({ id: 5, messages: ['second'] }),
  otherOperation({ id: 6, over: { Operation: 'MailboxLogin' } }),
];

/** A stored-or-deflated zip, written byte by byte: no writer of zips is among our packages. */
const zipOf = (entries: readonly (readonly [string, Buffer])[]): Buffer => {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of entries) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, place, Buffer.from(name)]),
    );
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
};

describe('an imported file', () => {
  it('has six outcomes that add up, in the report and in case.json', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', ALL_FATES);
    const events = await importInto(folder, [path]);
    const [source] = sourcesIn(events);
    assert.deepEqual(outcomes(source), [9, 3, 1, 1, 1, 1, 2]);
    assert.deepEqual(outcomes(noted(folder)[0]), [9, 3, 1, 1, 1, 1, 2]);
    assert.equal(source?.file, path);
    assert.equal(source?.kind, 'audit');
    assert.equal(source?.analyst, 'tester');
    assert.equal(events.at(-1)?.event, 'finished');
  });

  it('lists its damaged rows with file, line and reason', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', ALL_FATES);
    const events = await importInto(folder, [path]);
    const report = events.find((event) => event.event === 'source');
    const damaged = report?.warnings.filter(({ line }) => line === 6 || line === 7) ?? [];
    assert.deepEqual(
      damaged.map(({ file, line }) => [file, line]),
      [
        [path, 6],
        [path, 7],
      ],
    );
    for (const { reason } of damaged) assert.match(reason, /\w+ \w+/);
    assert.equal(report?.moreWarnings, 0);
  });

  it('lists its contradicting rows, and where the record says something else', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', ALL_FATES);
    const other = writeLines(files, 'other.jsonl', [bind({ id: 1, address: '203.0.113.10' })]);
    const events = await importInto(folder, [path, other]);
    const listed = events.flatMap((event) =>
      event.event === 'source'
        ? event.warnings.filter(({ reason }) => reason.startsWith('conflict: '))
        : [],
    );
    assert.deepEqual(
      listed.map(({ file, line }) => [file, line]),
      [
        [path, 5],
        [other, 1],
      ],
    );
    for (const { reason } of listed) assert.match(reason, /at .*log\.jsonl:1; both are kept$/);
    const theCase = caseOn(t, folder);
    for (const { id, conflicts } of noted(folder))
      assert.equal(
        theCase.warnings(id).filter(({ reason }) => reason.startsWith('conflict: ')).length,
        conflicts,
      );
  });

  it('adds nothing a second time, and says so', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', ALL_FATES);
    await importInto(folder, [path]);
    const before = [digestOf(folder), noted(folder)];
    const [again] = sourcesIn(await importInto(folder, [path]));
    assert.equal(again?.alreadyImported, true);
    // All of its records are in the case: accepted, repeated and contradicting ones are duplicates now.
    assert.deepEqual(outcomes(again), [9, 0, 0, 1, 6, 0, 2]);
    assert.deepEqual([digestOf(folder), noted(folder)], before);
  });

  for (const [how, write] of [
    [
      'under another name',
      (path: string, files: string): string => {
        const copy = join(files, 'copy.txt');
        copyFileSync(path, copy);
        return copy;
      },
    ],
    [
      'gzipped',
      (_: string, files: string): string => {
        const packed = join(files, 'log.gz');
        const lines = ALL_FATES.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
        writeFileSync(packed, gzipSync(`${lines.join('\n')}\n`));
        return packed;
      },
    ],
  ] as const)
    it(`is known again ${how}`, async (t) => {
      const { files, folder } = places(t);
      const path = writeLines(files, 'log.jsonl', ALL_FATES);
      await importInto(folder, [path]);
      const before = digestOf(folder);
      const copy = write(path, files);
      const [again] = sourcesIn(await importInto(folder, [copy]));
      assert.equal(again?.alreadyImported, true);
      assert.equal(again?.accepted, 0);
      assert.ok(again?.file.startsWith(copy));
      assert.equal(digestOf(folder), before);
      assert.equal(noted(folder).length, 1);
      assert.deepEqual(
        readdirSync(join(folder, 'evidence')).filter((name) => name.startsWith('.partial')),
        [],
      );
    });

  it('turns rows that another file holds into duplicates', async (t) => {
    const { files, folder } = places(t);
    const one = writeLines(files, 'one.jsonl', [bind({ id: 1 }), bind({ id: 2 })]);
    const two = writeLines(files, 'two.jsonl', [bind({ id: 2 }), bind({ id: 3 })]);
    const sources = sourcesIn(await importInto(folder, [one, two]));
    assert.deepEqual(sources.map(outcomes), [
      [2, 2, 0, 0, 0, 0, 0],
      [2, 1, 0, 0, 1, 0, 0],
    ]);
  });
});

describe('files that say nothing of mail access', () => {
  it('are refused by name where they are no log, and the others are done', async (t) => {
    const { files, folder } = places(t);
    const empty = join(files, 'empty.csv');
    writeFileSync(empty, '');
    const image = join(files, 'photo.csv');
    writeFileSync(image, Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex'));
    const missing = join(files, 'missing.csv');
    const good = writeLines(files, 'good.jsonl', [bind({ id: 1 })]);
    const events = await importInto(folder, [empty, image, missing, good]);
    const said = refusals(events);
    assert.deepEqual(
      said.map(([file]) => file),
      ['empty.csv', 'photo.csv', 'missing.csv'],
    );
    for (const [, problem] of said) assert.match(problem, /\w+ \w+/);
    assert.match(said[0]?.[1] ?? '', /empty/i);
    assert.deepEqual(sourcesIn(events).map(outcomes), [[1, 1, 0, 0, 0, 0, 0]]);
    assert.equal(noted(folder).length, 1);
    assert.equal(events.at(-1)?.event, 'finished');
  });

  it('are sources with a problem where they are logs of other operations', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'other.jsonl', [
      otherOperation({ id: 1 }),
      otherOperation({ id: 2 }),
    ]);
    const events = await importInto(folder, [path]);
    const report = events.find((event) => event.event === 'source');
    assert.match(report?.problem ?? '', /no MailItemsAccessed record: its 2 rows/);
    assert.deepEqual(outcomes(noted(folder)[0]), [2, 0, 2, 0, 0, 0, 0]);
  });
});

describe('what is imported', () => {
  const two = [JSON.stringify(bind({ id: 2 })), JSON.stringify(bind({ id: 3 }))].join('\n');

  it('may be a folder, with all below it, but never the case itself', async (t) => {
    const files = temporaryFolder(t);
    mkdirSync(join(files, 'deep', 'er'), { recursive: true });
    writeLines(files, 'one.jsonl', [bind({ id: 1 })]);
    writeLines(join(files, 'deep', 'er'), 'two.jsonl', [bind({ id: 2 })]);
    const folder = join(files, 'case');
    const first = await importInto(folder, [files]);
    assert.deepEqual(
      sourcesIn(first).map((source) => source.accepted),
      [1, 1],
    );
    const again = await importInto(folder, [files]);
    assert.deepEqual(
      sourcesIn(again).map((source) => source.alreadyImported),
      [true, true],
    );
    assert.equal(noted(folder).length, 2);
  });

  it('may be a zip: each entry is a source of its own', async (t) => {
    const { files, folder } = places(t);
    const path = join(files, 'logs.zip');
    writeFileSync(
      path,
      zipOf([
        ['one.jsonl', Buffer.from(JSON.stringify(bind({ id: 1 })))],
        ['photo.png', Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex')],
        ['two.jsonl', Buffer.from(two)],
      ]),
    );
    const events = await importInto(folder, [path]);
    assert.deepEqual(
      sourcesIn(events).map((source) => [source.file, source.accepted, source.container?.file]),
      [
        [`${path}/one.jsonl`, 1, path],
        [`${path}/two.jsonl`, 2, path],
      ],
    );
    assert.deepEqual(
      refusals(events).map(([file]) => file),
      ['photo.png'],
    );
  });

  it('may come in by standard input, in any pieces, in a thread too', async (t) => {
    const { folder } = places(t);
    const bytes = Buffer.from(two);
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
    };
    const events: ImportEvent[] = [];
    for await (const event of importPaths({
      folder,
      paths: ['-'],
      stdin: pieces(),
      keep: true,
      analyst: 'tester',
      signal: new AbortController().signal,
    }))
      events.push(event);
    assert.deepEqual(
      sourcesIn(events).map((source) => [source.file, source.accepted, source.kept]),
      [['-', 2, true]],
    );
    assert.equal(events.at(-1)?.event, 'finished');
    const here = await importInto(join(folder, '..', 'other'), ['-'], { standardInput: pieces() });
    assert.equal(sourcesIn(here)[0]?.sha256, sourcesIn(events)[0]?.sha256);
    assert.equal(digestOf(folder), digestOf(join(folder, '..', 'other')));
  });

  it('may be cut short: what was readable is kept, and one damaged row says so', async (t) => {
    const { files, folder } = places(t);
    const records = Array.from({ length: 400 }, (_, id) => bind({ id, messages: [`m${id}`] }));
    const whole = gzipSync(records.map((record) => JSON.stringify(record)).join('\n'));
    const path = join(files, 'log.gz');
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length / 2)));
    const events = await importInto(folder, [path]);
    const [source] = sourcesIn(events);
    const report = events.find((event) => event.event === 'source');
    assert.ok(source !== undefined && source.accepted > 50 && source.accepted < 400);
    const cut = report?.warnings.filter(({ reason }) => /cut short/.test(reason)) ?? [];
    assert.equal(cut.length, 1);
    // The row in which the cut fell is torn as well.
    assert.ok(source.damaged === 1 || source.damaged === 2);
    assert.equal(source.rows, source.accepted + source.damaged);
  });

  it('that grows while it is read is imported as far as it was read, and that is said', async (t) => {
    const { files, folder } = places(t);
    const first = writeLines(files, 'first.jsonl', [bind({ id: 1 })]);
    const second = writeLines(files, 'second.jsonl', [bind({ id: 2 })]);
    const { signal } = new AbortController();
    const order = { folder, paths: [first, second], keep: true, analyst: 'tester', signal };
    const notes: string[] = [];
    for await (const event of runImport({ ...order, now: () => NOW })) {
      // Between looking at the second file and reading it.
      if (event.event === 'source' && event.source.file === first)
        appendFileSync(second, `${JSON.stringify(bind({ id: 3 }))}\n`);
      if (event.event === 'note') notes.push(`${event.file}: ${event.text}`);
    }
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? '', /second\.jsonl: Another program wrote to it while it was read/);
    assert.deepEqual(
      noted(folder).map(({ accepted }) => accepted),
      [1, 2],
    );
  });

  it('that was cut short is so after a rebuild too, though the evidence is not', async (t) => {
    const { files, folder } = places(t);
    const path = join(files, 'log.gz');
    const whole = gzipSync(
      Array.from({ length: 500 }, (_, id) => JSON.stringify(bind({ id }))).join('\n'),
    );
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    const [source] = sourcesIn(await importInto(folder, [path]));
    const theCase = caseOn(t, folder);
    const before = [digestOf(folder), theCase.warnings(source?.id ?? '')];
    assert.equal(await rebuilt(folder), 'finished');
    assert.deepEqual([digestOf(folder), theCase.warnings(source?.id ?? '')], before);
    assert.deepEqual(await flawsIn(theCase), []);
  });
});

describe('--no-keep', () => {
  it('leaves the bytes where they are, and notes path and hash', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', [bind({ id: 1 })]);
    await importInto(folder, [path], { keep: false });
    const [source] = noted(folder);
    assert.equal(source?.kept, false);
    assert.equal(source?.path, path);
    assert.match(source?.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.equal(
      readdirSync(folder).includes('evidence') && readdirSync(join(folder, 'evidence')).length > 0,
      false,
    );
  });

  it('keeps what comes packed all the same, and says so', async (t) => {
    const { files, folder } = places(t);
    const path = join(files, 'log.gz');
    writeFileSync(path, gzipSync(JSON.stringify(bind({ id: 1 }))));
    const events = await importInto(folder, [path], { keep: false });
    assert.ok(
      events.some((event) => event.event === 'note' && /kept in the case/.test(event.text)),
    );
    assert.equal(noted(folder)[0]?.kept, true);
    rmSync(path);
    assert.equal(readdirSync(join(folder, 'evidence')).length, 1);
  });
});

describe('an import in its thread', () => {
  it('says what the same import says on this one', async (t) => {
    const { files, folder } = places(t);
    const path = writeLines(files, 'log.jsonl', ALL_FATES);
    const events: ImportEvent[] = [];
    const { signal } = new AbortController();
    const order = { folder, paths: [path], keep: true, analyst: 'tester', signal };
    for await (const event of importPaths(order)) events.push(event);
    const here = await importInto(join(files, 'here'), [path]);
    const ofSource = (all: readonly ImportEvent[]): unknown =>
      all.flatMap((event) =>
        event.event === 'source' ? [{ ...event, source: { ...event.source, importedAt: '' } }] : [],
      );
    assert.deepEqual(ofSource(events), ofSource(here));
    assert.equal(digestOf(folder), digestOf(join(files, 'here')));
  });
});
