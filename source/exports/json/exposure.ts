import { documentText, type Member } from '../json-text.ts';
import type { ExportedCase, ExportFormat } from '../exported-case.ts';
import { pastLookupJson } from './lookup.ts';
import { STATEMENT } from '../statement.ts';
import { decisionJson } from './decision.ts';
import { fetchJson } from './fetch.ts';
import { messageJson } from './message.ts';
import { scopeJson } from './scope.ts';
import { sessionJson } from './session.ts';
import { sourceJson } from './source.ts';
import { summaryJson } from './summary.ts';

const SCHEMA = 'mia.exposure/2';

const mapped = function* <From>(
  list: Iterable<From>,
  shape: (element: From) => unknown,
): Generator<unknown> {
  for (const element of list) yield shape(element);
};

const members = function* (exported: ExportedCase): Generator<readonly [string, Member]> {
  yield ['generatedAt', { value: exported.generatedAt }];
  yield ['tool', { value: { name: 'mia', version: exported.toolVersion } }];
  yield [
    'case',
    {
      value: {
        title: exported.title,
        analyst: exported.analyst,
        window:
          exported.window === null ? null : { from: exported.window.from, to: exported.window.to },
      },
    },
  ];
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
export const jsonExport: ExportFormat = {
  name: 'json',
  title: 'one JSON document, mia.exposure/2',
  parts: [
    {
      name: 'exposure',
      fileName: 'exposure.json',
      // Of any version: an earlier mia's is an earlier export too.
      opening: '{"schema":"mia.exposure/',
      text: (exported) => documentText(SCHEMA, members(exported)),
    },
  ],
};
