import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Message } from '../../../source/domain/exposure/message.ts';
import { openCase } from '../../../source/case/case.ts';
import { isMessageFileName } from '../../../source/acquire/save/saved-folder.ts';
import type { SaveEvent, SaveReport } from '../../../source/acquire/save/save-work.ts';
import { saveMessages } from '../../../source/acquire/save/save-messages.ts';
import type { SaveOrder } from '../../../source/acquire/save/save-messages.ts';
import type { SavedFile } from '../../../source/exports/documents/saved.ts';
import { readCaseFile } from '../../../source/store/case-file.ts';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { ownApplications } from '../../../source/store/own-applications.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import { mimeOf } from '../../simulator/mail/message-text.ts';
import { startTenant, type Tenant } from '../../simulator/start-tenant.ts';
import {
  ALL_PERMISSIONS,
  CLIENT_ID,
  fullRegistration,
  type TenantOptions,
} from '../../simulator/tenant-options.ts';
import { clockOf, variablesFor } from '../authenticate/pretend-sign-in.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../../import/temporary-case.ts';

const savingFrom = async (t: Pick<TestContext, 'after'>, options: TenantOptions = {}) => {
  const small = { seed: 21, rows: 24, mailboxes: 3, mailCount: 140 };
  const tenant = await startTenant({ ...small, ...options });
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const caseFolder = join(folder, 'case');
  const lines = tenant.content.records.map(({ data }) => JSON.stringify(data));
  await importInto(caseFolder, [writeLines(folder, 'records.ndjson', lines)]);
  const theCase = openCase({ folder: caseFolder, analyst: 'tester', now: () => NOW });
  const messages = [...theCase.messages({})];
  theCase.close();
  const out = join(folder, 'out');
  const order: SaveOrder = {
    ...{
      folder: caseFolder,
      flags: NO_AUTHENTICATION_FLAGS,
      variables: variablesFor(tenant, folder),
    },
    ...{ remember: false, anew: false, askHidden: null, analyst: 'kim', toolVersion: '1' },
    ...{ signal: new AbortController().signal, clock: clockOf(tenant), messages, out },
  };
  return { tenant, order, messages, out };
};

/** What must be there of each message: the bytes of each copy, by SHA-256. */
const truthOf = (tenant: Tenant, messages: readonly Message[]) =>
  new Map(
    messages.map((message) => {
      const { mailbox, internetMessageId: id, itemId } = message;
      const of = tenant.content.plan.company.mailboxes.find(
        ({ upn }) => upn.toLowerCase() === mailbox.owner,
      );
      assert.ok(of !== undefined);
      const copies = tenant.services.mail
        .contentOf(of)
        .messages.filter(({ mail }) =>
          id === null ? mail.itemId === itemId : !mail.unidentified && mail.messageId === id,
        )
        .map((stored) => createHash('sha256').update(mimeOf(stored)).digest('hex'));
      // An item is one copy: the one that was accessed.
      return [message, (id === null ? copies.slice(0, 1) : copies).sort()] as const;
    }),
  );

const saved = async (order: SaveOrder) => {
  const events: SaveEvent[] = [];
  for await (const event of saveMessages(order)) events.push(event);
  const end = events.at(-1);
  if (end?.event !== 'finished') throw new Error(`It ended so: ${JSON.stringify(end)}`);
  return { events, report: end.report };
};

const hashesOf = (files: readonly SavedFile[], message: Message): readonly string[] =>
  files
    .filter(
      ({ mailbox, internetMessageId, itemId }) =>
        mailbox.owner === message.mailbox.owner &&
        internetMessageId === message.internetMessageId &&
        (internetMessageId !== null || itemId === message.itemId),
    )
    .map(({ sha256 }) => sha256)
    .sort();

