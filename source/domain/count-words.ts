import type { Summary } from './exposure/exposure.ts';

/** 1 session, 2,000 sessions. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

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

/** 40 s, 12 min, 3 h 20 min. */
export const durationWords = (seconds: number): string => {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
