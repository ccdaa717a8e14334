import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { JsonObject } from '../../domain/json.ts';
import { storedJson } from '../../domain/disk-trouble.ts';
import { Problem } from '../../domain/problem.ts';
import { readRow } from '../../domain/records/read-row.ts';
import type { RowContent } from '../../domain/records/row.ts';
import type { Source } from '../../domain/records/source.ts';
import type { Layout } from '../../formats/format.ts';
import { rereadRow } from '../../formats/open-rows.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { evidenceReader, type EvidenceReader } from '../../store/evidence.ts';
import {
  type Occurrence,
  occurrencesOf,
  recordId,
  type RecordLine,
  recordLines,
  newestRecordOf,
} from '../../store/queries/record-lines.ts';
import { sha256OfOpen } from '../../store/sha256.ts';
import type { Page } from './list-queries.ts';

export type { RecordLine };

/** A record as it came: the bytes, which source and line, and what is in it. */
export interface RawRecord {
  readonly id: string;
  /** The row's text exactly as in the file (decoded). `y` copies this. */
  readonly text: string;
  /** AuditData pretty-printed, two spaces. */
  readonly pretty: string;
  readonly file: string;
  readonly line: number;
  readonly sha256: string;
  /** Where the same record stands elsewhere, or contradicting versions of it. */
  readonly alsoIn: readonly {
    readonly file: string;
    readonly line: number;
    readonly outcome: 'duplicate' | 'conflict';
  }[];
  /** Why the raw bytes cannot be shown, in words; then text and pretty are empty. */
  readonly unavailable: string | null;
}

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

/** What stands there now must not be shown as what the case was made of. */
const changed = (path: string): Problem =>
  new Problem(
    `${path} is not what was imported: it was changed since, and --no-keep kept no copy.`,
    'Put the original back to see its records; `mia verify` says which files changed.',
  );

/** Reads files that --no-keep left where they were, as long as they are what was imported. */
class LeftFiles {
  /** By path and times of change: whether that is still the content of the source. */
  readonly #known = new Map<string, boolean>();

  #isAsImported(file: number, source: Source): boolean {
    const { size, mtimeMs, ctimeMs } = fstatSync(file);
    if (size !== source.bytes) return false;
    // Not touched since: no need to read a large file for one record.
    if (Math.max(mtimeMs, ctimeMs) <= Date.parse(source.importedAt)) return true;
    const state = `${source.path} ${mtimeMs} ${ctimeMs}`;
    const known = this.#known.get(state) ?? sha256OfOpen(file) === source.sha256;
    this.#known.set(state, known);
    return known;
  }

  /** @throws Problem where the file is gone, can't be read, or holds something else now. */
  read(source: Source, start: number, length: number): Uint8Array {
    const path = source.path ?? '';
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new Problem(
        `${path} is gone: it was imported with --no-keep, so the case holds no copy of it.`,
        'Put the file back where it was to see its records.',
      );
    }
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(length);
      if (!this.#isAsImported(file, source) || readSync(file, bytes, 0, length, start) !== length) {
        throw changed(path);
      }
      return bytes;
    } finally {
      closeSync(file);
    }
  }
}

/** The records of a context, and each as it came: from the evidence, or from where --no-keep left the file. */
export class RecordPages {
  readonly #store: CaseStore;
  readonly #evidence: EvidenceReader;
  readonly #left = new LeftFiles();

  constructor(store: CaseStore) {
    this.#store = store;
    this.#evidence = evidenceReader(store.folder);
  }

  /** Records of a context, by its key, in time order. */
  page(context: string, from: number, count: number): Page<RecordLine> {
    const { db, version } = this.#store;
    return { version, from, ...recordLines(db, context, from, count) };
  }

  /** Number of the newest record of a session, a context (by key) or a message (by row); null: none. */
  newest(of: { session: string } | { context: string } | { message: number }): number | null {
    return newestRecordOf(this.#store.db, of);
  }

  #bytes(occurrence: Occurrence): Uint8Array {
    if (!occurrence.kept) {
      const source = this.#store.caseFile.sources.find(
        ({ sha256 }) => sha256 === occurrence.sha256,
      );
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
  raw(record: number): RawRecord {
    const [first, ...others] = occurrencesOf(this.#store.db, record);
    if (first === undefined)
      throw new Problem('This record is no longer in the case.', 'Go back and look again.');
    const id = recordId(this.#store.db, record);
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
