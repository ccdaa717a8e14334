import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { AskOptions, TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import { type Attempt, TenantRefusal } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { Wait } from '../../tenant/http/waiting.ts';
import type { TaskFolder } from '../../store/task-folder.ts';
import { manifestLines } from '../task/task-store.ts';
import type { SaveEvent } from './save-events.ts';
import type { SavedFolder } from './saved-folder.ts';
import type { MissedMessage } from './saved-manifest.ts';
import type { SavedSoFar } from './saved-so-far.ts';

/** Which message of the case, as the manifest says it. */
export const savedOf = ({ guid, owner, messageId, itemId }: WantedMessage) => ({
  mailbox: { guid, owner },
  internetMessageId: messageId,
  itemId: messageId === null ? itemId : null,
});

/** What all parts of one run share, and what it did so far. */
export class SaveWork {
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly folder: SavedFolder;
  readonly soFar: SavedSoFar;
  /** Where the case keeps which requests were made: they leave records in the tenant's log. */
  readonly requests: TaskFolder;
  readonly #emit: (event: SaveEvent) => void;
  readonly #all: number;
  #done = 0;
  #files = 0;
  #bytes = 0;
  #unnoted: object[] = [];

  constructor(
    parts: Pick<SaveWork, 'client' | 'clock' | 'signal' | 'folder' | 'soFar' | 'requests'>,
    all: number,
    emit: (event: SaveEvent) => void,
  ) {
    ({
      client: this.client,
      clock: this.clock,
      signal: this.signal,
      folder: this.folder,
      soFar: this.soFar,
      requests: this.requests,
    } = parts);
    this.#all = all;
    this.#emit = emit;
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

  say(wait: Wait | null = null): void {
    const { files, bytes } = this.written;
    const progress = { done: this.#done, all: this.#all, files, bytes, wait };
    this.#emit({ event: 'progress', progress: { step: 'saving', ...progress } });
  }

  readonly onWait = (wait: Wait): void => this.say(wait);

  missed(key: string, message: WantedMessage, why: Pick<MissedMessage, 'reason' | 'detail'>): void {
    this.soFar.note({ entry: 'missed', key, ...savedOf(message), ...why, at: this.now });
  }

  /** Runs a request, and notes every attempt beside the files, also of one that was refused. */
  async noted(ask: () => Promise<TenantAnswer>): Promise<TenantAnswer> {
    const note = (attempts: readonly Attempt[]): void => {
      const lines = manifestLines(attempts);
      this.folder.note(lines);
      this.#unnoted.push(...lines);
    };
    try {
      const answer = await ask();
      note(answer.attempts);
      return answer;
    } catch (error) {
      if (error instanceof TenantRefusal) note(error.attempts);
      throw error;
    }
  }

  /** Everything so far is on the disk when this returns, the requests in the case too. */
  flush(): void {
    this.folder.flush();
    this.requests.note(this.#unnoted);
    this.#unnoted = [];
  }

  asking(signal: AbortSignal): Omit<AskOptions, 'bucket'> {
    return { signal, onWait: this.onWait };
  }
}
