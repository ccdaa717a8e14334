import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { HostRole } from '../request-log.ts';
import type { TenantAnswer, TenantRequest } from './exchange.ts';
import { readPath, readQuery } from './query-text.ts';

export interface Listening {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

const requestOf = async (
  host: HostRole,
  message: IncomingMessage,
): Promise<TenantRequest | null> => {
  const body = (await buffer(message)).toString();
  const url = message.url ?? '/';
  const [pathText = '', ...rest] = url.split('?');
  const [path, query] = [readPath(pathText), readQuery(rest.join('?'))];
  if (!path || !query) return null;
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(message.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { host, method: message.method ?? 'GET', url, path, query, headers, body, inner: false };
};

/** Bytes and content type of an answer. */
const contentOf = ({ body }: TenantAnswer): readonly [Uint8Array, string] => {
  if (body === undefined) return [Buffer.alloc(0), 'text/plain'];
  if (typeof body === 'string') return [Buffer.from(body), 'text/html; charset=utf-8'];
  if (body instanceof Uint8Array) return [body, 'application/octet-stream'];
  return [Buffer.from(JSON.stringify(body)), 'application/json; charset=utf-8'];
};

/** Blanks after `bytes`, as fast as they are taken, until the client goes. */
const sendForEver = (bytes: Uint8Array, response: ServerResponse): void => {
  const blanks = Buffer.alloc(256 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(blanks));
  };
  response.on('drain', more);
  response.write(bytes);
  more();
};

const send = (answer: TenantAnswer, response: ServerResponse): void => {
  if (answer.cut === 'before') {
    response.socket?.destroy();
    return;
  }
  const [bytes, type] = contentOf(answer);
  // Its own, or none.
  response.sendDate = false;
  if (answer.cut === 'never') {
    response.writeHead(answer.status, { 'Content-Type': type, ...answer.headers });
    return sendForEver(bytes, response);
  }
  response.writeHead(answer.status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    ...answer.headers,
  });
  if (answer.cut === 'within')
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
  else response.end(bytes);
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

/** Listens on loopback; `port` 0 takes any. */
export const listenAs = async (
  host: HostRole,
  port: number,
  answer: (request: TenantRequest) => Promise<TenantAnswer>,
): Promise<Listening> => {
  const server = createServer((message, response) => {
    const failed = (error: unknown): void =>
      send({ status: 500, body: `The pretend tenant failed: ${String(error)}` }, response);
    requestOf(host, message)
      .then((request) =>
        request === null ? { status: 400, body: 'Malformed percent encoding.' } : answer(request),
      )
      .then((given) => send(given, response), failed);
  });
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