/** The folder holds what the truth says, each file is what the manifest says, and nobody else reads them. */
const checkFolder = (
  tenant: Tenant,
  out: string,
  messages: readonly Message[],
  { manifest }: Pick<SaveReport, 'manifest'>,
): void => {
  for (const [message, expected] of truthOf(tenant, messages)) {
    assert.deepEqual(hashesOf(manifest.files, message), expected);
    const miss = manifest.missed.filter(
      ({ mailbox, internetMessageId, itemId }) =>
        mailbox.owner === message.mailbox.owner &&
        (internetMessageId ?? itemId) === (message.internetMessageId ?? message.itemId),
    );
    assert.deepEqual(
      miss.map(({ reason }) => reason),
      expected.length === 0 ? ['notFound'] : [],
    );
  }
  const files = readdirSync(out).filter((name) => /\.eml/.test(name));
  assert.deepEqual(files.sort(), manifest.files.map(({ file }) => file).sort());
  for (const { file, sha256, bytes, restId, requestId } of manifest.files) {
    assert.ok(isMessageFileName(file), file);
    const content = readFileSync(join(out, file));
    assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
    assert.equal(content.length, bytes);
    assert.ok(restId !== '' && requestId !== null);
    assert.equal(statSync(join(out, file)).mode & 0o777, 0o600);
  }
  assert.equal(statSync(out).mode & 0o777, 0o700);
};

test('every copy of every message, byte for byte, with its attachments; purged ones are listed', async (t) => {
  const { tenant, order, messages, out } = await savingFrom(t);
  const { report, events } = await saved(order);
  checkFolder(tenant, out, messages, report);
  const truth = [...truthOf(tenant, messages).values()];
  assert.ok(
    truth.some((copies) => copies.length === 2) && truth.some(({ length }) => length === 0),
  );
  assert.ok(messages.some(({ internetMessageId }) => internetMessageId === null));
  assert.equal(report.saved, truth.filter(({ length }) => length > 0).length);
  assert.equal(report.saved + report.notFound, report.asked);
  const eml = report.manifest.files.map(({ file }) => readFileSync(join(out, file), 'utf8'));
  assert.ok(eml.some((text) => text.includes('Content-Disposition: attachment')));
  assert.deepEqual(
    JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).files,
    JSON.parse(JSON.stringify(report.manifest.files)),
  );
  assert.equal(tenant.services.concurrency.peak(), 4);
  assert.ok(tenant.log.entries.every(({ status }) => status !== 429));
  const writes = tenant.log.writes().map(({ url }) => url.replace(/users\/[^/]+/, 'users/X'));
  const declared = ['/v1.0/$batch', '/v1.0/users/X/translateExchangeIds'];
  assert.deepEqual(
    writes.filter((url) => !declared.includes(url)),
    [],
  );
  const notes = events.flatMap((event) => (event.event === 'note' ? [event.text] : []));
  assert.ok(notes.some((text) => text.includes('MailItemsAccessed') && text.includes(CLIENT_ID)));
  const folder = openCaseFolder(order.folder, { create: false });
  assert.deepEqual([...ownApplications(readCaseFile(folder))], [CLIENT_ID]);
  for (const name of readdirSync(out)) {
    const text = readFileSync(join(out, name), 'utf8');
    for (const secret of tenant.secrets()) assert.ok(!text.includes(secret), name);
  }
});

test('run again, nothing is asked for that is there; what is gone or changed is', async (t) => {
  const { tenant, order, messages, out } = await savingFrom(t);
  const { report } = await saved(order);
  const gets = (): number => tenant.log.matching(/^GET .*\$value$/).length;
  const before = gets();
  const again = await saved(order);
  assert.equal(gets(), before);
  assert.equal(again.report.before, report.saved);
  assert.equal(again.report.files, 0);
  const [gone, changed] = report.manifest.files.map(({ file }) => file);
  assert.ok(gone !== undefined && changed !== undefined);
  rmSync(join(out, gone));
  writeFileSync(join(out, changed), 'somebody wrote into it');
  const third = await saved(order);
  assert.equal(gets(), before + 2);
  assert.ok(existsSync(join(out, gone)));
  assert.equal(readFileSync(join(out, changed), 'utf8'), 'somebody wrote into it', 'left alone');
  const files = third.report.manifest.files;
  for (const [message, expected] of truthOf(tenant, messages))
    assert.deepEqual(hashesOf(files, message), expected);
});

