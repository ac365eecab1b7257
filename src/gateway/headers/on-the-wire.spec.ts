import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { buildAnswer, buildResponseOptions } from '../../../test/support/build-answer.ts';
import { buildRequestOptions } from '../../../test/support/build-incoming.ts';
import { speak } from '../../../test/support/raw-http.ts';
import type { HeaderMap } from '../../outbound/index.ts';
import { compileRequestHeaders } from './request-headers.ts';
import { compileResponseHeaders } from './response-headers.ts';

const open = async (server: Server): Promise<{ url: string } & AsyncDisposable> => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
};

/** What becomes of a request with these lines; undefined when it was never taken for one. */
const told = async (...lines: readonly string[]): Promise<HeaderMap | undefined> => {
  let map: HeaderMap | undefined;
  const convert = compileRequestHeaders(buildRequestOptions({ forward: ['cookie'] }), { routeName: 'poke' });
  const take = ({ headers, rawHeaders, httpVersion, socket }: IncomingMessage, response: ServerResponse): void => {
    const ours = { isTrusted: false, protocol: 'http', requestId: 'r-1', traceparent: '00-1' } as const;
    const peer = socket.remoteAddress ?? '';
    map = convert({ headers, rawHeaders, httpVersion, peer, ...ours, hasBody: false, isUpgrade: false });
    response.end();
  };
  await using server = await open(createServer(take));
  await speak(server.url, ['GET / HTTP/1.1', 'Host: us.example', 'Connection: close', ...lines, '', ''].join('\r\n'));
  return map;
};

/** What our caller gets of an answer with these lines: the lines of its head. */
const heard = async (...lines: readonly string[]): Promise<string[]> => {
  const text = ['HTTP/1.1 200 OK', 'Content-Type: text/plain', ...lines, 'Content-Length: 2', '', 'ok'].join('\r\n');
  await using upstream = await open(createRawServer((socket) => socket.once('data', () => socket.end(text, 'latin1'))));
  const agent = new Agent();
  const surroundings = { routeName: 'poke', isPublic: true, basePath: '', ownOrigins: () => [] };
  const convert = compileResponseHeaders(buildResponseOptions({ cookies: 'rewrite' }), surroundings);
  const pass = async (response: ServerResponse): Promise<void> => {
    const { headers, body } = await request(upstream.url, { dispatcher: agent });
    response.writeHead(200, convert({ ...buildAnswer(), headers })).end(await body.text());
  };
  await using server = await open(
    createServer((_request, response) => void pass(response).catch(() => response.destroy())),
  );
  const { headers } = await speak(server.url, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await agent.close();
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
};

describe('a request as Node reads it', () => {
  it.each(['X-A: 1\rX-Evil: 1', 'X-A: 1\nX-Evil: 1', 'X-A: 1\0', 'X A: 1', 'X-A : 1', ': 1'])(
    'never brings a line of its own: %j',
    async (line) => {
      const map = (await told(line)) ?? {};
      expect(Object.entries(map).join()).not.toMatch(/[\r\n\0]/);
      expect(map).not.toHaveProperty('x-evil');
    },
  );

  it('keeps what came several times apart', async () => {
    const map = await told('X-A: 1', 'x-a: 2', 'Content-Type: a/b', 'Content-Type: c/d', 'Cookie: a=1', 'Cookie: b=2');
    expect(map).toMatchObject({ 'x-a': ['1', '2'], 'content-type': ['a/b', 'c/d'], cookie: 'a=1; b=2' });
  });

  it('keeps bytes that are not ASCII, and survives odd names', async () => {
    const map = await told('X-A: \u00e9\u00ff', '__proto__: a', '__proto__: b', 'constructor: c', 'constructor: d');
    expect(map).toMatchObject({ 'x-a': '\u00e9\u00ff' });
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
  });

  it('believes no spoofed forwarding, however often', async () => {
    const map = await told('Forwarded: for=10.0.0.1', 'X-Forwarded-For: 10.0.0.1', 'X-Forwarded-For: 10.0.0.2');
    expect(map).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      forwarded: 'for=127.0.0.1;host=us.example;proto=http',
    });
  });
});

describe('an answer as it is written', () => {
  it.each(['X-A: 1\rSet-Cookie: evil=1', 'X-A: 1\r\n Set-Cookie: evil=1', 'Location: /a\r\n\tX-Evil: 1', 'X-A: 1\0'])(
    'never has a line that the upstream did not send: %j',
    async (line) => {
      const lines = (await heard(line)).filter((one) => /^(set-cookie|x-evil)/i.test(one));
      expect(lines).toEqual([]);
    },
  );

  it('has what the upstream sent, and what we say', async () => {
    const lines = await heard('Set-Cookie: a=1', 'X-A: \u00e9', 'Keep-Alive: timeout=99', 'Via: 1.1 a');
    expect(lines).toEqual(
      expect.arrayContaining([
        ...['content-type: text/plain', 'content-length: 2', 'set-cookie: a=1; Path=/gateway/poke'],
        ...['via: 1.1 a, 1.1 breakwater', 'x-request-id: r-1', 'connection: close'],
      ]),
    );
    expect(lines.join()).not.toContain('timeout=99');
  });
});
