import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import yazl from 'yazl';
import { importInputs, type InputOptions } from '../../source/import/import-inputs.ts';
import { DamagedInput, type Input } from '../../source/import/inputs/input.ts';

const root = mkdtempSync(join(tmpdir(), 'mia-inputs-'));
after(() => rmSync(root, { recursive: true, force: true }));

const folder = (name: string): string => {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return path;
};

const put = (path: string, content: string | Uint8Array): string => {
  writeFileSync(path, content);
  return path;
};

const zipOf = async (
  entries: readonly (readonly [string, string | Buffer, object?])[],
): Promise<Buffer> => {
  const zip = new yazl.ZipFile();
  for (const [name, content, options] of entries)
    zip.addBuffer(Buffer.from(content), name, options ?? {});
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const signal = new AbortController().signal;

const contentOf = async (input: Input, onRead?: (bytes: number) => void): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open(signal, onRead)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Findings as lines; contents are read, and what was readable of damaged ones stays. */
const findings = async (
  paths: readonly string[],
  options: Partial<InputOptions> = {},
): Promise<string[]> => {
  const lines: string[] = [];
  for await (const finding of importInputs(paths, { signal, ...options })) {
    if (finding.found === 'total') lines.push(`total ${finding.bytes}`);
    else if (finding.found === 'skipped') lines.push(`skipped ${finding.file}: ${finding.reason}`);
    else if (finding.found === 'problem') lines.push(`problem ${finding.file}: ${finding.problem}`);
    else lines.push(`input ${finding.input.file}: ${await contentOf(finding.input)}`);
  }
  return lines.map((line) => line.replaceAll(`${root}/`, ''));
};

const inputs = async (paths: readonly string[], options: Partial<InputOptions> = {}) => {
  const found: Input[] = [];
  for await (const finding of importInputs(paths, { signal, ...options }))
    if (finding.found === 'input') found.push(finding.input);
  return found;
};

const readable = async (
  input: Input,
  onRead?: (bytes: number) => void,
): Promise<{ text: string; error: unknown }> => {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of input.open(signal, onRead)) chunks.push(chunk);
  } catch (error) {
    return { text: Buffer.concat(chunks).toString(), error };
  }
  return { text: Buffer.concat(chunks).toString(), error: null };
};

const only = (found: readonly Input[]): Input => {
  assert.equal(found.length, 1);
  return found[0] ?? assert.fail();
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `${index},${sha256(Buffer.from(String(index)))}\n`,
  ).join('');

test('a plain file is given as it is, with its size and place', async () => {
  const path = put(join(folder('plain'), 'a.csv'), 'abc');
  const input = only(await inputs([path]));
  assert.equal(await contentOf(input), 'abc');
  assert.deepEqual(
    [input.file, input.bytes, input.storedBytes, input.container, input.path],
    [path, 3, 3, null, path],
  );
});

test('a folder is walked in order; what is left alone is named', async () => {
  const at = folder('walk');
  put(join(at, 'b.csv'), 'b');
  put(join(at, 'a.csv'), 'a');
  put(join(folder('walk/sub'), 'c.csv'), 'c');
  put(join(at, '.DS_Store'), 'x');
  put(join(at, '.hidden'), 'x');
  put(join(at, '~$a.xlsx'), 'x');
  put(join(folder('walk/__MACOSX'), 'x'), 'x');
  symlinkSync('..', join(at, 'sub', 'loop'));
  symlinkSync('nowhere', join(at, 'broken'));
  execFileSync('mkfifo', [join(at, 'pipe')]);
  assert.deepEqual(await findings([at]), [
    'total 3',
    'skipped walk/.DS_Store: a file in which the operating system keeps its own notes',
    'skipped walk/.hidden: hidden; name it outright to import it',
    'skipped walk/__MACOSX: a folder in which macOS keeps its own notes',
    'input walk/a.csv: a',
    'input walk/b.csv: b',
    'problem walk/broken: There is no such file or folder. Check the spelling.',
    'skipped walk/pipe: neither a file nor a folder',
    'input walk/sub/c.csv: c',
    'skipped walk/sub/loop: this folder was read already',
    'skipped walk/~$a.xlsx: a lock file of an office program',
  ]);
  assert.deepEqual(await findings([join(at, '.hidden')]), ['total 1', 'input walk/.hidden: x']);
});

