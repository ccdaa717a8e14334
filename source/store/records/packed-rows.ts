import type { AuditRecord, FolderName } from '../../domain/records/audit-record.ts';
import type { RowReading } from '../../domain/records/read-row.ts';
import type { TraceRow } from '../../domain/lookups/trace.ts';
import { eventText } from './event-text.ts';
import { type ContextFields, contextFieldsOf, isSameContext } from './keys.ts';
import { otherIdsText } from './incoming-record.ts';
import { flagsOf } from './record-flags.ts';
import { toMs } from './record-time.ts';
import { ID_SOURCES } from './schema.ts';

/**
 * Rows on their way from the thread that reads to the thread that writes: numbers in one array and
 * strings in another, because cloning an object per record costs more than reading it did. Each
 * row: kind, line, start, length, then what the kind needs (`PackedReader`). A string is an index.
 */
export interface PackedRows {
  readonly rows: number;
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
  /** Whether contexts and folders are counted anew from here. */
  readonly anew: boolean;
  /** The distinct contexts, but for those of the batches before. */
  readonly contexts: readonly ContextFields[];
  /** The distinct folders likewise, named by these records: two mailboxes may use one name. */
  readonly folders: readonly FolderName[];
}

/** Contexts and folders that are remembered from batch to batch: bounds the memory of both threads. */
const REMEMBERED = 4000;

export const ROW_KIND = {
  damaged: 0,
  otherOperation: 1,
  traces: 2,
  record: 3,
  signIn: 4,
  sideEvent: 5,
} as const;

/** For "not stated", among numbers that are never negative. */
export const NONE = -1;

export interface PackedPosition {
  readonly line: number;
  readonly start: number;
  readonly length: number;
}

/** Packs rows one after the other; `take` hands over what has been packed and begins anew. */
export class RowPacker {
  #rows = 0;
  #numbers: number[] = [];
  #texts: string[] = [];
  #anew = true;
  #contexts: ContextFields[] = [];
  /** How many of them were handed over. */
  #contextsSent = 0;
  /** Indices of contexts by session: the fields compared cost less than a text of all of them. */
  #contextsOf = new Map<string | null, number[]>();
  #folders: FolderName[] = [];
  #foldersSent = 0;
  #folderIndex = new Map<string | null, Map<string | null, number>>();
  /** Owners and addresses recur in a batch: one string each. */
  #shared = new Map<string, number>();

  get rows(): number {
    return this.#rows;
  }

  /** How many numbers have been packed. */
  get size(): number {
    return this.#numbers.length;
  }

  take(): PackedRows {
    const packed: PackedRows = {
      rows: this.#rows,
      numbers: new Float64Array(this.#numbers),
      texts: this.#texts,
      anew: this.#anew,
      contexts: this.#contexts.slice(this.#contextsSent),
      folders: this.#folders.slice(this.#foldersSent),
    };
    this.#rows = 0;
    this.#numbers = [];
    this.#texts = [];
    this.#shared = new Map();
    this.#anew = this.#contexts.length > REMEMBERED || this.#folders.length > REMEMBERED;
    if (this.#anew) this.#forget();
    this.#contextsSent = this.#contexts.length;
    this.#foldersSent = this.#folders.length;
    return packed;
  }

  #forget(): void {
    this.#contexts = [];
    this.#contextsOf = new Map();
    this.#folders = [];
    this.#folderIndex = new Map();
  }

  add(position: PackedPosition, reading: RowReading): void {
    this.#rows += 1;
    this.#numbers.push(ROW_KIND[reading.read], position.line, position.start, position.length);
    switch (reading.read) {
      case 'damaged':
        this.#numbers.push(
          this.#text(reading.reason),
          reading.time === null ? NONE : toMs(reading.time),
        );
        return;
      case 'otherOperation':
        this.#numbers.push(this.#text(reading.warning), this.#traces(reading.traces));
        return;
      case 'sideEvent':
        this.#numbers.push(
          this.#text(reading.event.id),
          this.#text(eventText(reading.event)),
          this.#traces(reading.traces),
        );
        return;
      case 'traces':
        this.#numbers.push(this.#traces(reading.traces));
        return;
      case 'signIn':
        this.#numbers.push(this.#text(JSON.stringify(reading.signIn)));
        return;
      case 'record':
        this.#record(reading.record, reading.losses, reading.traces);
    }
  }

  #text(text: string | null): number {
    return text === null ? NONE : this.#texts.push(text) - 1;
  }

  #sharedText(text: string | null): number {
    if (text === null) return NONE;
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.push(text) - 1;
    this.#shared.set(text, index);
    return index;
  }

  #traces(traces: readonly TraceRow[]): number {
    return traces.length === 0 ? NONE : this.#text(JSON.stringify(traces));
  }

  #context(record: AuditRecord): number {
    const group = record.sessionId ?? record.address;
    let alike = this.#contextsOf.get(group);
    if (alike === undefined) {
      alike = [];
      this.#contextsOf.set(group, alike);
    }
    for (const index of alike) {
      const fields = this.#contexts[index];
      if (fields !== undefined && isSameContext(fields, record)) return index;
    }
    const index = this.#contexts.push(contextFieldsOf(record)) - 1;
    alike.push(index);
    return index;
  }

  #folder(folder: FolderName): number {
    let names = this.#folderIndex.get(folder.id);
    if (names === undefined) {
      names = new Map();
      this.#folderIndex.set(folder.id, names);
    }
    const known = names.get(folder.name);
    if (known !== undefined) return known;
    const index = this.#folders.push(folder) - 1;
    names.set(folder.name, index);
    return index;
  }

  #record(record: AuditRecord, losses: readonly string[], traces: readonly TraceRow[]): void {
    const { folders, items } = record;
    this.#numbers.push(
      this.#context(record),
      toMs(record.time),
      flagsOf(record),
      record.operationCount ?? NONE,
      record.sessionIdSource === null ? NONE : ID_SOURCES.indexOf(record.sessionIdSource),
      this.#text(record.id),
      this.#sharedText(otherIdsText(record)),
      this.#sharedText(record.mailboxOwner),
      record.rawAddress === record.address ? NONE : this.#sharedText(record.rawAddress),
      this.#sharedText(record.uniqueTokenId),
      losses.length === 0 ? NONE : this.#text(JSON.stringify(losses)),
      this.#traces(traces),
      folders.length,
    );
    for (const folder of folders) this.#numbers.push(this.#folder(folder));
    this.#numbers.push(items.length);
    for (const item of items) {
      this.#numbers.push(
        this.#text(item.internetMessageId),
        this.#text(item.itemId),
        this.#text(item.immutableId),
        item.sizeInBytes ?? NONE,
        item.folder,
      );
    }
  }
}
