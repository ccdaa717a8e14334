import { clientInShort } from '../../domain/records/client.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ContextLine } from '../../case/lists/session-pages.ts';
import type { ConsoleState, ContextsLevel } from '../state.ts';
import type { Line } from '../view.ts';
import { type ListYear, yearOfLists, countIn, many } from '../words/figures.ts';
import { mailboxName, namedSession, shortUser } from '../words/people.ts';
import { marksOf, verdictLetter, verdictTone } from '../words/verdicts.ts';
import { type Column, fitColumns, headLine, IPV4, rowLine, timeColumn } from './columns.ts';
import { GUTTER, listRow, subjectTitle } from './list-lines.ts';
import { lineOf, titleLine, titleRoom } from './spans.ts';

const figure = (of: (context: ContextLine) => number) =>
  ({
    right: true,
    cell: (context: ContextLine, width: number): string => countIn(of(context), width),
  }) as const;

const VERDICT: Column<ContextLine> = {
  ...{ head: 'V', least: 1, most: 1, rank: 0 },
  tone: ({ verdict }) => verdictTone(verdict),
  cell: ({ verdict }) => verdictLetter(verdict),
};

const ADDRESS: Column<ContextLine> = {
  ...{ head: 'Address', least: IPV4, most: 24, rank: 1 },
  cell: ({ address }) => forTerminal(address ?? 'not stated'),
};

const CLIENT = {
  ...{ head: 'Client', most: 20, rank: 2 },
  cell: ({ client }: ContextLine, width: number): string =>
    forTerminal(clientInShort(client, width)),
} as const;

const BIND = { head: 'Bind', most: 6, rank: 6, ...figure(({ binds }) => binds) } as const;
const MSGS = { head: 'Msgs', most: 7, rank: 4, ...figure(({ messages }) => messages) } as const;

const BEHIND: readonly Column<ContextLine>[] = [
  {
    ...{ head: 'Marks', least: 5, most: 8, rank: 4.5, tone: () => 'accent' },
    cell: (row) => marksOf(row),
  },
  {
    ...{ head: 'Mailbox', least: 12, most: 34, rank: 9 },
    cell: ({ mailbox }, width) => shortUser(mailboxName(mailbox), width),
  },
  {
    ...{ head: 'Device', least: 10, most: 36, rank: 10 },
    cell: ({ deviceId }) => forTerminal(deviceId ?? 'not stated'),
  },
];

/** With years in the cells, 80 columns hold all of them when the others take what they need and no more. */
const columns = (year: ListYear): readonly Column<ContextLine>[] => [
  VERDICT,
  timeColumn(year, {
    ...{ head: 'First seen', short: 'First', rank: 8 },
    time: ({ firstSeen }) => firstSeen,
  }),
  timeColumn(year, {
    ...{ head: 'Last seen', short: 'Last', rank: 3 },
    time: ({ lastSeen }) => lastSeen,
  }),
  ADDRESS,
  { ...CLIENT, least: year === null ? 7 : 13 },
  { ...BIND, least: year === null ? 4 : 5 },
  // Among years the mark S has to do.
  {
    head: 'Sync',
    least: 4,
    most: 5,
    rank: year === null ? 8.5 : 7,
    ...figure(({ syncs }) => syncs),
  },
  { ...MSGS, least: year === null ? 4 : 5 },
  ...BEHIND,
];

export const contextsPane = (
  state: ConsoleState,
  level: ContextsLevel,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'sessions';
  const contexts = level.contexts ?? [];
  const size = level.contexts === null ? '' : ` ${many(contexts.length, 'context')}`;
  const more = `,${size || ' opening'}`;
  const title = subjectTitle('Session of ', namedSession(level.session), more, titleRoom(width));
  const head = titleLine(title, width, { focused });
  if (contexts.length === 0)
    return [head, lineOf(level.contexts === null ? '' : '   no context is left of it', 'dim')];
  const fitted = fitColumns(columns(yearOfLists(state.overview)), width - GUTTER);
  const { top } = level.position;
  const rows = contexts.slice(top, top + height - 2).map((context) => {
    const cursor = context.key === level.position.key;
    const selected = state.selection.contexts.has(context.key);
    return listRow({ cursor, focused, selected }, rowLine(context, fitted));
  });
  return [head, headLine(fitted, GUTTER), ...rows];
};
