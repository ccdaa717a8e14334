import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Row } from '../../source/formats/format.ts';
import { openRows, rereadRow } from '../../source/formats/open-rows.ts';
import { inShort, problemOf, readFile, rowsOf } from './rows-of.ts';

const record = (id: string, more: object = {}) => ({
  CreationTime: '2026-06-13T04:05:03',
  Id: id,
  Operation: 'MailItemsAccessed',
  RecordType: 50,
  Folders: [{ Path: '\\Éléments supprimés 😀', FolderItems: [{ InternetMessageId: `<${id}@x>` }] }],
  ...more,
});
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const encodings: { readonly [name: string]: (text: string) => Buffer } = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with BOM': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16LE with BOM': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
};

for (const [encoding, encode] of Object.entries(encodings)) {
  for (const delimiter of [',', ';', '\t']) {
    for (const lineEnd of ['\r\n', '\n']) {
      const name = `${encoding}, ${JSON.stringify(delimiter)}, ${JSON.stringify(lineEnd)}`;
      test(`CSV in ${name}: rows, lines and bytes`, () => {
        const header = ['RecordType', 'CreationDate', 'UserIds', 'Operations', 'AuditData'];
        const line = (id: string) =>
          [
            'ExchangeItemAggregated',
            '6/13/2026 4:05:03 AM',
            'é€',
            'MailItemsAccessed',
            JSON.stringify(record(id)),
          ]
            .map(quoted)
            .join(delimiter);
        const file = encode(
          [header.map(quoted).join(delimiter), line('a'), '', line('b'), ''].join(lineEnd),
        );
        for (const chunk of [1, 7, 4096]) {
          const { reader, rows } = readFile(file, chunk);
          assert.deepEqual(rows.map(inShort), ['2 a', '4 b']);
          assert.equal(reader.layout.delimiter, delimiter);
          for (const [at, row] of rows.entries()) {
            const again = rereadRow(reader.layout, file.subarray(row.start, row.end));
            assert.equal(again.text, line(at === 0 ? 'a' : 'b'));
            assert.deepEqual(again.content, row.content);
            assert.equal(
              row.content.kind === 'audit' && row.content.auditData['Folders'] !== undefined,
              true,
            );
          }
        }
      });
    }
  }
  test(`JSON in ${encoding}: rows, lines and bytes`, () => {
    const lines = ['a', 'b'].map((id) => JSON.stringify(record(id)));
    const file = encode(lines.join('\n'));
    for (const chunk of [1, 7, 4096]) {
      const { reader, rows } = readFile(file, chunk);
      assert.deepEqual(rows.map(inShort), ['1 a', '2 b']);
      for (const [at, row] of rows.entries()) {
        const again = rereadRow(reader.layout, file.subarray(row.start, row.end));
        assert.equal(again.text, lines[at]);
        assert.deepEqual(again.content, row.content);
      }
    }
  });
}

test('a damaged row that merely begins as #TYPE and sep= do is counted', () => {
  const header = 'CreationDate,UserIds,Operations,AuditData';
  const short = (text: string): string[] =>
    rowsOf(`${header}\r\n${text}`).map(({ line, content }) => `${line} ${content.kind}`);
  // The first column may be a subject, which a sender chose.
  assert.deepEqual(short('#TYPE a,"b\r\nx\r\ny'), ['2 damaged']);
  assert.deepEqual(short('sep=;x,1,2\r\n'), ['2 damaged']);
  assert.deepEqual(short('"#TYPE a",1,2\r\n'), ['2 damaged']);
  assert.deepEqual(short('#TYPE "a" – b,1\r\n'), ['2 damaged']);
  assert.deepEqual(short('#TYPE a,1,2,{}\r\n'), ['2 audit']);
  assert.deepEqual(short('sep=,\r\n#TYPE Selected.Object, mscorlib\r\n'), []);
});

test('what stands before a header is no row: #TYPE, sep=, blank lines; nor is the header again', () => {
  const header = '"CreationDate";"UserIds";"Operations";"AuditData"';
  const row = (id: string) => `"x";"y";"z";${quoted(JSON.stringify(record(id)))}`;
  const text = `sep=;\r\n#TYPE Selected.Object\r\n\r\n${header}\r\n${row('a')}\r\n\uFEFF#TYPE Selected.Object\r\n${header}\r\n${row('b')}\r\n`;
  assert.deepEqual(rowsOf(text).map(inShort), ['5 a', '8 b']);
});

