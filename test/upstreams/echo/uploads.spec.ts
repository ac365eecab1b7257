import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ask, jsonOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { startEcho, type EchoServer } from '../echo.stand-in.ts';
import { patternPieces, sha256OfPattern } from './pattern.ts';

let echo: EchoServer;
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(() => echo.close());

const LARGE = 30_000_000;

const expecting = (path: string) =>
  send(echo.url + path, { method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } });

const statusOf = async (request: ReturnType<typeof send>): Promise<number | undefined> => {
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  await text(answer);
  return answer.statusCode;
};

describe('uploads to the echo stand-in', () => {
  it('are refused unread', async () => {
    const request = expecting('/upload/refuse?status=417');
    request.flushHeaders();
    request.once('continue', () => request.end('body'));
    expect(await statusOf(request)).toBe(417);
    expect(echo.requests).toMatchObject([{ bodyBytes: 0, complete: false }]);
    request.on('error', () => undefined).destroy();
  });

  it('are measured', async () => {
    const body = Buffer.concat([...patternPieces(2_000_000)]);
    const answer = await ask(`${echo.url}/upload`, { method: 'POST', body });
    expect(jsonOf(answer)).toMatchObject({ bytes: 2_000_000, sha256: sha256OfPattern(2_000_000), continued: false });
    expect(echo.requests[0]?.bodyBytes).toBe(2_000_000);
    expect(echo.requests[0]?.body.equals(body.subarray(0, 1_048_576))).toBe(true);
  });

  it('get their 100 when it is time', async () => {
    const request = expecting('/upload/continue?held');
    let continued = false;
    request.once('continue', () => {
      continued = true;
      request.end('body');
    });
    request.flushHeaders();
    await eventually(() => expect(echo.received).toBe(1));
    expect(continued).toBe(false);
    echo.release();
    expect([await statusOf(request), continued]).toEqual([200, true]);
  });

  it('are read as slowly as the test wants', async () => {
    const request = send(`${echo.url}/upload/slow`, { method: 'POST', headers: { 'content-length': LARGE } });
    for (const piece of patternPieces(LARGE)) request.write(piece);
    await eventually(() => expect(echo.received).toBe(1));
    expect(echo.requests[0]?.bodyBytes).toBe(0);
    echo.allow(1_000_000);
    await eventually(() => expect(echo.requests[0]?.bodyBytes).toBeGreaterThanOrEqual(1_000_000));
    expect(echo.requests[0]?.bodyBytes).toBeLessThan(1_200_000);
    echo.allow();
    request.end();
    expect(await statusOf(request)).toBe(200);
    expect(echo.requests[0]?.bodyBytes).toBe(LARGE);
  });
});

describe('downloads from the echo stand-in', () => {
  it.each([0, 1, 65_521, 200_000])('have exactly %i bytes, the same each time', async (length) => {
    for (const query of ['', '?chunked']) {
      const bytes = Buffer.from(await (await fetch(`${echo.url}/bytes/${length}${query}`)).arrayBuffer());
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([
        length,
        sha256OfPattern(length),
      ]);
    }
  });

  it('wait for a slow reader', async () => {
    const request = send(`${echo.url}/bytes/${LARGE}`).end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const taken = () => echo.requests[0]?.bytesTaken ?? 0;
    let last = -1;
    await eventually(() => {
      const before = last;
      last = taken();
      expect(last).toBe(before);
    });
    expect(taken()).toBeLessThan(LARGE);
    answer.resume();
    await once(answer, 'end');
    await eventually(() => expect(taken()).toBe(LARGE));
  });
});
