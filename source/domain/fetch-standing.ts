import type { FetchHole, FetchStatement } from './fetch.ts';

/** How far back is asked where nothing is said: what a standard licence keeps (`tenant.md` 1.3). */
export const DAYS_ASKED = 180;

/** Stretches of which it is known that not all came. */
export const openHoles = ({ holes }: FetchStatement): readonly FetchHole[] =>
  holes.filter(({ filled }) => !filled);

/**
 * Fetches after which something is known to be missing: neither complete, nor asked again since with
 * a complete answer. Those that have not ended are among them.
 */
export const incompleteFetches = (
  fetches: readonly FetchStatement[],
): readonly FetchStatement[] => {
  const before = new Map(fetches.map(({ id, again }) => [id, again]));
  const made = new Set<string>();
  for (const { id, outcome } of fetches) {
    if (outcome !== 'complete') continue;
    for (let one: string | null = id; one !== null && !made.has(one); one = before.get(one) ?? null)
      made.add(one);
  }
  return fetches.filter(({ id }) => !made.has(id));
};
