import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { AskOptions, TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { Wait } from '../../tenant/http/waiting.ts';
import type { TaskContext } from '../task/run-task.ts';
import type { TaskEvent } from '../task/task-events.ts';
import { TaskReporter } from '../task/task-reporter.ts';
import { recorded, type TaskStore } from '../task/task-store.ts';
import type { SavedFolder } from './saved-folder.ts';
import type { MissedMessage } from '../../exports/documents/saved.ts';
import type { SavedManifest } from './saved-manifest.ts';
import type { SavedSoFar } from './saved-so-far.ts';

/** Enough for one calm line. */
export interface SaveProgress {
  readonly step: 'signingIn' | 'saving';
  /** Messages that have their end, of those asked for. */
  readonly done: number;
  readonly all: number;
  readonly files: number;
  readonly bytes: number;
  readonly wait: Wait | null;
}

/** What a run came to. Messages: `saved` to `open` add up to `asked`. */
export interface SaveReport {
  readonly asked: number;
  /** With all their copies, in this run; and before it. */
  readonly saved: number;
  readonly before: number;
  readonly notFound: number;
  /** May be tried again: the mailbox is closed, or something went wrong. */
  readonly failed: number;
  /** Not come to. */
  readonly open: number;
  /** Written in this run. */
  readonly files: number;
  readonly bytes: number;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** All that is in the folder, of this run and of those before. */
  readonly manifest: SavedManifest;
}

/** `report` null: nothing was begun. */
export type SaveEvent = TaskEvent<
  SaveProgress,
  { readonly report: SaveReport },
  { readonly report: SaveReport | null }
>;

export type SaveContext = TaskContext<SaveEvent>;

/** Which message of the case, as the manifest says it. */
export const savedOf = ({ guid, owner, messageId, itemId }: WantedMessage) => ({
  mailbox: { guid, owner },
  internetMessageId: messageId,
  itemId: messageId === null ? itemId : null,
});

/** Of the saving of messages, what the case keeps: which requests were made, which leave records in the tenant's log. */
export interface SaveState {
  readonly version: 1;
  readonly tenantId: string;
  readonly clientId: string;
  readonly account: string;
  readonly analyst: string;
  readonly startedAt: string;
  readonly folder: string;
}

/** What all parts of one run share, and what it did so far. */
export class SaveWork extends TaskReporter<SaveProgress['step']> {
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly folder: SavedFolder;
  readonly soFar: SavedSoFar;
  readonly #requests: TaskStore<SaveState>;
  readonly #onEvent: SaveContext['emit'];
  readonly #all: number;
  #done: number;
  #files = 0;
  #bytes = 0;
  #unnoted: object[] = [];

  /** `messages`: how many are asked for, and of these have their end already. */
  constructor(
    { clock, signal, emit }: SaveContext,
    client: TenantClient,
    requests: TaskStore<SaveState>,
    saved: { readonly folder: SavedFolder; readonly soFar: SavedSoFar },
    messages: { readonly all: number; readonly done: number },
  ) {
    super(clock, 'saving');
    this.client = client;
    this.clock = clock;
    this.signal = signal;
    this.folder = saved.folder;
    this.soFar = saved.soFar;
    this.#requests = requests;
    this.#onEvent = emit;
    this.#all = messages.all;
    this.#done = messages.done;
    this.say();
  }

  get now(): string {
    return isoTime(this.clock.now());
  }

  get written(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  /** So many more messages have their end. */
  done(messages: number): void {
    this.#done += messages;
    this.say();
  }

  wrote(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    this.say();
  }

  protected emit(step: SaveProgress['step'], _since: string, wait: Wait | null): void {
    const progress = { step, done: this.#done, all: this.#all, ...this.written, wait };
    this.#onEvent({ event: 'progress', progress });
  }

  missed(key: string, message: WantedMessage, why: Pick<MissedMessage, 'reason' | 'detail'>): void {
    this.soFar.note({ entry: 'missed', key, ...savedOf(message), ...why, at: this.now });
  }

  /** Runs a request, and notes every attempt beside the files, also of one that was refused. */
  noted(ask: () => Promise<TenantAnswer>): Promise<TenantAnswer> {
    const note = (lines: readonly object[]): void => {
      this.folder.note(lines);
      this.#unnoted.push(...lines);
    };
    return recorded(note, ask, (answer) => answer);
  }

  /** Everything so far is on the disk when this returns, the requests in the case too. */
  flush(): void {
    this.folder.flush();
    this.#requests.note(this.#unnoted);
    this.#unnoted = [];
  }

  asking(signal: AbortSignal): Omit<AskOptions, 'bucket'> {
    return { signal, onWait: this.onWait };
  }
}
