import { signInSchema, signOutSchema } from './authentication.ts';
import { appsSchema, compareSchema } from './comparison.ts';
import { diffSchema } from './diff.ts';
import { exposureSchema } from './exposure.ts';
import { fetchDocumentSchema } from './fetch.ts';
import { engineSchema } from './engine.ts';
import { indicatorsSchema } from './indicators.ts';
import { traceSchema } from './lookup.ts';
import { messagesSchema } from './message.ts';
import { savedSchema, saveMessagesSchema } from './saved.ts';
import { sessionsSchema } from './session.ts';
import { importSchema } from './source.ts';
import { stampSchema } from './stamp.ts';
import { summarySchema } from './summary.ts';
import { whatifSchema } from './what-if.ts';
import { whoSchema } from './who.ts';

/** JSON Schemas of what is written and printed, by the name of the file of dist/schemas. */
export const DOCUMENT_SCHEMAS = {
  apps: appsSchema,
  compare: compareSchema,
  diff: diffSchema,
  engine: engineSchema,
  exposure: exposureSchema,
  fetchDocument: fetchDocumentSchema,
  import: importSchema,
  indicators: indicatorsSchema,
  messages: messagesSchema,
  saveMessages: saveMessagesSchema,
  saved: savedSchema,
  sessions: sessionsSchema,
  signIn: signInSchema,
  signOut: signOutSchema,
  stamp: stampSchema,
  summary: summarySchema,
  trace: traceSchema,
  whatif: whatifSchema,
  who: whoSchema,
};
