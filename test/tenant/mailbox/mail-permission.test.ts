import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../source/domain/problem.ts';
import type { TenantClient } from '../../../source/tenant/client.ts';
import { type MailNeed, requireMail } from '../../../source/tenant/mailbox/mail-permission.ts';

const clientOf = (kind: 'user' | 'application', permissions: readonly string[] | null) =>
  ({ account: { kind, name: 'kim@contoso.example' }, permissions }) as unknown as TenantClient;

/** What is said, or "enough". */
const said = (client: TenantClient, need: MailNeed, mailbox = 'anna@contoso.example'): string => {
  try {
    requireMail(client, need, mailbox);
    return 'enough';
  } catch (error) {
    assert.ok(error instanceof Problem);
    return `${error.message} ${error.hint}`;
  }
};

test('each need has its least permission, which is named exactly where it is missing', () => {
  const application = (...names: readonly string[]) => clientOf('application', names);
  const person = (...names: readonly string[]) => clientOf('user', names);
  assert.equal(said(application('Mail.ReadBasic.All'), 'metadata'), 'enough');
  assert.equal(said(application('Mail.Read'), 'metadata'), 'enough');
  assert.equal(said(application('Mail.Read'), 'messages'), 'enough');
  assert.match(
    said(application('Mail.ReadBasic.All'), 'messages'),
    /application permission Mail\.Read to/,
  );
  assert.match(said(application(), 'metadata'), /application permission Mail\.ReadBasic\.All to/);
  assert.equal(said(person('Mail.ReadBasic.Shared'), 'metadata'), 'enough');
  assert.equal(said(person('Mail.Read.Shared'), 'messages'), 'enough');
  assert.match(
    said(person('Mail.ReadBasic.Shared'), 'messages'),
    /delegated permission Mail\.Read\.Shared to/,
  );
  assert.equal(said(clientOf('user', null), 'messages'), 'enough', 'then the attempt decides');
});

test('a person may always read what is their own', () => {
  const own = clientOf('user', ['Mail.Read']);
  assert.equal(said(own, 'messages', 'Kim@Contoso.example'), 'enough');
  assert.match(said(own, 'messages'), /own mailbox only.*Mail\.Read\.Shared/);
  const basic = clientOf('user', ['Mail.ReadBasic']);
  assert.equal(said(basic, 'metadata', 'kim@contoso.example'), 'enough');
  assert.match(said(basic, 'messages', 'kim@contoso.example'), /Mail\.Read\.Shared/);
});
