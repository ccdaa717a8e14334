/**
 * The first record is one row like any other, in every container: whatever it is, the file is
 * recognised by what follows, and that one row is counted with its line and reason.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import yazl from 'yazl';
import type { JsonObject } from '../../source/domain/json.ts';
import { readRow } from '../../source/domain/records/read-row.ts';
import { readRows } from '../../source/import/read-rows.ts';
import { bind, otherOperation } from '../case/made-records.ts';
import { importInto, sourcesIn, temporaryFolder } from './temporary-case.ts';

const zipOf = async (name: string, text: string): Promise<Buffer> => {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
};

const good = (id: number): JsonObject => bind({ id: `good-${id}`, messages: [`m${id}`] });
const GOOD = Array.from({ length: 30 }, (_, id) => good(id));

const nested = (depth: number, open: string, inside: string, close: string): string =>
  open.repeat(depth) + inside + close.repeat(depth);

/** First records as text of JSON, without a line feed in them. */
const hostile: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'deeply nested': fc
    .constantFrom(10, 600, 60_000)
    .map((depth) => nested(depth, '{"a":', '1', '}')),
  'deeply nested lists': fc
    .constantFrom(600, 180_000)
    .map((depth) => `{"a":${nested(depth, '[', '', ']')}}`),
  'deeply nested and cut': fc
    .constantFrom(600, 61_167)
    .map((depth) => nested(depth, '{"a":', '', '')),
  'huge, and no record': fc
    .constantFrom(367_000, 2_000_000)
    .map((size) => JSON.stringify({ Padding: 'x'.repeat(size) })),
  'of very many keys': fc.constant(
    JSON.stringify(Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`k${at}`, at]))),
  ),
  cut: fc.integer({ min: 2, max: 400 }).map((size) => JSON.stringify(good(99)).slice(0, size)),
  'huge and cut': fc.constant(
    JSON.stringify({ ...good(99), Padding: 'x'.repeat(400_000) }).slice(0, 367_000),
  ),
  NUL: fc.constantFrom(10, 5000, 367_000).map((size) => '\0'.repeat(size)),
  'NUL inside': fc
    .integer({ min: 1, max: 60 })
    .map((at) => JSON.stringify(good(99)).replaceAll(/a/g, '\0').slice(at)),
  'of a wrong type': fc.constantFrom('null', 'true', '42', '-1.5e3', '"a text"', '[1]'),
  'a huge text': fc.constant(JSON.stringify('x'.repeat(400_000))),
  'an empty object': fc.constant('{}'),
  'like a record of another format': fc.constantFrom(
    '{"_raw":"x"}',
    '{"id":"1","status":200,"headers":{}}',
    '{"ActionType":"x","RawEventData":""}',
  ),
  'no JSON at all': fc.constantFrom('garbage', 'a,b,c', '{{{{', '}{', ':'),
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const HEADER = 'CreationDate,UserIds,Operations,AuditData';
const tableRow = (text: string): string =>
  `2026-09-14T08:05:00Z,u,MailItemsAccessed,${quoted(text)}`;

interface Container {
  readonly write: (first: string, others: readonly JsonObject[]) => string;
  /** The line on which the first record begins. */
  readonly line: number;
  readonly encoding?: BufferEncoding;
}

const texts = (records: readonly JsonObject[]): readonly string[] =>
  records.map((record) => JSON.stringify(record));

const containers: Readonly<Record<string, Container>> = {
  CSV: {
    write: (first, others) => [HEADER, ...[first, ...texts(others)].map(tableRow), ''].join('\r\n'),
    line: 2,
  },
  'CSV with a first line of no cells': {
    write: (first, others) =>
      [HEADER, first.replaceAll('"', ''), ...texts(others).map(tableRow), ''].join('\r\n'),
    line: 2,
  },
  NDJSON: { write: (first, others) => [first, ...texts(others), ''].join('\n'), line: 1 },
  'NDJSON in UTF-16': {
    write: (first, others) => `\uFEFF${[first, ...texts(others), ''].join('\r\n')}`,
    line: 1,
    encoding: 'utf16le',
  },
  'one array': { write: (first, others) => `[${[first, ...texts(others)].join(',')}]`, line: 1 },
  'one array, a line each': {
    write: (first, others) => `[\n${[first, ...texts(others)].join(',\n')}\n]`,
    line: 2,
  },
  'pretty records one after another': {
    write: (first, others) =>
      [first, ...others.map((record) => JSON.stringify(record, null, 2)), ''].join('\n'),
    line: 1,
  },
  'arrays one after another': {
    write: (first, others) =>
      `[${first}]\n\n[${texts(others.slice(0, 3)).join(',')}]\n[${texts(others.slice(3)).join(',')}]\n`,
    line: 1,
  },
  'a page': {
    write: (first, others) =>
      `{"@odata.context":"c","value":[\n${[first, ...texts(others)].join(',\n')}\n]}`,
    line: 2,
  },
};

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1 << 16) {
    yield await Promise.resolve(bytes.subarray(at, at + (1 << 16)));
  }
}

