import { SYMBOLS } from '../symbols.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { withoutIdToo } from '../../domain/count-words.ts';
import type { Gap } from '../../domain/exposure/exposure.ts';
import { presumesAll } from '../../domain/exposure/gaps.ts';
import {
  GAP_KIND_SHORT,
  gapMeaning,
  NEAR_LIMIT_WORDS,
} from '../../domain/exposure/exposure-words.ts';
import { cellWidth, fit } from '../cells.ts';
import { keyOf } from '../keys/bindings.ts';
import type { ExposureRow } from '../lists/exposure-rows.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, Span, Tone } from '../view.ts';
import {
  type ListYear,
  fromUpTo,
  listTime,
  yearOfLists,
  count,
  many,
  span as length,
  wholeMinute,
} from '../words/figures.ts';
import { mailboxName, shortUser } from '../words/people.ts';
import { GUTTER, listRow } from './list-lines.ts';
import { lineOf, span, titleLine } from './spans.ts';
import { exposureSummary } from './exposure-summary.ts';

type RowOf<Kind extends ExposureRow['row']> = Extract<ExposureRow, { row: Kind }>;

const gapTone = (gap: Gap): Tone => (presumesAll(gap) ? 'warning' : 'dim');

/** What it means stands whole where that is possible: its end gives way, then the end of the gap. */
const gapLine = ({ gap }: RowOf<'gap'>, width: number, year: ListYear): readonly Span[] => {
  const kind = `${length(gap.from, gap.to)} ${GAP_KIND_SHORT[gap.kind]}`;
  const meaning = gapMeaning(gap);
  const brief = meaning.split(':')[0] ?? '';
  const whole = ` ${SYMBOLS.gap} ${fromUpTo(gap.from, gap.to, SYMBOLS.upTo)}  ${kind}, `;
  const start = ` ${SYMBOLS.gap} ${listTime(gap.from, year)} ${kind}, `;
  const variants = [`${whole}${meaning}`, `${whole}${brief}`, `${start}${brief}`];
  const shown =
    variants.find((variant) => cellWidth(variant) <= width - GUTTER) ?? variants.at(-1) ?? '';
  return [span(shown, gapTone(gap))];
};

const mailboxLine = ({ mailbox }: RowOf<'mailbox'>, width: number): readonly Span[] => {
  const notes = [
    mailbox.presumedWhole.length > 0 ? `whole: ${mailbox.presumedWhole.join(', ')}` : '',
    mailbox.syncedFolders.length > 0
      ? many(mailbox.syncedFolders.length, 'folder synced', 'folders synced')
      : '',
    mailbox.possibleBulkCopy ? 'possible bulk copy' : '',
    mailbox.nearLimit ? (NEAR_LIMIT_WORDS.split(': ')[1] ?? '') : '',
  ].filter((note) => note !== '');
  const nameWidth = width < 100 ? 16 : 32;
  const name = fit(shortUser(mailboxName(mailbox), nameWidth), nameWidth);
  const { unidentified } = mailbox;
  const noted = notes.length > 0 ? `  ${notes.join(', ')}` : '';
  const wholly =
    `${withoutIdToo(mailbox.confirmed, unidentified.confirmed)} confirmed, ` +
    `${withoutIdToo(mailbox.presumed, unidentified.presumed)} presumed, ` +
    `${withoutIdToo(mailbox.open, unidentified.open)} open`;
  const fits = GUTTER + nameWidth + 2 + cellWidth(wholly + noted) <= width;
  // What is without id is said above; what is presumed must not be cut for it.
  const figures = fits ? wholly : wholly.replaceAll(' without id', '');
  return [
    span(name, mailbox.confirmed > 0 ? 'malicious' : 'plain'),
    span(`  ${figures}`),
    span(noted, 'warning'),
  ];
};

const caseLine = ({ overview }: RowOf<'case'>): readonly Span[] => {
  const { rows, traceRows, signInRows, sources, fetches, lookups } = overview;
  const asked = [
    fetches.length > 0 ? many(fetches.length, 'fetch', 'fetches') : '',
    lookups.length > 0 ? many(lookups.length, 'lookup') : '',
  ].filter((part) => part !== '');
  const fetched = asked.length === 0 ? '' : `, ${asked.join(', ')} (${keyOf('fetches')})`;
  const outcomes = [
    `${count(rows.accepted)} accepted`,
    rows.conflicts > 0 ? `${count(rows.conflicts)} conflicting` : '',
    rows.damaged > 0 ? `${count(rows.damaged)} damaged` : '',
    rows.duplicates > 0 ? `${count(rows.duplicates)} duplicate` : '',
    rows.sideEvents > 0 ? many(rows.sideEvents, 'side event') : '',
    rows.otherOperations > 0 ? `${count(rows.otherOperations)} other` : '',
  ].filter((outcome) => outcome !== '');
  const traces =
    traceRows.rows > 0
      ? `; trace: ${count(traceRows.accepted)} accepted${traceRows.damaged > 0 ? `, ${count(traceRows.damaged)} damaged` : ''}`
      : '';
  const signIns =
    signInRows.rows > 0
      ? `; sign-ins: ${count(signInRows.accepted)} accepted${signInRows.damaged > 0 ? `, ${count(signInRows.damaged)} damaged` : ''}`
      : '';
  return [
    span(
      `${many(sources.length, 'source')}${fetched}, audit: ${outcomes.join(', ')}${traces}${signIns}`,
    ),
  ];
};

const rowSpans = (row: ExposureRow, width: number, year: ListYear): readonly Span[] => {
  switch (row.row) {
    case 'case':
      return caseLine(row);
    case 'mailbox':
      return mailboxLine(row, width);
    case 'gap':
      return gapLine(row, width, year);
  }
};

const title = (state: ConsoleState): string => {
  const window = state.overview?.window ?? null;
  const end = (time: string | null): string => (time === null ? 'open' : wholeMinute(time));
  const stated =
    window === null || (window.from === null && window.to === null)
      ? `access window not set (${keyOf('access-window')})`
      : `access window ${end(window.from)} ${SYMBOLS.upTo} ${end(window.to)}`;
  return `Exposed so far, ${stated}`;
};

export const exposurePane = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'exposure';
  const looked = focused || (state.focus === 'details' && state.detailsOf === 'exposure');
  const head = titleLine(forTerminal(title(state)), width, { focused });
  if (state.overview === null) return [head];
  const summary = exposureSummary(state, width);
  const room = Math.max(0, height - 1 - summary.length);
  const { top, key } = state.exposure;
  const rows = state.exposureRows.slice(top, top + room);
  return [
    head,
    ...summary,
    ...rows.map((row) => {
      const cursor = looked && row.key === key;
      const cells = rowSpans(row, width, yearOfLists(state.overview));
      return listRow({ cursor, focused, selected: false }, cells);
    }),
    ...(height > summary.length + 1 && rows.length === 0 ? [lineOf('')] : []),
  ];
};
