import { cut } from '../cells.ts';
import { SYMBOLS } from '../symbols.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Message } from '../../domain/exposure/message.ts';
import type { TraceSource } from '../../domain/lookups/trace.ts';
import { UNRESOLVED_SHORT } from '../../domain/exposure/exposure-words.ts';

export const TRACE_SOURCE: Readonly<Record<TraceSource, string>> = {
  importedTrace: 'imported trace',
  historicalSearch: 'historical search',
  fetchedTrace: 'fetched trace',
  mailbox: 'mailbox',
  contentSearch: 'content search',
  auditRecord: 'audit record',
};

/** At most 7 cells, for a column. */
export const TRACE_SOURCE_SHORT: Readonly<Record<TraceSource, string>> = {
  importedTrace: 'trace',
  historicalSearch: 'history',
  fetchedTrace: 'fetched',
  mailbox: 'mailbox',
  contentSearch: 'search',
  auditRecord: 'audit',
};

export const messageSubject = ({ trace }: Message): string =>
  trace === null ? 'not known' : forTerminal(trace.subject ?? '(no subject)');

/**
 * For a row without metadata, in `width` cells, while it may be `lookingUp`: why there is none, and which message it is. Item ids
 * of a folder begin alike, so of those it is the end that is shown.
 */
export const withoutMetadata = (message: Message, width: number, lookingUp = false): string => {
  const { internetMessageId, itemId, unresolved } = message;
  const { ellipsis } = SYMBOLS;
  if (internetMessageId === null) {
    const item = forTerminal(itemId ?? 'no item id either');
    const room = Math.max(2, width - 'no message id: '.length);
    return `no message id: ${item.length <= room ? item : `${ellipsis}${item.slice(1 - room)}`}`;
  }
  const why = unresolved ?? 'notLookedUp';
  const reason = `${lookingUp && why === 'notLookedUp' ? 'looking up' : UNRESOLVED_SHORT[why]} `;
  const id = cut(forTerminal(internetMessageId), width - reason.length - 2);
  return `${reason}<${id}>`;
};

export const messageFolder = (message: Message): string => {
  const [first] = message.folders;
  const more = message.folders.length > 1 ? ` +${message.folders.length - 1}` : '';
  return first === undefined ? 'not stated' : `${forTerminal(first.replace(/^\\/, ''))}${more}`;
};

/** What identifies it: the message id, else the item id. */
export const messageId = (message: Message): string =>
  message.internetMessageId ?? message.itemId ?? 'neither message id nor item id';
