import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  gateway = await createGateway([
    { name: 'echo', public: true, target },
    { name: 'quick', public: true, target, timeouts: { attemptMs: 2_000 }, retries: 'off' },
    { name: 'call', public: true, target, timeouts: { callMs: 2_000 } },
    { name: 'idle', public: true, target, timeouts: { idleMs: 4_000 } },
    { name: 'short', public: true, target, response: { maxBytes: 100 } },
    { name: 'single', public: true, target, maxConcurrent: 1 },
  ]);
});
afterEach(() => {
  echo.release();
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const get = (path: string, init: RequestInit = {}): Promise<Answer> => ask(`${gateway.url}/gateway${path}`, init);

/** The head of an answer, whatever becomes of its body. */
const begin = async (path: string, options: object = {}): Promise<IncomingMessage> => {
  const request = send(`${gateway.url}/gateway${path}`, { agent: false, ...options }).end();
  return ((await once(request, 'response')) as [IncomingMessage])[0];
};

const endOf = (answer: IncomingMessage): Promise<string> => text(answer).catch(() => 'broken off');

describe('an upstream that takes too long', () => {
  it.each(['/quick/hang', '/call/hang'])('to answer is given up, and freed: %s', async (path) => {
    const answer = await get(path);
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect(answer.headers.get('proxy-status')).toBe('breakwater; error=http_response_timeout');
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });

  it('is given up when its caller says so, and not later than the route says', async () => {
    const answer = await get('/echo/hang', { headers: { 'x-request-timeout-ms': '200' } });
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect((await get('/quick/hang', { headers: { 'x-request-timeout-ms': '20000' } })).durationMs).toBeLessThan(
      10_000,
    );
    expect(echo.requests[0]?.headers).not.toHaveProperty('x-request-timeout-ms');
  });

  it.each(['0', 'soon', '-1'])('is not even asked where that is nonsense: %s', async (value) => {
    const answer = await get('/echo/echo', { headers: { 'x-request-timeout-ms': value } });
    expect([problemOf(answer).code, echo.received]).toEqual(['invalid_request', 0]);
  });

  it('in the middle of an answer has it cut off', async () => {
    const answer = await begin('/idle/head-then-hang');
    expect([answer.statusCode, await endOf(answer)]).toEqual([200, 'broken off']);
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });

  it('may take as long as it likes for all of it', async () => {
    for (const route of ['quick', 'idle', 'call']) {
      const answer = await begin(`/${route}/drip?n=5&ms=850`);
      expect((await endOf(answer)).split('\n')).toHaveLength(6);
    }
  });
});

describe('an answer that is too large', () => {
  it('is refused where its length is known', async () => {
    const answer = await get('/short/bytes/101');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer' });
    expect(answer.headers.get('proxy-status')).toBe('breakwater; error=http_response_body_size');
  });

  it('is refused where its beginning is', async () => {
    expect((await get('/short/bytes/200000000?chunked')).status).toBe(502);
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });

  it('is cut off where that shows later', async () => {
    const answer = await begin('/short/drip?n=1000&ms=20');
    expect([answer.statusCode, await endOf(answer)]).toEqual([200, 'broken off']);
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });

  it.each(['/short/bytes/100', '/short/bytes/100?chunked'])('is not one of just that length: %s', async (path) => {
    const answer = await fetch(`${gateway.url}/gateway${path}`);
    expect((await answer.arrayBuffer()).byteLength).toBe(100);
  });

  it('is not one without a body', async () => {
    const { status, headers } = await get('/short/bytes/101', { method: 'HEAD' });
    expect([status, headers.get('content-length')]).toEqual([200, '101']);
  });
});

describe('more requests than a route takes', () => {
  const refused = async (): Promise<void> => {
    const answer = await get('/single/echo');
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'overloaded', retryAfterMs: 1_000 });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('proxy-status')).toBe('breakwater; error=connection_limit_reached');
    expect((await get('/echo/echo')).status).toBe(200);
  };

  it('are refused, until one ends', async () => {
    const first = get('/single/hang');
    await eventually(() => expect(echo.received).toBe(1));
    await refused();
    echo.release();
    expect((await first).text).toBe('released');
    expect((await get('/single/echo')).status).toBe(200);
  });

  it('are refused while an answer streams, until its caller leaves', async () => {
    const stream = await begin('/single/sse');
    await refused();
    stream.destroy();
    await eventually(async () => expect((await get('/single/echo')).status).toBe(200));
  });

  it.each(['/single/bytes/9', '/single/%2F', '/single/status/404', '/single/reset'])(
    'are not those that have ended, however: %s',
    async (path) => {
      for (let turn = 0; turn < 3; turn += 1) expect((await get(path)).text).not.toContain('overloaded');
    },
  );
});