test('with nothing left to do, nobody signs in', async (t) => {
  const { tenant, order, messages } = await savingFrom(t);
  const there = [...truthOf(tenant, messages)].flatMap(([message, { length }]) =>
    length > 0 ? [message] : [],
  );
  await saved({ ...order, messages: there });
  tenant.log.clear();
  const { report } = await saved({ ...order, messages: there, variables: {} });
  assert.equal(report.before, there.length);
  assert.equal(tenant.log.entries.length, 0);
});

const PASSING: readonly (readonly FaultName[])[] = [
  ['batch-inner-429', 'answer-cut', 'unavailable-503-silent'],
  ['batch-inner-503', 'mail-throttled', 'answer-lost', 'token-rejected', 'connection-reset'],
];

test('whatever passes leaves the folder as the truth is', async (t) => {
  for (const faults of PASSING)
    await t.test(faults.join(', '), async (each) => {
      const { tenant, order, messages, out } = await savingFrom(each, { rows: 20 });
      for (const fault of faults)
        tenant.faults.inject(fault, { only: /batch|value|users/, times: 2 });
      const { report } = await saved(order);
      for (const fault of faults) assert.ok(tenant.faults.struck(fault) >= 1, fault);
      checkFolder(tenant, out, messages, report);
    });
});

test('stopped at any moment it goes on, and asks for no file twice', async (t) => {
  const { tenant, order, messages, out } = await savingFrom(t, { seed: 22 });
  for (let run = 0; run < 4; run += 1) {
    const control = new AbortController();
    const { clock } = order;
    assert.ok(clock !== undefined);
    let left = 5 + run * 7;
    const counting = {
      ...clock,
      after: (milliseconds: number, call: () => void) => {
        if ((left -= 1) === 0) control.abort();
        return clock.after(milliseconds, call);
      },
    };
    const events: SaveEvent[] = [];
    for await (const event of saveMessages({ ...order, clock: counting, signal: control.signal }))
      events.push(event);
    assert.equal(events.at(-1)?.event, 'cancelled');
    assert.deepEqual(
      readdirSync(out).filter((name) => name.endsWith('.part')),
      [],
    );
    assert.ok(existsSync(join(out, 'manifest.json')));
  }
  const { report } = await saved(order);
  checkFolder(tenant, out, messages, report);
  const asked = tenant.log.matching(/^GET .*\$value$/).filter(({ status }) => status === 200);
  const twice = asked.length - new Set(asked.map(({ url }) => url)).size;
  // Up to four were on their way each time it was stopped.
  assert.ok(twice <= 16, `${twice}`);
});

test('a mailbox that does not open is that mailbox alone', async (t) => {
  const plain = await savingFrom(t);
  const shut = plain.messages[0]?.mailbox.owner ?? '';
  const upns = plain.tenant.content.plan.company.mailboxes.map(({ upn }) => upn);
  const { tenant, order, messages } = await savingFrom(t, {
    mail: { applicationScope: upns.filter((upn) => upn.toLowerCase() !== shut) },
  });
  const { report } = await saved(order);
  const closed = messages.filter(({ mailbox }) => mailbox.owner === shut);
  assert.equal(report.failed, closed.length);
  assert.ok(report.saved > 0);
  const misses = report.manifest.missed.filter(({ reason }) => reason === 'mailboxClosed');
  assert.equal(misses.length, closed.length);
  assert.match(misses[0]?.detail ?? '', /HTTP 403, ErrorAccessDenied/);
  const denied = tenant.log.entries.filter(({ status, inner }) => inner && status === 403);
  assert.ok(denied.length > 0 && denied.length <= 20);
});

test('without Mail.Read nothing is asked, and the permission is named', async (t) => {
  const application = [...ALL_PERMISSIONS, 'Mail.ReadBasic.All'].filter(
    (one) => one !== 'Mail.Read',
  );
  const { tenant, order, out } = await savingFrom(t, {
    registrations: [fullRegistration({ application })],
  });
  const events: SaveEvent[] = [];
  for await (const event of saveMessages(order)) events.push(event);
  const end = events.at(-1);
  assert.ok(end?.event === 'failed');
  assert.match(end.hint, /application permission Mail\.Read /);
  assert.deepEqual(tenant.log.matching(/users|batch/), []);
  assert.equal(end.report?.open, end.report?.asked);
  assert.ok(existsSync(join(out, 'manifest.json')));
});
