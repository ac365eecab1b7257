import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { atAHalt } from '../../support/at-a-halt.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const MANY = 200_000_000;

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  gateway = await createGateway([{ name: 'echo', public: true, target: { endpoints: [echo.url] } }]);
});
afterEach(() => {
  echo.release();
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

/** The head of an answer; its body is read by whoever wants it. */
const get = async (path: string, options: object = {}): Promise<IncomingMessage> => {
  const request = send(`${gateway.url}/gateway/echo${path}`, { agent: false, ...options }).end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
};

const endOf = (answer: IncomingMessage): Promise<string> => text(answer).catch(() => 'broken off');

describe('an answer that breaks off', () => {
  it.each(['/break?after=12', '/break?after=0'])('breaks off here: %s', async (path) => {
    const answer = await get(path);
    expect([answer.statusCode, await endOf(answer), answer.complete]).toEqual([200, 'broken off', false]);
    await eventually(() => expect(gateway.logLines.join('')).toContain('upstream_failed'));
  });

  it('without a length does so, too: no last chunk says that it was all', async () => {
    const answer = await get('/head-then-hang');
    await echo.kill();
    expect([await endOf(answer), answer.complete]).toEqual(['broken off', false]);
    await echo.revive();
  });

  it.each(['/sse', `/bytes/${MANY}`, '/head-then-hang', '/hang'])(
    'for a caller that leaves frees the upstream: %s',
    async (path) => {
      const request = send(`${gateway.url}/gateway/echo${path}`, { agent: false }).end();
      request.on('error', () => undefined);
      const answered = path === '/hang' ? undefined : once(request, 'response');
      await eventually(() => expect(echo.received).toBe(1));
      await answered;
      expect(echo.requests[0]?.aborted).toBe(false);
      request.destroy();
      await eventually(() => expect([echo.requests[0]?.aborted, echo.listeners]).toEqual([true, 0]));
    },
  );
});

describe('an answer that takes its time', () => {
  it('has its first bytes here before its last are there', async () => {
    const answer = await get('/drip?n=2&ms=600000');
    expect(String((await once(answer, 'data'))[0])).toBe('drop 1\n');
    answer.destroy();
  });

  it('has each event here at once', async () => {
    const answer = await get('/sse');
    expect(answer.headers['content-type']).toBe('text/event-stream');
    expect(String((await once(answer, 'data'))[0])).toBe('data: hello\n\n');
    for (const event of ['one', 'two']) {
      echo.emit(event);
      expect(String((await once(answer, 'data'))[0])).toBe(`data: ${event}\n\n`);
    }
    answer.destroy();
  });

  it('has its head here at once', async () => {
    const answer = await get('/head-then-hang');
    expect(answer.statusCode).toBe(200);
    echo.release();
    expect(await text(answer)).toBe('released');
  });

  it('is sent no faster than its caller takes it', async () => {
    const answer = await get(`/bytes/${MANY}`);
    const taken = await atAHalt(() => echo.requests[0]!.bytesTaken);
    // All buffers on the way, those of the system included.
    expect(taken).toBeLessThan(60_000_000);
    answer.resume();
    await eventually(() => expect(echo.requests[0]!.bytesTaken).toBeGreaterThan(taken));
    answer.destroy();
  });
});

describe('an answer without a body', () => {
  it('has the length that GET would have, for HEAD', async () => {
    const answer = await get('/bytes/1000', { method: 'HEAD' });
    expect([answer.headers['content-length'], await text(answer)]).toEqual(['1000', '']);
  });

  it.each([204, 304])('has no length that would be waited for: %i', async (status) => {
    const answer = await get(`/status/${status}?etag=%22a%22`);
    const { 'content-length': length, 'transfer-encoding': coding, etag } = answer.headers;
    expect([answer.statusCode, length, coding, etag, await text(answer)]).toEqual([
      ...[status, undefined, undefined, '"a"', ''],
    ]);
  });

  it('may be of any other status', async () => {
    const answer = await get('/redirect?to=/echo');
    expect([answer.statusCode, answer.headers['content-length'], await text(answer)]).toEqual([302, '0', '']);
  });
});

describe('an answer in gzip', () => {
  it.each(['gzip', 'br', 'identity', undefined])('is left as it is, for who accepts %s', async (accepted) => {
    const answer = await get('/gzip?n=5000', accepted ? { headers: { 'accept-encoding': accepted } } : {});
    const { 'content-encoding': coding, 'content-length': length, etag, vary } = answer.headers;
    const body = await buffer(answer);
    expect([coding, length, etag, vary]).toEqual(['gzip', String(body.length), '"packed"', 'accept-encoding']);
    expect(gunzipSync(body).toString()).toBe('gzip '.repeat(5000));
    expect(echo.requests[0]?.headers['accept-encoding']).toBe(accepted ?? 'identity');
  });

  it('is none that we make: what came plain stays so', async () => {
    const answer = await get('/bytes/100000', { headers: { 'accept-encoding': 'gzip, br' } });
    expect([answer.headers['content-encoding'], (await buffer(answer)).length]).toEqual([undefined, 100_000]);
  });
});
