import type { Random } from '../../../scripts/generator/random.ts';
import { lineOf } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import type { Person, Stage } from '../stage.ts';
import { AuthenticationRefused } from './sign-in-error.ts';

interface AuthorizationCode {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly nonce: string | null;
  readonly scope: string;
  readonly person: Person;
}

interface AuthorizeEndpoint {
  readonly authorize: (request: TenantRequest) => TenantAnswer;
  /** What a code was given for; it counts once. */
  readonly redeem: (code: string) => AuthorizationCode | undefined;
  readonly inBrowser: (person: Person) => void;
}

/** /authorize: posts to the client's loopback address what a browser would (`tenant.md` 6.1 F). */
export const authorizeEndpoint = (stage: Stage, random: Random): AuthorizeEndpoint => {
  const authorizationCodes = new Map<string, AuthorizationCode>();
  let inBrowser = stage.analyst;

  const authorize = ({ query, ...request }: TenantRequest): TenantAnswer => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/u.test(redirectUri);
    if (!loopback || query.get('response_type') !== 'code') throw new AuthenticationRefused(90014);
    const fields = new Map([['state', query.get('state') ?? '']]);
    if (stage.faults.strikes('sign-in-declined', lineOf({ query, ...request }))) {
      fields.set('error', 'access_denied');
      fields.set('error_description', 'AADSTS65004: User declined to consent to access the app.');
    } else {
      const code = `0.pretend-code-${random.hex(32)}`;
      stage.secrets.add(code);
      authorizationCodes.set(code, {
        clientId: (query.get('client_id') ?? '').toLowerCase(),
        redirectUri,
        challenge: query.get('code_challenge') ?? null,
        nonce: query.get('nonce') ?? null,
        scope: query.get('scope') ?? '',
        person: inBrowser,
      });
      fields.set('code', code);
    }
    if (query.get('response_mode') !== 'form_post') {
      const words = new URLSearchParams([...fields]);
      return { status: 302, headers: { Location: `${redirectUri}?${words}` } };
    }
    const inputs = [...fields].map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}"/>`,
    );
    const form = `<form method="POST" action="${escapeHtml(redirectUri)}">${inputs.join('')}</form>`;
    return {
      status: 200,
      body: `<html><body onload="document.forms[0].submit()">${form}</body></html>`,
    };
  };

  return {
    authorize,
    redeem: (code) => {
      const found = authorizationCodes.get(code);
      authorizationCodes.delete(code);
      return found;
    },
    inBrowser: (person) => {
      inBrowser = person;
    },
  };
};

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
