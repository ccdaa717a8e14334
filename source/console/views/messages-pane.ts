import { GLYPHS } from '../glyphs.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExposureClass, Message } from '../../domain/message.ts';
import type { MessageQuery } from '../../jobs/case-service.ts';
import type { ConsoleState, Selection } from '../state.ts';
import { selectionInWords } from '../words/selection.ts';
import type { Line, Tone } from '../view.ts';
import { narrowing } from '../words/filter.ts';
import { bytes, count, dayAndMinute, many } from '../words/figures.ts';
import { messageFolder, messageSubject, TRACE_SOURCE_SHORT } from '../words/messages.ts';
import { shortUser } from '../words/people.ts';
import { MESSAGE_SORT_WORDS } from '../words/sorts.ts';
import type { Column } from './columns.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, gutterOf, visibleRows } from './list-lines.ts';
import { lineOf, titleLine } from './spans.ts';

const CLASS_TONE: Readonly<Record<ExposureClass, Tone>> = {
  confirmed: 'malicious',
  presumed: 'warning',
  open: 'plain',
  benignOnly: 'dim',
};

const classLetter = (message: Message): string => {
  switch (message.class) {
    case 'confirmed':
      return 'C';
    case 'presumed':
      return 'P';
    case 'open':
      return GLYPHS.dot;
    case 'benignOnly':
      return 'B';
  }
};

const sender = (message: Message, width: number): string =>
  message.trace === null ? GLYPHS.dash : shortUser(message.trace.sender, width);

const recipient = ({ trace }: Message, width: number): string => {
  const [first] = trace?.recipients ?? [];
  if (trace === null || first === undefined) return GLYPHS.dash;
  const more = trace.recipients.length > 1 ? ` +${trace.recipients.length - 1}` : '';
  return `${shortUser(first, width - more.length)}${more}`;
};

/** A message without metadata says why, more quietly than a subject would stand there. */
const subjectTone = ({ trace }: Message): Tone => (trace === null ? 'dim' : 'plain');

const COLUMNS: readonly Column<Message>[] = [
  {
    head: 'C',
    least: 1,
    most: 1,
    rank: 0,
    tone: (message) => CLASS_TONE[message.class],
    cell: (message, _width) => classLetter(message),
  },
  {
    head: 'Accessed',
    least: 8,
    most: 11,
    rank: 1,
    cell: ({ lastAccess }, width) => dayAndMinute(lastAccess).slice(width < 11 ? 3 : 0),
  },
  { head: 'Folder', least: 8, most: 16, rank: 4, cell: messageFolder },
  { head: 'From', least: 12, most: 28, rank: 3, cell: sender },
  { head: 'To', least: 14, most: 28, rank: 5, from: 82, cell: recipient },
  {
    head: 'Subject',
    least: 15,
    most: 200,
    rank: 2,
    tone: subjectTone,
    cell: messageSubject,
  },
  {
    head: 'Size',
    least: 8,
    most: 8,
    rank: 6,
    from: 106,
    right: true,
    cell: ({ sizeInBytes, trace }) => {
      const size = sizeInBytes ?? trace?.size ?? null;
      return size === null ? '' : bytes(size);
    },
  },
  {
    head: 'Source',
    least: 7,
    most: 7,
    rank: 7,
    from: 112,
    tone: () => 'dim',
    cell: ({ trace }) => (trace === null ? '' : TRACE_SOURCE_SHORT[trace.source]),
  },
];

const isNothing = ({ sessions, contexts }: Selection): boolean =>
  sessions.size + contexts.size === 0;

const scopeInWords = ({ scope }: MessageQuery, selection: Selection): string => {
  switch (scope.of) {
    case 'sessions':
      return isNothing(selection)
        ? many(scope.keys.length, 'session')
        : selectionInWords(selection);
    case 'context':
      return '1 context';
    case 'malicious':
      return 'all malicious contexts';
    case 'case':
      return 'the whole case';
  }
};

const title = (state: ConsoleState, query: MessageQuery | null): string => {
  if (query === null) return 'Messages';
  const order = query.sort === 'accessed' ? '' : `, ${MESSAGE_SORT_WORDS[query.sort]}`;
  const narrowed = narrowing(query.filter, query.search);
  return `Messages of ${scopeInWords(query, state.selection)}, ${count(state.messages.total)}${order}${narrowed}`;
};

const nothing = (query: MessageQuery | null): string => {
  if (query === null) return '';
  if (query.search !== '' || Object.keys(query.filter).length > 0) return 'No message matches.';
  return query.scope.of === 'malicious'
    ? 'Nothing is judged malicious yet.'
    : 'No single messages: its records list none (a Sync names a folder only).';
};

export const messagesPane = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'messages';
  const looked = focused || (state.focus === 'details' && state.detailsOf === 'messages');
  const { messages } = state;
  const heading = forTerminal(title(state, messages.answered));
  const head = titleLine(heading, width, { focused });
  if (messages.total === 0)
    return [head, lineOf(''), lineOf(`   ${nothing(messages.answered)}`, 'dim')];
  const fitted = fitColumns(COLUMNS, width - GUTTER);
  const rows = visibleRows(messages, height - 2, (message, index) => {
    const cursor = looked && index === messages.cursor;
    return rowLine(message, fitted, gutterOf({ cursor, focused, selected: false }));
  });
  return [head, headLine(fitted, GUTTER), ...rows];
};
