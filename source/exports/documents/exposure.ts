import {
  listOf,
  objectOf,
  oneOf,
  only,
  orNull,
  sha256,
  text,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';
import type { ExportedCase, ExportFormat } from '../exported-case.ts';
import { documentText, type Member } from '../json-text.ts';
import { decisionJson, decisionSchema } from './decision.ts';
import { fetchJson, fetchSchema } from './fetch.ts';
import { pastLookupJson, pastLookupSchema } from './lookup.ts';
import { messageDefinitions, messageJson } from './message.ts';
import { sessionDefinitions, sessionJson } from './session.ts';
import { sourceJson, sourceSchema } from './source.ts';
import { scopeJson, scopeSchema, STATEMENT, summaryJson, figuresSchema } from './summary.ts';

const SCHEMA = 'mia.exposure/2';

const caseSchema = objectOf({
  title: text,
  analyst: text,
  window: orNull(objectOf({ from: timeOrNull, to: timeOrNull })),
});
const caseJson = jsonOf(caseSchema);

/**
 * The JSON Schema (draft 2020-12) of `mia.exposure/2`: what `mia export --schema` prints and what
 * ships as `mia.exposure-2.schema.json`. Strict: a key that is not promised here is an error.
 */
export const exposureSchema = documentSchema(
  SCHEMA,
  'mia.exposure/2: what an intruder accessed, as far as the audit log says',
  {
    generatedAt: time,
    tool: objectOf({ name: only('mia'), version: text }),
    case: caseSchema,
    scope: scopeSchema,
    statement: text,
    decisionsHead: orNull(sha256),
    sources: listOf(sourceSchema),
    decisions: listOf(decisionSchema),
    sessions: listOf({
      allOf: [
        sessionDefinitions.session,
        { properties: { verdict: oneOf('malicious', 'benign', 'mixed') } },
      ],
    }),
    summary: figuresSchema,
    messages: listOf({
      allOf: [
        messageDefinitions.message,
        { properties: { class: oneOf('confirmed', 'presumed') } },
      ],
    }),
    fetches: listOf(fetchSchema),
    lookUps: listOf(pastLookupSchema),
  },
  { ...sessionDefinitions, ...messageDefinitions, source: sourceSchema, decision: decisionSchema },
);

const mapped = function* <From>(
  list: Iterable<From>,
  shape: (element: From) => unknown,
): Generator<unknown> {
  for (const element of list) yield shape(element);
};

const members = function* (exported: ExportedCase): Generator<readonly [string, Member]> {
  yield ['generatedAt', { value: exported.generatedAt }];
  yield ['tool', { value: { name: 'mia', version: exported.toolVersion } }];
  yield ['case', { value: caseJson(exported) }];
  yield ['scope', { value: scopeJson(exported.scope) }];
  yield ['statement', { value: STATEMENT }];
  yield ['decisionsHead', { value: exported.decisions.at(-1)?.hash ?? null }];
  yield ['sources', { list: mapped(exported.sources, sourceJson) }];
  yield ['decisions', { list: mapped(exported.decisions, decisionJson) }];
  yield ['sessions', { list: mapped(exported.sessions(), sessionJson) }];
  yield ['summary', { value: summaryJson(exported.summary) }];
  yield ['messages', { list: mapped(exported.messages(), messageJson) }];
  yield ['fetches', { list: mapped(exported.fetches, fetchJson) }];
  yield ['lookUps', { list: mapped(exported.lookups, pastLookupJson) }];
};

/** `mia.exposure/2`, streaming: at no time are all sessions or messages held. */
export const jsonExport = {
  name: 'json',
  label: 'JSON',
  description: 'One JSON document (mia.exposure/2)',
  prompt: 'write JSON to',
  path: 'exposure.json',
  parts: [
    {
      name: 'exposure',
      fileName: 'exposure.json',
      // Of any version: an earlier mia's is an earlier export too.
      opening: '{"schema":"mia.exposure/',
      text: (exported) => documentText(SCHEMA, members(exported)),
    },
  ],
} as const satisfies ExportFormat;
