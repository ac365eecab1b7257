import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

/** What somebody would like to have asked in the name of the next caller. */
const SMUGGLED = head('GET /gateway/closed/echo/smuggled');

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway();
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const post = (...fields: string[]): string => head('POST /gateway/open/upload', ...fields);
const get = (...fields: string[]): string => head('GET /gateway/open/echo', ...fields);

const expectRefused = async (bytes: string, status = 400): Promise<void> => {
  const answer = await raw.say(bytes);
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
  // One answer, and nothing behind it.
  expect((JSON.parse(answer.text) as Problem).status).toBe(status);
  await raw.expectUnreached();
};

describe('a request that could be two reaches no upstream', () => {
  it.each<[string, string]>([
    ['a length and chunks', `${post('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['chunks and a length', `${post('Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n`],
    ['two lengths', `${post('Content-Length: 4', 'Content-Length: 5')}abcde`],
    ['the same length twice', `${post('Content-Length: 4', 'Content-Length: 4')}abcd`],
    ['two lengths in one', `${post('Content-Length: 4, 5')}abcde`],
    ['a length with a sign', `${post('Content-Length: +4')}abcd`],
    ['a negative length', `${post('Content-Length: -1')}abcd`],
    ['a length in hexadecimal', `${post('Content-Length: 0x4')}abcd`],
    ['a length beyond all numbers', `${post('Content-Length: 18446744073709551620')}abcd`],
    ['an empty length', `${post('Content-Length:')}abcd`],
    ['chunks, spelt with a tab', `${post('Transfer-Encoding:\tchunked, identity')}0\r\n\r\n`],
    ['chunks twice', `${post('Transfer-Encoding: chunked, chunked')}0\r\n\r\n`],
    ['chunks in two headers', `${post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['chunks and another coding', `${post('Transfer-Encoding: gzip, chunked')}0\r\n\r\n`],
    ['another coding last', `${post('Transfer-Encoding: chunked, gzip')}0\r\n\r\n`],
    ['no coding that there is', `${post('Transfer-Encoding: xchunked')}0\r\n\r\n`],
    ['chunks in quotes', `${post('Transfer-Encoding: "chunked"')}0\r\n\r\n`],
    ['chunks and a parameter', `${post('Transfer-Encoding: chunked;q=1')}0\r\n\r\n`],
    ['a space before the colon', `${post('Transfer-Encoding : chunked')}0\r\n\r\n`],
    ['a vertical tab', `${post('Transfer-Encoding: \x0bchunked')}0\r\n\r\n`],
    ['a folded coding', `${post('Transfer-Encoding:\r\n chunked')}0\r\n\r\n`],
    ['a folded header', get('X-A: b', ' Content-Length: 4')],
    ['a header behind LF alone', get('X-A: b\nContent-Length: 4')],
    ['a header behind CR alone', get('X-A: b\rContent-Length: 4')],
    ['lines that end with LF alone', get().replaceAll('\r', '')],
    ['chunks in HTTP/1.0', `${post('Transfer-Encoding: chunked').replace('/1.1', '/1.0')}0\r\n\r\n`],
    ['a length under another spelling', `${post('Content_Length: 4')}abcd`],
  ])('%s', (_what, bytes) => expectRefused(bytes + SMUGGLED));
});

describe('chunks that others may read otherwise', () => {
  it.each<[string, string]>([
    ['a size with a sign', '+4\r\nabcd\r\n0\r\n\r\n'],
    ['a size with a prefix', '0x4\r\nabcd\r\n0\r\n\r\n'],
    ['a size beyond all numbers', 'fffffffffffffffff\r\nabcd\r\n0\r\n\r\n'],
    ['no size', '\r\nabcd\r\n0\r\n\r\n'],
    ['a space before the size', ' 4\r\nabcd\r\n0\r\n\r\n'],
    ['LF alone behind the size', '4\nabcd\r\n0\r\n\r\n'],
    ['LF alone behind the chunk', '4\r\nabcd\n0\r\n\r\n'],
    ['more than its size', '4\r\nabcde\r\n0\r\n\r\n'],
    ['LF alone in an extension', '4;a\nb\r\nabcd\r\n0\r\n\r\n'],
    ['an extension without end', `4;${'a'.repeat(20_000)}\r\nabcd\r\n0\r\n\r\n`],
    ['trailers without end', `4\r\nabcd\r\n0\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('end the request, and nothing behind them is one: %s', async (_what, chunks) => {
    const answer = await raw.say(`${post('Transfer-Encoding: chunked')}${chunks}${SMUGGLED}`);
    expect(raw.echo.requests.filter(({ url }) => url !== '/upload')).toEqual([]);
    expect(raw.echo.requests.filter(({ complete }) => complete)).toEqual([]);
    expect([0, 400, 413, 431]).toContain(answer.status || 0);
    await raw.expectHealthy();
  });

  it.each(['Content-Length: 4', 'Transfer-Encoding: chunked', 'Transfer-Encoding: gzip'])(
    'end the request where its trailers speak of its length: %s',
    async (trailer) => {
      const answer = await raw.say(
        `${post('Transfer-Encoding: chunked')}4\r\nabcd\r\n0\r\n${trailer}\r\n\r\n${SMUGGLED}`,
      );
      expect([answer.status, raw.only()]).toMatchObject([400, { url: '/upload', complete: false }]);
      await raw.expectHealthy();
    },
  );

  it('pass on nothing of extensions, nor of trailers that belong into a head', async () => {
    const fields = [
      'Host: evil',
      'Authorization: x',
      'Cookie: a=b',
      'Connection: close',
      'X-Forwarded-For: 1.1.1.1',
      'X-Sum: 1',
    ];
    const names = fields.map((field) => field.slice(0, field.indexOf(':'))).join(', ');
    const start = post('Transfer-Encoding: chunked', `Trailer: ${names}`, 'Connection: close');
    const answer = await raw.say(`${start}4;a="b"\r\nabcd\r\n0\r\n${fields.join('\r\n')}\r\n\r\n`);
    const { body, trailers } = raw.only();
    expect([answer.status, body.toString(), { ...trailers }]).toEqual([200, 'abcd', { 'x-sum': '1' }]);
    await raw.expectHealthy();
  });
});
