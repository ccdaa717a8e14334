/** Where following a list ends that a service gives page after page: no link is followed without end. */
export interface ListBounds {
  readonly pages: number;
  /** Pages one after the other of which none brought anything new. */
  readonly stale: number;
  readonly bytes: number;
}

/** More than any list is that we ask for: of one query, one address's mail in ten days, one day's feed. */
export const LIST_BOUNDS: ListBounds = { pages: 1_000, stale: 5, bytes: 2 ** 30 };

/** Counts the pages of one list. */
export class PageBounds {
  readonly #bounds: ListBounds;
  #pages = 0;
  #stale = 0;
  #bytes = 0;

  constructor(bounds = LIST_BOUNDS) {
    this.#bounds = bounds;
  }

  /** Takes a page; why the next one is not to be asked for, null: it may be. `fresh`: entries that no page before had. */
  take(fresh: number, bytes: number): string | null {
    const { pages, stale, bytes: most } = this.#bounds;
    this.#pages += 1;
    this.#bytes += bytes;
    this.#stale = fresh > 0 ? 0 : this.#stale + 1;
    if (this.#stale >= stale) return `${stale} pages one after the other brought nothing new`;
    if (this.#pages >= pages) return `there are more than ${pages.toLocaleString('en')} pages`;
    return this.#bytes >= most ? `its pages are larger than ${most / 2 ** 20} MiB` : null;
  }
}
