import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { rawText } from '../../../source/exports/csv/cell.ts';
import { csvExport } from '../../../source/exports/csv/csv.ts';
import { exportPart } from '../../../source/exports/registry.ts';
import { sampleSignIn } from '../../domain/sessions/sample-sign-in.ts';
import { sampleCase, sampleContext, sampleMessage, sampleSession } from '../sample-case.ts';

const sheetText = (name: string, over: Parameters<typeof sampleCase>[0] = {}): string => {
  const part = exportPart(csvExport, name);
  assert.ok(part);
  return [...part.text(sampleCase(over))].join('');
};

const rowsOf = (text: string): Record<string, string>[] =>
  parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });

test('every sheet begins with a byte order mark, its header, and ends its lines in CR LF', () => {
  for (const { name, opening } of csvExport.parts) {
    const text = sheetText(name);
    assert.ok(text.startsWith(opening) && opening.startsWith('\ufeff'), name);
    assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/u);
  }
});

test('messages: hostile ids, folders and subjects are defused and read back raw', () => {
  const [row] = rowsOf(sheetText('messages'));
  const message = sampleMessage();
  assert.equal(row?.['internetMessageId']?.[0], "'");
  assert.equal(rawText(row?.['internetMessageId'] ?? ''), message.internetMessageId);
  assert.equal(rawText(row?.['subject'] ?? ''), message.trace?.subject);
  assert.equal(row?.['folders'], '\\Inbox; \\u0040folder');
  assert.equal(rawText(row?.['recipients'] ?? ''), 'g.jacobs@contoso.example; =x@contoso.example');
});

test('messages: an item without an id or metadata is a row that says why', () => {
  const row = rowsOf(sheetText('messages'))[1];
  assert.equal(row?.['internetMessageId'], '');
  assert.equal(row?.['unresolved'], 'notLookedUp');
  assert.equal(row?.['class'], 'presumed');
});

test('sessions: one row a context, undecided ones too, with the reason of the mark in force', () => {
  const contexts = [sampleContext(), sampleContext({ key: 'c2', verdict: null })];
  const sessions = () => [sampleSession({ verdict: 'mixed', contexts })];
  const rows = rowsOf(sheetText('sessions', { sessions }));
  assert.deepEqual(
    rows.map(({ context, contextVerdict, sessionVerdict }) => [
      context,
      contextVerdict,
      sessionVerdict,
    ]),
    [
      ['c1', 'malicious', 'mixed'],
      ['c2', '', 'mixed'],
    ],
  );
  assert.equal(rows[0]?.['reason'], "'-spray");
});

test('people: senders and recipients once each, inside or outside, with first and last exposure', () => {
  const rows = rowsOf(sheetText('people'));
  assert.deepEqual(
    rows.map(({ address, side, messages }) => [rawText(address ?? ''), side, messages]),
    [
      ['=x@contoso.example', 'inside', '1'],
      ['anna@fabrikam.example', 'outside', '1'],
      ['g.jacobs@contoso.example', 'inside', '1'],
    ],
  );
  assert.equal(rows[0]?.['firstExposure'], '2026-09-24T10:00:00Z');
});

test('lookups: one a row with what could not be had, hostile text defused', () => {
  const [row, ...others] = rowsOf(sheetText('look-ups'));
  assert.equal(others.length, 0);
  assert.deepEqual([row?.['lookUp'], row?.['retries'], row?.['answers']], ['0c3e9c01', '3', '20']);
  assert.equal(
    rawText(row?.['holes'] ?? ''),
    '=cmd@contoso.example sent 2026-09-16T09:11:00Z to 2026-09-26T09:11:00Z =HTTP 500',
  );
  assert.equal(row?.['holes']?.[0], "'");
});

test('sign-ins: one a row with how it was joined, hostile text defused and read back raw', () => {
  const likely = { by: 'likely', signIn: sampleSignIn({ id: 'x', errorCode: 50126 }) } as const;
  const certain = { by: 'sessionId', signIn: sampleSignIn() } as const;
  const sessions = () => [
    sampleSession({ signIns: [certain, likely] }),
    sampleSession({ signIns: [] }),
  ];
  const rows = rowsOf(sheetText('sign-ins', { sessions }));
  assert.deepEqual(
    rows.map(({ joinedBy, certain: sure, succeeded, risk, deviceCode }) => [
      ...[joinedBy, sure, succeeded, risk, deviceCode],
    ]),
    [
      ['sessionId', 'true', 'true', 'medium', 'true'],
      ['likely', 'false', 'false', 'medium', 'true'],
    ],
  );
  assert.equal(rows[0]?.['app']?.[0], "'");
  assert.equal(rawText(rows[0]?.['app'] ?? ''), certain.signIn.app);
  assert.equal(rawText(rows[0]?.['userAgent'] ?? ''), certain.signIn.userAgent);
});

test('sessions: what opened them stands behind the rest', () => {
  const [row] = rowsOf(sheetText('sessions'));
  assert.deepEqual(
    [row?.['signIns'], row?.['signInsCertain'], row?.['openedAt'], row?.['signInPlaces']],
    ['1', 'true', '2026-09-24T09:55:00Z', 'Lagos, NG'],
  );
  assert.equal(row?.['signInRisk'], 'medium');
  const [without] = rowsOf(
    sheetText('sessions', { sessions: () => [sampleSession({ signIns: [] })] }),
  );
  assert.deepEqual([without?.['signIns'], without?.['signInsCertain']], ['0', '']);
});
