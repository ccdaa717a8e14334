import type { CaseStore } from '../../store/case-store.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import { ACTIVITY_SLICES } from '../case-service.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

const spanOf = (open: CaseStore): Span | null => {
  const row = open.db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
  return row?.['first'] == null ? null : { from: Number(row['first']), to: Number(row['last']) };
};

const noSlice = (): boolean[] => new Array<boolean>(ACTIVITY_SLICES).fill(false);

/** Activity of sessions over the span of the case, in ACTIVITY_SLICES equal slices. */
export class Activity {
  readonly #open: CaseStore;
  readonly #strips = new Map<number, readonly number[]>();
  #together = new WeakMap<RowNumbers, readonly number[]>();
  readonly #gaps = new Map<number, readonly boolean[]>();
  #version = -1;
  #span: Span | null = null;

  constructor(open: CaseStore) {
    this.#open = open;
  }

  #follow(): void {
    if (this.#version === this.#open.recordsVersion) return;
    this.#version = this.#open.recordsVersion;
    this.#strips.clear();
    this.#together = new WeakMap();
    this.#gaps.clear();
    this.#span = spanOf(this.#open);
  }

  /** Records of a session in each slice. */
  strip(session: number): readonly number[] {
    this.#follow();
    const strip = this.#strips.get(session) ?? this.#made('c.session = ?', session);
    this.#strips.set(session, strip);
    return strip;
  }

  /** Records of several sessions in each slice; `sessions`: the same list as long as they are the same. */
  stripOf(sessions: RowNumbers): readonly number[] {
    this.#follow();
    const strip =
      this.#together.get(sessions) ??
      this.#made('c.session IN (SELECT value FROM json_each(?))', JSON.stringify([...sessions]));
    this.#together.set(sessions, strip);
    return strip;
  }

  #made(where: string, value: number | string): readonly number[] {
    const strip = new Array<number>(ACTIVITY_SLICES).fill(0);
    const span = this.#span;
    if (span === null) return strip;
    const width = Math.max(1, span.to - span.from + 1) / ACTIVITY_SLICES;
    const rows = this.#open.db
      .prepare(
        `SELECT CAST((r.time - ?) / ? AS INTEGER) AS slice, count(*) AS records FROM contexts c
        JOIN records r ON r.context = c.context WHERE ${where} GROUP BY slice`,
      )
      .all(span.from, width, value);
    for (const row of rows) {
      const slice = Math.min(ACTIVITY_SLICES - 1, Number(row['slice']));
      strip[slice] = (strip[slice] ?? 0) + Number(row['records']);
    }
    return strip;
  }

  /** Which slices a gap of one of the mailboxes of a session touches. */
  gapSlices(session: number): readonly boolean[] {
    this.#follow();
    const mailboxes = this.#open.db
      .prepare('SELECT DISTINCT mailbox FROM contexts WHERE session = ?')
      .all(session)
      .map(({ mailbox }) => this.#gapsOf(Number(mailbox)));
    if (mailboxes.length === 1 && mailboxes[0] !== undefined) return mailboxes[0];
    return noSlice().map((_, at) => mailboxes.some((slices) => slices[at] === true));
  }

  #gapsOf(mailbox: number): readonly boolean[] {
    const known = this.#gaps.get(mailbox);
    if (known !== undefined) return known;
    const slices = noSlice();
    const span = this.#span;
    const width = span === null ? 1 : Math.max(1, span.to - span.from + 1) / ACTIVITY_SLICES;
    for (const gap of span === null ? [] : this.#open.gaps().of(mailbox).gaps) {
      const first = Math.floor((Date.parse(gap.from) - (span?.from ?? 0)) / width);
      const last = Math.floor((Date.parse(gap.to) - (span?.from ?? 0)) / width);
      for (let at = Math.max(0, first); at <= Math.min(ACTIVITY_SLICES - 1, last); at += 1)
        slices[at] = true;
    }
    this.#gaps.set(mailbox, slices);
    return slices;
  }
}