interface Read {
  readonly ids: readonly string[];
  /** The line of each damaged row. */
  readonly damaged: readonly number[];
  readonly others: number;
}

const read = async (bytes: Buffer): Promise<Read> => {
  const ids: string[] = [];
  const damaged: number[] = [];
  let others = 0;
  for await (const reading of readRows(chunksOf(bytes))) {
    if (reading.read === 'unrecognised') assert.fail(reading.problem);
    if (reading.read !== 'rows') continue;
    for (const { line, content } of reading.rows) {
      const row = readRow(content);
      if (row.read === 'record') ids.push(row.record.id);
      else if (row.read === 'otherOperation' || row.read === 'sideEvent') others += 1;
      else if (row.read === 'damaged') {
        assert.notEqual(row.reason, '');
        damaged.push(line);
      } else assert.fail(row.read);
    }
  }
  return { ids, damaged, others };
};

const idsOf = (records: readonly JsonObject[]): readonly string[] =>
  records.map((record) => String(record['Id']));

for (const [name, container] of Object.entries(containers))
  describe(name, () => {
    for (const [kind, arbitrary] of Object.entries(hostile))
      it(`with a first record that is ${kind}`, async () => {
        await fc.assert(
          fc.asyncProperty(arbitrary, async (first) => {
            const text = container.write(first, GOOD);
            const { ids, damaged, others } = await read(Buffer.from(text, container.encoding));
            assert.deepEqual(ids, idsOf(GOOD));
            assert.equal(others, 0);
            assert.equal(damaged[0], container.line, damaged.join());
          }),
          { numRuns: 4, seed: 42 },
        );
      });

    it('with a first record of brackets that open nothing', async () => {
      const text = container.write('[[[', GOOD);
      const { ids, damaged } = await read(Buffer.from(text, container.encoding));
      assert.deepEqual(ids, idsOf(GOOD));
      // A page is over where its list is closed: brackets too many in it hold nothing.
      assert.ok(damaged.length > 0 || name === 'a page');
    });

    it('with a first record that is of another operation', async () => {
      const first = JSON.stringify(otherOperation({ id: 'other' }));
      if (name.includes('no cells')) return;
      const text = container.write(first, GOOD);
      const { ids, damaged, others } = await read(Buffer.from(text, container.encoding));
      assert.deepEqual([ids, damaged, others], [idsOf(GOOD), [], 1]);
    });

    it('with many first records that are empty objects', async () => {
      if (!name.includes('NDJSON')) return;
      const text = container.write(Array.from({ length: 300 }, () => '{}').join('\n'), GOOD);
      const { ids, damaged } = await read(Buffer.from(text, container.encoding));
      assert.deepEqual([ids, damaged.length], [idsOf(GOOD), 300]);
    });
  });

it('a deep record says the same whether it comes first or last', async () => {
  const deep = JSON.stringify(good(50)).replace(/^\{/, `{"a":${nested(60_000, '[', '', ']')},`);
  for (const lines of [
    [deep, ...texts(GOOD)],
    [...texts(GOOD), deep],
  ]) {
    const { ids, damaged } = await read(Buffer.from(lines.join('\n')));
    assert.deepEqual(
      [ids.toSorted(), damaged],
      [[...idsOf(GOOD), 'record-good-50'].toSorted(), []],
    );
  }
});

describe('a first line of 367 kB, deeply nested, and 3,000 good lines', () => {
  const others = Array.from({ length: 3000 }, (_, id) => good(id));
  const text = `${nested(61_167, '{"a":', '', '')}\n${texts(others).join('\n')}\n`;
  for (const [name, bytes] of [
    ['log.jsonl', Buffer.from(text)],
    ['log.jsonl.gz', gzipSync(text)],
    ['log.zip', zipOf('log.jsonl', text)],
  ] as const)
    it(`is one damaged row of ${name}`, async (t) => {
      const files = temporaryFolder(t);
      const path = join(files, name);
      writeFileSync(path, await bytes);
      const events = await importInto(join(files, 'case'), [path]);
      const [source] = sourcesIn(events);
      assert.deepEqual(
        [source?.rows, source?.accepted, source?.damaged],
        [3001, 3000, 1],
        JSON.stringify(events),
      );
      const warnings = events.flatMap((event) => (event.event === 'source' ? event.warnings : []));
      assert.deepEqual(
        warnings.map(({ file, line, reason }) => [file.startsWith(path), line, reason]),
        [[true, 1, 'broken JSON']],
      );
    });
});
