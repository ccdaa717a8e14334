import { pageFacts } from '../../tenant/audit-search/page-facts.ts';
import {
  askContent,
  type FeedContent,
  feedReach,
  feedWindows,
  listContent,
  startSubscription,
} from '../../tenant/activity/activity-feed.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { asking, type FetchWork, manifestLines } from './fetch-work.ts';
import type { Piece } from '../../import/import-pieces.ts';
import { type QueryCounters, takeFacts } from './query-pages.ts';
import { askAndSave, type SavedPage, savedPages } from './saved-pages.ts';
import { takeQuery } from './settle-query.ts';

/** Listed again after the first time: content comes late, and a list that grew is walked once more. */
const LISTINGS = 5;

/** The feed as pages: its files, each once, those on the disk first. */
class FeedWalk {
  readonly #work: FetchWork;
  readonly #counters: QueryCounters;
  readonly #name: string;
  readonly #had = new Set<string>();
  #files = 0;
  #records = 0;

  constructor(work: FetchWork, place: number, counters: QueryCounters) {
    this.#work = work;
    this.#counters = counters;
    this.#name = work.store.query(place).name;
    // What those had that this one goes on from is in the case.
    const { store } = work;
    for (let at = store.query(place).parent; at !== null; at = store.query(at).parent)
      for (const { contentId } of savedPages(store.folder, store.query(at).name))
        if (contentId !== null) this.#had.add(contentId);
  }

  async *pages(): AsyncGenerator<Piece> {
    for (const page of savedPages(this.#work.store.folder, this.#name)) {
      this.#files = Math.max(this.#files, page.number);
      const body = this.#work.store.folder.page(page.file, page.sha256);
      if (body !== null && page.contentId !== null) yield this.#taken(page, body);
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
        store.folder.note(manifestLines(attempts, { query: this.#name })),
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
    const at = { query: this.#name, pass, number: this.#files };
    const ask = () => askContent(this.#work.client, content, asking(this.#work));
    try {
      const { page, body } = await askAndSave(this.#work, at, `a-${this.#files}`, ask, content.id);
      return this.#taken(page, body);
    } catch (error) {
      if (!(error instanceof TenantRefusal) || error.kind !== 'not-found') throw error;
      this.#counters.spoiled = true;
      this.#work.tell({ event: 'note', text: `A piece of the feed is gone: ${content.id}` });
      return null;
    }
  }

  #taken(page: SavedPage, body: Uint8Array): Piece {
    const facts = pageFacts(body);
    if (page.contentId !== null) this.#had.add(page.contentId);
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
  const place = store.state.queries.findIndex(({ outcome }) => outcome === 'open');
  if (place < 0) return;
  if (!store.query(place).sent) {
    const started = await startSubscription(client, asking(work));
    store.folder.note(manifestLines(started.attempts));
    const since = isoTime(clock.now());
    store.changeQuery(place, { sent: true, since, status: 'subscribed', made: 1 });
    const fresh = !(started instanceof TenantRefusal);
    store.change({ reachesFrom: isoTime(feedReach(clock.now(), fresh)) });
  }
  await takeQuery(work, place, (counters) => new FeedWalk(work, place, counters).pages());
};
