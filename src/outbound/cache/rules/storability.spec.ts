import { describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../../test/support/build-call.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import { isStorable } from './storability.ts';

const ask = (headers: HeaderMap, status = 200, call: CallParts = {}): boolean =>
  isStorable(buildCall(call), { status, headers });
const says = (cacheControl: string, more: HeaderMap = {}): HeaderMap => ({ 'cache-control': cacheControl, ...more });

describe('an answer that nothing forbids to keep (RFC 9111 §3)', () => {
  it.each([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])('is kept with status %d', (status) => {
    expect(ask({}, status)).toBe(true);
  });

  it.each([201, 202, 302, 303, 307, 400, 401, 403, 418, 429, 451, 500, 502, 503, 504, 599])(
    'is kept with status %d only if it says so',
    (status) => {
      expect(ask({}, status)).toBe(false);
      expect(ask(says('must-revalidate'), status)).toBe(false);
      expect(ask({ 'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT', etag: '"a"' }, status)).toBe(false);
      for (const directive of ['public', 'max-age=9', 's-maxage=9']) expect(ask(says(directive), status)).toBe(true);
      expect(ask({ expires: '0' }, status)).toBe(true);
      expect(ask({ expires: '0', 'cdn-cache-control': 'immutable' }, status)).toBe(false);
    },
  );

  it.each([100, 103, 199, 206, 304])('is never kept with status %d', (status) => {
    expect(ask(says('public, max-age=60'), status)).toBe(false);
  });

  it.each(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'])('is never kept of %s', (method) => {
    expect(ask(says('public, max-age=60'), 200, { method })).toBe(false);
  });

  it('is kept with a cookie, which is not kept with it', () => {
    expect(ask(says('max-age=60', { 'set-cookie': 'a=1' }))).toBe(true);
  });
});

describe('an answer that may be forbidden to keep', () => {
  it.each([
    ['no-store', false],
    ['No-Store', false],
    ['no-store="x"', false],
    ['no-store, max-age=60, public', false],
    ['public, max-age=60,no-store', false],
    ['x="no-store"', true],
    ['private', false],
    ['private=""', false],
    ['private, public, s-maxage=9', false],
    ['private="set-cookie"', true],
    ['private="set-cookie", no-store', false],
    ['no-cache', true],
    ['no-cache="x"', true],
    ['must-revalidate', true],
    ['proxy-revalidate', true],
    ['no-transform', true],
    ['immutable', true],
    ['max-age=0', true],
    ['garbage===,"', true],
  ])('is looked at for %j: kept, %j', (cacheControl, expected) => expect(ask(says(cacheControl))).toBe(expected));

  it.each([
    ['must-understand, no-store', 200, true],
    ['no-store, must-understand', 404, true],
    ['must-understand, no-store, max-age=60', 403, true],
    ['must-understand, no-store', 403, false],
    ['must-understand, max-age=60', 200, true],
    ['must-understand, max-age=60', 599, false],
    ['must-understand, no-store, public', 418, false],
    ['must-understand, private, no-store', 200, false],
    ['must-understand, public', 206, false],
  ])('is judged by %j with status %d (RFC 9111 §5.2.2.3): kept, %j', (cacheControl, status, expected) => {
    expect(ask(says(cacheControl), status)).toBe(expected);
  });

  it('is judged by the field for caches like this one, and by no other', () => {
    expect(ask(says('no-store', { 'cdn-cache-control': 'max-age=60' }))).toBe(true);
    expect(ask(says('private', { 'cdn-cache-control': 'max-age=60' }))).toBe(true);
    expect(ask(says('max-age=60', { 'cdn-cache-control': 'no-store' }))).toBe(false);
    expect(ask(says('max-age=60', { 'cdn-cache-control': 'private' }))).toBe(false);
    expect(ask(says('no-store', { 'cdn-cache-control': 'max-age="60"' }))).toBe(false);
  });

  it.each<[string | string[], boolean]>([
    ['*', false],
    ['accept, *', false],
    [['accept', ' * '], false],
    ['', true],
    ['accept', true],
    ['traceparent', false],
  ])('varies on %j: kept, %j', (vary, expected) => expect(ask(says('max-age=60', { vary }))).toBe(expected));

  it.each<[string | string[], boolean]>([
    ['no-store', false],
    ['max-age=0, NO-STORE', false],
    [['max-age=0', 'no-store'], false],
    ['no-cache', true],
    ['max-age=0', true],
  ])('was asked for with %j (RFC 9111 §5.2.1.5): kept, %j', (cacheControl, expected) => {
    expect(ask(says('public, max-age=60'), 200, { headers: { 'cache-control': cacheControl } })).toBe(expected);
  });
});

describe('an answer to a call with a credential (RFC 9111 §3.5)', () => {
  const caller = { principal: { id: 'ann', isCaller: true } };
  const provider = { principal: { id: 'service', isCaller: false } };
  const authorization = 'Bearer t0ken';

  it.each<[string, boolean, CallParts]>([
    ['of its caller', false, caller],
    ['of its caller, in sight', false, { ...caller, headers: { authorization } }],
    ['that nobody declared', false, { headers: { authorization } }],
    ['that is empty', false, { headers: { authorization: '' } }],
    ['that is a cookie', false, { headers: { cookie: 'session=1' } }],
    ['of its provider', true, provider],
    ['of its provider, in sight', true, { ...provider, headers: { authorization, cookie: 'a=1' } }],
    ['that is none', true, {}],
  ])('%s is kept without a word about it: %j', (_whose, expected, call) => {
    for (const silent of ['max-age=60', 'proxy-revalidate', 'immutable', 'no-cache', 'private="x"', 'x="public"']) {
      expect(ask(says(silent), 200, call)).toBe(expected);
    }
    expect(ask({ expires: 'Fri, 31 Dec 9999 23:59:59 GMT' }, 200, call)).toBe(expected);
    expect(ask(says('public', { 'cdn-cache-control': 'max-age=60' }), 200, call)).toBe(expected);
  });

  it.each(['public', 's-maxage=60', 's-maxage=0', 'must-revalidate', 'max-age=60, public'])(
    'is kept for others when the upstream says %s',
    (cacheControl) => {
      for (const call of [caller, { headers: { authorization } }, { headers: { cookie: 'a=1' } }, provider]) {
        expect(ask(says(cacheControl), 200, call)).toBe(true);
        expect(ask(says(`${cacheControl}, private`), 200, call)).toBe(false);
        expect(ask({ 'cdn-cache-control': cacheControl }, 200, call)).toBe(true);
      }
    },
  );
});
