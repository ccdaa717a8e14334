import type { AccessedItem } from '../../domain/records/audit-record.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import type { TraceRow } from '../../domain/lookups/trace.ts';
import { incomingFolder } from './incoming-record.ts';
import type { IncomingContext, IncomingFolder, IncomingRecord } from './incoming-record.ts';
import { NONE, type PackedPosition, type PackedRows, ROW_KIND } from './packed-rows.ts';

/** A side event as it is kept. */
export interface PackedEvent {
  readonly id: string;
  readonly text: string;
}

/** Takes the rows of a batch, in order. */
export interface RowSink {
  /** `time`: epoch ms, null where nothing says it. */
  damaged(position: PackedPosition, reason: string, time: number | null): void;
  /** `warning`: why it could not be kept as a side event, null where it is none. */
  otherOperation(
    position: PackedPosition,
    traces: readonly TraceRow[],
    warning: string | null,
  ): void;
  /** `text`: of `eventText`. */
  sideEvent(position: PackedPosition, event: PackedEvent, traces: readonly TraceRow[]): void;
  traces(position: PackedPosition, traces: readonly TraceRow[]): void;
  signIn(position: PackedPosition, signIn: SignIn): void;
  record(
    position: PackedPosition,
    record: IncomingRecord,
    losses: readonly string[],
    traces: readonly TraceRow[],
  ): void;
}

/** Contexts and folders of the batches so far: those that come name them by index. */
interface Remembered {
  readonly contexts: readonly IncomingContext[];
  readonly folders: readonly IncomingFolder[];
}

/** Reads a PackedRows as `RowPacker` wrote it. */
class PackedReader {
  readonly #numbers: Float64Array;
  readonly #texts: readonly string[];
  readonly #contexts: readonly IncomingContext[];
  readonly #folders: readonly IncomingFolder[];
  #at = 0;

  constructor(packed: PackedRows, { contexts, folders }: Remembered) {
    this.#numbers = packed.numbers;
    this.#texts = packed.texts;
    this.#contexts = contexts;
    this.#folders = folders;
  }

  number(): number {
    return this.#numbers[this.#at++] ?? NONE;
  }

  stated(): number | null {
    const number = this.number();
    return number === NONE ? null : number;
  }

  text(): string | null {
    const index = this.number();
    return index === NONE ? null : (this.#texts[index] ?? null);
  }

  list<Item>(): readonly Item[] {
    const text = this.text();
    return text === null ? [] : (JSON.parse(text) as readonly Item[]);
  }

  position(): PackedPosition {
    return { line: this.number(), start: this.number(), length: this.number() };
  }

  context(): IncomingContext {
    const context = this.#contexts[this.number()];
    if (context === undefined) throw new Error('a packed row names no context of its batch');
    return context;
  }

  folders(): readonly IncomingFolder[] {
    const folders: IncomingFolder[] = [];
    for (let left = this.number(); left > 0; left -= 1) {
      const folder = this.#folders[this.number()];
      if (folder === undefined) throw new Error('a packed row names no folder of its batch');
      folders.push(folder);
    }
    return folders;
  }

  items(): readonly AccessedItem[] {
    const items: AccessedItem[] = [];
    for (let left = this.number(); left > 0; left -= 1) {
      items.push({
        internetMessageId: this.text(),
        itemId: this.text(),
        immutableId: this.text(),
        sizeInBytes: this.stated(),
        folder: this.number(),
      });
    }
    return items;
  }
}

const takeRecord = (reader: PackedReader, position: PackedPosition, sink: RowSink): void => {
  const head = {
    context: reader.context(),
    time: reader.number(),
    flags: reader.number(),
    operationCount: reader.stated(),
    idSource: reader.stated(),
    id: reader.text() ?? '',
    otherIds: reader.text(),
    owner: reader.text(),
    rawAddress: reader.text(),
    token: reader.text(),
  };
  const losses = reader.list<string>();
  const traces = reader.list<TraceRow>();
  const record = { ...head, folders: reader.folders(), items: reader.items() };
  sink.record(position, record, losses, traces);
};

const takeEvent = (reader: PackedReader, position: PackedPosition, sink: RowSink): void => {
  const event = { id: reader.text() ?? '', text: reader.text() ?? '' };
  sink.sideEvent(position, event, reader.list<TraceRow>());
};

const takeOther = (reader: PackedReader, position: PackedPosition, sink: RowSink): void => {
  const warning = reader.text();
  sink.otherOperation(position, reader.list<TraceRow>(), warning);
};

/** Unpacks the batches of one packer, in their order. */
export class RowUnpacker {
  #contexts: IncomingContext[] = [];
  #folders: IncomingFolder[] = [];

  unpack(packed: PackedRows, sink: RowSink): void {
    if (packed.anew) this.#contexts = [];
    if (packed.anew) this.#folders = [];
    for (const fields of packed.contexts) this.#contexts.push({ fields, entry: null });
    for (const name of packed.folders) this.#folders.push(incomingFolder(name));
    unpackRows(packed, { contexts: this.#contexts, folders: this.#folders }, sink);
  }

  /** Numbers went away: those remembered are no longer good. */
  forget(): void {
    for (const context of this.#contexts) context.entry = null;
    for (const folder of this.#folders) folder.mailbox = null;
  }
}

const unpackRows = (packed: PackedRows, remembered: Remembered, sink: RowSink): void => {
  const reader = new PackedReader(packed, remembered);
  for (let left = packed.rows; left > 0; left -= 1) {
    const kind = reader.number();
    const position = reader.position();
    if (kind === ROW_KIND.record) takeRecord(reader, position, sink);
    else if (kind === ROW_KIND.damaged)
      sink.damaged(position, reader.text() ?? '', reader.stated());
    else if (kind === ROW_KIND.signIn)
      sink.signIn(position, JSON.parse(reader.text() ?? '') as SignIn);
    else if (kind === ROW_KIND.traces) sink.traces(position, reader.list<TraceRow>());
    else if (kind === ROW_KIND.sideEvent) takeEvent(reader, position, sink);
    else takeOther(reader, position, sink);
  }
};
