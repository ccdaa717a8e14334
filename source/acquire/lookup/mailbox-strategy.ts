import { isObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import { mailboxTraces } from '../../formats/traces/graph-mailbox.ts';
import { noteOwnApplication } from '../../store/own-applications.ts';
import type { MessageGroup, MessageQueue } from '../../store/wanted-messages.ts';
import { MAIL_OPTIONS, type MailboxAsking } from '../../tenant/mailbox/ask-batch.ts';
import { requireMail } from '../../tenant/mailbox/mail-permission.ts';
import { BATCH_PATH } from '../../tenant/mailbox/mailbox-paths.ts';
import { emittedEvents } from '../../threads/emitted-events.ts';
import { answerBatch, type KeptAnswer, keptAnswer } from './answered-batch.ts';
import type { Batch } from './lookup-state.ts';
import { isOpen, type LookupStrategy } from './lookup-strategy.ts';
import { asking, lookedUp, type LookupWork } from './lookup-work.ts';
import {
  aboutMailboxes,
  type AskedMailbox,
  askedMailboxes,
  type MailboxEnd,
  mailboxesAsked,
  searchMailbox,
} from './search-mailbox.ts';

/** Messages of the first batch, so that what is on screen comes soon; each further one takes thrice that. */
const FIRST = 20;
const MOST = 500;

const NOBODYS = 'the log does not say whose mailbox it is';

/** Rows of metadata in the answer of a batch. */
const rowsIn = (body: Uint8Array): number => {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString());
    const parts = isObject(data) && Array.isArray(data['responses']) ? data['responses'] : [];
    return parts.filter((part) => isObject(part) && mailboxTraces(part).length > 0).length;
  } catch {
    return 0;
  }
};

/** Looks into the mailboxes themselves; only where the analyst asked for that. */
class MailboxStrategy implements LookupStrategy {
  readonly service = 'mailbox';
  readonly isSpent = false;
  readonly #work: LookupWork;
  /** Mailboxes that did not open in this run, and why. */
  readonly #closed = new Map<string, string>();
  #size = FIRST;
  #announced = false;

  constructor(work: LookupWork) {
    this.#work = work;
  }

  wants: LookupStrategy['wants'] = ({ mailbox }, end) => mailbox !== null && isOpen(end);

