import type { Mailbox } from '../../domain/sessions/session.ts';

/** Characters of one text from a record: a subject may have any length, and a page has a width. */
const MOST_CHARACTERS = 300;

/** A text from a record; what is longer is cut, and its length is said. */
export const cutText = (text: string, most = MOST_CHARACTERS): string => {
  if (text.length <= most) return text;
  const characters = text.length.toLocaleString('en');
  // Not between the two halves of one character.
  const begin = text.slice(0, most).replace(/[\ud800-\udbff]$/u, '');
  return `${begin} … (cut: the text has ${characters} characters)`;
};

/** The first of many, and how many more there are. */
export const firstOf = (texts: readonly string[], most: number): readonly string[] => [
  ...texts.slice(0, most).map((text) => cutText(text)),
  ...(texts.length > most ? [`and ${(texts.length - most).toLocaleString('en')} more`] : []),
];

export const mailboxText = ({ owner, guid }: Mailbox): string =>
  cutText(owner ?? guid ?? '(mailbox not stated)');

/** One moment, or from the first to the last. */
export const spanText = (from: string, to: string): string =>
  from === to ? from : `${from} to ${to}`;

/** A stated period, of which an end may be open. */
export const windowText = ({
  from,
  to,
}: {
  readonly from: string | null;
  readonly to: string | null;
}): string => `${from ?? '(open)'} to ${to ?? '(open)'}`;
