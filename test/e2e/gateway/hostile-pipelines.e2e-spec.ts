import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { converse } from '../../support/raw-conversation.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway();
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const post = (...fields: string[]): string => head('POST /gateway/open/upload', ...fields);
const get = (...fields: string[]): string => head('GET /gateway/open/echo', ...fields);

describe('what comes behind a request', () => {
  const second = head('GET /gateway/closed/echo/second', 'Connection: close');
  const seen = (): string[] => raw.echo.requests.map(({ url, body }) => `${url} ${body.toString('latin1')}`);

  it.each<[string, string, string]>([
    ['a body with a length', post('Content-Length: 4') + 'GET ', '/upload GET '],
    ['a body in chunks', `${post('Transfer-Encoding: chunked')}4\r\nGET \r\n0\r\n\r\n`, '/upload GET '],
    ['GET with a body', `${get('Content-Length: 4')}GET `, '/echo GET '],
    ['HEAD with a body', `${head('HEAD /gateway/open/echo', 'Content-Length: 4')}GET `, '/echo GET '],
    [
      'Expect and a body that is sent at once',
      `${post('Expect: 100-continue', 'Content-Length: 4')}GET `,
      '/upload GET ',
    ],
  ])('is another request, and no part of the first: %s', async (_what, first, expected) => {
    const answer = await raw.say(first + second);
    expect([answer.status < 300, seen()]).toEqual([true, [expected]]);
    await raw.expectHealthy();
  });

  it('keeps its own headers', async () => {
    await raw.say(get('X-First: 1', 'Authorization: Bearer x') + get('X-Second: 2', 'Connection: close'));
    const headers = raw.echo.requests.map((request) => [request.headers['x-first'], request.headers['x-second']]);
    expect(headers).toEqual([
      ['1', undefined],
      [undefined, '2'],
    ]);
  });

  it.each(['', 'x', '100-continue, x', 'evil'])(
    'an expectation that nobody meets is nothing: %j',
    async (expectation) => {
      const answer = await raw.say(`${post(`Expect: ${expectation}`, 'Content-Length: 4', 'Connection: close')}abcd`);
      // Perhaps after a 100.
      expect([100, 200, 417]).toContain(answer.status);
      expect(seen().filter((one) => one !== '/upload abcd')).toEqual([]);
      await raw.expectHealthy();
    },
  );
});

describe('a request whose upgrade is ignored', () => {
  // The HTTP server loses what came in the same breath: what comes next could begin in the middle of something.
  it.each([
    ['with a body', get('Connection: upgrade', 'Upgrade: websocket', 'Content-Length: 4') + 'GET '],
    ['in chunks', `${post('Connection: upgrade', 'Upgrade: echo', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['to h2c', get('Connection: upgrade, http2-settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA')],
    ['outside the gateway', head('GET /health/live', 'Connection: upgrade', 'Upgrade: websocket')],
  ])('is the last of its connection: %s', async (_what, bytes) => {
    const caller = await converse(raw.gateway.url);
    caller.say(bytes);
    await caller.hears('\r\n\r\n');
    caller.say(head('GET /gateway/open/echo/smuggled'));
    expect(caller.heard()).toMatch(/^HTTP\/1.1 200 OK\r\n(.*\r\n)*connection: close\r\n/i);
    await caller.closed;
    expect(raw.echo.requests.filter(({ url }) => url.includes('smuggled'))).toEqual([]);
  });
});
