import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import type { Reply } from '../http/call.ts';
import type { CacheEntryParts } from './cache-entry.ts';
import { serveStored } from './serve-stored.ts';

const THEN = 'Sun, 06 Nov 1994 08:49:37 GMT';
const HEADERS = Object.freeze({
  'cache-control': 'max-age=60',
  'content-length': '10',
  'content-location': '/things/1.txt',
  'content-type': 'text/plain',
  date: THEN,
  etag: '"a"',
  expires: THEN,
  'last-modified': THEN,
  vary: 'accept',
  'x-own': 'x',
});
const CACHE = { ttlMs: 1 };

const serve = (call: CallParts = {}, own: Partial<CacheEntryParts> = {}, now = 0): Reply =>
  serveStored(buildCall(call), buildEntry({ headers: HEADERS, body: Buffer.from('0123456789'), ...own }), now, CACHE);
const textOf = ({ body }: Reply): string => body.toString();

describe('what is stored, given as an answer', () => {
  it('is whole, with its own status and headers', () => {
    for (const status of [200, 203, 301, 404]) {
      const reply = serve({}, { status });
      expect(reply).toMatchObject({ status, headers: { ...HEADERS, age: '0' }, cache: CACHE });
      expect(textOf(reply)).toBe('0123456789');
      expect(reply.stored?.headers).toEqual(HEADERS);
    }
  });

  it.each([
    [0, 0, '0'],
    [0, 999, '0'],
    [0, 1_000, '1'],
    [10_500, 500, '11'],
    [10_000, -5_000, '10'],
    [2 ** 31 * 1_000, 0, '2147483648'],
  ])('that came %d ms old has, %d ms later, Age: %s', (initialAgeMs, now, age) => {
    expect(serve({}, { initialAgeMs }, now).headers['age']).toBe(age);
  });

  it('is without its body for HEAD, a range or not, but with the length of it', () => {
    for (const headers of [{}, { range: 'bytes=0-1' }]) {
      const reply = serve({ method: 'HEAD', headers });
      expect(reply).toMatchObject({ status: 200, headers: { 'content-length': '10' } });
      expect(reply.body).toHaveLength(0);
      expect(reply.stored?.body).toHaveLength(10);
    }
  });
});

describe('what is stored, given to a caller who has it (RFC 9111 §4.3.2)', () => {
  const { 'content-length': _length, 'content-type': _type, 'x-own': _own, ...REPEATED } = HEADERS;

  it.each([
    ['GET', { 'if-none-match': '"a"' }],
    ['GET', { 'if-none-match': '*' }],
    ['GET', { 'if-modified-since': THEN }],
    ['GET', { 'if-none-match': 'W/"a"', range: 'bytes=0-1' }],
    ['HEAD', { 'if-none-match': '"a"' }],
  ])('is a 304 for %s with %j', (method, headers) => {
    const reply = serve({ method, headers }, {}, 3_000);
    expect(reply).toMatchObject({ status: 304, cache: CACHE });
    expect(reply.headers).toEqual({ ...REPEATED, age: '3' });
    expect(reply.body).toHaveLength(0);
    expect(reply.stored?.body).toHaveLength(10);
  });

  it.each([
    { 'if-none-match': '"b"' },
    { 'if-none-match': '"b"', 'if-modified-since': THEN },
    { 'if-modified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' },
    { 'if-modified-since': 'soon' },
    { 'if-none-match': '' },
  ])('is whole with %j', (headers) => expect(serve({ headers }).status).toBe(200));

  // Conditions are about answers that would be 200 (RFC 9110 §13.2.1): a 304 would hide what it is.
  it.each([
    [404, { 'if-none-match': '*' }],
    [404, { 'if-none-match': '"a"' }],
    [410, { 'if-modified-since': THEN }],
    [301, { 'if-modified-since': THEN }],
  ])('is the %d that it is, even with %j', (status, headers) => {
    expect(serve({ headers }, { status }).status).toBe(status);
  });
});

describe('a part of what is stored', () => {
  it('is a 206 with its own length', () => {
    const reply = serve({ headers: { range: 'bytes=2-4' } }, {}, 2_000);
    expect(reply).toMatchObject({ status: 206, cache: CACHE });
    expect(reply.headers).toEqual({ ...HEADERS, age: '2', 'content-length': '3', 'content-range': 'bytes 2-4/10' });
    expect(textOf(reply)).toBe('234');
    expect(reply.stored?.body).toHaveLength(10);
  });

  it('is a 416 when it is beyond the end', () => {
    const reply = serve({ headers: { range: 'bytes=10-' } });
    expect(reply).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
    expect(textOf(reply)).toBe('');
  });

  // Who reads it waits for ten bytes that never come.
  it('beyond the end does not claim the length of the whole', () => {
    expect(serve({ headers: { range: 'bytes=10-' } }).headers['content-length']).not.toBe('10');
  });

  it.each(['bytes=0-1,3-4', 'bytes=x', 'items=0-1', ''])('is the whole for Range: %j', (range) => {
    const reply = serve({ headers: { range } });
    expect([reply.status, textOf(reply), reply.headers['content-range']]).toEqual([200, '0123456789', undefined]);
  });

  it.each([203, 301, 404])('is the whole when its status is %d', (status) => {
    expect(serve({ headers: { range: 'bytes=0-1' } }, { status })).toMatchObject({ status, headers: HEADERS });
  });

  it('is cut when the caller has something else', () => {
    expect(serve({ headers: { range: 'bytes=0-1', 'if-none-match': '"b"' } }).status).toBe(206);
  });
});
