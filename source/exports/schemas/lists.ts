import { fetchSchema } from './fetch.ts';
import { lookupSchema, pastLookupSchema } from './lookup.ts';
import { messageDefinitions, unresolvedSchema } from './message.ts';
import {
  count,
  definition,
  documentSchema,
  objectOf,
  flag,
  listOf,
  oneOf,
  orNull,
  text,
  textOrNull,
} from './parts.ts';
import { scopeSchema } from './scope.ts';
import { sessionDefinitions } from './session.ts';
import { importedSourceSchema, warningSchema } from './source.ts';
import { summaryMembers } from './summary.ts';

/** The schemas of what `--json` prints; each list command has its own. */
export const importSchema = documentSchema('mia.import/1', 'What an import read', {
  sources: listOf(importedSourceSchema),
  warnings: listOf(warningSchema),
  problems: listOf(objectOf({ file: text, reason: text })),
  notes: listOf(objectOf({ file: text, text })),
  losses: count,
  moreWarnings: count,
});

export const fetchDocumentSchema = documentSchema('mia.fetch/2', 'What was fetched', {
  fetches: listOf(fetchSchema),
  sources: listOf(importedSourceSchema),
  notes: listOf(text),
});

export const sessionsSchema = documentSchema(
  'mia.sessions/1',
  'Sessions',
  { sessions: listOf(definition('session')) },
  sessionDefinitions,
);

export const messagesSchema = documentSchema(
  'mia.messages/2',
  'Messages',
  { messages: listOf(definition('message')) },
  { mailbox: sessionDefinitions.mailbox, ...messageDefinitions },
);

export const summarySchema = documentSchema('mia.summary/2', 'The exposure so far', {
  scope: scopeSchema,
  ...summaryMembers,
  statement: text,
  fetches: listOf(fetchSchema),
  lookUps: listOf(pastLookupSchema),
});

export const traceSchema = documentSchema(
  'mia.trace/1',
  'Metadata of messages',
  {
    messages: listOf(
      objectOf({
        internetMessageId: text,
        inCase: flag,
        trace: orNull(definition('trace')),
        unresolved: unresolvedSchema,
      }),
    ),
    lookup: orNull(lookupSchema),
  },
  { trace: messageDefinitions.trace },
);

export const signInSchema = documentSchema('mia.sign-in/1', 'Who is signed in, and what works', {
  cloud: text,
  tenant: text,
  tenantId: text,
  account: objectOf({ kind: oneOf('user', 'application'), name: text }),
  clientId: text,
  method: oneOf('device-code', 'browser', 'client-secret', 'client-certificate'),
  permissions: orNull(listOf(text)),
  abilities: listOf(
    objectOf({
      ability: oneOf('auditSearch', 'messageTrace', 'mailbox', 'signInLog', 'managementActivity'),
      title: text,
      works: oneOf('yes', 'no', 'untried'),
      endpoint: textOrNull,
      reason: textOrNull,
      advice: textOrNull,
    }),
  ),
  remembered: flag,
  notedInCase: flag,
});

export const signOutSchema = documentSchema('mia.sign-out/1', 'Sign-ins that were forgotten', {
  forgotten: listOf(objectOf({ cloud: text, tenant: text, clientId: text })),
});
