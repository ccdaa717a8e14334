import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExposureClass, Message } from '../../domain/message.ts';
import type { TraceSource, Unresolved } from '../../domain/trace.ts';

/** Why there is no metadata. Never "deleted" (`domain.md`, From ids to people). */
export const UNRESOLVED: Readonly<Record<Unresolved, string>> = {
  notLookedUp: 'not looked up yet',
  olderThanTrace: 'older than any trace reaches',
  draftOrNeverSent: 'a draft: never sent, so not traced',
  notFound: 'in none of the traces imported',
  lookupFailed: 'the look-up failed',
};

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

export const CLASS_WORD: Readonly<Record<ExposureClass, string>> = {
  confirmed: 'confirmed: accessed in a malicious context',
  presumed: 'presumed: in a folder synced, or in a mailbox presumed whole',
  open: 'open: accessed in a context nobody has judged yet',
  benignOnly: 'accessed in benign contexts only',
};

/** The reason in a few words, for a row that has to show which message it is as well. */
const UNRESOLVED_SHORT: Readonly<Record<Unresolved, string>> = {
  notLookedUp: 'not looked up',
  olderThanTrace: 'older than trace',
  draftOrNeverSent: 'draft, never sent',
  notFound: 'not in the traces',
  lookupFailed: 'look-up failed',
};

/** The subject; without metadata the reason, and the id by which the message can be told apart. */
export const messageSubject = (message: Message): string => {
  if (message.trace !== null) return forTerminal(message.trace.subject ?? '(no subject)');
  const id = forTerminal(messageId(message));
  if (message.internetMessageId === null) return `no message id, item ${id}`;
  return `${UNRESOLVED_SHORT[message.unresolved ?? 'notLookedUp']}: ${id}`;
};

export const messageFolder = (message: Message): string => {
  const [first] = message.folders;
  const more = message.folders.length > 1 ? ` +${message.folders.length - 1}` : '';
  return first === undefined ? 'not stated' : `${forTerminal(first.replace(/^\\/, ''))}${more}`;
};

/** What identifies it: the message id, else the item id. */
export const messageId = (message: Message): string =>
  message.internetMessageId ?? message.itemId ?? 'neither message id nor item id';