  async step(messages: MessageQueue): Promise<void> {
    const begun = this.#work.store
      .openBatches(this.service)
      .map((batch) => ({ batch, asked: mailboxesAsked(batch) }))
      .filter(({ asked }) =>
        asked.some((one) => one.messages.some((message) => messages.has(message))),
      );
    for (const { batch, asked } of begun) await this.#answer(batch, asked);
    // Of these messages some may have their answer by now.
    if (begun.length > 0) return;
    const mailboxes: { readonly of: MessageGroup; readonly why: string | Problem | null }[] = [];
    for (const of of messages.byMailbox()) {
      const [first] = of.head(1);
      if (first === undefined) continue;
      const { mailbox, owner } = first;
      if (owner !== null) mailboxes.push({ of, why: this.#problemOf(mailbox, owner) });
      else await this.#settle(of, { end: 'failed', detail: NOBODYS });
    }
    const problem = mailboxes[0]?.why;
    if (problem instanceof Problem && mailboxes.every(({ why }) => why !== null)) throw problem;
    const open: WantedMessage[] = [];
    for (const { of, why } of mailboxes) {
      if (why === null) open.push(...of.head(this.#size - open.length));
      else
        await this.#settle(of, {
          end: 'failed',
          detail: typeof why === 'string' ? why : why.message,
        });
    }
    const some = askedMailboxes(open);
    if (some.length === 0) return;
    this.#size = Math.min(MOST, this.#size * 3);
    await this.#answer(this.#work.store.begin(this.service, aboutMailboxes(some)), some);
  }

  /** Why a mailbox is not asked: it did not open before, or the sign-in is not enough; null: it is asked. */
  #problemOf(mailbox: string | null, owner: string): string | Problem | null {
    const closed = this.#closed.get(mailbox ?? '');
    if (closed !== undefined) return closed;
    try {
      requireMail(this.#work.client, 'metadata', owner);
      return null;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  /** Before the first request: what follows from it, and by which application it will be known. */
  #announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    const { folder, client, emit } = this.#work;
    noteOwnApplication(folder, client.clientId);
    emit({
      event: 'note',
      text: `Messages are looked for in the mailboxes themselves. That leaves MailItemsAccessed records of its own, by the application ${client.clientId}; the case marks them as such.`,
    });
  }

  #settle(messages: Iterable<WantedMessage>, { end, detail }: MailboxEnd): Promise<void> {
    const work = this.#work;
    const ended = { service: this.service, end, how: 'single', detail } as const;
    return work.settle(
      (function* () {
        for (const message of messages) yield lookedUp(work, message, ended);
      })(),
    );
  }

  async #answer(batch: Batch, asked: readonly AskedMailbox[]): Promise<void> {
    this.#announce();
    const work = this.#work;
    const ends = new Map<WantedMessage, MailboxEnd>();
    const broke: { problem: Problem | null } = { problem: null };
    const answers = this.#answers(batch, asked, ends, broke);
    const words =
      asked.length === 1 ? `mailbox of ${asked[0]?.owner ?? ''}` : `${asked.length} mailboxes`;
    await answerBatch(work, batch, words, answers, () =>
      asked
        .flatMap(({ messages }) => messages)
        .flatMap((message) => {
          // Those that it did not come to are asked for another time.
          if (broke.problem !== null && !ends.has(message)) return [];
          const { end, detail } = ends.get(message) ?? { end: 'failed', detail: 'no answer' };
          return lookedUp(work, message, { service: this.service, end, how: 'single', detail });
        }),
    );
    if (broke.problem !== null) throw broke.problem;
  }

  /** Answers of batches, as they come; those to translated ids are kept too, but tell of no message. */
  async *#answers(
    batch: Batch,
    asked: readonly AskedMailbox[],
    ends: Map<WantedMessage, MailboxEnd>,
    broke: { problem: Problem | null },
  ): AsyncGenerator<KeptAnswer> {
    const work = this.#work;
    const control = new AbortController();
    const signal = AbortSignal.any([work.signal, control.signal]);
    const search = async (emit: (answer: KeptAnswer) => void): Promise<void> => {
      let number = 0;
      let came = 0;
      const mailbox: MailboxAsking = {
        ...{
          clock: work.clock,
          signal: AbortSignal.any([signal, work.overtaken()]),
          onWait: work.reporter.onWait,
          graph: work.client.cloud.graph,
        },
        post: async (place, body) => {
          const ask = () =>
            work.client.post(place, body, { ...asking(work), ...MAIL_OPTIONS, signal });
          const kept = await keptAnswer(work, batch, `r${(number += 1)}`, ask);
          if (place === BATCH_PATH) {
            const rows = rowsIn(kept.body);
            came += rows;
            work.reporter.page(rows);
            emit({ ...kept, rows });
          }
          return kept.body;
        },
      };
      try {
        for (const one of asked) {
          const closed = await searchMailbox(mailbox, one, ends);
          if (closed !== null) this.#closed.set(one.mailbox, closed);
        }
      } catch (error) {
        // What came is for the case all the same.
        if (!(error instanceof Problem) || came === 0) throw error;
        broke.problem = error;
      }
    };
    try {
      yield* emittedEvents<KeptAnswer>(search);
    } finally {
      // Whoever takes no more of them wants no more to be asked.
      control.abort();
    }
  }
}

/** The last rung but imported lists: reading there leaves audit records, so it is never taken unasked. */
export const mailboxStrategy = (work: LookupWork): LookupStrategy => new MailboxStrategy(work);
