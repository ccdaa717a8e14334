import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { evidenceReader, streamEvidence, verifyEvidence } from '../../source/store/evidence.ts';
import { evidenceWriter, removeStalePartials } from '../../source/store/evidence-writer.ts';

const FRAME = 1 << 20;
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Text of exactly this many bytes, no two ranges of it alike. */
const text = (bytes: number): Buffer => {
  const lines: string[] = [];
  for (let n = 0, length = 0; length < bytes; n++) {
    const line = `{"n":${n},"id":"<${(n * 2654435761) % 4294967296}@contoso.com>"}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join('')).subarray(0, bytes);
};

describe('evidence', () => {
  let folder: CaseFolder;
  beforeEach(() => {
    folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-evidence-')), { create: true });
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true });
  });
  const keep = async (content: Uint8Array, chunk = 65_536): Promise<string> => {
    const writer = await evidenceWriter(folder);
    for (let at = 0; at < content.length; at += chunk) {
      await writer.push(content.subarray(at, at + chunk));
    }
    const kept = await writer.finish();
    await writer.abandon();
    assert.deepEqual(kept, { sha256: sha256Of(content), bytes: content.length });
    return kept.sha256;
  };
  const pathOf = (sha256: string): string => join(folder.evidence, `${sha256}.zst`);
  const streamed = async (sha256: string): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of streamEvidence(folder, sha256)) parts.push(part);
    return Buffer.concat(parts);
  };
  const brokenBy = async (sha256: string): Promise<string> =>
    (await verifyEvidence(folder, sha256))?.message ?? 'fine';

  for (const size of [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 5 * FRAME + 12_345]) {
    it(`gives back what was kept, whole and in part: ${size} bytes`, async () => {
      const content = text(size);
      const sha256 = await keep(content, 300_001);
      assert.deepEqual(readdirSync(folder.evidence), [`${sha256}.zst`]);
      assert.equal(statSync(pathOf(sha256)).mode & 0o777, 0o600);
      assert.equal(statSync(folder.evidence).mode & 0o777, 0o700);
      assert.ok((await streamed(sha256)).equals(content));
      assert.equal(await verifyEvidence(folder, sha256), null);
      const reader = evidenceReader(folder, 2);
      assert.ok(reader.read(sha256, 0, size).equals(content));
      for (const border of [0, FRAME, 2 * FRAME, size]) {
        const [from, to] = [Math.max(0, border - 100), Math.min(size, border + 100)];
        if (from > to) continue;
        assert.ok(reader.read(sha256, from, to).equals(content.subarray(from, to)));
      }
      assert.equal(reader.read(sha256, size, size).length, 0);
      assert.throws(() => reader.read(sha256, 0, size + 1), Problem);
    });
  }

  it('takes chunks of one byte, which the caller may reuse', async () => {
    const content = text(70_000);
    const writer = await evidenceWriter(folder);
    const chunk = Buffer.alloc(1);
    for (const byte of content) {
      chunk[0] = byte;
      await writer.push(chunk);
    }
    const { sha256 } = await writer.finish();
    assert.ok((await streamed(sha256)).equals(content));
  });

  it('takes any chunks and gives any range', async () => {
    const chunks = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 6 });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(chunks, part, part, async (sizes, a, b) => {
        const content = text(sizes.reduce((sum, size) => sum + size, 0));
        const writer = await evidenceWriter(folder);
        let at = 0;
        for (const size of sizes) await writer.push(content.subarray(at, (at += size)));
        const { sha256 } = await writer.finish();
        const [from, to] = [a, b]
          .map((share) => Math.floor(share * content.length))
          .sort((x, y) => x - y);
        const found = evidenceReader(folder).read(sha256, from ?? 0, to ?? 0);
        assert.ok(found.equals(content.subarray(from, to)));
      }),
      { numRuns: 15 },
    );
  });

  it('is a file that zstd itself reads', async (t) => {
    if (spawnSync('zstd', ['--version']).error !== undefined)
      return t.skip('zstd is not installed');
    for (const content of [text(0), text(2 * FRAME + 77)]) {
      const sha256 = await keep(content);
      const found = execFileSync('zstd', ['-dcq', pathOf(sha256)], { maxBuffer: 8 * FRAME });
      assert.ok(found.equals(content));
    }
  });

  it('keeps the same content once', async () => {
    const content = text(FRAME + 5);
    const sha256 = await keep(content);
    const before = statSync(pathOf(sha256)).ino;
    assert.equal(await keep(content, 777_777), sha256);
    assert.equal(statSync(pathOf(sha256)).ino, before);
    assert.deepEqual(readdirSync(folder.evidence), [`${sha256}.zst`]);
  });

  it('leaves nothing when it is abandoned, and cleans up after imports that died', async () => {
    const writer = await evidenceWriter(folder);
    await writer.push(text(4 * FRAME + 1));
    await writer.abandon();
    await writer.abandon();
    assert.deepEqual(readdirSync(folder.evidence), []);
    const sha256 = await keep(text(10));
    writeFileSync(join(folder.evidence, '.partial-0123'), 'x');
    removeStalePartials(folder);
    assert.deepEqual(readdirSync(folder.evidence), [`${sha256}.zst`]);
  });

  it('names the file and the frame that is damaged, and reads the others', async () => {
    const content = text(3 * FRAME);
    const sha256 = await keep(content);
    const bytes = readFileSync(pathOf(sha256));
    const second = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 4);
    bytes[second + 5000] = (bytes[second + 5000] ?? 0) ^ 0x10;
    writeFileSync(pathOf(sha256), bytes);
    const named = new RegExp(`evidence/${sha256}.zst is damaged: frame 2 of 3`);
    assert.match(await brokenBy(sha256), named);
    const reader = evidenceReader(folder);
    assert.throws(
      () => reader.read(sha256, FRAME, FRAME + 1),
      (error) =>
        error instanceof Problem && named.test(error.message) && /Restore/.test(error.hint),
    );
    assert.ok(reader.read(sha256, 2 * FRAME, 3 * FRAME).equals(content.subarray(2 * FRAME)));
    await assert.rejects(streamed(sha256), Problem);
    await keep(content);
    assert.equal(await brokenBy(sha256), 'fine');
  });

  it('notices any damaged byte, wherever it is', async () => {
    const sha256 = await keep(text(600));
    const bytes = readFileSync(pathOf(sha256));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      writeFileSync(pathOf(sha256), changed);
      assert.match(await brokenBy(sha256), /is damaged/, `byte ${at}`);
    }
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(pathOf(sha256), bytes);
      truncateSync(pathOf(sha256), length);
      assert.match(await brokenBy(sha256), /is damaged/, `cut at ${length}`);
    }
  });

  it('notices content that is not what its name says, and evidence that is missing', async () => {
    const [one, two] = [await keep(text(1000)), await keep(text(2000))];
    writeFileSync(pathOf(one), readFileSync(pathOf(two)));
    assert.match(await brokenBy(one), /another SHA-256/);
    rmSync(pathOf(two));
    assert.match(await brokenBy(two), /is not there/);
    assert.throws(() => evidenceReader(folder).read('../../etc/passwd', 0, 1), RangeError);
  });

  it('is a Problem when the disk is full, and leaves nothing behind', () => {
    const child = join(import.meta.dirname, '..', 'faults', 'keep-evidence.ts');
    const limited = 'ulimit -f 64; exec "$@"';
    const said = execFileSync(
      'bash',
      ['-c', limited, 'bash', process.execPath, child, folder.path],
      { encoding: 'utf8' },
    );
    assert.match(said, /^problem: The evidence could not be kept.*EFBIG/);
    assert.deepEqual(readdirSync(folder.evidence), []);
  });
});
