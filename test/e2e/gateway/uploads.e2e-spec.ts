import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { atAHalt } from '../../support/at-a-halt.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const MIB = 1024 * 1024;

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  gateway = await createGateway([
    { name: 'echo', public: true, target, request: { maxBytes: 1024 * MIB } },
    { name: 'small', public: true, target, request: { maxBytes: 100 } },
    { name: 'none', public: true, target, request: { maxBytes: 0 } },
    { name: 'keyed', public: true, target, retries: { attempts: 3, idempotencyKey: true } },
  ]);
});
afterEach(() => {
  echo.fail(undefined);
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const begin = (path: string, headers: object = {}, method = 'POST'): ClientRequest =>
  send(`${gateway.url}/gateway${path}`, { agent: false, method, headers: { ...headers } });

const answerTo = async (request: ClientRequest): Promise<IncomingMessage> =>
  ((await once(request, 'response')) as [IncomingMessage])[0];

const put = (path: string, body: string, init: RequestInit = {}): Promise<Answer> =>
  ask(`${gateway.url}/gateway${path}`, { method: 'PUT', body, ...init });

/** A body whose length nobody is told. */
const chunked = async (path: string, pieces: readonly string[]): Promise<[number | undefined, { code?: string }]> => {
  const request = begin(path);
  for (const piece of pieces) request.write(piece);
  const answer = await answerTo(request.end());
  return [answer.statusCode, (await json(answer)) as { code?: string }];
};

describe('a body that is too large', () => {
  it.each(['/small/upload', '/none/upload'])('is refused by what it says of its length: %s', async (path) => {
    const answer = await put(path, 'x'.repeat(101));
    expect(problemOf(answer)).toMatchObject({ status: 413, code: 'payload_too_large' });
    expect(echo.received).toBe(0);
  });

  it('is refused when it gets too long, and the upstream never has it whole', async () => {
    expect(await chunked('/small/upload', ['x'.repeat(60), 'x'.repeat(60)])).toMatchObject([
      413,
      { code: 'payload_too_large' },
    ]);
    await eventually(() => expect(echo.requests.every(({ complete }) => !complete)).toBe(true));
  });

  it('is not one that is just as large as it may be', async () => {
    expect((await put('/small/upload', 'x'.repeat(100))).status).toBe(200);
    expect(await chunked('/small/upload', ['x'.repeat(50), 'x'.repeat(50)])).toMatchObject([200, { bytes: 100 }]);
  });
});

describe('a request that fails', () => {
  it('is sent again if it may be: PUT, when its connection breaks', async () => {
    echo.fail('reset');
    expect([(await put('/echo/upload', 'small')).status, echo.received]).toEqual([502, 3]);
    expect(echo.requests.map(({ headers }) => headers['content-length'])).toEqual(['5', '5', '5']);
  });

  it('is sent again with all of its body when it is answered so, where the route says how often', async () => {
    echo.fail(503);
    expect([(await put('/keyed/upload', 'small')).status, echo.received]).toEqual([503, 3]);
    expect(echo.requests.map(({ body }) => String(body))).toEqual(['small', 'small', 'small']);
  });

  it('has the answer that it gets, where the route says nothing', async () => {
    echo.fail(503);
    expect([(await put('/echo/upload', 'small')).status, echo.received]).toEqual([503, 1]);
  });

  it('is not sent again if that may do it twice: POST', async () => {
    for (const fault of ['reset', 503] as const) {
      echo.fail(fault);
      await put('/keyed/upload', 'small', { method: 'POST' });
    }
    expect(echo.received).toBe(2);
  });

  it('is sent again with a key, where the upstream honours them', async () => {
    echo.fail(503);
    const init = { method: 'POST', headers: { 'idempotency-key': '"a"' } };
    expect([(await put('/keyed/upload', 'small', init)).status, echo.received]).toEqual([503, 3]);
    echo.fail('reset');
    await put('/echo/upload', 'small', init);
    expect(echo.received).toBe(4);
  });

  it('is not sent again when its body has gone by', async () => {
    for (const fault of ['reset', 503] as const) {
      echo.fail(fault);
      await put('/keyed/upload', 'x'.repeat(100_000));
    }
    expect(echo.received).toBe(2);
  });
});

describe('a body on its way', () => {
  it('is what it was, in chunks too', async () => {
    const bytes = randomBytes(3 * MIB);
    const request = begin('/echo/upload');
    for (let at = 0; at < bytes.length; at += 100_000) request.write(bytes.subarray(at, at + 100_000));
    const answer = await answerTo(request.end());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await json(answer)).toMatchObject({ bytes: bytes.length, sha256 });
    expect(echo.requests[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
  });

  it('is with the upstream before it is all here', async () => {
    const request = begin('/echo/upload', { 'content-length': 10 });
    request.write('first');
    await eventually(() => expect(echo.requests[0]?.bodyBytes).toBe(5));
    const answer = await answerTo(request.end('-last'));
    expect(await json(answer)).toMatchObject({ bytes: 10 });
  });

  it('comes no faster than the upstream takes it', async () => {
    const request = begin('/echo/upload/slow', { 'content-length': 200 * MIB }).on('error', () => undefined);
    let sent = 0;
    const pour = (): void => void request.write(Buffer.alloc(MIB), (failed) => failed || ((sent += 1), pour()));
    pour();
    // All buffers on the way, those of the system included.
    expect(await atAHalt(() => sent)).toBeLessThan(60);
    request.destroy();
    echo.allow();
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });
});
