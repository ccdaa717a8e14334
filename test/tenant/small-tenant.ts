/** A few lines of a tenant: what one test needs, answered from a table. The pretend tenant is elsewhere. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

export type Answering = (asked: Asked) => Answer | Promise<Answer>;

export interface SmallTenant {
  readonly origin: string;
  readonly asked: Asked[];
}

/** Starts on loopback, ends with the test. `answering` gives 404 where it returns nothing better. */
export const smallTenant = async (t: TestContext, answering: Answering): Promise<SmallTenant> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const body = (await buffer(request)).toString();
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        form: new URLSearchParams(body),
        body,
      };
      asked.push(one);
      const answer = await answering(one);
      const text =
        typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
      response.writeHead(answer.status ?? 200, {
        'content-type': 'application/json',
        'request-id': `r${asked.length}`,
        ...answer.headers,
      });
      response.end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked };
};

export const TENANT_ID = '4b8c18bd-1111-4222-8333-444455556666';
export const CLIENT_ID = '9ac41f00-1111-4222-8333-444455556666';
export const SECRET = 'Sup3r~Secret.Value-Of_The_App';
export const DEVICE_CODE = 'DAQABAAEAAAD-device-code-nobody-may-see';
export const REFRESH_TOKEN = '0.AXoArefresh-token-nobody-may-see';

const encoded = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');

/** A token as Graph's look, unsigned. `mark`: makes it another. */
export const accessToken = (claims: object, mark = 'access-token-nobody-may-see'): string =>
  `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ tid: TENANT_ID, ...claims })}.${mark}`;

/** What the token endpoint answers to a person. */
export const userTokens = (form: URLSearchParams, scp: string, more: object = {}) => ({
  token_type: 'Bearer',
  scope: form.get('scope') ?? '',
  expires_in: 3600,
  ext_expires_in: 3600,
  access_token: accessToken({ scp, upn: 'anna@contoso.example' }),
  refresh_token: REFRESH_TOKEN,
  id_token: `${encoded({ alg: 'none' })}.${encoded({ oid: 'o1', tid: TENANT_ID, preferred_username: 'anna@contoso.example', aud: CLIENT_ID, iss: `https://login.microsoftonline.com/${TENANT_ID}/v2.0` })}.`,
  client_info: encoded({ uid: 'o1', utid: TENANT_ID }),
  ...more,
});

export const deviceCode = (more: object = {}) => ({
  device_code: DEVICE_CODE,
  user_code: 'ABCD-EFGH',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 0,
  message: 'To sign in…',
  ...more,
});

export const oauthError = (error: string, code: number, text = 'said by the authority') => ({
  status: 400,
  body: {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: 1 Correlation ID: 2`,
    error_codes: [code],
  },
});
