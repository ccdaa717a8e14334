import type { JsonObject } from '../domain/json.ts';
import { storedJson } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';
import { readRow } from '../domain/records/read-row.ts';
import type { RowContent } from '../domain/records/row.ts';
import type { Layout } from '../formats/format.ts';
import { rereadRow } from '../formats/open-rows.ts';
import { evidenceReader, type EvidenceReader } from '../store/evidence.ts';
import type { CaseStore } from '../store/case-store.ts';
import { occurrencesOf, type Occurrence } from '../store/queries/record-lines.ts';
import type { RawRecord } from './case-service.ts';
import { changed, LeftFiles } from './left-file.ts';

/** Whether a row is of this record. */
const saysOf = (content: RowContent, id: string): boolean => {
  const reading = readRow(content);
  return reading.read === 'record' && reading.record.id === id;
};

/** Indented JSON; `text` as it came where that nests deeper than can be written so. */
const prettyOf = (auditData: JsonObject, text: string): string => {
  try {
    return JSON.stringify(auditData, null, 2);
  } catch (error) {
    if (error instanceof RangeError) return text;
    throw error;
  }
};

/** Reads records as they came, from the evidence or from where --no-keep left the file. */
export class RawRecords {
  readonly #open: CaseStore;
  readonly #evidence: EvidenceReader;
  readonly #left = new LeftFiles();

  constructor(open: CaseStore) {
    this.#open = open;
    this.#evidence = evidenceReader(open.folder);
  }

  #bytes(occurrence: Occurrence): Uint8Array {
    if (!occurrence.kept) {
      const source = this.#open.caseFile.sources.find(({ sha256 }) => sha256 === occurrence.sha256);
      if (source === undefined) throw changed(occurrence.path ?? occurrence.file);
      return this.#left.read(source, occurrence.start, occurrence.length);
    }
    return this.#evidence.read(
      occurrence.sha256,
      occurrence.start,
      occurrence.start + occurrence.length,
    );
  }

  /** The accepted row of a record, and where else it stands. `record`: a number of records.db. */
  read(record: number): RawRecord {
    const [first, ...others] = occurrencesOf(this.#open.db, record);
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
      alsoIn: others.map(({ file, line, outcome }) => ({
        file,
        line,
        outcome: outcome === 'conflict' ? ('conflict' as const) : ('duplicate' as const),
      })),
    };
    try {
      const layout = storedJson(first.layout) as Layout;
      const { text, content } = rereadRow(layout, this.#bytes(first));
      if (!first.kept && !saysOf(content, id)) throw changed(first.path ?? first.file);
      const pretty = content.kind === 'audit' ? prettyOf(content.auditData, text) : text;
      return { ...base, text, pretty, unavailable: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { ...base, text: '', pretty: '', unavailable: `${error.message} ${error.hint}` };
    }
  }
}
