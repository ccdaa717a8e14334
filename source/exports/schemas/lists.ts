import { messageDefinitions, unresolvedSchema } from './message.ts';
import { count, definition, documentSchema, exactly, flag, listOf, orNull, text } from './parts.ts';
import { sessionDefinitions } from './session.ts';
import { importedSourceSchema, warningSchema } from './source.ts';
import { summaryMembers } from './summary.ts';

/** The schemas of what `--json` prints; each list command has its own. */
export const importSchema = documentSchema('mia.import/1', 'What an import read', {
  sources: listOf(importedSourceSchema),
  warnings: listOf(warningSchema),
  problems: listOf(exactly({ file: text, reason: text })),
  notes: listOf(exactly({ file: text, text })),
  losses: count,
  moreWarnings: count,
});

export const sessionsSchema = documentSchema(
  'mia.sessions/1',
  'Sessions',
  { sessions: listOf(definition('session')) },
  sessionDefinitions,
);

export const messagesSchema = documentSchema(
  'mia.messages/1',
  'Messages',
  { messages: listOf(definition('message')) },
  { mailbox: sessionDefinitions.mailbox, ...messageDefinitions },
);

export const summarySchema = documentSchema('mia.summary/1', 'The exposure so far', {
  ...summaryMembers,
  statement: text,
});

export const traceSchema = documentSchema(
  'mia.trace/1',
  'Metadata of messages',
  {
    messages: listOf(
      exactly({
        internetMessageId: text,
        inCase: flag,
        trace: orNull(definition('trace')),
        unresolved: unresolvedSchema,
      }),
    ),
  },
  { trace: messageDefinitions.trace },
);
