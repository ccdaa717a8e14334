/** Edits (insert, delete, replace, swap of neighbours) between two words. */
const editDistance = (one: string, other: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1]
      )
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      line.push(least);
    }
    before = last;
    last = line;
  }
  return last[other.length] ?? 0;
};

/** The known word that was probably meant, or null where none is near. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const reach = word.length <= 3 ? 1 : 2;
  let best: string | null = null;
  let least = reach + 1;
  for (const candidate of known) {
    const edits =
      candidate.startsWith(word) && word.length >= 3 ? 1 : editDistance(word, candidate);
    if (edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
};