test('header names keep no quotes, space or case against being recognised', () => {
  const text = `"""CreationDate"""; UserIds ;"OPERATIONS";"auditdata"\nx;y;z;${quoted(JSON.stringify(record('a')))}\n`;
  assert.deepEqual(rowsOf(text).map(inShort), ['2 a']);
});

test('windows-1252 is the last resort, and the layout says so', () => {
  const text = `CreationDate,UserIds,Operations,AuditData\nx,é,z,${quoted(JSON.stringify(record('a', { UserId: 'é' })))}\n`;
  const { reader, rows } = readFile(Buffer.from(text.replaceAll('😀', ''), 'latin1'));
  assert.equal(reader.layout.encoding, 'latin1');
  assert.equal(reader.layout.facts['encoding'], 'not valid UTF-8, read as Windows-1252');
  const [row] = rows;
  assert.ok(row?.content.kind === 'audit');
  assert.equal(row.content.auditData['UserId'], 'é');
  assert.deepEqual(row.content.losses, ['not valid UTF-8, read as Windows-1252']);
});

test('files that are no log say what they are and what to do', () => {
  const bytes = (...values: number[]) => Buffer.from([...values, ...Array<number>(64).fill(0)]);
  assert.match(problemOf(''), /^the file is empty/);
  assert.match(problemOf(' \r\n\r\n'), /^the file is empty/);
  assert.match(problemOf(Buffer.from([0xff, 0xfe])), /^the file is empty/);
  assert.match(problemOf(bytes(0x89, 0x50, 0x4e, 0x47)), /PNG image; export/);
  assert.match(problemOf(bytes(0xff, 0xd8, 0xff, 0xe0)), /JPEG image/);
  assert.match(problemOf('%PDF-1.7'), /a PDF/);
  assert.match(problemOf(bytes(0x50, 0x4b, 3, 4)), /zip archive/);
  const workbook = Buffer.concat([bytes(0x50, 0x4b, 3, 4), Buffer.from('xl/workbook.xml')]);
  assert.match(problemOf(workbook), /save it as CSV, or better export again.*32,767/);
  assert.match(problemOf('\uFEFF<!DOCTYPE html><html>'), /web page/);
  assert.match(problemOf(Buffer.from('\uFEFF<Objs Version="1.1">', 'utf16le')), /Export-Clixml/);
  assert.match(problemOf(gzipSync('x')), /still gzip/);
  assert.match(problemOf(bytes(1, 2, 3, 4)), /binary file/);
});

test('text that no format claims says what was found in it', () => {
  assert.match(problemOf('Name,Phone\nAnna,1\n'), /the columns "Name", "Phone"\. No audit log/);
  assert.match(problemOf('[{"name":1,"phone":2}]'), /JSON with the keys "name", "phone"/);
  assert.match(problemOf('Hello\nworld\n'), /neither CSV with a header nor JSON/);
  assert.match(problemOf('[]'), /no records in it/);
  assert.match(problemOf('{"value":[]}'), /no records in it/);
  assert.match(problemOf('[1, 2]'), /no record could be read/);
  assert.match(problemOf('{"a":'), /JSON without keys/);
});

test('an export with a header and no rows is recognised', () => {
  assert.deepEqual(rowsOf('CreationDate,UserIds,Operations,AuditData\r\n'), []);
});

test('the first records may be broken or of another kind', () => {
  assert.deepEqual(rowsOf(`{"Cre\n{"error":1}\n${JSON.stringify(record('a'))}\n`).map(inShort), [
    '1 damaged: broken JSON',
    '3 a',
  ]);
});

test('a record larger than the head is still recognised', () => {
  const items = Array.from({ length: 6000 }, (_, at) => ({
    InternetMessageId: `<${at}@example.com>`,
    Id: 'x'.repeat(50),
  }));
  const large = record('a', { Folders: [{ Path: '\\Inbox', FolderItems: items }] });
  assert.ok(JSON.stringify(large).length > 256 * 1024);
  assert.deepEqual(rowsOf(JSON.stringify(large)).map(inShort), ['1 a']);
  assert.deepEqual(rowsOf(JSON.stringify([large, record('b')], null, 1)).map(inShort).length, 2);
  const csv = `CreationDate,UserIds,Operations,AuditData\nx,y,z,${quoted(JSON.stringify(large))}\n`;
  assert.deepEqual(rowsOf(csv).map(inShort), ['2 a']);
});

