import type { Piece } from '../../import/import-pieces.ts';
import {
  askContent,
  type FeedContent,
  feedReach,
  feedWindows,
  listContent,
  startSubscription,
} from '../../tenant/activity/activity-feed.ts';
import { pageFacts } from '../../tenant/audit-search/page-facts.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { manifestLines, type ReadPage } from '../task/task-store.ts';
import { asking, type FetchWork } from './fetch-work.ts';
import { type QueryCounters, takeFacts } from './query-counters.ts';
import { takeQuery } from './settle-query.ts';

/** Listed again after the first time: content comes late, and a list that grew is read once more. */
const LISTINGS = 5;

/** The feed as pages: its files, each once, those on the disk first. */
class FeedReader {
  readonly #work: FetchWork;
  readonly #counters: QueryCounters;
  readonly #name: string;
  readonly #had = new Set<string>();
  #files = 0;
  #records = 0;

  constructor(work: FetchWork, index: number, counters: QueryCounters) {
    this.#work = work;
    this.#counters = counters;
    this.#name = work.store.query(index).name;
    // What those had that this one goes on from is in the case.
    const { store } = work;
    for (let at = store.query(index).parent; at !== null; at = store.query(at).parent)
      for (const { contentId } of store.pagesOf(store.query(at).name))
        if (contentId !== null) this.#had.add(contentId);
  }

  async *pages(): AsyncGenerator<Piece> {
    const { store } = this.#work;
    for (const { file, number, contentId } of store.pagesOf(this.#name)) {
      this.#files = Math.max(this.#files, number);
      const kept = contentId === null ? null : store.keptPage(file);
      if (contentId === null || kept === null) continue;
      this.#had.add(contentId);
      yield this.#taken(kept);
    }
    for (let pass = 1; pass <= LISTINGS; pass += 1) {
      const before = this.#had.size;
      for (const content of await this.#listed())
        if (!this.#had.has(content.id)) {
          const page = await this.#fetched(content, pass);
          if (page !== null) yield page;
        }
      this.#counters.passes.push(this.#records);
      if (pass > 1 && this.#had.size === before) return;
    }
  }

  async #listed(): Promise<readonly FeedContent[]> {
    const { client, clock, store } = this.#work;
    const listed: FeedContent[] = [];
    for (const window of feedWindows(Date.parse(store.state.asked.from), clock.now())) {
      const contents = listContent(client, window, asking(this.#work), ({ attempts }) =>
        store.note(manifestLines(attempts, { query: this.#name })),
      );
      for await (const content of contents)
        if (content === null) this.#counters.spoiled = true;
        else listed.push(content);
    }
    return listed;
  }

  /** null: the tenant no longer has it. */
  async #fetched(content: FeedContent, pass: number): Promise<Piece | null> {
    this.#had.add(content.id);
    this.#files += 1;
    const { client, store, note } = this.#work;
    const about = { query: this.#name, pass, number: this.#files };
    try {
      const read = await store.requestPage(
        `a-${this.#files}`,
        () => askContent(client, content, asking(this.#work)),
        (page) => ({ ...about, ...page, contentId: content.id }),
      );
      return this.#taken(read);
    } catch (error) {
      if (!(error instanceof TenantRefusal) || error.kind !== 'not-found') throw error;
      this.#counters.spoiled = true;
      note(`A piece of the feed is gone: ${content.id}`);
      return null;
    }
  }

  #taken({ page, body }: ReadPage): Piece {
    const facts = pageFacts(body);
    const added = takeFacts(this.#counters, facts, 1);
    this.#records += facts.records;
    this.#counters.spoiled ||= facts.spoiled;
    this.#counters.kept.push(page);
    this.#work.reporter.page(added);
    return { body, rows: facts.records };
  }
}

/** Everything the Management Activity API has of the period, as one source. */
export const runActivity = async (work: FetchWork): Promise<void> => {
  const { store, client, clock } = work;
  const [index] = store.open();
  if (index === undefined) return;
  if (!store.query(index).sent) {
    const started = await startSubscription(client, asking(work));
    store.note(manifestLines(started.attempts));
    const since = isoTime(clock.now());
    store.changeQuery(index, { sent: true, since, status: 'subscribed', made: 1 });
    const fresh = !(started instanceof TenantRefusal);
    store.change({ reachesFrom: isoTime(feedReach(clock.now(), fresh)) });
  }
  await takeQuery(work, index, (counters) => new FeedReader(work, index, counters).pages());
};