test("the case's own folder is never read as evidence", async () => {
  const at = folder('own');
  put(join(folder('own/cache/evidence'), 'x.zst'), 'x');
  const reason = 'the folder of the case itself';
  const leaveOut = [join(at, 'cache')];
  assert.deepEqual(await findings([at], { leaveOut }), ['total 0', `skipped own/cache: ${reason}`]);
  assert.deepEqual(await findings([join(at, 'cache/evidence')], { leaveOut }), [
    'total 0',
    `skipped own/cache/evidence: ${reason}`,
  ]);
});

test('a folder without files says so', async () => {
  const at = folder('bare');
  folder('bare/within');
  assert.deepEqual(await findings([at]), ['total 0', 'skipped bare: the folder holds no files']);
});

test('a path that is not there is a problem; the others go on', async () => {
  const path = put(join(folder('others'), 'a.csv'), 'a');
  assert.deepEqual(await findings([join(root, 'none'), path, `${path}/b`]), [
    'total 1',
    'problem none: There is no such file or folder. Check the spelling.',
    'input others/a.csv: a',
    'problem others/a.csv/b: A part of the path is a file, not a folder. Check the spelling.',
  ]);
});

test('gzip is told by its content, all members are read, and its hash is kept', async () => {
  const packed = Buffer.concat([gzipSync('first\n'), gzipSync('second\n')]);
  const path = put(join(folder('gzip'), 'log.csv'), packed);
  const input = only(await inputs([path]));
  let read = 0;
  assert.equal(await contentOf(input, (bytes) => (read += bytes)), 'first\nsecond\n');
  assert.equal(read, packed.length);
  assert.deepEqual([input.bytes, input.storedBytes], [null, packed.length]);
  assert.deepEqual(input.container, { file: path, sha256: sha256(packed) });
});

test('a gzip that is cut short gives what can be read, then says so', async () => {
  const text = lines(20_000);
  const packed = gzipSync(text);
  const at = folder('cut');
  for (const end of [packed.length - 1, packed.length - 8, packed.length >> 1]) {
    const path = put(join(at, 'cut.gz'), packed.subarray(0, end));
    const { text: got, error } = await readable(only(await inputs([path])));
    assert.ok(error instanceof DamagedInput);
    assert.match(error.message, /cut short/);
    assert.ok(text.startsWith(got));
    assert.ok(got.length >= (text.length * end) / packed.length - 70_000, `${got.length}`);
    if (end >= packed.length - 8) assert.equal(got, text);
  }
});

test('a gzip damaged in the middle gives what stands before, then says so', async () => {
  const text = lines(20_000);
  const packed = gzipSync(text);
  packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
  const path = put(join(folder('damaged'), 'x.gz'), packed);
  const { text: got, error } = await readable(only(await inputs([path])));
  assert.ok(error instanceof DamagedInput);
  assert.match(error.message, /damaged/);
  assert.ok(got !== text);
  assert.ok(text.startsWith(got.slice(0, text.length >> 2)));
});

test('damage takes nothing with it that stands before it', async () => {
  const at = folder('salvage');
  const trailing = Buffer.concat([gzipSync('hello'), Buffer.from('garbage')]);
  const file = put(join(at, 'a.gz'), trailing);
  const nested = put(join(at, 'a.zip'), await zipOf([['a.gz', trailing]]));
  for (const path of [file, nested]) {
    let read = 0;
    const input = only(await inputs([path]));
    const { text, error } = await readable(input, (bytes) => (read += bytes));
    assert.equal(text, 'hello');
    assert.ok(error instanceof DamagedInput);
    assert.equal(read, input.storedBytes);
  }
  const padded = put(join(at, 'padded.gz'), Buffer.concat([gzipSync('hello'), Buffer.alloc(512)]));
  assert.equal(await contentOf(only(await inputs([padded]))), 'hello');
  const more = [gzipSync('hello'), Buffer.alloc(512), gzipSync('again')];
  const behind = put(join(at, 'behind.gz'), Buffer.concat(more));
  const { text, error } = await readable(only(await inputs([behind])));
  assert.equal(text, 'hello');
  assert.ok(error instanceof DamagedInput);
});

