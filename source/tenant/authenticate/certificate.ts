import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';

/** As msal-node wants it. */
export interface ClientCertificate {
  readonly thumbprintSha256: string;
  /** PKCS 8, PEM. */
  readonly privateKey: string;
  /** PEM, the certificate and its issuers. */
  readonly x5c: string;
}

const WANTED = 'It must hold the certificate and its private key, both as PEM.';
const CONVERT = 'openssl pkcs12 -in FILE.pfx -out FILE.pem -nodes makes such a file of a .pfx.';
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----/;

const readKey = (pem: string, passphrase: string | null, shown: string): KeyObject => {
  try {
    return createPrivateKey({
      key: pem,
      format: 'pem',
      ...(passphrase === null ? {} : { passphrase }),
    });
  } catch {
    // Not as a cause: whatever OpenSSL says of a key is better not kept.
    throw new Problem(
      `The private key in ${shown} cannot be read.`,
      passphrase === null
        ? 'Where it is encrypted, put its passphrase into $MIA_CERTIFICATE_PASSPHRASE.'
        : 'Check the passphrase in $MIA_CERTIFICATE_PASSPHRASE.',
    );
  }
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    throw new Problem(
      `The certificate file ${forTerminal(path)} cannot be read.`,
      'Give its path in $MIA_CERTIFICATE.',
    );
  }
};

/** Reads a PEM file with a certificate and its key. `now`: milliseconds. Problem: it cannot sign in. */
export const readCertificate = (
  path: string,
  passphrase: string | null,
  now: number,
): ClientCertificate => {
  const shown = forTerminal(path);
  const text = readText(path);
  const pems = text.match(CERTIFICATES) ?? [];
  const keyPem = KEY.exec(text)?.[0];
  if (pems.length === 0 || keyPem === undefined)
    throw new Problem(`${shown} holds no certificate with its key. ${WANTED}`, CONVERT);
  const key = readKey(keyPem, passphrase, shown);
  const own = pems.find((pem) => new X509Certificate(pem).checkPrivateKey(key));
  if (own === undefined)
    throw new Problem(`The key in ${shown} does not belong to its certificate.`, WANTED);
  const certificate = new X509Certificate(own);
  if (Date.parse(certificate.validTo) < now)
    throw new Problem(
      `The certificate in ${shown} expired on ${new Date(certificate.validTo).toISOString().slice(0, 10)}.`,
      'Register a new one with the application, then name its file in $MIA_CERTIFICATE.',
    );
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    x5c: [own, ...pems.filter((pem) => pem !== own)].join('\n'),
  };
};
