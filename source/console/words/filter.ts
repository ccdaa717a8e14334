import { forTerminal } from '../../domain/terminal-text.ts';
import {
  type CaseFilter,
  type FilterValue,
  readFilterAddress,
  readFilterText,
} from '../../domain/sessions/case-filter.ts';
import { cellWidth, cut, cutFront } from '../cells.ts';
import { SYMBOLS } from '../symbols.ts';
import { wholeMinute } from './figures.ts';
import { verdictWord } from './verdicts.ts';
import type { FilterField } from '../dialog.ts';

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

/** `address 1.2.3.4 or 5.6.7.0/24`. */
const anyInWords = (kind: string, values: readonly string[] | undefined): string =>
  values === undefined ? '' : `${kind} ${values.map(forTerminal).join(' or ')}`;

const verdictInWords = (verdict: NonNullable<CaseFilter['verdict']>): string =>
  verdict === 'undecided' ? verdictWord(null) : `only ${verdict}`;

/** The filters in force, for the titles of the panes; empty when there is none. */
const filterInWords = (filter: CaseFilter): string =>
  [
    anyInWords('user', filter.users),
    anyInWords('mailbox', filter.mailboxes),
    anyInWords('address', filter.addresses),
    anyInWords('client', filter.clients),
    filter.since === undefined ? '' : `since ${wholeMinute(filter.since)}`,
    filter.until === undefined ? '' : `until ${wholeMinute(filter.until)}`,
    filter.verdict === undefined ? '' : verdictInWords(filter.verdict),
    filter.class === undefined ? '' : `only ${filter.class}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** `, "visser"` in `room` cells: of a longer text its end, which is where one types. */
const quoted = (search: string, room: number): string =>
  `, "${cutFront(forTerminal(search), room - ', ""'.length)}"`;

/** Cut, but through no figure or address: without its last digits it would be another. */
export const cutInWords = (text: string, width: number): string => {
  const { ellipsis } = SYMBOLS;
  const shown = cut(text, width);
  if (shown === text) return text;
  const begun = shown.slice(0, shown.length - ellipsis.length);
  const isCut = /[\d.,/][\d./]/.test(text.slice(begun.length - 1, begun.length + 1));
  return isCut ? `${begun.replace(/[\d.,/]+$/, '')}${ellipsis}` : shown;
};

/** Enough of what is searched for to know where in it one is. */
const LEAST_SEARCH = 10;

/**
 * A pane's title in `room` cells: what it lists and how many, `more` of that, and what narrows it.
 * Where not all of it fits, the count stays, and the end of the text searched for has about half.
 */
export const narrowedTitle = (
  { counted, more }: { readonly counted: string; readonly more: string },
  { filter, search }: { readonly filter: CaseFilter; readonly search: string },
  room: number,
): string => {
  const filtered = filterInWords(filter);
  const head = `${counted}${more}${filtered === '' ? '' : `, ${filtered}`}`;
  if (search === '') return cutInWords(head, room);
  const inWords = `${head}, matching "${forTerminal(search)}"`;
  if (cellWidth(inWords) <= room) return inWords;
  const wanted = cellWidth(quoted(search, Infinity));
  const kept = Math.min(cellWidth(counted) + 1, room - LEAST_SEARCH);
  const shown = cutInWords(head, Math.max(Math.floor(room / 2), kept, room - wanted));
  return `${shown}${quoted(search, room - cellWidth(shown))}`;
};