test('a zip gives its files under its own name; folders and notes are no inputs', async () => {
  const bytes = await zipOf([
    ['a.csv', 'a'],
    ['sub/b.csv', 'b'.repeat(1000)],
    ['stored.csv', 's', { compress: false }],
    ['__MACOSX/._a.csv', 'x'],
    ['nested.csv.gz', gzipSync('nested')],
  ]);
  const path = put(join(folder('zip'), 'case.bin'), bytes);
  assert.deepEqual(await findings([path]), [
    `total ${bytes.length}`,
    'input zip/case.bin/a.csv: a',
    `input zip/case.bin/sub/b.csv: ${'b'.repeat(1000)}`,
    'input zip/case.bin/stored.csv: s',
    'skipped zip/case.bin/__MACOSX/._a.csv: a folder in which macOS keeps its own notes',
    'input zip/case.bin/nested.csv.gz: nested',
  ]);
  const [first] = await inputs([path]);
  assert.deepEqual(first?.container, { file: path, sha256: sha256(bytes) });
  assert.equal(first?.bytes, 1);
  assert.equal(first?.path, path);
});

test('a zip64 with data descriptors is read too', async () => {
  const zip = new yazl.ZipFile();
  const { Readable } = await import('node:stream');
  zip.addReadStream(Readable.from([Buffer.from('one'), Buffer.from('two')]), 'a.csv', {
    forceZip64Format: true,
  });
  zip.end({ forceZip64Format: true, comment: '' });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  const path = put(join(folder('zip64'), 'a.zip'), Buffer.concat(chunks));
  assert.deepEqual((await findings([path])).slice(1), ['input zip64/a.zip/a.csv: onetwo']);
});

