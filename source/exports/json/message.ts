import type { Message } from '../../domain/message.ts';
import type { Trace } from '../../domain/trace.ts';
import { mailboxJson } from './session.ts';

/** Metadata of a message: `mia.messages/1` trace, and `mia.trace/1`. */
export const traceJson = (trace: Trace) => ({
  source: trace.source,
  status: trace.status,
  subject: trace.subject,
  sender: trace.sender,
  recipients: trace.recipients,
  receivedAt: trace.receivedAt,
  size: trace.size,
  ambiguous: trace.ambiguous,
});

/** `mia.messages/1` messages[], keys in the order of the contract. */
export const messageJson = (message: Message) => ({
  mailbox: mailboxJson(message.mailbox),
  internetMessageId: message.internetMessageId,
  itemId: message.itemId,
  folders: message.folders,
  sizeInBytes: message.sizeInBytes,
  differs: message.differs,
  firstAccess: message.firstAccess,
  lastAccess: message.lastAccess,
  accesses: message.accesses,
  sessions: message.sessions,
  class: message.class,
  trace: message.trace === null ? null : traceJson(message.trace),
  unresolved: message.unresolved,
});
