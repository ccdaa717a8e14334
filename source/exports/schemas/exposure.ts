import { decisionSchema } from './decision.ts';
import { fetchSchema } from './fetch.ts';
import { pastLookupSchema } from './lookup.ts';
import { messageDefinitions } from './message.ts';
import {
  definition,
  documentSchema,
  objectOf,
  listOf,
  oneOf,
  orNull,
  sha256,
  text,
  time,
  timeOrNull,
} from './parts.ts';
import { scopeSchema } from './scope.ts';
import { sessionDefinitions } from './session.ts';
import { sourceSchema } from './source.ts';
import { summaryMembers } from './summary.ts';

/**
 * The JSON Schema (draft 2020-12) of `mia.exposure/2`: what `mia export --schema` prints and what
 * ships as `mia.exposure-2.schema.json`. Strict: a key that is not promised here is an error.
 */
export const exposureSchema = documentSchema(
  'mia.exposure/2',
  'mia.exposure/2: what an intruder accessed, as far as the audit log says',
  {
    generatedAt: time,
    tool: objectOf({ name: { const: 'mia' }, version: text }),
    case: objectOf({
      title: text,
      analyst: text,
      window: orNull(objectOf({ from: timeOrNull, to: timeOrNull })),
    }),
    scope: scopeSchema,
    statement: text,
    decisionsHead: orNull(sha256),
    sources: listOf(definition('source')),
    decisions: listOf(definition('decision')),
    sessions: listOf({
      allOf: [
        definition('session'),
        { properties: { verdict: oneOf('malicious', 'benign', 'mixed') } },
      ],
    }),
    summary: objectOf(summaryMembers),
    messages: listOf({
      allOf: [definition('message'), { properties: { class: oneOf('confirmed', 'presumed') } }],
    }),
    fetches: listOf(fetchSchema),
    lookUps: listOf(pastLookupSchema),
  },
  { ...sessionDefinitions, ...messageDefinitions, source: sourceSchema, decision: decisionSchema },
);
