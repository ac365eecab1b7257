import { describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { toCacheKey } from './cache-key.ts';

const keyOf = (parts: CallParts = {}): string => toCacheKey(buildCall(parts));
const as = (id: string, isCaller = true): CallParts => ({ principal: { id, isCaller } });

describe('the key of what is stored', () => {
  it('is that of GET for HEAD', () => expect(keyOf({ method: 'HEAD' })).toBe(keyOf()));

  it('has nothing of the token, nor of other headers', () => {
    const headers = { authorization: 'Bearer s3cret', cookie: 'session=s3cret', accept: 'text/plain' };
    expect(keyOf({ headers })).toBe(keyOf());
    expect(keyOf({ headers, ...as('ann') })).toBe(keyOf(as('ann')));
  });

  it('is the same for everybody whom a credential of the provider stands for', () => {
    expect(keyOf(as('service', false))).toBe(keyOf(as('service', false)));
  });

  it.each<[string, CallParts, CallParts]>([
    ['in the path', {}, { path: '/things/2' }],
    ['in the query', {}, { path: '/things/1?' }],
    ['in the case of the path', {}, { path: '/Things/1' }],
    ['in the origin', {}, { origin: 'https://upstream.example' }],
    ['in the provider', {}, { provider: 'other' }],
    ['in having a principal', {}, as('ann')],
    ['in the principal', as('ann'), as('bob')],
    ['in the case of the principal', as('ann'), as('Ann')],
    ['in the scopes of the principal', as('ann read'), as('ann read write')],
    ['though one is called as everybody', {}, as('public')],
    ['though one has no name', {}, as('')],
    ['though one poses as everybody with a URL', {}, as('public http://upstream.example/things/1')],
    ['though one poses as another with a URL', as('ann'), as('ann http://upstream.example/things/1')],
    ['though one poses as a variant', as('ann'), as('ann http://upstream.example/things/1\naccept:x')],
  ])('differs for calls that differ %s', (_how, one, other) => expect(keyOf(one)).not.toBe(keyOf(other)));

  it('differs for any two of many principals, whatever their names look like', () => {
    const parts = ['', ' ', '=', 'public', 'a', '\n', '/', 'http://upstream.example', '/things/1'];
    const ids = parts.flatMap((one) => parts.flatMap((two) => parts.map((three) => one + two + three)));
    const different = new Set(ids);
    const keys = [...different].flatMap((id) => ['/things/1', '/things/1/a'].map((path) => keyOf({ ...as(id), path })));
    expect(new Set(keys).size).toBe(different.size * 2);
  });
});
