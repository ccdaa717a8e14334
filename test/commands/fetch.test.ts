import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { fetchDocumentSchema } from '../../source/exports/documents/fetch.ts';
import { summarySchema } from '../../source/exports/documents/summary.ts';
import { statementLines } from '../../source/domain/fetches/fetch-words.ts';
import { sampleCase } from '../exports/sample-case.ts';
import { assertValid } from '../exports/validator.ts';
import {
  type Faults,
  fetchTenant,
  FROM,
  type Stored,
  stored,
  TO,
  VICTIM,
} from '../acquire/fetch/audit-tenant.ts';
import { SECRET } from '../tenant/small-tenant.ts';
import { runMia } from './run-mia.ts';

const tenantOf = async (t: TestContext, records: Stored[], faults: Faults = {}) => {
  const { order, asked } = await fetchTenant(t, records, { endsAtPoll: 1, ...faults });
  const mia = (argv: readonly string[], more: Parameters<typeof runMia>[1] = {}) =>
    runMia(argv, { caseFolder: order.folder, variables: order.variables, ...more });
  const { MIA_CLOUD, MIA_CLIENT_SECRET } = order.variables;
  return { mia, asked, secretAndCloud: { MIA_CLOUD, MIA_CLIENT_SECRET } };
};

/** Of the mailbox in all records: no name that the case could know another one for. */
const MAILBOX = '1a0b7c9e-2222-4333-8444-555566667777';
const PERIOD = ['--from', FROM, '--to', TO];

test('fetches, says what is missing, and every document carries that', async (t) => {
  const { mia } = await tenantOf(t, [...stored(12)]);
  const fetched = await mia(['fetch', '--mailbox', VICTIM, ...PERIOD, '--json']);
  assert.equal(fetched.code, 0, fetched.stderr);
  const document = JSON.parse(fetched.stdout);
  assertValid(fetchDocumentSchema, document);
  const [fetch] = document.fetches;
  assert.equal(fetch.outcome, 'nothingKnownMissing');
  assert.equal(document.sources[0].accepted, 12);
  assert.ok(!JSON.stringify([fetched, document]).includes(SECRET));
  const summary = await mia(['summary', '--json']);
  assertValid(summarySchema, JSON.parse(summary.stdout));
  assert.deepEqual(JSON.parse(summary.stdout).fetches, document.fetches);
  assert.deepEqual(JSON.parse((await mia(['sources', '--json'])).stdout).fetches, document.fetches);
  const exported = JSON.parse((await mia(['export'])).stdout);
  assertValid(exposureSchema, exported);
  assert.deepEqual(exported.fetches, document.fetches);
  const sheet = await mia(['export', '--format', 'csv', '--sheet', 'fetches']);
  assert.match(
    sheet.stdout,
    new RegExp(`${fetch.id},nothingKnownMissing,.*keyword ${VICTIM}",.*succeeded,"12 / 12",12`),
  );
  assert.match(
    (await mia(['summary'])).stdout,
    /12 of 12 announced received, nothing known to be missing, late records were possible until 2026-09-04T00:00:00Z/,
  );
});

test('asked again, it says what is new', async (t) => {
  const records = [...stored(4)];
  const { mia } = await tenantOf(t, records);
  await mia(['fetch', '--mailbox', MAILBOX, ...PERIOD]);
  records.push(...stored(6).slice(4));
  const again = await mia(['fetch', '--again']);
  assert.equal(again.code, 0, again.stderr);
  assert.match(
    again.stdout,
    /records {4}6 received, 2 new, 4 already in the case or received twice\n/,
  );
});

test('a tenant that does not allow it is no success, and the permission is named', async (t) => {
  const { mia } = await tenantOf(t, [], {
    instead: ({ path, method }) =>
      method === 'POST' && path.endsWith('/queries')
        ? { status: 403, body: { error: { code: 'InsufficientPrivileges', message: '' } } }
        : null,
  });
  const fetched = await mia(['fetch', '--mailbox', MAILBOX, ...PERIOD]);
  assert.equal(fetched.code, 1);
  assert.match(fetched.stderr, /AuditLogsQuery-Exchange\.Read\.All/);
});

test('what is known to be missing stands in the statement', () => {
  const text = sampleCase()
    .fetches.flatMap((one) => statementLines(one))
    .join('\n');
  assert.match(
    text,
    /4 of 5 announced received, NOT ALL IS HERE: 1 hole, 2 damaged rows, late records possible until 2026-09-27T00:00:00Z/,
  );
  assert.match(text, /3 \/ 4 \/ 4 in 3 passes/);
  assert.match(
    text,
    /hole .*2026-09-03T00:01:00Z of =cmd@contoso.example: some of it is broken or gone/,
  );
});

test('Ctrl-C leaves a fetch that --resume goes on with', async (t) => {
  const control = new AbortController();
  const { mia, secretAndCloud } = await tenantOf(t, [...stored(12)], {
    instead: ({ path }) => {
      if (path.endsWith('/records')) control.abort();
      return null;
    },
  });
  const stopped = await mia(['fetch', '--mailbox', VICTIM, ...PERIOD], { signal: control.signal });
  assert.equal(stopped.code, 130);
  assert.match(stopped.stderr, /mia fetch --resume goes on/);
  // The case knows by now which tenant it is of.
  const resumed = await mia(['fetch', '--resume'], { variables: secretAndCloud });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal((await mia(['fetch', '--resume'])).code, 1, 'there is nothing left to resume');
});

test('on a terminal one line says what it does and how it stands', async (t) => {
  const { mia } = await tenantOf(t, [...stored(12)]);
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const said = stderr.toArray();
  let time = 0;
  await mia(['fetch', '--mailbox', VICTIM, ...PERIOD], {
    stderr,
    milliseconds: () => (time += 200),
  });
  stderr.end();
  const text = Buffer.concat(await said).toString();
  assert.match(
    text,
    /\rReading pages since \d\d:\d\d:\d\dZ, 0 of 1 query, \d pages?, 1[02] records/,
  );
  assert.doesNotMatch(text, /\n/);
});

test('flags that do not go together are wrong usage, before anybody signs in', async (t) => {
  const { mia, asked } = await tenantOf(t, []);
  const wrong = [
    ['--again', '--resume'],
    ['--resume', '--user', VICTIM],
    ['--ip', '192.0.2.0/24'],
    ['--api', 'other'],
    ['--from', TO, '--to', FROM],
  ];
  for (const flags of wrong) {
    const { code, stderr } = await mia(['fetch', ...flags]);
    assert.equal(code, 2, `${flags.join(' ')}: ${stderr}`);
  }
  assert.equal(asked.length, 0);
});
