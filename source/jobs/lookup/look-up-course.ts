import { endOfAll, type Lookup, type LookupService } from '../../domain/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { type MessageKey, type WantedMessage, wantedKey } from '../../domain/wanted-message.ts';
import { WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { KnownEnd, LookUpWay } from './look-up-way.ts';
import type { LookUpWork } from './look-up-work.ts';

const SERVICES: readonly LookupService[] = ['messageTrace', 'mailbox'];

/** Why a service is not asked any more, and what to do about it. */
export interface RefusedService {
  readonly service: LookupService;
  readonly problem: string;
  readonly hint: string;
}

/**
 * Hands what is wanted to the ways, step by step and in the order of the ladder, until there is nothing
 * left to ask. What is wanted may change between two steps.
 */
export class LookUpCourse {
  readonly #work: LookUpWork;
  readonly #ways: readonly LookUpWay[];
  /** Messages by `wantedKey`, each made once, so that what is known of it is found by the object. */
  readonly #known = new Map<string, WantedMessage>();
  /** Have metadata. */
  readonly #found = new Set<WantedMessage>();
  /** How look-ups ended, in this run or before; null: they did not. */
  readonly #ended = new Map<WantedMessage, Map<LookupService, KnownEnd | null>>();
  readonly #refused = new Map<LookUpWay, RefusedService>();
  #wanted: readonly WantedMessage[] = [];
  #changed = false;
  #overtaken = new AbortController();

  constructor(work: LookUpWork, ways: readonly LookUpWay[]) {
    this.#work = work;
    this.#ways = ways;
  }

  get wanted(): readonly WantedMessage[] {
    return this.#wanted;
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
    return this.#refused.size === this.#ways.length;
  }

  /** Whoever only waits for the tenant gives that up when this aborts: others are wanted now. */
  get overtaken(): AbortSignal {
    return this.#overtaken.signal;
  }

  /** Replaces what is wanted, the most urgent first. */
  want(keys: readonly MessageKey[]): void {
    const wanted = this.#work.inCase((standing) => keys.flatMap((key) => standing.resolve(key)));
    const distinct = new Set<WantedMessage>();
    for (const message of wanted) {
      const key = wantedKey(message);
      const known = this.#known.get(key) ?? message;
      this.#known.set(key, known);
      distinct.add(known);
    }
    this.#wanted = [...distinct];
    this.#changed = true;
    this.#overtaken.abort(new WaitGivenUp());
  }

  /** A line that goes to lookups.jsonl. */
  note(lookup: Lookup): void {
    if (!('end' in lookup)) return;
    const { service, end, how } = lookup;
    const message = this.#known.get(wantedKey(lookup));
    if (message === undefined) return;
    if (end === 'found') this.#found.add(message);
    this.#setEnd(message, service, { end, how, now: true });
  }

  #setEnd(message: WantedMessage, service: LookupService, end: KnownEnd | null): KnownEnd | null {
    const ends = this.#ended.get(message) ?? new Map<LookupService, KnownEnd | null>();
    this.#ended.set(message, ends.set(service, end));
    return end;
  }

  /** How this service's look-up of it ended; null: never, or to be asked again. */
  endOf(message: WantedMessage, service: LookupService): KnownEnd | null {
    const known = this.#ended.get(message)?.get(service);
    return known === undefined
      ? this.#setEnd(message, service, this.#endBefore(message, service))
      : known;
  }

  #endBefore(message: WantedMessage, service: LookupService): KnownEnd | null {
    const before = this.#work.inCase((standing) => standing.endOf(message, service));
    // It was found, and went with its source.
    if (before === null || (before.end === 'found' && message.messageId !== null)) return null;
    const { againSince } = this.#work.keeper.state;
    const isOld = againSince !== null && before.at < Date.parse(againSince);
    if (isOld && before.end !== 'olderThanTrace') return null;
    return { end: before.end, how: before.how, now: false };
  }

  /** What all services said of it; null: nothing yet. */
  outcome(message: WantedMessage): 'found' | ReturnType<typeof endOfAll> {
    if (this.hasMetadata(message)) return 'found';
    return endOfAll(SERVICES.flatMap((service) => this.endOf(message, service)?.end ?? []));
  }

  hasMetadata(message: WantedMessage): boolean {
    if (this.#found.has(message)) return true;
    const found = this.#work.inCase((standing) => standing.hasMetadata(message));
    if (found) this.#found.add(message);
    return found;
  }

  /** Until nothing is left to ask of what is wanted then. @throws the signal's reason. */
  async run(): Promise<void> {
    do {
      this.#changed = false;
      this.#overtaken = new AbortController();
      for (const way of this.#ways) {
        if (this.#refused.has(way)) continue;
        await this.#follow(way);
        if (this.#changed) break;
      }
    } while (this.#changed);
  }

  async #follow(way: LookUpWay): Promise<void> {
    const isLeft = (message: WantedMessage): boolean =>
      !this.#found.has(message) && way.wants(message, this.endOf(message, way.service));
    let queue = this.#wanted.filter((message) => !this.hasMetadata(message) && isLeft(message));
    while (queue.length > 0) {
      const { length: all } = this.#wanted;
      this.#work.teller.messages(all - queue.length, all);
      try {
        await way.step(queue);
      } catch (error) {
        // What it came to so far is kept, and its question stays open.
        if (!(error instanceof WaitGivenUp)) this.#leaveOut(way, error);
        return;
      }
      // Whoever wants other messages now is served first.
      if (this.#changed) return;
      queue = queue.filter(isLeft);
    }
    this.#work.teller.messages(this.#wanted.length, this.#wanted.length);
  }

  #leaveOut(way: LookUpWay, error: unknown): void {
    this.#work.signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    const { message: problem, hint } = error;
    for (const one of this.#ways)
      if (one.service === way.service)
        this.#refused.set(one, { service: way.service, problem, hint });
    this.#work.tell({ event: 'note', text: `${problem} ${hint}` });
  }
}
