import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonExport } from '../../../source/exports/documents/exposure.ts';
import { exposureSchema } from '../../../source/exports/documents/exposure.ts';
import { sampleCase, sampleMessage } from '../sample-case.ts';
import { assertValid, isValid } from '../validator.ts';

const exportText = (...over: Parameters<typeof sampleCase>): string =>
  [...jsonExport.parts[0].text(sampleCase(...over))].join('');

test('an export is valid against the schema that ships with it', () => {
  assertValid(exposureSchema, JSON.parse(exportText()));
});

test('an export of a case without anything in it is valid too', () => {
  const empty = {
    sources: [],
    decisions: [],
    sessions: () => [],
    messages: () => [],
    window: null,
  };
  const document = JSON.parse(exportText(empty));
  assertValid(exposureSchema, document);
  assert.equal(document.decisionsHead, null);
});

test('its keys stand in the order of the contract', () => {
  assert.deepEqual(Object.keys(JSON.parse(exportText())), [
    'schema',
    'generatedAt',
    'tool',
    'case',
    'scope',
    'statement',
    'decisionsHead',
    'sources',
    'decisions',
    'sessions',
    'summary',
    'messages',
    'fetches',
    'lookUps',
  ]);
});

test('a second export differs in generatedAt only', () => {
  const later = exportText({ generatedAt: '2027-01-01T00:00:00Z' });
  assert.notEqual(later, exportText());
  assert.equal(later.replace('2027-01-01T00:00:00Z', '2026-09-26T10:00:00Z'), exportText());
});

test('every act is in it, superseded ones too, and the head is the last hash', () => {
  const document = JSON.parse(exportText());
  const acts = document.decisions.map(({ act }: { act: string }) => act);
  assert.deepEqual(acts, ['mark', 'mark', 'undo', 'redo', 'undo', 'window', 'rebut', 'withdraw']);
  assert.equal(document.decisionsHead, document.decisions.at(-1).hash);
});

test('it says that an access is no reading and that silence proves nothing', () => {
  const { statement } = JSON.parse(exportText());
  assert.match(statement, /whether it was viewed the log cannot answer/);
  assert.match(statement, /not proved untouched/);
});

test('a later mia may add keys; one too few or a foreign class is no export', () => {
  const document = JSON.parse(exportText());
  assert.equal(isValid(exposureSchema(), { ...document, more: 1 }), true);
  const { decisionsHead: _, ...less } = document;
  assert.equal(isValid(exposureSchema(), less), false);
  const [message] = document.messages;
  const open = { ...message, class: 'open' };
  assert.equal(isValid(exposureSchema(), { ...document, messages: [open] }), false);
});

test('messages are written as they come, never held', () => {
  let taken = 0;
  const messages = function* () {
    for (;;) {
      taken += 1;
      yield sampleMessage();
    }
  };
  let pieces = 0;
  for (const _ of jsonExport.parts[0].text(sampleCase({ messages }))) {
    pieces += 1;
    if (taken >= 5) break;
  }
  assert.ok(pieces > 5 && taken === 5);
});
