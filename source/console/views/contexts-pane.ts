import { clientInShort } from '../../domain/client.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ContextLine } from '../../jobs/case-service.ts';
import type { ConsoleState, ContextsLevel } from '../state.ts';
import type { Line } from '../view.ts';
import { count, dayAndMinute, many } from '../words/figures.ts';
import { mailboxName, shortUser, subjectOfSession } from '../words/people.ts';
import { marksOf, verdictLetter, verdictTone } from '../words/verdicts.ts';
import type { Column } from './columns.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, gutterOf } from './list-lines.ts';
import { lineOf, titleLine } from './spans.ts';

const COLUMNS: readonly Column<ContextLine>[] = [
  {
    head: 'V',
    least: 1,
    most: 1,
    rank: 0,
    tone: ({ verdict }) => verdictTone(verdict),
    cell: ({ verdict }) => verdictLetter(verdict),
  },
  { head: 'First', least: 11, most: 11, rank: 8, cell: ({ firstSeen }) => dayAndMinute(firstSeen) },
  { head: 'Last', least: 11, most: 11, rank: 3, cell: ({ lastSeen }) => dayAndMinute(lastSeen) },
  {
    head: 'Address',
    least: 13,
    most: 24,
    rank: 1,
    cell: ({ address }) => forTerminal(address ?? 'not stated'),
  },
  {
    head: 'Client',
    least: 15,
    most: 20,
    rank: 2,
    cell: ({ client }, width) =>
      client.length <= width ? forTerminal(client) : forTerminal(clientInShort(client)),
  },
  {
    head: 'Bind',
    least: 5,
    most: 6,
    rank: 6,
    right: true,
    cell: ({ binds }) => count(binds),
  },
  { head: 'Sync', least: 4, most: 5, rank: 7, right: true, cell: ({ syncs }) => count(syncs) },
  {
    head: 'Msgs',
    least: 5,
    most: 7,
    rank: 4,
    right: true,
    cell: ({ messages }) => count(messages),
  },
  {
    head: 'Marks',
    least: 5,
    most: 8,
    rank: 4.5,
    tone: () => 'accent',
    cell: (row) => marksOf(row),
  },
  {
    head: 'Mailbox',
    least: 12,
    most: 34,
    rank: 9,
    cell: ({ mailbox }, width) => shortUser(mailboxName(mailbox), width),
  },
  {
    head: 'Device',
    least: 10,
    most: 36,
    rank: 10,
    cell: ({ deviceId }) => forTerminal(deviceId ?? 'not stated'),
  },
];

/** Cells for a name in the title. */
const TITLE_NAME = 40;

export const contextsPane = (
  state: ConsoleState,
  level: ContextsLevel,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'sessions';
  const contexts = level.contexts ?? [];
  const size = level.contexts === null ? '' : ` ${many(contexts.length, 'context')}`;
  const title = `Session of ${subjectOfSession(level.session, TITLE_NAME)},${size || ' opening'}`;
  const head = titleLine(title, width, { focused });
  if (contexts.length === 0)
    return [head, lineOf(level.contexts === null ? '' : '   no context is left of it', 'dim')];
  const fitted = fitColumns(COLUMNS, width - GUTTER);
  const { top } = level.position;
  const rows = contexts.slice(top, top + height - 2).map((context) => {
    const cursor = context.key === level.position.key;
    const selected = state.selection.contexts.has(context.key);
    return rowLine(context, fitted, gutterOf({ cursor, focused, selected }));
  });
  return [head, headLine(fitted, GUTTER), ...rows];
};
