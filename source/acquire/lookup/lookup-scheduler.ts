import { endOfAll, type Lookup, type LookupService } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import type { LookupEnd } from '../../domain/exposure/unresolved.ts';
import type { MessageKey, WantedMessage } from '../../domain/lookups/wanted-message.ts';
import { WaitGivenUp } from '../../tenant/http/refusal.ts';
import { GrowingNumbers } from './numbers.ts';
import { KnownEnds } from './known-ends.ts';
import type { KnownEnd, LookupStrategy } from './lookup-strategy.ts';
import type { LookupWork } from './lookup-work.ts';
import { MessageQueue, WantedList } from './wanted-list.ts';

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

/**
 * Hands what is wanted to the ways, step by step and in the order of the ladder, until there is nothing
 * left to ask. What is wanted may change between two steps.
 */
export class LookupScheduler {
  readonly #work: LookupWork;
  readonly #strategies: readonly LookupStrategy[];
  /** All that was ever wanted. The numbers of messages are those of this list. */
  readonly #list = new WantedList();
  /** 1: has metadata. */
  readonly #found = new GrowingNumbers(new Uint8Array(1024));
  /** How lookups ended, in this run or before. */
  readonly #ended: Readonly<Record<LookupService, KnownEnds>> = {
    messageTrace: new KnownEnds(),
    mailbox: new KnownEnds(),
  };
  readonly #refused = new Map<LookupStrategy, RefusedService>();
  #wanted: readonly number[] = [];
  #changed = false;
  #overtaken = new AbortController();

  constructor(work: LookupWork, strategies: readonly LookupStrategy[]) {
    this.#work = work;
    this.#strategies = strategies;
  }

  get wanted(): number {
    return this.#wanted.length;
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

  /** All ways there are were refused. */
  get isStuck(): boolean {
    return this.#refused.size === this.#strategies.length;
  }

  /** Whoever only waits for the tenant gives that up when this aborts: others are wanted now. */
  get overtaken(): AbortSignal {
    return this.#overtaken.signal;
  }

  /** Replaces what is wanted, the most urgent first. */
  want(keys: Iterable<MessageKey>): void {
    const distinct = new Set<number>();
    this.#work.inCase((status) => {
      for (const key of keys)
        for (const message of status.resolve(key)) distinct.add(this.#list.add(message));
    });
    this.#wanted = [...distinct];
    this.#changed = true;
    this.#overtaken.abort(new WaitGivenUp());
  }

  /** A line that went to lookups.jsonl. */
  note(lookup: Lookup): void {
    if (!('end' in lookup)) return;
    const { service, end, how } = lookup;
    const number = this.#list.find(lookup);
    if (number < 0) return;
    if (end === 'found') this.#found.set(number, 1);
    this.#ended[service].set(number, { end, how, now: true });
  }

  /** How this service's lookup of it ended; null: never, or to be asked again. */
  #endOf(number: number, service: LookupService): KnownEnd | null {
    const known = this.#ended[service].get(number);
    if (known !== undefined) return known;
    const before = this.#endBefore(number, service);
    this.#ended[service].set(number, before);
    return before;
  }

  #endBefore(number: number, service: LookupService): KnownEnd | null {
    const message = this.#list.at(number);
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
    for (const number of this.#wanted) {
      const outcome = this.#hasMetadata(number)
        ? 'found'
        : endOfAll(SERVICES.flatMap((service) => this.#endOf(number, service)?.end ?? []));
      const traced = this.#endOf(number, 'messageTrace');
      yield { message: this.#list.at(number), outcome, traced };
    }
  }

  #hasMetadata(number: number): boolean {
    if (this.#found.get(number) === 1) return true;
    const found = this.#work.inCase((status) => status.hasMetadata(this.#list.at(number)));
    if (found) this.#found.set(number, 1);
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
    const isLeft = (number: number): boolean =>
      this.#found.get(number) === 0 &&
      strategy.wants(this.#list.at(number), this.#endOf(number, strategy.service));
    let queue = this.#wanted.filter((number) => !this.#hasMetadata(number) && isLeft(number));
    while (queue.length > 0) {
      const { length: all } = this.#wanted;
      this.#work.reporter.messages(all - queue.length, all);
      try {
        await strategy.step(new MessageQueue(this.#list, queue));
      } catch (error) {
        // What it came to so far is kept, and its question stays open.
        if (!(error instanceof WaitGivenUp)) this.#leaveOut(strategy, error);
        return;
      }
      // Whoever wants other messages now is served first.
      if (this.#changed) return;
      queue = queue.filter(isLeft);
    }
    this.#work.reporter.messages(this.#wanted.length, this.#wanted.length);
  }

  #leaveOut(strategy: LookupStrategy, error: unknown): void {
    this.#work.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    const { message: problem, hint } = error;
    for (const one of this.#strategies)
      if (one.service === strategy.service)
        this.#refused.set(one, { service: strategy.service, problem, hint });
    this.#work.tell({ event: 'note', text: `${problem} ${hint}` });
  }
}
