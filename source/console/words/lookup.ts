import type { LookupService } from '../../domain/lookups/lookup.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { LookupProgress, LookupStatement } from '../../acquire/lookup/lookup-events.ts';
import { cellWidth } from '../cells.ts';
import { count, many } from './figures.ts';
import { untilWords, whyAndUntil } from './waiting.ts';

const SERVICES: Readonly<Record<LookupService, string>> = {
  messageTrace: 'trace',
  mailbox: 'mailbox',
};

/** A running lookup in at most `room` cells; empty while nothing is wanted. */
export const lookupLine = (progress: LookupProgress, room: number): string => {
  const { step, since, service, messages, rows, wait } = progress;
  if (step === 'idle') return '';
  if (step === 'signingIn') return 'signing in';
  if (step === 'otherImport') return 'metadata waits for an import';
  const of = `metadata ${count(messages.done)} of ${count(messages.all)}`;
  const who = service === null ? '' : ` (${SERVICES[service]})`;
  const came = rows === 0 ? '' : `, ${many(rows, 'row')}`;
  const until = whyAndUntil(wait);
  const ways = [
    `${of}${who} since ${since.slice(11, 16)}${came}${until}`,
    `${of}${who}${came}${until}`,
    `${of}${until}`,
    `${of}${untilWords(wait)}`,
  ];
  return ways.find((way) => cellWidth(way) <= room) ?? of;
};

/** At the end of what was wanted, while the connection stays. */
export const answeredWords = (messages: number): string =>
  `${many(messages, 'message')} looked up; those without metadata say why`;

/** What a lookup came to; a service that could not be asked comes first. */
export const statementWords = (
  statement: LookupStatement,
): { readonly refused: boolean; readonly text: string } => {
  const { asked, found, refused } = statement;
  const [first] = refused;
  const came = `${count(found)} of ${many(asked, 'message')} with metadata`;
  if (first === undefined) return { refused: false, text: came };
  return {
    refused: true,
    text: `${forTerminal(first.problem)} ${forTerminal(first.hint)} (${came})`,
  };
};
