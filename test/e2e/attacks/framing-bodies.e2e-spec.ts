import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { GuestbookModule } from '../inbound/guestbook.module.ts';
import { RAW, RawModule, RawRoutes } from '../inbound/raw.module.ts';

const SMUGGLED = `GET ${RAW}/refuse HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`;

let breakwater: TestApp;
let routes: RawRoutes;
beforeAll(async () => {
  breakwater = await createApp({ imports: [RawModule, GuestbookModule] });
  routes = breakwater.app.get(RawRoutes);
});
beforeEach(() => void (routes.reached.length = 0));
afterAll(() => breakwater.close());

const chunked = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
const lengthy = (length: number, body: string): string =>
  `POST ${RAW}/echo HTTP/1.1\r\nHost: test\r\nContent-Length: ${length}\r\n\r\n${body}`;

describe.each([`${RAW}/echo`, '/api/v1/guestbook'])('a body in chunks that is sent to %s', (path) => {
  it.each<[string, string]>([
    ['a size that is no number', 'zz\r\nhello\r\n0\r\n\r\n'],
    ['a negative size', '-5\r\nhello\r\n0\r\n\r\n'],
    ['a size with a prefix', '0x5\r\nhello\r\n0\r\n\r\n'],
    ['a size beyond all numbers', 'fffffffffffffffff5\r\nhello\r\n0\r\n\r\n'],
    ['a space behind the size', '5 \r\nhello\r\n0\r\n\r\n'],
    ['no size', '\r\nhello\r\n0\r\n\r\n'],
    ['LF behind the size', '5\nhello\r\n0\r\n\r\n'],
    ['LF behind the data', '5\r\nhello\n0\r\n\r\n'],
    ['LF at the end', '5\r\nhello\r\n0\n\n'],
    ['more data than its size', '5\r\nhelloXX\r\n0\r\n\r\n'],
    ['LF in an extension', '5;a\nhello\r\n0\r\n\r\n'],
    ['CR in an extension', '5;a\rb\r\nhello\r\n0\r\n\r\n'],
    ['a line end in a quoted extension', '5;a="\r\n"\r\nhello\r\n0\r\n\r\n'],
    ['an extension of great length', `5;a=${'b'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`],
    ['a length in its trailers', '0\r\nContent-Length: 5\r\n\r\n'],
    ['a coding in its trailers', '0\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a folded trailer', '0\r\nX-A: b\r\n c\r\n\r\n'],
    ['trailers of great length', `0\r\nX-A: ${'b'.repeat(20_000)}\r\n\r\n`],
  ])('is refused, and nothing behind it is read: %s', async (_what, body) => {
    const answer = await speak(breakwater.url, chunked(path, body) + SMUGGLED);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid_request', requestId: expect.any(String) });
    expect(routes.reached).not.toContain(`GET ${RAW}/refuse`);
  });
});

describe('an answer that has begun', () => {
  it('is broken off by a body that is garbled, and has no problem in its midst', async () => {
    const { text, status } = await speak(breakwater.url, chunked(`${RAW}/mirror`, '5\r\nhello\r\nzz\r\n'));
    expect(status).toBe(200);
    expect(text).not.toContain('HTTP/1.1');
    expect(text).not.toContain('invalid_request');
  });
});

describe('a request in the body of another', () => {
  const expectBodyOf = async (bytes: string, method: string): Promise<void> => {
    const answer: RawAnswer = await speak(breakwater.url, bytes + SMUGGLED);
    expect(answer.text).toContain(JSON.stringify({ method, body: SMUGGLED, trailers: {} }));
    // That of the body was not executed, the one behind it was.
    expect(routes.reached).toEqual([`${method} ${RAW}/echo`, `GET ${RAW}/refuse`]);
  };
  const inChunks = `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n0\r\n\r\n`;

  it('is its body: POST', () => expectBodyOf(lengthy(SMUGGLED.length, SMUGGLED), 'POST'));
  it('is its body: GET', () => expectBodyOf(lengthy(SMUGGLED.length, SMUGGLED).replace('POST', 'GET'), 'GET'));
  it('is its body: POST in chunks', () => expectBodyOf(chunked(`${RAW}/echo`, inChunks), 'POST'));
  it('is its body: GET in chunks', () => expectBodyOf(chunked(`${RAW}/echo`, inChunks).replace('POST', 'GET'), 'GET'));

  it.each(['/health/live', '/nowhere', `${RAW}/refuse`])(
    'is not executed by who does not read it: %s',
    async (path) => {
      const bytes = lengthy(SMUGGLED.length, SMUGGLED).replace('POST', 'GET').replace(`${RAW}/echo`, path);
      const behind = SMUGGLED.replace('refuse', 'upgrade');
      await speak(breakwater.url, bytes + behind);
      expect(routes.reached.filter((each) => each !== `GET ${path}`)).toEqual([`GET ${RAW}/upgrade`]);
      expect(routes.reached.filter((each) => each === `GET ${RAW}/refuse`).length).toBe(
        path.endsWith('refuse') ? 1 : 0,
      );
    },
  );
});
