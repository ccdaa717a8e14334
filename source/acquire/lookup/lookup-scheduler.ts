import { endOfAll, type Lookup, type LookupService } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import type { LookupEnd } from '../../domain/exposure/unresolved.ts';
import type { MessageKey, WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { LookupStatus } from '../../store/queries/lookup-status.ts';
import { type KnownEnd, WantedMessages, type WantedRow } from '../../store/wanted-messages.ts';
import { WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { LookupStrategy } from './lookup-strategy.ts';
import type { LookupWork } from './lookup-work.ts';

const SERVICES: readonly LookupService[] = ['messageTrace', 'mailbox'];

/** Why a service is not asked any more, and what to do about it. */
export interface RefusedService {
  readonly service: LookupService;
  readonly problem: string;
  readonly hint: string;
}

/** What is known of a message that is wanted. */
export interface Outcome {
  readonly message: WantedMessage;
  readonly outcome: 'found' | LookupEnd | null;
  readonly traced: KnownEnd | null;
}

function* resolved(status: LookupStatus, keys: Iterable<MessageKey>): Generator<WantedMessage> {
  for (const key of keys) yield* status.resolve(key);
}

/**
 * Hands what is wanted to the strategies, step by step and in their order, until there is nothing left
 * to ask. What is wanted may change between two steps.
 */
export class LookupScheduler implements Disposable {
  readonly #work: LookupWork;
  readonly #strategies: readonly LookupStrategy[];
  /** All that was ever wanted, and how lookups of it ended, in this run or before. */
  readonly #messages = new WantedMessages();
  readonly #refused = new Map<LookupStrategy, RefusedService>();
  #changed = false;
  #overtaken = new AbortController();

  constructor(work: LookupWork, strategies: readonly LookupStrategy[]) {
    this.#work = work;
    this.#strategies = strategies;
  }

  get wanted(): number {
    return this.#messages.length;
  }

  /** One a service. */
  get refused(): readonly RefusedService[] {
    return SERVICES.flatMap(
      (service) => [...this.#refused.values()].find((one) => one.service === service) ?? [],
    );
  }

  /** Nothing was wanted anew since it last looked. */
  get isSettled(): boolean {
    return !this.#changed;
  }

  /** All strategies were refused. */
  get isStuck(): boolean {
    return this.#refused.size === this.#strategies.length;
  }

  /** Whoever only waits for the tenant gives that up when this aborts: others are wanted now. */
  get overtaken(): AbortSignal {
    return this.#overtaken.signal;
  }

  /** Replaces what is wanted, the most urgent first. */
  want(keys: Iterable<MessageKey>): void {
    this.#work.inCase((status) => this.#messages.replace(resolved(status, keys)));
    this.#changed = true;
    this.#overtaken.abort(new WaitGivenUp());
  }

  /** A line that went to lookups.jsonl. */
  note(lookup: Lookup): void {
    if ('end' in lookup) this.#messages.noteLookup(lookup);
  }

  /** How this service's lookup of it ended; null: never, or to be asked again. */
  #endOf({ row, message, ends }: WantedRow, service: LookupService): KnownEnd | null {
    const known = ends[service];
    if (known !== undefined) return known;
    const before = this.#endBefore(message, service);
    this.#messages.noteEnd(row, service, before);
    return before;
  }

  #endBefore(message: WantedMessage, service: LookupService): KnownEnd | null {
    const before = this.#work.inCase((status) => status.endOf(message, service));
    // It was found, and went with its source.
    if (before === null || (before.end === 'found' && message.messageId !== null)) return null;
    const { againSince } = this.#work.store.state;
    const isOld = againSince !== null && before.at < Date.parse(againSince);
    if (isOld && before.end !== 'olderThanTrace') return null;
    return { end: before.end, how: before.how, now: false };
  }

  /** What all services said of what is wanted, and message trace alone; null: nothing yet. */
  *outcomes(): Generator<Outcome> {
    for (const row of this.#messages) {
      const outcome = this.#hasMetadata(row)
        ? 'found'
        : endOfAll(SERVICES.flatMap((service) => this.#endOf(row, service)?.end ?? []));
      yield { message: row.message, outcome, traced: this.#endOf(row, 'messageTrace') };
    }
  }

  #hasMetadata({ row, message, found: known }: WantedRow): boolean {
    if (known) return true;
    const found = this.#work.inCase((status) => status.hasMetadata(message));
    if (found) this.#messages.noteFound(row);
    return found;
  }

  /** Until nothing is left to ask of what is wanted then. @throws the signal's reason. */
  async run(): Promise<void> {
    do {
      this.#changed = false;
      this.#overtaken = new AbortController();
      for (const strategy of this.#strategies) {
        if (this.#refused.has(strategy)) continue;
        await this.#follow(strategy);
        if (this.#changed) break;
      }
    } while (this.#changed);
  }

  async #follow(strategy: LookupStrategy): Promise<void> {
    const all = this.wanted;
    const { reporter } = this.#work;
    const queue = this.#messages.queue(
      (row) =>
        !this.#hasMetadata(row) && strategy.wants(row.message, this.#endOf(row, strategy.service)),
    );
    for (let { length } = queue; length > 0 && !strategy.isSpent; { length } = queue) {
      reporter.messages(all - length, all);
      try {
        await strategy.step(queue);
      } catch (error) {
        // What it came to so far is kept, and its batch stays open.
        if (!(error instanceof WaitGivenUp)) this.#leaveOut(strategy, error);
        return;
      }
      // Whoever wants other messages now is served first.
      if (this.#changed) return;
    }
    reporter.messages(all, all);
  }

  #leaveOut(strategy: LookupStrategy, error: unknown): void {
    this.#work.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    const { message: problem, hint } = error;
    for (const one of this.#strategies)
      if (one.service === strategy.service)
        this.#refused.set(one, { service: strategy.service, problem, hint });
    this.#work.emit({ event: 'note', text: `${problem} ${hint}` });
  }

  [Symbol.dispose](): void {
    this.#messages[Symbol.dispose]();
  }
}
