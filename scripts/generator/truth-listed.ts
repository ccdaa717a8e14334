import type { Access, TouchedItem } from './access.ts';
import type { Folder } from './folders.ts';
import type { Loss } from './loss.ts';

/** Which items of an access still stand in the container. */
type Listed = (access: Access) => readonly TouchedItem[];

/** "folder.item", counted as the record lists them: folder by folder. */
const placesOf = (items: readonly TouchedItem[]): readonly string[] => {
  const counts = new Map<Folder, number>();
  return items.map(({ folder }) => {
    const place = counts.get(folder) ?? 0;
    counts.set(folder, place + 1);
    return `${[...counts.keys()].indexOf(folder)}.${place}`;
  });
};

export const listedWith = (lost: ReadonlySet<Loss>): Listed => {
  let first: ReadonlySet<string> | null = null;
  return (access) => {
    if (access.what.type === 'sync' || lost.has('items')) return [];
    const { items } = access.what;
    if (!lost.has('itemsBeyondFirstRow')) return items;
    const places = placesOf(items);
    const columns = (first ??= new Set(places));
    return items.filter((_, index) => columns.has(places[index]!));
  };
};
