import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { Source } from '../domain/records/source.ts';
import type { CaseFolder } from '../store/case-folder.ts';
import { evidenceWriter, type EvidenceWriter } from '../store/evidence-writer.ts';
import { streamEvidence } from '../store/evidence.ts';
import { DamagedInput, type Input } from './inputs/input.ts';

/** For `--no-keep`: nothing is kept, but the hash is noted all the same. */
const hashOnly = (): EvidenceWriter => {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    push: (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      return Promise.resolve();
    },
    finish: () => Promise.resolve({ sha256: hash.digest('hex'), bytes }),
    abandon: () => Promise.resolve(),
    takeBack: () => Promise.resolve(),
  };
};

/** Keeps what comes by as evidence, or only its hash. */
export const contentStore = (folder: CaseFolder, keep: boolean): Promise<EvidenceWriter> =>
  keep ? evidenceWriter(folder) : Promise.resolve(hashOnly());

/** What is needed of a source to read what was imported of it again. */
export type SourceContent = Pick<
  Source,
  'file' | 'sha256' | 'bytes' | 'container' | 'kept' | 'path' | 'cutShort'
>;

const contentOf = (folder: CaseFolder, source: SourceContent): AsyncIterable<Uint8Array> => {
  if (source.kept || source.path === null) return streamEvidence(folder, source.sha256);
  if (!existsSync(source.path)) {
    throw new Problem(
      `${source.path} is gone: it was imported with --no-keep, so the case holds no copy of it.`,
      'Put the file back where it was, or take it out with `mia withdraw`.',
    );
  }
  return createReadStream(source.path);
};

/**
 * The content of a source, from the evidence or from where --no-keep left it. One that had ended
 * before its time does so again: the evidence alone cannot say.
 */
export const sourceInput = (folder: CaseFolder, source: SourceContent): Input => ({
  file: source.file,
  bytes: source.bytes,
  storedBytes: source.bytes,
  container: source.container,
  path: source.path,
  open: async function* (signal, onRead) {
    for await (const chunk of contentOf(folder, source)) {
      signal.throwIfAborted();
      onRead?.(chunk.length);
      yield chunk;
    }
    if (source.cutShort !== undefined) throw new DamagedInput(source.cutShort, '');
  },
});
