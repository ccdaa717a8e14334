import { createHash } from 'node:crypto';
import type { CaseFolder } from '../store/case-folder.ts';
import { evidenceWriter, type EvidenceWriter } from '../store/evidence-writer.ts';

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
