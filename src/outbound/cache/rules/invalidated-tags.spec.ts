import { describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../../test/support/build-call.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import { toTags } from '../entry-of.ts';
import { toInvalidatedTags } from './invalidated-tags.ts';

const ORIGIN = 'http://upstream.example';
const call = buildCall({ method: 'POST', path: '/things?page=1' });

/** Paths that a successful call makes void, its own aside. */
const voidedBy = (headers: HeaderMap): string[] => {
  const [own, ...others] = toInvalidatedTags(call, { headers });
  expect(own).toBe(`fixture ${ORIGIN}/things?page=1`);
  return others.map((tag) => tag.replace(`fixture ${ORIGIN}`, ''));
};

describe('what an unsafe call makes void (RFC 9111 §4.4)', () => {
  it('is what was stored of its target, whoever asked for it', () => {
    const read = buildCall({ path: call.path, principal: { id: 'ann', isCaller: true } });
    expect(toTags(read)).toEqual(expect.arrayContaining(toInvalidatedTags(call, { headers: {} })));
    expect(voidedBy({})).toEqual([]);
  });

  it.each<[string, string]>([
    ['/things/2', '/things/2'],
    [`${ORIGIN}/things/2?x=1`, '/things/2?x=1'],
    [`${ORIGIN.toUpperCase()}:80/things/2`, '/things/2'],
    ['//upstream.example/things/2', '/things/2'],
    ['things/2', '/things/2'],
    ['?page=2', '/things?page=2'],
    ['./a/../things/2#part', '/things/2'],
    ['', '/things?page=1'],
    ['/a b', '/a%20b'],
  ])('includes %j, of the same origin', (url, path) => {
    expect(voidedBy({ location: url })).toEqual([path]);
    expect(voidedBy({ 'content-location': url })).toEqual([path]);
  });

  it('includes both', () => expect(voidedBy({ location: '/a', 'content-location': '/b' })).toEqual(['/a', '/b']));

  it.each<[string | string[] | undefined]>([
    [undefined],
    ['https://upstream.example/things/2'],
    [`${ORIGIN}:8080/things/2`],
    ['http://other.example/things/2'],
    ['//other.example/things/2'],
    ['http://upstream.example.other.example/'],
    ['http://upstream.example@other.example/things/2'],
    ['http://['],
    ['http://'],
    ['javascript:alert(1)'],
    ['data:,x'],
    [['/a', '/b']],
    [[]],
  ])('includes nothing of %j', (url) => {
    expect(voidedBy({ location: url, 'content-location': url })).toEqual([]);
  });
});
