/**
 * How the parts of a $batch are called. A part that asks for an item by its id carries that id in its
 * own, so that the answer alone tells of which item a record names it speaks, long after the request
 * is gone. In hex: Graph takes the ids of parts that differ in case for the same.
 */

const ITEM = 'item-';

export const itemPartId = (itemId: string): string =>
  ITEM +
  Array.from(new TextEncoder().encode(itemId), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** The item id in the name of a part; null: it is none that asked for an item. */
export const itemOfPart = (partId: string): string | null => {
  const hex = partId.startsWith(ITEM) ? partId.slice(ITEM.length) : '';
  if (!/^([0-9a-f]{2})+$/i.test(hex)) return null;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes);
};
