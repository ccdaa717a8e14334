import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchFile, best, measure, PYTHON } from './measure.ts';
import type { Measured } from './measure.ts';

export interface ImportBench {
  readonly python: Measured;
  readonly mia: Measured;
  /** The same for half of the rows. */
  readonly half: Measured;
  /** mia's seconds for one of Python's. */
  readonly ratio: number;
}

interface ImportDocument {
  readonly sources: readonly { readonly rows: number; readonly accepted: number }[];
}

/** An import into a case of its own, gone afterwards; `keep` leaves the case at `folder`. */
export const importInto = (mia: string, folder: string, file: string, rows: number): Measured => {
  rmSync(folder, { recursive: true, force: true });
  const run = measure(process.execPath, [mia, 'import', '--json', '--case', folder, file]);
  const [source] = (JSON.parse(run.output) as ImportDocument).sources;
  if (source?.rows !== rows || source.accepted === 0)
    throw new Error(`expected ${rows} rows, the import says ${JSON.stringify(source)}`);
  return run;
};

/** Python and mia in turns over the same file, so that a busy machine is busy for both. */
export const importBench = (
  mia: string,
  folder: string,
  big: { readonly file: string; readonly rows: number },
  half: { readonly file: string; readonly rows: number },
  rounds: number,
): ImportBench => {
  const python: Measured[] = [];
  const imports: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    python.push(measure(PYTHON, [benchFile('baseline.py'), big.file]));
    imports.push(importInto(mia, join(folder, 'case'), big.file, big.rows));
  }
  const halved = importInto(mia, join(folder, 'half'), half.file, half.rows);
  const [least, mine] = [best(python), best(imports)];
  return { python: least, mia: mine, half: halved, ratio: mine.seconds / least.seconds };
};
