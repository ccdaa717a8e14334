import type { CaseStore } from '../../store/case-store.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import {
  caseSpan,
  mailboxesOfSession,
  recordsBySlice,
} from '../../store/queries/session-figures.ts';
import { forVersion } from './for-version.ts';

const ACTIVITY_SLICES = 16;

/** Equal slices of the span of the case, and what is known of them so far. */
interface Slices {
  /** Milliseconds since 1970, and of a slice; of an empty case there is none. */
  readonly from: number;
  readonly width: number;
  readonly isEmpty: boolean;
  /** Records in each, by numbers of sessions as JSON. */
  readonly strips: Map<string, readonly number[]>;
  /** Whether a gap touches it, by mailbox. */
  readonly gaps: Map<number, readonly boolean[]>;
}

const slicesOf = (store: CaseStore): Slices => {
  const span = caseSpan(store.db);
  const { from, to } = span ?? { from: 0, to: 0 };
  return {
    from,
    width: Math.max(1, to - from + 1) / ACTIVITY_SLICES,
    isEmpty: span === null,
    strips: new Map(),
    gaps: new Map(),
  };
};

const noSlice = (): boolean[] => new Array<boolean>(ACTIVITY_SLICES).fill(false);

/** Activity of sessions over the span of the case, in ACTIVITY_SLICES equal slices. */
export class Activity {
  readonly #store: CaseStore;
  readonly #slices: () => Slices;

  constructor(store: CaseStore) {
    this.#store = store;
    this.#slices = forVersion(
      () => store.recordsVersion,
      () => slicesOf(store),
    );
  }

  /** Records of these sessions together in each slice. */
  strip(sessions: RowNumbers | readonly [number]): readonly number[] {
    const { strips, isEmpty, from, width } = this.#slices();
    const key = JSON.stringify([...sessions]);
    const known = strips.get(key);
    if (known !== undefined) return known;
    const strip = new Array<number>(ACTIVITY_SLICES).fill(0);
    for (const { slice, records } of isEmpty
      ? []
      : recordsBySlice(this.#store.db, key, from, width)) {
      const at = Math.min(ACTIVITY_SLICES - 1, slice);
      strip[at] = (strip[at] ?? 0) + records;
    }
    strips.set(key, strip);
    return strip;
  }

  /** Which slices a gap of one of the mailboxes of a session touches. */
  gapSlices(session: number): readonly boolean[] {
    const mailboxes = mailboxesOfSession(this.#store.db, session).map((mailbox) =>
      this.#gapsOf(mailbox),
    );
    if (mailboxes.length === 1 && mailboxes[0] !== undefined) return mailboxes[0];
    return noSlice().map((_, at) => mailboxes.some((slices) => slices[at] === true));
  }

  #gapsOf(mailbox: number): readonly boolean[] {
    const { gaps, isEmpty, from, width } = this.#slices();
    const known = gaps.get(mailbox);
    if (known !== undefined) return known;
    const slices = noSlice();
    for (const gap of isEmpty ? [] : this.#store.exposure.gaps().of(mailbox).gaps) {
      const first = Math.floor((Date.parse(gap.from) - from) / width);
      const last = Math.floor((Date.parse(gap.to) - from) / width);
      for (let at = Math.max(0, first); at <= Math.min(ACTIVITY_SLICES - 1, last); at += 1)
        slices[at] = true;
    }
    gaps.set(mailbox, slices);
    return slices;
  }
}
