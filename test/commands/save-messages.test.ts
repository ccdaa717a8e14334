import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { savedSchema, saveMessagesSchema } from '../../source/exports/documents/saved.ts';
import { assertValid } from '../exports/validator.ts';
import { importInto, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind } from '../case/made-records.ts';
import { startTenant } from '../simulator/start-tenant.ts';
import { ALL_PERMISSIONS, CLIENT_ID, fullRegistration } from '../simulator/tenant-options.ts';
import { variablesFor } from '../acquire/authenticate/pretend-sign-in.ts';
import { runMia } from './run-mia.ts';

test('the confirmed messages go into a folder of their own, and the document says so', async (t) => {
  // On our own clock: nothing here waits.
  const tenant = await startTenant({ seed: 31, rows: 16, mailboxes: 2, mailCount: 60 });
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const caseFolder = join(folder, 'case');
  const lines = tenant.content.records.map(({ data }) => JSON.stringify(data));
  await importInto(caseFolder, [writeLines(folder, 'records.ndjson', lines)]);
  const variables = variablesFor(tenant, folder);
  const mia = (...argv: readonly string[]) => runMia(argv, { caseFolder, variables });
  const out = join(folder, 'out');

  const none = await mia('save-messages', '--out', out);
  assert.equal(none.code, 0, none.stderr);
  assert.match(none.stderr, /No message matches/);
  assert.equal(tenant.log.entries.length, 0, 'nobody signs in for nothing');

  const { sessions } = JSON.parse((await mia('sessions', '--json')).stdout);
  const session = sessions.find((one: { messages: number }) => one.messages > 0);
  await mia('mark', session.key, '--malicious');
  const saved = await mia('save-messages', '--out', out, '--json');
  assert.equal(saved.code, 0, saved.stderr);
  const document = JSON.parse(saved.stdout);
  assertValid(saveMessagesSchema, document);
  assert.equal(document.asked, session.messages);
  assert.equal(document.saved + document.notFound, document.asked);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  assertValid(savedSchema, manifest);
  assert.equal(manifest.clientId, CLIENT_ID);
  assert.deepEqual(
    readdirSync(out).filter((name) => name.endsWith('.eml')).length,
    document.files.length,
  );
  assert.match(saved.stderr, new RegExp(`MailItemsAccessed records of its own.*${CLIENT_ID}`));
  assert.match(saved.stderr, /manifest\.json and manifest\.csv list them/);
  const rest = document.notFound > 0 ? /, \d+ not found in their mailboxes/ : /, nothing known to/;
  assert.match(
    saved.stderr,
    new RegExp(`^${document.saved} of ${document.asked} messages? saved${rest.source}`, 'm'),
  );

  assert.equal((await mia('verify')).code, 0);
  const kept = readdirSync(join(caseFolder, 'evidence')).find((name) => name.startsWith('saved-'));
  const requests = readFileSync(join(caseFolder, 'evidence', kept ?? '', 'manifest.jsonl'), 'utf8');
  assert.equal(requests.match(/\$value","clientRequestId/g)?.length, document.files.length);

  const again = await mia('save-messages', '--out', out, '--session', session.key, '--json');
  assert.equal(JSON.parse(again.stdout).filesWritten, 0);
  assert.equal(JSON.parse(again.stdout).before, document.saved);
  assert.match(
    again.stderr,
    new RegExp(
      `^${document.saved} of ${document.asked} messages? saved \\(\\d+ of them before\\)`,
      'm',
    ),
  );
});

test('mia trace --fetch --mailboxes says what it leaves behind, and what it found shows everywhere', async (t) => {
  const application = [...ALL_PERMISSIONS, 'Mail.ReadBasic.All'];
  const tenant = await startTenant({
    ...{ seed: 34, rows: 16, mailboxes: 2, mailCount: 60 },
    // Its trace knows only its own time, and this runs on ours.
    registrations: [
      fullRegistration({
        application: application.filter((one) => one !== 'ExchangeMessageTrace.Read.All'),
      }),
    ],
  });
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const caseFolder = join(folder, 'case');
  const lines = tenant.content.records.map(({ data }) => JSON.stringify(data));
  await importInto(caseFolder, [writeLines(folder, 'records.ndjson', lines)]);
  const variables = variablesFor(tenant, folder);
  const mia = (...argv: readonly string[]) => runMia(argv, { caseFolder, variables });
  const { messages } = JSON.parse((await mia('messages', '--json')).stdout);
  const { sessions } = JSON.parse((await mia('sessions', '--json')).stdout);
  for (const { key } of sessions) await mia('mark', key, '--malicious');
  assert.equal((await mia('trace', '--mailboxes', 'x')).code, 2, 'not without --fetch');
  const traced = await mia('trace', '--fetch', '--mailboxes');
  assert.match(traced.stderr, new RegExp(`MailItemsAccessed records of its own.*${CLIENT_ID}`));
  const after = JSON.parse((await mia('messages', '--json')).stdout).messages;
  assert.equal(after.length, messages.length);
  const found = after.filter((one: { trace: unknown }) => one.trace !== null);
  assert.ok(found.length > after.length / 2);
  for (const { trace } of found) assert.equal(trace.source, 'mailbox');
  const exported = JSON.parse((await mia('export')).stdout);
  assertValid(exposureSchema, exported);
  const nameless = (list: readonly { internetMessageId: string | null; trace: unknown }[]) =>
    list.filter((one) => one.internetMessageId === null && one.trace !== null).length;
  assert.ok(nameless(after) > 0, 'an item that the log names without a message id');
  assert.equal(nameless(exported.messages), nameless(after));
});

test('without a folder, and into somebody else’s, nothing is asked', async (t) => {
  const folder = temporaryFolder(t);
  const caseFolder = join(folder, 'case');
  await importInto(caseFolder, [writeLines(folder, 'log.jsonl', [bind({ id: 1 })])]);
  const mia = (...argv: readonly string[]) => runMia(argv, { caseFolder });
  assert.equal((await mia('save-messages')).code, 2);
  assert.equal((await mia('save-messages', '--out', '-')).code, 2);
  assert.equal((await mia('save-messages', 'x', '--out', 'y')).code, 2);
  const theirs = join(folder, 'theirs');
  mkdirSync(theirs);
  writeFileSync(join(theirs, 'letter.txt'), 'x');
  const refused = await mia('save-messages', '--out', theirs);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /holds other files/);
  assert.deepEqual(readdirSync(theirs), ['letter.txt']);
});
