import {
  type FilterValue,
  readFilterAddress,
  readFilterText,
} from '../../domain/sessions/case-filter.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { FilterField } from '../state.ts';

/** Filters of which several values can be typed: any of them matches. */
export type ListedField = Exclude<FilterField, 'time' | 'verdict'>;

/** Names of users and clients may hold spaces; addresses and mailboxes hold none. */
const SEPARATORS = {
  users: /,/,
  clients: /,/,
  addresses: /[\s,]+/,
  mailboxes: /[\s,]+/,
} as const satisfies { [Field in ListedField]: RegExp };

const READ = {
  users: readFilterText,
  clients: readFilterText,
  mailboxes: readFilterText,
  addresses: readFilterAddress,
} as const satisfies { [Field in ListedField]: (typed: string) => FilterValue };

const HINTS = {
  users: 'several between commas; empty: all',
  clients: 'several between commas; empty: all',
  addresses: 'several between spaces: 203.0.113.7 10.1.2.0/24; empty: all',
  mailboxes: 'owner or guid, several between spaces; empty: all',
} as const satisfies { [Field in ListedField]: string };

export const severalHint = (field: ListedField): string => HINTS[field];

/** The values typed for a filter, or why one of them can match nothing. */
export const readValues = (field: ListedField, text: string): readonly string[] | string => {
  const found = text
    .split(SEPARATORS[field])
    .filter((one) => one.trim() !== '')
    .map((one) => READ[field](one));
  const [wrong] = found.flatMap((one) => ('problem' in one ? [forTerminal(one.problem)] : []));
  return wrong ?? [...new Set(found.flatMap((one) => ('values' in one ? one.values : [])))];
};

/** As `readValues` reads them again. */
export const valuesText = (field: ListedField, values: readonly string[]): string =>
  values.join(SEPARATORS[field].test(' ') ? ' ' : ', ');
