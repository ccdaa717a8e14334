import { constants, verify, X509Certificate } from 'node:crypto';
import type { Registration } from '../tenant-options.ts';
import { AuthenticationRefused } from './sign-in-error.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const partOf = (text: string | undefined): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Record<string, unknown>;
  } catch {
    throw new AuthenticationRefused(700027);
  }
};

const digestOf = (fingerprint: string): string =>
  Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');

const sameThumbprint = (certificate: X509Certificate, header: Record<string, unknown>): boolean =>
  header['x5t#S256'] === digestOf(certificate.fingerprint256) ||
  header['x5t'] === digestOf(certificate.fingerprint);

const signatureHolds = (
  certificate: X509Certificate,
  algorithm: unknown,
  text: string,
  signature: Buffer,
): boolean => {
  const key = certificate.publicKey;
  if (algorithm === 'RS256') return verify('sha256', Buffer.from(text), key, signature);
  if (algorithm !== 'PS256') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return verify('sha256', Buffer.from(text), { key, padding, saltLength }, signature);
};

/** `realNow`: clients sign by their own clock, which is not the tenant's. */
const checkAssertion = (
  registration: Registration,
  assertion: string,
  tokenPath: string,
  realNow: number,
): void => {
  const [head, body, signature] = assertion.split('.');
  const [header, claims] = [partOf(head), partOf(body)];
  const certificate = registration.certificates
    .map((pem) => new X509Certificate(pem))
    .find((one) => sameThumbprint(one, header));
  const audience = typeof claims['aud'] === 'string' ? claims['aud'] : '';
  const holds =
    certificate !== undefined &&
    signatureHolds(
      certificate,
      header['alg'],
      `${head}.${body}`,
      Buffer.from(signature ?? '', 'base64url'),
    ) &&
    claims['iss'] === registration.clientId &&
    claims['sub'] === registration.clientId &&
    URL.canParse(audience) &&
    new URL(audience).pathname.toLowerCase() === tokenPath.toLowerCase() &&
    Number(claims['exp']) * 1000 > realNow;
  if (!holds) throw new AuthenticationRefused(700027);
};

/** The client proves who it is, or SignInRefused is thrown. */
export const checkClientProof = (
  registration: Registration,
  form: URLSearchParams,
  tokenPath: string,
  realNow: number,
): void => {
  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')];
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      throw new AuthenticationRefused(700027);
    checkAssertion(registration, assertion, tokenPath, realNow);
  } else if (secret === null) throw new AuthenticationRefused(7000218);
  else if (!registration.secrets.includes(secret)) throw new AuthenticationRefused(7000215);
};
