import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../source/domain/problem.ts';
import { readCertificate } from '../../../source/tenant/authenticate/certificate.ts';

const NOW = Date.parse('2026-09-26T10:00:00Z');
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tenant/${name}.pem`, import.meta.url));

test('certificate and key of one file, plain or encrypted', () => {
  const plain = readCertificate(fixture('certificate'), null, NOW);
  assert.match(plain.thumbprintSha256, /^[\dA-F]{64}$/);
  assert.match(plain.x5c, /^-----BEGIN CERTIFICATE-----/);
  assert.equal(createPrivateKey(plain.privateKey).asymmetricKeyType, 'rsa');
  const passphrase = 'certificate-passphrase';
  assert.deepEqual(readCertificate(fixture('certificate-encrypted'), passphrase, NOW), plain);
});

const wrong: readonly (readonly [name: string, passphrase: string | null, said: RegExp])[] = [
  ['certificate-of-another-key', null, /does not belong to its certificate/],
  ['certificate-encrypted', null, /cannot be read/],
  ['certificate-encrypted', 'another passphrase', /cannot be read/],
  ['nowhere', null, /cannot be read/],
];

for (const [name, passphrase, said] of wrong)
  test(`said before anything is sent: ${name}, ${passphrase ?? 'no passphrase'}`, () => {
    assert.throws(
      () => readCertificate(fixture(name), passphrase, NOW),
      (error: unknown) => {
        assert.ok(error instanceof Problem);
        assert.match(error.message, said);
        assert.doesNotMatch(`${error.message}${error.hint}`, /PRIVATE|another passphrase/);
        assert.equal(error.cause, undefined);
        return true;
      },
    );
  });

test('one that has expired is not even sent', () => {
  const later = Date.parse('2200-01-01T00:00:00Z');
  assert.throws(() => readCertificate(fixture('certificate'), null, later), /expired on 21\d\d-/);
});
