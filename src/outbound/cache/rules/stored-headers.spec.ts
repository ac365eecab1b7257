import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import { parseDirectives } from './directives.ts';
import { toStoredHeaders, toUpdatedHeaders } from './stored-headers.ts';

const stored = (headers: HeaderMap): HeaderMap => toStoredHeaders(headers, parseDirectives(headers['cache-control']));

describe('of the headers of an answer', () => {
  it.each([
    'age',
    'connection',
    'keep-alive',
    'proxy-authenticate',
    'proxy-authentication-info',
    'proxy-authorization',
    'proxy-connection',
    'set-cookie',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ])('%s is not stored (RFC 9111 §3.1)', (name) => {
    expect(stored({ [name]: 'x', etag: '"a"' })).toEqual({ etag: '"a"' });
    expect(stored({ [name]: ['x', 'y'], etag: '"a"' })).toEqual({ etag: '"a"' });
  });

  it('the others are, as they came', () => {
    const headers = {
      'content-type': 'text/plain',
      'content-length': '3',
      'content-encoding': 'gzip',
      'cache-control': 'max-age=60',
      date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      link: ['<a>', '<b>'],
      vary: 'accept',
      constructor: 'x',
      'x-empty': '',
    };
    expect(stored(headers)).toEqual(headers);
  });

  it.each<[string, HeaderMap]>([
    ['Connection', { connection: 'close, X-One , x-two,' }],
    ['Connection, in several lines', { connection: ['x-one', 'x-two'] }],
    ['no-cache (RFC 9111 §5.2.2.4)', { 'cache-control': 'no-cache="x-one, X-Two"' }],
    ['private (RFC 9111 §5.2.2.7)', { 'cache-control': 'private="X-One,x-two"' }],
    ['both', { 'cache-control': 'private="x-one", no-cache="x-two"' }],
  ])('those that are named by %s are not stored', (_by, headers) => {
    const kept = stored({ ...headers, 'x-one': '1', 'x-two': ['2'], 'x-three': '3' });
    expect(kept).toEqual({ 'x-three': '3', ...(headers['cache-control'] && headers) });
  });

  // Without it, what was chosen for one request would be given to all (RFC 9111 §4.1).
  it.each<[string, HeaderMap]>([
    ['no-cache', { 'cache-control': 'no-cache="vary"' }],
    ['private', { 'cache-control': 'private="vary"' }],
    ['Connection', { connection: 'vary' }],
  ])('Vary is stored, even if it is named by %s', (_by, headers) => {
    expect(stored({ ...headers, vary: 'accept' })).toMatchObject({ vary: 'accept' });
  });

  it('none changes how objects behave', () => {
    const headers = JSON.parse('{"__proto__": ["x"], "etag": "a"}') as HeaderMap;
    expect(Object.keys(stored(headers))).toEqual(['etag']);
    expect(({} as HeaderMap)[0]).toBeUndefined();
  });

  it('nothing is taken from the answer itself', () => {
    const headers = Object.freeze({ age: '1', etag: '"a"' });
    expect(stored(headers)).not.toBe(headers);
  });
});

describe('stored headers, after a 304 (RFC 9111 §3.2)', () => {
  const before = Object.freeze({
    etag: '"a"',
    'cache-control': 'max-age=1',
    'content-type': 'text/plain',
    'content-length': '3',
    'x-one': '1',
  });

  it.each<[string, HeaderMap, HeaderMap]>([
    ['keep what it does not name', {}, before],
    ['take what is new', { 'x-two': ['2', '3'] }, { ...before, 'x-two': ['2', '3'] }],
    [
      'take what is other',
      { 'cache-control': 'no-cache', 'x-one': '' },
      { ...before, 'cache-control': 'no-cache', 'x-one': '' },
    ],
  ])('%s', (_what, update, expected) => expect(toUpdatedHeaders(before, update)).toEqual(expected));

  it.each(['content-encoding', 'content-length', 'content-range', 'content-type'])(
    'keep %s, which describes the stored body',
    (name) => expect(toUpdatedHeaders(before, { [name]: 'x' })).toEqual(before),
  );

  it('take a new Content-Location, which does not', () => {
    expect(toUpdatedHeaders(before, { 'content-location': '/a' })).toEqual({ ...before, 'content-location': '/a' });
  });
});
