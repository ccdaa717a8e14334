import { forTerminal } from '../../domain/terminal-text.ts';
import type { CaseFilter } from '../../jobs/case-service.ts';
import { wholeMinute } from './figures.ts';

/** The filters in force, for the titles of the panes; empty when there is none. */
const filterInWords = (filter: CaseFilter): string =>
  [
    filter.user === undefined ? '' : `user ${forTerminal(filter.user)}`,
    filter.ip === undefined ? '' : `address ${forTerminal(filter.ip)}`,
    filter.client === undefined ? '' : `client ${forTerminal(filter.client)}`,
    filter.since === undefined ? '' : `since ${wholeMinute(filter.since)}`,
    filter.until === undefined ? '' : `until ${wholeMinute(filter.until)}`,
    filter.verdict === undefined ? '' : `only ${filter.verdict}`,
    filter.class === undefined ? '' : `only ${filter.class}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** Behind a title: what narrows the list. */
export const narrowing = (filter: CaseFilter, search: string): string => {
  const filtered = filterInWords(filter);
  const searched = search === '' ? '' : `matching "${forTerminal(search)}"`;
  return [filtered, searched]
    .filter((part) => part !== '')
    .map((part) => `, ${part}`)
    .join('');
};
