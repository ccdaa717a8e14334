/** How many requests were made in the last so many milliseconds, those that were refused included. */
export interface RateWindow {
  /** Counts one; null: within the limit, else the milliseconds until there is room again. */
  readonly take: () => number | null;
}

export const rateWindow = (limit: number, milliseconds: number, now: () => number): RateWindow => {
  let taken: number[] = [];
  return {
    take: () => {
      const at = now();
      taken = taken.filter((time) => time > at - milliseconds);
      taken.push(at);
      if (taken.length <= limit) return null;
      const leaves = taken[taken.length - limit] ?? at;
      return leaves + milliseconds - at;
    },
  };
};
