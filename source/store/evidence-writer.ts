import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { CaseFolder } from './case-folder.ts';
import { diskProblem } from './disk-problem.ts';
import { evidencePath } from './evidence-file.ts';
import { FRAME_BYTES, writeTable } from './evidence-table.ts';
import type { FrameSize } from './evidence-table.ts';
import { verifyEvidence } from './evidence.ts';
import { flushFolder } from './whole-file.ts';

export interface KeptEvidence {
  readonly sha256: string;
  /** Of the content. */
  readonly bytes: number;
}

/** Takes in what is imported, as it comes by. One call at a time. */
export interface EvidenceWriter {
  /** Resolves when more may come; `chunk` may be reused at once. Problem: the disk is full. */
  push(chunk: Uint8Array): Promise<void>;
  /** Everything is on the disk under its hash. Content that is there already is not kept twice. */
  finish(): Promise<KeptEvidence>;
  /** Leaves nothing behind. Harmless after `finish`. */
  abandon(): Promise<void>;
  /** After `finish`: nothing came of it. What this kept goes, not what was there before. */
  takeBack(): Promise<void>;
}

const PARTIAL = '.partial-';

/** Frames on their way to the disk at a time: bounds memory, and keeps the thread pool busy. */
const IN_FLIGHT = 3;

const FAST = {
  chunkSize: 1 << 18,
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_checksumFlag]: 1,
  },
};

const compress = promisify(zstdCompress);

/** Compresses frames on the thread pool, several at a time, and writes them in order. */
class FrameFile {
  readonly #file: FileHandle;
  readonly #frames: FrameSize[] = [];
  readonly #spare: Buffer[] = [];
  readonly #inFlight: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** A buffer for the next frame. */
  buffer(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(FRAME_BYTES);
  }

  async add(buffer: Buffer, filled: number): Promise<void> {
    const compressed = compress(buffer.subarray(0, filled), { ...FAST, pledgedSrcSize: filled });
    this.#last = Promise.all([compressed, this.#last]).then(async ([frame]) => {
      await this.#file.writeFile(frame);
      this.#frames.push({ compressed: frame.length, content: filled });
      this.#spare.push(buffer);
    });
    // A failure is met by whoever waits next; the frames after it fail alike.
    this.#last.catch(() => {});
    this.#inFlight.push(this.#last);
    if (this.#inFlight.length >= IN_FLIGHT) await this.#inFlight.shift();
  }

  async finish(): Promise<void> {
    await this.#last;
    await this.#file.writeFile(writeTable(this.#frames));
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }
}

const doing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw diskProblem(error, 'The evidence could not be kept, nothing was imported from it');
  }
};

class PartialEvidence implements EvidenceWriter {
  readonly #folder: CaseFolder;
  readonly #path: string;
  readonly #frames: FrameFile;
  readonly #hash = createHash('sha256');
  #buffer: Buffer;
  #filled = 0;
  #bytes = 0;
  #open = true;
  /** Where it was kept, unless that was there before. */
  #made: string | null = null;

  constructor(folder: CaseFolder, path: string, file: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#frames = new FrameFile(file);
    this.#buffer = this.#frames.buffer();
  }

  push(chunk: Uint8Array): Promise<void> {
    return doing(async () => {
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
      for (let taken = 0; taken < chunk.length;) {
        const part = chunk.subarray(taken, taken + FRAME_BYTES - this.#filled);
        this.#buffer.set(part, this.#filled);
        this.#filled += part.length;
        taken += part.length;
        if (this.#filled === FRAME_BYTES) await this.#seal();
      }
    });
  }

  async #seal(): Promise<void> {
    const [buffer, filled] = [this.#buffer, this.#filled];
    this.#filled = 0;
    const sealed = this.#frames.add(buffer, filled);
    this.#buffer = this.#frames.buffer();
    await sealed;
  }

  finish(): Promise<KeptEvidence> {
    return doing(async () => {
      if (this.#filled > 0) await this.#seal();
      await this.#frames.finish();
      await this.#close();
      const sha256 = this.#hash.digest('hex');
      await this.#name(sha256);
      return { sha256, bytes: this.#bytes };
    });
  }

  /** The same content that is there already stays, unless it is damaged: then this one heals it. */
  async #name(sha256: string): Promise<void> {
    const path = evidencePath(this.#folder, sha256);
    const isThere = existsSync(path);
    if (isThere && (await verifyEvidence(this.#folder, sha256, { quick: true })) === null) {
      await rm(this.#path);
      return;
    }
    await rename(this.#path, path);
    if (!isThere) this.#made = path;
    flushFolder(this.#folder.evidence);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#frames.close();
  }

  async abandon(): Promise<void> {
    await this.#close();
    await rm(this.#path, { force: true });
  }

  async takeBack(): Promise<void> {
    if (this.#made !== null) await rm(this.#made, { force: true });
    this.#made = null;
  }
}

/** Begins to keep evidence, in a file that has no name of its own until it is whole. */
export const evidenceWriter = (folder: CaseFolder): Promise<EvidenceWriter> =>
  doing(async () => {
    if (!existsSync(folder.evidence)) {
      mkdirSync(folder.evidence, { recursive: true, mode: 0o700 });
      flushFolder(folder.path);
    }
    const path = join(folder.evidence, `${PARTIAL}${randomBytes(8).toString('hex')}`);
    return new PartialEvidence(folder, path, await open(path, 'wx', 0o600));
  });

/** What imports that died left behind. Only for who holds `import.lock`: then no other is at work. */
export const removeStalePartials = (folder: CaseFolder): void => {
  if (!existsSync(folder.evidence)) return;
  for (const name of readdirSync(folder.evidence)) {
    if (name.startsWith(PARTIAL)) rmSync(join(folder.evidence, name), { force: true });
  }
};