test('damaged rows say why, and the rows around them are read', () => {
  const row = (auditData: string) => `x,y,z,${quoted(auditData)}\n`;
  const good = (id: string) => row(JSON.stringify(record(id)));
  const cut = JSON.stringify(record('c', { Pad: 'x'.repeat(40_000) })).slice(0, 32_767);
  const text = `CreationDate,UserIds,Operations,AuditData\n${good('a')}${row(cut)}${row('{"Id":"x"')}${row('')}${row('{"a" 1}')}${row('hello')}x,y\n${good('b')}x,y,z,"{""Id""`;
  assert.deepEqual(rowsOf(text).map(inShort), [
    '2 a',
    '3 damaged: cut at 32,767 characters (Excel)',
    '4 damaged: truncated: AuditData ends too early',
    '5 damaged: no AuditData in this row',
    '6 damaged: broken JSON in AuditData',
    '7 damaged: AuditData is no JSON: "hello"',
    '8 damaged: 2 cells where the header has 4',
    '9 b',
    '10 damaged: a quote is never closed',
  ]);
});

test('a row in windows-1252 far behind a head in UTF-8 says so itself, and reads again alike', () => {
  const row = (id: string, more = {}) => `x,y,z,${quoted(JSON.stringify(record(id, more)))}\n`;
  const start = `CreationDate,UserIds,Operations,AuditData\n${row('a')}${row('b').repeat(2000)}`;
  const odd = Buffer.from(
    `x,y,z,${quoted('{"Operation":"Send","Id":"c","Subject":"é"}')}\n`,
    'latin1',
  );
  const file = Buffer.concat([Buffer.from(start), odd, Buffer.from(row('d'))]);
  const { reader, rows } = readFile(file);
  const [last, before] = [rows.at(-1), rows.at(-2)];
  assert.equal(reader.layout.encoding, 'utf-8');
  assert.ok(before?.content.kind === 'audit' && last?.content.kind === 'audit');
  assert.equal(before.content.auditData['Subject'], 'é');
  assert.deepEqual(before.content.losses, ['not valid UTF-8, read as Windows-1252']);
  assert.deepEqual(last.content.losses, []);
  const again = rereadRow(reader.layout, file.subarray(before.start, before.end));
  assert.deepEqual(again.content, before.content);
});

test('exports put one behind the other say where the other columns begin', () => {
  const row = (id: string) => `x,y,z,${quoted(JSON.stringify(record(id)))}\n`;
  const other = 'UserIds,Operations,CreationDate,Extra,AuditData\n';
  const text = `CreationDate,UserIds,Operations,AuditData\n${row('a')}${other}y,z,x,e,{}\n`;
  assert.deepEqual(rowsOf(text).map(inShort), [
    '2 a',
    '3 damaged: another header begins here: cut the file in two and import both parts',
    '4 damaged: 5 cells where the header has 4',
  ]);
});

test('a caller may read the file into one buffer again and again', () => {
  for (const text of [
    `CreationDate,UserIds,Operations,AuditData\nx,y,z,${quoted(JSON.stringify(record('a')))}\n`,
    JSON.stringify([record('a')]),
  ]) {
    const file = Buffer.from(text);
    const opened = openRows(file, true);
    if ('problem' in opened) assert.fail(opened.problem);
    const buffer = Buffer.alloc(16);
    const rows: Row[] = [];
    for (let at = 0; at < file.length; at += buffer.length) {
      const size = file.copy(buffer, 0, at);
      rows.push(...opened.reader.push(buffer.subarray(0, size)));
    }
    rows.push(...opened.reader.end());
    assert.deepEqual(
      rows.map(inShort).map((row) => row.slice(2)),
      ['a'],
    );
  }
});

test('a million commas, or brackets a million deep, are one damaged row', () => {
  const header = 'CreationDate,UserIds,Operations,AuditData\n';
  assert.deepEqual(rowsOf(header + ','.repeat(1e6)).map(inShort), [
    '2 damaged: 1000001 cells where the header has 4',
  ]);
  const deep = `{"Operation":"x","CreationTime":"y","a":${'['.repeat(1e6)}`;
  assert.deepEqual(rowsOf(`${JSON.stringify(record('a'))}\n${deep}`).map(inShort), [
    '1 a',
    '2 damaged: truncated: the file ends inside this record',
  ]);
});
