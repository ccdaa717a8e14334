import type { OpenCase } from '../../store/open-case.ts';
import { ACTIVITY_SLICES } from '../case-service.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

const spanOf = (open: OpenCase): Span | null => {
  const row = open.db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
  return row?.['first'] == null ? null : { from: Number(row['first']), to: Number(row['last']) };
};

/** Activity of sessions over the span of the case, in ACTIVITY_SLICES equal slices. */
export class Activity {
  readonly #open: OpenCase;
  readonly #strips = new Map<number, readonly number[]>();
  #version = -1;
  #span: Span | null = null;

  constructor(open: OpenCase) {
    this.#open = open;
  }

  #follow(): void {
    if (this.#version === this.#open.version) return;
    this.#version = this.#open.version;
    this.#strips.clear();
    this.#span = spanOf(this.#open);
  }

  /** Records of a session in each slice. */
  strip(session: number): readonly number[] {
    this.#follow();
    const known = this.#strips.get(session);
    if (known !== undefined) return known;
    const strip = new Array<number>(ACTIVITY_SLICES).fill(0);
    const span = this.#span;
    if (span !== null) {
      const width = Math.max(1, span.to - span.from + 1) / ACTIVITY_SLICES;
      const rows = this.#open.db
        .prepare(
          `SELECT CAST((r.time - ?) / ? AS INTEGER) AS slice, count(*) AS records FROM contexts c
          JOIN records r ON r.context = c.context WHERE c.session = ? GROUP BY slice`,
        )
        .all(span.from, width, session);
      for (const row of rows) {
        const slice = Math.min(ACTIVITY_SLICES - 1, Number(row['slice']));
        strip[slice] = (strip[slice] ?? 0) + Number(row['records']);
      }
    }
    this.#strips.set(session, strip);
    return strip;
  }

  /** Which slices a gap of one of these mailboxes (guids or owners) touches. */
  gapSlices(mailboxes: ReadonlySet<string>): readonly boolean[] {
    this.#follow();
    const slices = new Array<boolean>(ACTIVITY_SLICES).fill(false);
    const span = this.#span;
    if (span === null) return slices;
    const width = Math.max(1, span.to - span.from + 1) / ACTIVITY_SLICES;
    for (const mailbox of this.#open.summary().mailboxes) {
      if (!mailboxes.has(mailbox.guid ?? mailbox.owner ?? '')) continue;
      for (const gap of mailbox.gaps) {
        const first = Math.floor((Date.parse(gap.from) - span.from) / width);
        const last = Math.floor((Date.parse(gap.to) - span.from) / width);
        for (let at = Math.max(0, first); at <= Math.min(ACTIVITY_SLICES - 1, last); at += 1)
          slices[at] = true;
      }
    }
    return slices;
  }
}
