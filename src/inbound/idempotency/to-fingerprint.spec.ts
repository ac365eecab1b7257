import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { toFingerprint } from './to-fingerprint.ts';

const fingerprint = (body: unknown, { method = 'POST', url = '/a', prefer = [] as string[] } = {}): string =>
  toFingerprint({ method, url, body, raw: { headersDistinct: { prefer } } } as unknown as FastifyRequest);

const nested = (depth: number): unknown => {
  let body: unknown = 1;
  for (let level = 0; level < depth; level += 1) body = [body];
  return body;
};

describe('a fingerprint', () => {
  it('is not made of a body nested beyond the stack', () => {
    const body = nested(1_000_000);
    expect(() => fingerprint(body)).toThrow(InvalidRequest);
  });

  it.each([
    ['text', 'a', '"a"'],
    ['nothing and null', undefined, null],
    ['nothing and empty text', undefined, ''],
    ['a number and its text', 1, '1'],
    ['order in a list', [1, 2], [2, 1]],
    ['a list and an object', ['a'], { 0: 'a' }],
    ['null and no member', { a: null }, {}],
    ['depth', { a: { b: 1 } }, { a: 1, b: 1 }],
    ['prototypes', JSON.parse('{"__proto__":1}'), {}],
    ['case', { A: 1 }, { a: 1 }],
    ['forms of a letter', { a: '\u00e4' }, { a: 'a\u0308' }],
  ])('tells bodies apart: %s', (_what, one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });

  it('tells methods, addresses and what is put off apart', () => {
    const all = [{}, { method: 'PUT' }, { url: '/a?b' }, { url: '/A' }, { prefer: ['respond-async'] }];
    expect(new Set(all.map((own) => fingerprint({}, own))).size).toBe(all.length);
    expect(fingerprint({}, { prefer: ['wait=1'] })).toBe(fingerprint({}));
  });

  it('does not look at the order of members, however deep', () => {
    const one: unknown = JSON.parse('{"a":[{"b":1,"c":{"d":2,"e":3}}],"10":1,"9":2}');
    const other: unknown = JSON.parse('{"9":2,"10":1,"a":[{"c":{"e":3,"d":2},"b":1}]}');
    expect(fingerprint(one)).toBe(fingerprint(other));
  });
});
