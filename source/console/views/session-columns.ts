import { SYMBOLS } from '../symbols.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { clientInShort } from '../../domain/records/client.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import type { Tone, Span } from '../view.ts';
import { type ListYear, countIn } from '../words/figures.ts';
import { sessionAddress, sessionClient, sessionUser } from '../words/people.ts';
import { countriesIn, networksIn } from '../words/sign-ins.ts';
import { marksIn, verdictLetter, verdictTone } from '../words/verdicts.ts';
import { type Column, IPV4, timeColumn } from './columns.ts';
import { span } from './spans.ts';

/** What is judged benign steps back, what is malicious stands out; the letter says both without colour. */
const rowTone = ({ verdict }: SessionLine): Tone => (verdict === 'benign' ? 'dim' : 'plain');

const userTone = (session: SessionLine): Tone =>
  session.verdict === 'malicious' ? 'malicious' : rowTone(session);

const client = (session: SessionLine, width: number): string =>
  session.clients.length > 1 && width < 9
    ? `${session.clients.length} kinds`
    : forTerminal(clientInShort(sessionClient(session), width));

const user = (session: SessionLine, width: number): string =>
  sessionUser(session, width, SYMBOLS.arrow);

const figure = (of: (session: SessionLine) => number) =>
  ({
    right: true,
    tone: rowTone,
    cell: (session: SessionLine, width: number): string => countIn(of(session), width),
  }) as const;

const VERDICT: Column<SessionLine> = {
  head: 'V',
  least: 1,
  most: 1,
  rank: 0,
  tone: ({ verdict }) => verdictTone(verdict),
  cell: ({ verdict }) => verdictLetter(verdict),
};

const lastSeen = (year: ListYear): Column<SessionLine> =>
  timeColumn(year, {
    ...{ head: 'Last seen', short: 'Last', rank: 1, tone: rowTone },
    time: (session) => session.lastSeen,
  });

const USER = { head: 'User', rank: 2, tone: userTone, cell: user } as const;
const CLIENT = { head: 'Client', rank: 6, tone: rowTone, cell: client } as const;
const ADDRESS = { head: 'Address', rank: 3, tone: rowTone, cell: sessionAddress } as const;

const ACTIVITY = {
  cell: (session: SessionLine, width: number) => activityStrip(session, width, rowTone(session)),
} as const;

const MSGS = { head: 'Msgs', rank: 4, ...figure(({ messages }) => messages) } as const;

const MARKS = {
  rank: 5,
  tone: ({ grownSinceVerdict }: SessionLine): Tone =>
    grownSinceVerdict > 0 ? 'warning' : 'accent',
  cell: marksIn,
} as const;

/** Stacked, 60 to 119 cells; years in the cells leave the client its brief name. */
const stacked = (year: ListYear): readonly Column<SessionLine>[] => [
  VERDICT,
  lastSeen(year),
  { ...USER, least: 10, most: 34 },
  { ...CLIENT, least: year === null ? 10 : 15, most: 18 },
  { ...ADDRESS, least: IPV4, most: 24 },
  { ...ACTIVITY, head: 'Activity', least: 8, most: 16, rank: 7 },
  { ...MSGS, least: 5, most: 7 },
  { ...MARKS, head: 'Marks', least: 5, most: 10 },
];

/**
 * Beside the messages: 77 cells at 120 columns, 54 there while those have the keys, 80 or 86 at 160.
 * What is free goes to the user first.
 */
const beside = (year: ListYear): readonly Column<SessionLine>[] => [
  VERDICT,
  lastSeen(year),
  { ...USER, least: 10, enough: 20, most: 34 },
  { ...CLIENT, least: 7, enough: 7, most: 18 },
  { ...ADDRESS, least: IPV4, enough: IPV4, most: 24 },
  { ...ACTIVITY, head: 'Active', least: 6, enough: 6, most: 16, rank: 9 },
  { head: 'Bind', least: 4, enough: 4, most: 6, rank: 7, ...figure(({ binds }) => binds) },
  { head: 'Sync', least: 4, enough: 4, most: 5, rank: 8, ...figure(({ syncs }) => syncs) },
  { ...MSGS, least: 4, enough: 5, most: 7 },
  { ...MARKS, head: 'Mark', least: 4, enough: 5, most: 10 },
];

/** Where from, by the sign-in log: 77 cells have room for the country, 86 for the network too. */
const COUNTRY: Column<SessionLine> = {
  ...{ head: 'In', least: 3, most: 6, rank: 8.5, tone: rowTone },
  cell: ({ signInGlance }, width) => countriesIn(signInGlance, width),
};

const NETWORK: Column<SessionLine> = {
  ...{ head: 'AS', least: 5, most: 11, rank: 9.5, tone: rowTone },
  cell: ({ signInGlance }, width) => networksIn(signInGlance, width),
};

const withSignIns = (columns: readonly Column<SessionLine>[]): readonly Column<SessionLine>[] =>
  columns.flatMap((column) =>
    column.head === ADDRESS.head ? [column, COUNTRY, NETWORK] : [column],
  );

/** `signIns`: a row in sight has sign-ins; their columns cost others room that has better use without. */
export const sessionColumns = (at: {
  readonly sideBySide: boolean;
  readonly signIns: boolean;
  readonly year: ListYear;
}): readonly Column<SessionLine>[] => {
  if (!at.sideBySide) return stacked(at.year);
  return at.signIns ? withSignIns(beside(at.year)) : beside(at.year);
};

interface Slice {
  /** On average in each of the slices that the cell stands for: cells of two and of three are alike. */
  readonly records: number;
  readonly gap: boolean;
}

/** Neighbouring slices together, so that they fill at most `width` cells. */
const folded = (session: SessionLine, width: number): readonly Slice[] => {
  const { activity, gapSlices } = session;
  const cells = Math.max(1, Math.min(width, activity.length));
  const start = (cell: number): number => Math.floor((cell * activity.length) / cells);
  return Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [start(cell), start(cell + 1)];
    const records = activity.slice(from, to).reduce((sum, value) => sum + value, 0);
    return {
      records: records / (to - from),
      gap: gapSlices.slice(from, to).some((inGap) => inGap),
    };
  });
};

const barOf = (records: number, most: number, bars: readonly string[]): string => {
  if (records === 0) return bars[0] ?? ' ';
  const highest = bars.length - 1;
  return bars[Math.max(1, Math.ceil((records / most) * highest))] ?? ' ';
};

/** When a session was active over the span of the case; where the log has a gap, a cross. */
const activityStrip = (session: SessionLine, width: number, tone: Tone): readonly Span[] => {
  const slices = folded(session, width);
  const most = Math.max(...slices.map(({ records }) => records));
  const spans = slices.map(({ records, gap }) =>
    gap && records === 0
      ? span(SYMBOLS.gap, 'warning')
      : span(barOf(records, most, SYMBOLS.bars), gap ? 'warning' : tone),
  );
  return [...joined(spans), span(' '.repeat(Math.max(0, width - slices.length)))];
};

/** Neighbours of one tone as one span: fewer pieces to draw. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const result: Span[] = [];
  for (const part of spans) {
    const last = result.at(-1);
    if (last !== undefined && last.tone === part.tone)
      result[result.length - 1] = { ...last, text: last.text + part.text };
    else result.push(part);
  }
  return result;
};
