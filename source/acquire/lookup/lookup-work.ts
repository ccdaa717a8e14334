import type { LookupProgress, LookupStep } from '../../domain/lookups/lookup-progress.ts';
import type { Lookup, LookupOutcome, LookupService } from '../../domain/lookups/lookup.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { LookupStatus } from '../../store/queries/lookup-status.ts';
import type { AskOptions, TenantClient } from '../../tenant/client.ts';
import type { Clock } from '../../tenant/http/clock.ts';
import type { Attempt } from '../../tenant/http/refusal.ts';
import type { Wait } from '../../tenant/http/waiting.ts';
import type { TraceReach } from '../../tenant/message-trace/trace-reach.ts';
import { TaskReporter } from '../task/task-reporter.ts';
import type { LookupEvent } from './lookup-order.ts';
import type { LookupStore } from './lookup-state.ts';

/** What all parts of one lookup share. */
export interface LookupWork {
  readonly folder: CaseFolder;
  readonly store: LookupStore;
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly reach: TraceReach;
  readonly signal: AbortSignal;
  /** Aborted, with a WaitGivenUp, as soon as other messages are wanted than those of this step. */
  readonly overtaken: () => AbortSignal;
  readonly analyst: string;
  readonly emit: (event: LookupEvent) => void;
  readonly reporter: LookupReporter;
  /** Asks the case as it is now. What it gives is not to be kept over an import. */
  readonly inCase: <Answer>(ask: (status: LookupStatus) => Answer) => Answer;
  /**
   * The time for lines of lookups.jsonl; UTC, ISO. Where all is asked again, later than whatever was
   * answered before, even in the same second.
   */
  readonly stamp: () => string;
  /** Puts what can be said of this lookup now into case.json. */
  readonly state: () => void;
  /** Notes how lookups ended, on the disk and in records.db. */
  readonly settle: (lookups: Iterable<Lookup>) => Promise<void>;
}

/** The line of lookups.jsonl for a message. */
export const lookedUp = (
  work: Pick<LookupWork, 'stamp'>,
  { mailbox, messageId, itemId }: WantedMessage,
  ended: {
    readonly service: LookupService;
    readonly end: LookupOutcome;
    readonly how: 'traffic' | 'single';
    readonly detail: string | null;
  },
): Lookup => ({
  at: work.stamp(),
  service: ended.service,
  mailbox,
  messageId,
  itemId: messageId === null ? itemId : null,
  end: ended.end,
  how: ended.how,
  detail: ended.detail,
});

/** What was sent in this run, and what came of it. */
export interface SentRequests {
  readonly requests: number;
  readonly retries: number;
  readonly answers: number;
  /** Paths; whose mailbox it is does not matter. */
  readonly endpoints: readonly string[];
  readonly sources: readonly string[];
}

const endpointOf = (url: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : (url.split('?')[0] ?? url);
  return path.replace(/\/users\/[^/]+/, '/users/{user}');
};

/** Adds up what came in, and says how it stands when that changes. */
export class LookupReporter extends TaskReporter<LookupStep> {
  readonly #onEvent: (event: LookupEvent) => void;
  #service: LookupService | null = null;
  #messages: LookupProgress['messages'] = { done: 0, all: 0 };
  #pages = 0;
  #rows = 0;
  #requests = 0;
  #retries = 0;
  #answers = 0;
  readonly #endpoints = new Set<string>();
  readonly #sources = new Set<string>();

  constructor(clock: Clock, emit: (event: LookupEvent) => void) {
    super(clock, 'signingIn');
    this.#onEvent = emit;
  }

  get sent(): SentRequests {
    return {
      requests: this.#requests,
      retries: this.#retries,
      answers: this.#answers,
      endpoints: [...this.#endpoints].toSorted(),
      sources: [...this.#sources],
    };
  }

  /** A request was answered, or was not, by the last of its attempts. */
  request(attempts: readonly Attempt[], isAnswered: boolean): void {
    this.#requests += attempts.length;
    this.#retries += Math.max(0, attempts.length - 1);
    if (isAnswered) this.#answers += 1;
    for (const { url } of attempts) this.#endpoints.add(endpointOf(url));
  }

  source({ id }: Pick<ImportedSource, 'id'>): void {
    this.#sources.add(id);
  }

  page(rows: number): void {
    this.#pages += 1;
    this.#rows += rows;
    this.say();
  }

  messages(done: number, all: number): void {
    this.#messages = { done, all };
  }

  asks(service: LookupService): void {
    this.#service = service;
    this.say('asking');
  }

  protected emit(step: LookupStep, since: string, wait: Wait | null): void {
    const counts = { messages: this.#messages, pages: this.#pages, rows: this.#rows };
    const progress = { step, since, service: this.#service, ...counts, wait };
    this.#onEvent({ event: 'progress', progress });
  }
}

/** What each request of a lookup is asked with. */
export const asking = ({
  signal,
  reporter,
  overtaken,
}: LookupWork): Omit<AskOptions, 'bucket'> => ({
  signal,
  giveUpWaiting: overtaken(),
  onWait: reporter.onWait,
});
