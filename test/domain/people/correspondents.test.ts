import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  correspondentsOf,
  organisationDomains,
} from '../../../source/domain/people/correspondents.ts';
import { mailAddress, mailDomain } from '../../../source/domain/addresses/mail-address.ts';
import type { Trace } from '../../../source/domain/lookups/trace.ts';

const mail = (day: string, sender: string | null, ...recipients: string[]) => {
  const trace: Trace = {
    source: 'importedTrace',
    status: null,
    subject: null,
    sender,
    recipients,
    receivedAt: null,
    size: null,
    ambiguous: false,
  };
  const isConfirmed = day === '24';
  const at = `2026-09-${day}T00:30:00Z`;
  return {
    trace,
    class: isConfirmed ? ('confirmed' as const) : ('presumed' as const),
    firstAccess: `2026-09-${day}T00:00:00Z`,
    lastAccess: `2026-09-${day}T01:00:00Z`,
    intruder: isConfirmed ? { first: at, last: at, accesses: 1 } : null,
  };
};

test('From ids to people: senders and recipients, inside or outside, first and last exposure', () => {
  const inside = organisationDomains(['g.jacobs@contoso.example', null]);
  const found = correspondentsOf(
    [
      mail('24', 'anna@fabrikam.example', 'g.jacobs@contoso.example'),
      mail('20', 'g.jacobs@contoso.example', 'anna@fabrikam.example', 'g.jacobs@contoso.example'),
      mail('26', '<>', 'g.jacobs@contoso.example'),
      { ...mail('27', null), trace: null },
    ],
    inside,
  );
  assert.deepEqual(found, {
    people: [
      {
        address: 'anna@fabrikam.example',
        domain: 'fabrikam.example',
        inside: false,
        class: 'confirmed',
        sent: 1,
        received: 1,
        messages: 2,
        confirmed: 1,
        presumed: 1,
        intruderFirst: '2026-09-24T00:30:00Z',
        intruderLast: '2026-09-24T00:30:00Z',
        firstExposure: '2026-09-20T00:00:00Z',
        lastExposure: '2026-09-24T01:00:00Z',
      },
      {
        address: 'g.jacobs@contoso.example',
        domain: 'contoso.example',
        inside: true,
        class: 'confirmed',
        sent: 1,
        received: 3,
        messages: 3,
        confirmed: 1,
        presumed: 2,
        intruderFirst: '2026-09-24T00:30:00Z',
        intruderLast: '2026-09-24T00:30:00Z',
        firstExposure: '2026-09-20T00:00:00Z',
        lastExposure: '2026-09-26T01:00:00Z',
      },
    ],
    domains: [
      { domain: 'contoso.example', inside: true, correspondents: 1 },
      { domain: 'fabrikam.example', inside: false, correspondents: 1 },
    ],
    senders: 2,
    recipients: 2,
    outside: 1,
  });
});

test('the organisation is the domains of the owners; a lookalike tenant stays outside', () => {
  const inside = organisationDomains([
    'a@Contoso.example',
    'b@contoso.onmicrosoft.com',
    'S-1-5-18',
  ]);
  assert.deepEqual([...inside].sort(), [
    'contoso.example',
    'contoso.mail.onmicrosoft.com',
    'contoso.onmicrosoft.com',
  ]);
  assert.ok(!organisationDomains(['a@contoso.example']).has('contoso.onmicrosoft.com'));
  const stated = organisationDomains(['a@contoso.example'], ['Contoso.onmicrosoft.com', '']);
  assert.ok(stated.has('contoso.onmicrosoft.com') && !stated.has(''));
});

test('addresses compare in lower case, without a display name', () => {
  assert.equal(mailAddress(' Anna <Anna@Fabrikam.example>'), 'anna@fabrikam.example');
  assert.equal(mailAddress('SENDER@domain.example'), 'sender@domain.example');
  assert.equal(mailAddress('<>'), '<>');
  assert.equal(mailAddress(''), null);
  assert.equal(mailDomain('"a@b"@C.example'), 'c.example');
  assert.equal(mailDomain('nobody'), null);
  assert.equal(mailDomain('nobody@'), null);
});
