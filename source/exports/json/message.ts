import type { Message } from '../../domain/exposure/message.ts';
import type { Trace } from '../../domain/lookups/trace.ts';
import { mailboxJson } from './session.ts';

/** Metadata of a message: `mia.messages/2` trace, and `mia.trace/1`. */
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

/** `mia.messages/2` messages[], keys in the order of the contract. */
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
  intruder:
    message.intruder === null
      ? null
      : {
          first: message.intruder.first,
          last: message.intruder.last,
          accesses: message.intruder.accesses,
        },
  sessions: message.sessions.map(({ key, verdict }) => ({ key, verdict })),
  class: message.class,
  presumedBy: message.presumedBy,
  contested: message.contested,
  openBecause: message.openBecause,
  receivedAfterLastAttributed: message.receivedAfterLastAttributed,
  trace: message.trace === null ? null : traceJson(message.trace),
  unresolved: message.unresolved,
});
