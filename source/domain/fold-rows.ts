/** Whether a field of a row says anything. */
const isStated = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null;

/** Rows with the one that states most first: the same order in whatever order they came. */
export const fullestFirst = <Row extends object>(rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({
      row,
      full: Object.values(row).filter(isStated).length,
      text: JSON.stringify(row),
    }))
    .sort((one, other) => other.full - one.full || (one.text < other.text ? -1 : 1))
    .map(({ row }) => row);

/**
 * One row out of several, in the order of `fullestFirst`: each field as the first that states it.
 * @throws RangeError without rows.
 */
export const statedTogether = <Row extends object>(ordered: readonly Row[]): Row => {
  const [fullest] = ordered;
  if (fullest === undefined) throw new RangeError('no row to fold');
  const names = Object.keys(fullest) as (keyof Row)[];
  const stated = Object.fromEntries(
    names.map((name) => [name, ordered.map((row) => row[name]).find(isStated) ?? fullest[name]]),
  );
  return { ...fullest, ...(stated as Partial<Row>) };
};

const wholeSecond = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** Whether a row says another time, to the second, or another value of one of these fields. */
export const differsIn = <Row extends { readonly time: string }>(
  row: Row,
  folded: Row,
  names: readonly (keyof Row)[],
): boolean =>
  wholeSecond(row.time) !== wholeSecond(folded.time) ||
  names.some((name) => row[name] !== null && row[name] !== folded[name]);
