import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { systemClock } from '../../../source/tenant/http/clock.ts';
import { fetchOf, type Variables } from '../../../source/tenant/http/proxy.ts';
import {
  fetchTransport,
  NoAnswer,
  type WireRequest,
} from '../../../source/tenant/http/transport.ts';
import { smallTenant } from '../small-tenant.ts';
import { testClock } from '../test-clock.ts';

const get = (url: string): WireRequest => ({
  method: 'GET',
  url,
  headers: { 'x-a': 'b' },
  body: null,
  timeout: 100_000,
  most: 2 ** 20,
});
const never = (): AbortSignal => new AbortController().signal;
const transport = (variables: Variables = {}) => fetchTransport(fetchOf(variables), systemClock);

/** A server that does what `act` does with each connection's request. */
const rawServer = async (t: TestContext, act: (socket: Socket) => void) => {
  const server = createServer();
  server.on('request', (request) => act(request.socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const noAnswer = async (work: Promise<unknown>): Promise<NoAnswer> => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof NoAnswer, String(error));
    return error;
  }
  throw new Error('there was an answer');
};

test('status, headers and the bytes as they are; redirects are left to the caller', async (t) => {
  const { origin, asked } = await smallTenant(t, () => ({
    status: 302,
    headers: { location: '/x', 'X-Big': '1' },
    body: 'é\u0000\r\n',
  }));
  const answer = await transport()(get(origin), never());
  assert.equal(answer.status, 302);
  assert.equal(answer.headers['x-big'], '1');
  assert.deepEqual(Buffer.from(answer.body), Buffer.from('é\u0000\r\n'));
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.headers['x-a'], 'b');
});

test('a packed body is unpacked; one that breaks off is no answer', async (t) => {
  const packed = gzipSync('{"value":[]}');
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
  const whole = await rawServer(t, (socket) =>
    socket.write(Buffer.concat([Buffer.from(head), packed])),
  );
  const { body } = await transport()(get(whole), never());
  assert.equal(Buffer.from(body).toString(), '{"value":[]}');
  const broken = await rawServer(t, (socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"value":['),
  );
  assert.match((await noAnswer(transport()(get(broken), never()))).message, /connection broke/);
});

/** Bytes without end, as fast as they are taken; resolves to how many when the connection is closed. */
const endless = async (t: TestContext, head: string, piece: Uint8Array) => {
  const { promise: sent, resolve } = Promise.withResolvers<number>();
  const url = await rawServer(t, (socket) => {
    const more = (): void => {
      while (socket.writable && socket.write(piece));
    };
    socket.once('close', () => resolve(socket.bytesWritten));
    socket.on('error', () => undefined).on('drain', more);
    socket.write(head);
    more();
  });
  return { url, sent };
};

test('an answer without an end is not held: it is refused, and the connection closed', async (t) => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"value":[';
  const { url, sent } = await endless(t, head, Buffer.alloc(64 * 1024, ' '));
  const failure = await noAnswer(transport()(get(url), never()));
  assert.match(failure.message, /more than 1 MiB, and was not read to its end/);
  assert.equal(failure.lasting, true, 'asking again gives the same');
  assert.ok((await sent) < 64 * 2 ** 20, 'little more was sent than what is under way');
});

test('an answer that unpacks without an end is not held either', async (t) => {
  const packed = gzipSync(Buffer.alloc(256 * 2 ** 20));
  assert.ok(packed.length < 2 ** 20, 'it is small on its way');
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
  const url = await rawServer(t, (socket) => {
    socket.on('error', () => undefined);
    socket.write(Buffer.concat([Buffer.from(head), packed]));
  });
  const before = process.memoryUsage().arrayBuffers;
  const failure = await noAnswer(transport()(get(url), never()));
  assert.match(failure.message, /more than 1 MiB/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 2 ** 20);
});

test('an answer of exactly what it may have is taken', async (t) => {
  const { origin } = await smallTenant(t, () => ({ body: 'x'.repeat(2 ** 20) }));
  assert.equal((await transport()(get(origin), never())).body.length, 2 ** 20);
});

test('nobody listens there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const failure = await noAnswer(transport()(get(`http://127.0.0.1:${port}/`), never()));
  assert.match(failure.message, /refused/);
  assert.equal(failure.lasting, false);
});

test('cancelling reaches the socket', async (t) => {
  const control = new AbortController();
  const reason = new Error('enough');
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const url = await rawServer(t, (socket) => {
    socket.once('close', () => resolve());
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{');
    control.abort(reason);
  });
  await assert.rejects(transport()(get(url), control.signal), reason);
  await closed;
});

test('what takes longer than it may is ended, and says how long that was', async (t) => {
  const clock = testClock();
  const url = await rawServer(t, () => clock.passLimits());
  const late = fetchTransport(fetchOf({}), clock)(get(url), never());
  assert.equal((await noAnswer(late)).message, 'no answer in 100 s');
});

/** A proxy that tunnels everything to `port` of this machine, or refuses. */
const proxy = async (t: TestContext, port: number | null) => {
  const asked: { readonly target: string; readonly authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request, socket: Socket) => {
    asked.push({
      target: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (port === null) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const behind = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(behind).pipe(socket);
    });
    sockets.add(behind);
    behind.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo;
  return { address: `http://kim:hush-hush@127.0.0.1:${own}`, asked };
};

test('the proxy of the environment is used, but not for this machine and not for NO_PROXY', async (t) => {
  const { origin, asked } = await smallTenant(t, () => ({ body: { ok: true } }));
  const way = await proxy(t, Number(new URL(origin).port));
  const send = transport({ http_proxy: way.address, NO_PROXY: 'direct.invalid' });
  const { status } = await send(get('http://graph.invalid/v1.0/x'), never());
  assert.equal(status, 200);
  assert.equal(asked.at(-1)?.path, '/v1.0/x');
  assert.deepEqual(
    way.asked.map(({ target }) => target),
    ['graph.invalid:80'],
  );
  assert.match(way.asked[0]?.authorization ?? '', /^Basic /);
  await send(get(origin), never());
  assert.match((await noAnswer(send(get('http://direct.invalid/'), never()))).message, /name of/);
  assert.equal(way.asked.length, 1);
});

test('https goes to the proxy of HTTPS_PROXY; what that wants is said without its password', async (t) => {
  const way = await proxy(t, null);
  const send = transport({ HTTPS_PROXY: way.address });
  const failure = await noAnswer(send(get('https://graph.invalid/'), never()));
  assert.deepEqual(
    way.asked.map(({ target }) => target),
    ['graph.invalid:443'],
  );
  assert.match(failure.message, /407/);
  assert.equal(failure.lasting, true);
  assert.doesNotMatch(`${failure.message}${failure.hint}${failure.stack}`, /hush-hush/);
});