/** The same length, so that nothing else in the archive moves. */
const renamed = (bytes: Buffer, from: string, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

test('hostile names in a zip are labels only', async () => {
  const before = readdirSync(root);
  const path = put(
    join(folder('hostile'), 'a.zip'),
    renamed(await zipOf([['aabaacbad.csv', 'x']]), 'aabaacbad.csv', '../../\x1b[2J.cs'),
  );
  assert.deepEqual((await findings([path])).slice(1), ['input hostile/a.zip/../../\x1b[2J.cs: x']);
  assert.deepEqual(readdirSync(root), [...before, 'hostile'].sort());
});

test('what a zip cannot give is said in words, and its other files are read', async () => {
  const at = folder('refused');
  const office = put(
    join(at, 'book.xlsx'),
    await zipOf([
      ['[Content_Types].xml', 'x'],
      ['a', 'x'],
    ]),
  );
  const empty = put(join(at, 'empty.zip'), await zipOf([]));
  const whole = await zipOf([
    ['a.csv', lines(100)],
    ['b.csv', 'b'],
  ]);
  const cut = put(join(at, 'cut.zip'), whole.subarray(0, whole.length - 30));
  const secret = Buffer.from(whole);
  // The first entry's flags in the table of contents: encrypted.
  secret.writeUInt16LE(1, secret.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
  const locked = put(join(at, 'locked.zip'), secret);
  const found = await findings([office, empty, cut, locked]);
  assert.match(found[1] ?? '', /^problem refused\/book\.xlsx: It is an office document/);
  assert.match(found[2] ?? '', /^problem refused\/empty\.zip: The archive holds no files/);
  assert.match(found[3] ?? '', /^problem refused\/cut\.zip: The archive is cut short or damaged/);
  assert.match(found[4] ?? '', /^problem refused\/locked\.zip\/a\.csv: It is encrypted/);
  assert.equal(found[5], 'input refused/locked.zip/b.csv: b');
  assert.equal(found.length, 6);
});

test('a zip entry that is not what was packed gives its bytes, then says so', async () => {
  const bytes = await zipOf([['a.csv', 'abc', { compress: false }]]);
  bytes.write('abd', bytes.indexOf('abc'));
  const path = put(join(folder('crc'), 'a.zip'), bytes);
  const { text, error } = await readable(only(await inputs([path])));
  assert.equal(text, 'abd');
  assert.ok(error instanceof DamagedInput);
  assert.match(error.message, /checksum differs/);
});

test('an archive within an archive is refused when it is opened', async () => {
  const path = put(
    join(folder('double'), 'a.zip'),
    await zipOf([['b.zip', await zipOf([['c', 'c']])]]),
  );
  const { text, error } = await readable(only(await inputs([path])));
  assert.equal(text, '');
  assert.match(String(error), /archive within an archive/);
});

test('standard input is read as it comes, counted, and only where there is one', async () => {
  async function* standardInput() {
    yield Buffer.from('a');
    yield Buffer.from('bcdefgh');
  }
  let read = 0;
  for await (const finding of importInputs(['-'], { signal, standardInput: standardInput() })) {
    if (finding.found === 'total') assert.equal(finding.bytes, null);
    else if (finding.found === 'input') {
      assert.equal(await contentOf(finding.input, (bytes) => (read += bytes)), 'abcdefgh');
      const { file, path, container } = finding.input;
      assert.deepEqual([file, path, container], ['-', null, null]);
    } else assert.fail(finding.found);
  }
  assert.equal(read, 8);
  assert.deepEqual(await findings(['-']), [
    'total 0',
    'problem -: There is no standard input to read.',
  ]);
});

test('packed standard input is put down for as long as it is read, and taken away again', async (t) => {
  // A place where nobody else puts anything down at the same time.
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder('temporary');
  t.after(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  const spools = () => readdirSync(tmpdir()).filter((name) => /^mia-.{6}$/.test(name));
  const packed = await zipOf([
    ['a.csv', 'a'],
    ['b.csv', 'b'],
  ]);
  async function* pieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  assert.deepEqual(await findings(['-'], { standardInput: pieces(packed) }), [
    'total null',
    'input -/a.csv: a',
    'input -/b.csv: b',
  ]);
  assert.deepEqual(await findings(['-'], { standardInput: pieces(gzipSync('zipped')) }), [
    'total null',
    'input -: zipped',
  ]);
  assert.deepEqual(spools(), []);
  for await (const { found } of importInputs(['-'], { signal, standardInput: pieces(packed) }))
    assert.equal(spools().length, found === 'total' ? 0 : 1);
  assert.deepEqual(spools(), []);
});

test('cancelling ends a reading at once, also one that waits for bytes', async () => {
  const cancel = new AbortController();
  async function* waiting() {
    yield Buffer.from('12345');
    await new Promise<never>(() => undefined);
  }
  const reading = async () => {
    for await (const finding of importInputs(['-'], {
      signal: cancel.signal,
      standardInput: waiting(),
    }))
      if (finding.found === 'input')
        for await (const _chunk of finding.input.open(cancel.signal)) cancel.abort();
  };
  await assert.rejects(reading, { name: 'AbortError' });

  const path = put(join(folder('cancel'), 'big.csv'), 'x'.repeat(1_000_000));
  const again = new AbortController();
  const input = only(await inputs([path]));
  await assert.rejects(
    async () => {
      for await (const _chunk of input.open(again.signal)) again.abort();
    },
    { name: 'AbortError' },
  );
  assert.ok(existsSync(path));
});

test('a file that goes away before it is opened is a problem in words', async () => {
  const path = put(join(folder('gone'), 'a.csv'), 'a');
  const input = only(await inputs([path]));
  rmSync(path);
  const { error } = await readable(input);
  assert.match(String(error), /could not be read/);
  assert.ok(error instanceof Error && 'hint' in error && /no such file/.test(String(error.hint)));
});

test('a named pipe given outright is read as a stream', async () => {
  const path = join(folder('fifo'), 'pipe');
  execFileSync('mkfifo', [path]);
  const { spawn } = await import('node:child_process');
  const writer = spawn('sh', ['-c', `printf 'through a pipe' > "${path}"`], { stdio: 'ignore' });
  assert.deepEqual(await findings([path]), ['total null', 'input fifo/pipe: through a pipe']);
  assert.equal(writer.exitCode ?? 0, 0);
});

test('deflate64 and other methods are refused in words', async () => {
  const bytes = await zipOf([['a.csv', 'aaaaaaaaaaaaaaaaaaaaaaaa']]);
  assert.ok(bytes.includes(deflateRawSync('aaaaaaaaaaaaaaaaaaaaaaaa')));
  bytes.writeUInt16LE(9, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 10);
  const path = put(join(folder('method'), 'a.zip'), bytes);
  assert.match((await findings([path]))[1] ?? '', /packed with Deflate64/);
});
