import { counted } from './counted.ts';
import type { Summary } from './exposure/exposure.ts';

const inWords = (count: number): string => count.toLocaleString('en');

/** Messages with an id, and items without one beside them: "113", "113 + 3 without id". */
export const withoutIdToo = (withId: number, withoutId: number): string =>
  withoutId === 0 ? inWords(withId) : `${inWords(withId)} + ${inWords(withoutId)} without id`;

/** "1 malicious record names 2 of 40 items"; null where no record has items missing. */
export const missingItemsWords = ({
  itemsMissing,
  itemsNamed,
  itemsDeclared,
}: Pick<Summary, 'itemsMissing' | 'itemsNamed' | 'itemsDeclared'>): string | null => {
  if (itemsMissing === 0) return null;
  const records = counted(itemsMissing, 'malicious record');
  const verb = itemsMissing === 1 ? 'names' : 'name';
  // Of a Sync whose folder was lost no number is declared.
  if (itemsDeclared <= itemsNamed)
    return `${records} ${itemsMissing === 1 ? 'does' : 'do'} not name what was accessed`;
  return `${records} ${verb} ${inWords(itemsNamed)} of ${counted(itemsDeclared, 'item')}`;
};
