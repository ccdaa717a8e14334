import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Problem } from '../../domain/problem.ts';
import type { Layout } from '../../formats/format.ts';
import { rereadRow } from '../../formats/open-rows.ts';
import { evidenceReader, type EvidenceReader } from '../../store/evidence.ts';
import type { OpenCase } from '../../store/open-case.ts';
import { sightingsOf, type Sighting } from '../../store/queries/record-lines.ts';
import type { RawRecord } from '../case-service.ts';

const bytesFromDisk = (sighting: Sighting): Uint8Array => {
  const path = sighting.path ?? '';
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new Problem(
      `${path} is gone: it was imported with --no-keep, so the case holds no copy of it.`,
      'Put the file back where it was to see its records.',
    );
  }
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(sighting.length);
    readSync(file, bytes, 0, sighting.length, sighting.start);
    return bytes;
  } finally {
    closeSync(file);
  }
};

/** Reads records as they came, from the evidence or from where --no-keep left the file. */
export class RawRecords {
  readonly #open: OpenCase;
  readonly #evidence: EvidenceReader;

  constructor(open: OpenCase) {
    this.#open = open;
    this.#evidence = evidenceReader(open.folder);
  }

  #bytes(sighting: Sighting): Uint8Array {
    if (!sighting.kept) return bytesFromDisk(sighting);
    return this.#evidence.read(sighting.sha256, sighting.start, sighting.start + sighting.length);
  }

  /** The accepted row of a record, and where else it stands. `record`: a number of records.db. */
  read(record: number): RawRecord {
    const [first, ...others] = sightingsOf(this.#open.db, record);
    if (first === undefined)
      throw new Problem('This record is no longer in the case.', 'Go back and look again.');
    const id = this.#open.db.prepare('SELECT id FROM records WHERE record = ?').get(record)?.[
      'id'
    ] as string;
    const base = {
      id,
      file: first.file,
      line: first.line,
      sha256: first.sha256,
      alsoIn: others.map(({ file, line, fate }) => ({
        file,
        line,
        fate: fate === 'conflict' ? ('conflict' as const) : ('duplicate' as const),
      })),
    };
    try {
      const layout = JSON.parse(first.layout) as Layout;
      const { text, content } = rereadRow(layout, this.#bytes(first));
      const pretty = content.kind === 'audit' ? JSON.stringify(content.auditData, null, 2) : text;
      return { ...base, text, pretty, unavailable: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { ...base, text: '', pretty: '', unavailable: `${error.message} ${error.hint}` };
    }
  }
}
