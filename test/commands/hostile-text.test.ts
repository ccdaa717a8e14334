import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { PrintedTable } from '../../source/commands/command.ts';
import { auditLine, ONE, runMia, world } from './run-mia.ts';

const CLEAR = '\u001b[2J\u009b31m\u0007\u202e';
const HOSTILE = auditLine(1, {
  session: ONE,
  ids: [`${CLEAR}@evil.example`, 'plain@contoso.example'],
  folder: `\\Inbox${CLEAR}\t\r\n`,
  user: `g.jacobs${CLEAR}@contoso.example`,
  client: `Client=OWA;${CLEAR}`,
  address: `host${CLEAR}.example`,
});

/** Nothing but visible characters, tabs between cells and line ends. */
const assertCalm = (text: string, what: string): void =>
  // Cc: controls, Cf: what reorders or hides, Zl and Zp: other line ends.
  assert.doesNotMatch(text.replace(/[\t\n]/g, ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, what);

test('no command prints what a record would do to a terminal', async (t) => {
  const here = world(t);
  const log = here.file(`log${CLEAR}.jsonl`, `${HOSTILE}\n{broken`);
  const asked: readonly (readonly string[])[] = [
    ['import', log],
    ['import', log, '--json'],
    ['mark', ONE, '--malicious', '--because', CLEAR],
    ['mark', CLEAR, '--malicious'],
    ['mark', '--ip', `host${CLEAR}.example`, '--malicious', '--json'],
    ['sources'],
    ['sessions'],
    ['messages'],
    ['messages', '--ids'],
    ['summary'],
    ['trace', `${CLEAR}@evil.example`],
    ['export'],
    ['export', '--format', 'html'],
    ['export', '--format', 'md'],
    ['verify'],
    ['withdraw', CLEAR],
    ['window', '--mailbox', CLEAR, '--from', '2026-01-01'],
    ['sessions', '--user', CLEAR],
    ['sessions', `--${CLEAR}`],
    [CLEAR],
  ];
  for (const argv of asked) {
    const { stdout, stderr } = await here.mia(...argv);
    assertCalm(stdout, `standard output of ${argv.join(' ')}`);
    assertCalm(stderr, `standard error of ${argv.join(' ')}`);
  }
  for (const listing of ['sources', 'sessions', 'messages', 'summary', 'verify', 'rebuild']) {
    const { stdout } = await here.mia(listing, '--json');
    assertCalm(stdout, listing);
    assert.match(JSON.parse(stdout).schema, /^mia\./);
  }
});

test('a document says exactly what the record says', async (t) => {
  const here = world(t);
  await here.mia('import', here.file('log.jsonl', HOSTILE));
  const { messages } = JSON.parse((await here.mia('messages', '--json')).stdout);
  assert.equal(messages[0].internetMessageId, `${CLEAR}@evil.example`);
});

test('cells of a table on a terminal are calm too, and long lists are not held', async (t) => {
  const here = world(t);
  const ids = Array.from({ length: 250 }, (_, at) => `${CLEAR}${at}@evil.example`);
  await here.mia('import', here.file('log.jsonl', auditLine(1, { session: ONE, ids })));
  const caseFolder = `${here.folder}/case`;
  const tables: PrintedTable[] = [];
  const onTerminal = async (...argv: string[]): Promise<string> => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const text = stdout.toArray();
    const renderTable = async (table: PrintedTable) => {
      tables.push(table);
      return 'a table\n';
    };
    await runMia(argv, { caseFolder, stdout, renderTable });
    stdout.end();
    return Buffer.concat(await text).toString();
  };
  assert.equal(await onTerminal('sessions'), 'a table\n');
  for (const cell of tables.flatMap(({ rows }) => rows.flat())) assertCalm(cell, 'a cell');
  assert.match(tables[0]?.rows[0]?.[0] ?? '', /^[0-9a-f]{16}$/);
  const long = await onTerminal('messages');
  assertCalm(long, 'a long list');
  const lines = long.trimEnd().split('\n');
  assert.equal(lines.length, 251);
  assert.ok(lines.every((line) => line.length <= 80));
  assert.equal(tables.length, 1, 'the long list is no whole table');
});
