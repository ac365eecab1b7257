import { once } from 'node:events';
import { request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { converse } from '../../support/raw-conversation.ts';
import { askRaw, speak } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  gateway = await createGateway([
    { name: 'echo', public: true, target: { endpoints: [echo.url] } },
    { name: 'small', public: true, target: { endpoints: [echo.url] }, request: { maxBytes: 10 } },
  ]);
});
afterEach(() => echo.forget());
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const begin = (path: string, options: object = {}): ClientRequest =>
  send(`${gateway.url}/gateway/echo${path}`, { agent: false, ...options });

const answerTo = async (request: ClientRequest): Promise<IncomingMessage> =>
  ((await once(request, 'response')) as [IncomingMessage])[0];

describe('trailers', () => {
  it('of an answer come after it', async () => {
    const answer = await answerTo(begin('/trailers?x-b=2').end());
    expect(answer.headers).toMatchObject({ trailer: 'x-checksum, x-b', 'transfer-encoding': 'chunked' });
    expect(await text(answer)).toBe('before the trailers');
    expect(answer.trailers).toEqual({ 'x-checksum': 'abc', 'x-b': '2' });
  });

  it('say nothing there that belongs before the body', async () => {
    const answer = await answerTo(begin('/trailers?set-cookie=a%3D1&location=/x&x-b=2').end());
    expect(await text(answer)).toBe('before the trailers');
    expect(answer.trailers).toEqual({ 'x-checksum': 'abc', 'x-b': '2' });
  });

  it('are none for HTTP/1.0, which has no chunks', async () => {
    const request = 'GET /gateway/echo/trailers HTTP/1.0\r\nHost: test\r\n\r\n';
    const answer = await speak(gateway.url, request);
    expect([answer.status, answer.text]).toEqual([200, 'before the trailers']);
    expect(answer.headers['transfer-encoding']).toBeUndefined();
  });

  it('of an upload arrive with it', async () => {
    const request = begin('/upload', { method: 'POST', headers: { trailer: 'x-sum' } });
    request.addTrailers({ 'x-sum': 'abc' });
    request.write('some');
    const answer = await answerTo(request.end('thing'));
    expect(await json(answer)).toMatchObject({ bytes: 9, trailers: { 'x-sum': 'abc' } });
    expect(echo.requests[0]?.headers).toMatchObject({ trailer: 'x-sum', 'transfer-encoding': 'chunked' });
  });

  it('of an upload do not say who it is of, or whom it came by', async () => {
    const caller = await converse(gateway.url);
    const head =
      'POST /gateway/echo/upload HTTP/1.1\r\nHost: test\r\nConnection: close\r\nTrailer: x-sum, authorization, via';
    caller.say(
      `${head}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nAuthorization: Bearer x\r\nVia: 1.1 me\r\nX-Sum: 1\r\n\r\n`,
    );
    const heard = await caller.closed;
    expect(heard).toContain('"trailers":{"x-sum":"1"}');
  });
});

describe('interim answers', () => {
  it.each([
    ['/hints', 103, { link: '</style.css>; rel=preload; as=style' }],
    ['/processing', 102, {}],
  ])('are passed on before the answer: %s', async (path, statusCode, headers) => {
    const request = begin(path).end();
    const [[interim], answer] = await Promise.all([once(request, 'information'), answerTo(request)]);
    expect(interim).toMatchObject({ statusCode, headers });
    expect([answer.statusCode, await text(answer)]).toEqual([200, expect.stringMatching(/^after the/)]);
  });

  it('are not for HTTP/1.0', async () => {
    const heard = await speak(gateway.url, 'GET /gateway/echo/hints HTTP/1.0\r\nHost: test\r\n\r\n');
    expect([heard.status, heard.text]).toEqual([200, 'after the hints']);
  });
});

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

describe('who waits for 100 Continue', () => {
  const ask = async (path: string, length = 5): Promise<Awaited<ReturnType<typeof converse>>> => {
    const caller = await converse(gateway.url);
    const fields = `Host: test\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}`;
    caller.say(`PUT /gateway${path} HTTP/1.1\r\n${fields}\r\n\r\n`);
    return caller;
  };

  it.each([
    ['/echo/upload/refuse', 413, 5],
    ['/echo/upload/refuse?status=401', 401, 5],
    ['/small/upload', 413, 11],
    ['/nowhere/upload', 404, 5],
  ])('is not told to go on by a refusal: %s', async (path, status, length) => {
    const heard = await (await ask(path, length)).closed;
    expect(heard.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(heard).not.toContain('100 Continue');
  });

  it('is told when the upstream says so, and not before', async () => {
    const caller = await ask('/echo/upload/continue?held');
    while (echo.received === 0) await new Promise((resolve) => setImmediate(resolve));
    // Any answer to another request is behind what would have been said by now.
    await askRaw(gateway.url, '/gateway/echo/echo');
    expect(caller.heard()).toBe('');
    echo.release();
    await caller.hears(CONTINUE);
    caller.say('hello');
    const heard = await caller.closed;
    expect(heard.startsWith(`${CONTINUE}HTTP/1.1 200 `)).toBe(true);
    expect(heard.split(CONTINUE)).toHaveLength(2);
    expect(heard).toContain('"bytes":5');
  });
});
