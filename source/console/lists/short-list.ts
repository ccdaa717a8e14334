import { topFor } from './paged-list.ts';

/** Where one is in a list that is held whole: by key, as rows can come and go. */
export interface Position {
  readonly key: string | null;
  readonly index: number;
  readonly top: number;
}

export const START: Position = { key: null, index: 0, top: 0 };

/** The position settled on the rows there are now: on its key, else on the nearest row. */
export const positionOn = (
  position: Position,
  keys: readonly string[],
  height: number,
): Position => {
  const found = position.key === null ? -1 : keys.indexOf(position.key);
  const index = found >= 0 ? found : Math.max(0, Math.min(position.index, keys.length - 1));
  const key = keys[index] ?? null;
  const top = topFor(
    position.top + (found >= 0 ? found - position.index : 0),
    index,
    keys.length,
    height,
  );
  return key === position.key && index === position.index && top === position.top
    ? position
    : { key, index, top };
};

export const moveToIndex = (
  position: Position,
  keys: readonly string[],
  index: number,
): Position => {
  const at = Math.max(0, Math.min(index, keys.length - 1));
  return { ...position, index: at, key: keys[at] ?? null };
};
