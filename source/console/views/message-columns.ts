import { cut } from '../cells.ts';
import { SYMBOLS } from '../symbols.ts';
import type { ExposureClass } from '../../domain/exposure/exposure-class.ts';
import type { Message } from '../../domain/exposure/message.ts';
import type { Tone } from '../view.ts';
import { type ListYear, bytesInShort } from '../words/figures.ts';
import {
  messageFolder,
  messageSubject,
  TRACE_SOURCE_SHORT,
  withoutMetadata,
} from '../words/messages.ts';
import { shortUser } from '../words/people.ts';
import { type Column, timeColumn } from './columns.ts';

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
      return SYMBOLS.dot;
    case 'benignOnly':
      return 'B';
  }
};

const recipient = ({ trace }: Message, width: number): string => {
  const [first] = trace?.recipients ?? [];
  if (trace === null || first === undefined) return SYMBOLS.dash;
  const more = trace.recipients.length > 1 ? ` +${trace.recipients.length - 1}` : '';
  const room = width - more.length;
  return `${cut(shortUser(first, room), room)}${more}`;
};

/** Which times a list shows. */
interface Times {
  readonly year: ListYear;
  readonly intruder: boolean;
}

const CLASS: Column<Message> = {
  head: 'C',
  least: 1,
  most: 1,
  rank: 0,
  tone: (message) => CLASS_TONE[message.class],
  cell: (message, _width) => classLetter(message),
};

/** Of a list of what is malicious: the intruder's last access; else anyone's. */
const accessed = ({ year, intruder }: Times): Column<Message> =>
  timeColumn(
    year,
    intruder
      ? {
          ...{ head: 'Intruder', short: 'Intr.', rank: 1 },
          time: (message) => message.intruder?.last ?? message.lastAccess,
        }
      : {
          ...{ head: "Anyone's", short: 'Anyone', rank: 1 },
          time: ({ lastAccess }) => lastAccess,
        },
  );

const SUBJECT = 'Subject';

/** A row without metadata says why, and its id, over all that would stand there: quieter than a subject. */
const from =
  (lookingUp: boolean) =>
  (message: Message, width: number): string =>
    message.trace === null
      ? withoutMetadata(message, width, lookingUp)
      : shortUser(message.trace.sender, width);

const FROM = {
  head: 'From',
  rank: 3,
  tone: ({ trace }: Message): Tone => (trace === null ? 'dim' : 'plain'),
  through: ({ trace }: Message): string | undefined => (trace === null ? SUBJECT : undefined),
  cell: from(false),
} as const;

const TO = { head: 'To', cell: recipient } as const;

/** Stacked, 60 to 119 cells: subjects keep their room. */
const stacked = (times: Times): readonly Column<Message>[] => [
  CLASS,
  accessed(times),
  { head: 'Folder', least: 8, most: 16, rank: 4, cell: messageFolder },
  { ...FROM, least: 12, most: 28 },
  { ...TO, least: 14, most: 28, rank: 5, from: 82 },
  { head: SUBJECT, least: 15, most: 200, rank: 2, cell: messageSubject },
];

const size = ({ sizeInBytes, trace }: Message): string => {
  const known = sizeInBytes ?? trace?.size ?? null;
  return known === null ? '' : bytesInShort(known);
};

/**
 * Beside the sessions: 43 cells at 120 columns, 66 there once they have the keys, 74 to 80 at 160. What
 * is free goes to the subject: names are told by their beginning, subjects are not.
 */
const beside = (times: Times): readonly Column<Message>[] => [
  CLASS,
  accessed(times),
  { head: 'Folder', least: 8, enough: 8, most: 14, rank: 5, cell: messageFolder },
  { ...FROM, least: 9, enough: 9, most: 26 },
  { ...TO, least: 8, enough: 9, most: 20, rank: 4 },
  { head: SUBJECT, least: 12, enough: 40, most: 200, rank: 2, cell: messageSubject },
  { head: 'Size', least: 6, most: 6, rank: 6, from: 70, right: true, cell: size },
  {
    head: 'Source',
    least: 7,
    most: 7,
    rank: 7,
    from: 76,
    tone: () => 'dim',
    cell: ({ trace }) => (trace === null ? '' : TRACE_SOURCE_SHORT[trace.source]),
  },
];

/** `lookingUp`: rows that have no answer yet are being looked up. */
export const messageColumns = (at: {
  readonly sideBySide: boolean;
  readonly lookingUp: boolean;
  readonly year: ListYear;
  /** The list is of what is malicious alone. */
  readonly intruder: boolean;
}): readonly Column<Message>[] => {
  const columns = at.sideBySide ? beside(at) : stacked(at);
  return at.lookingUp
    ? columns.map((column) =>
        column.head === FROM.head ? { ...column, cell: from(true) } : column,
      )
    : columns;
};
