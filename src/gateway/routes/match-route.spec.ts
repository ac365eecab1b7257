import { describe, expect, it } from '@jest/globals';
import { compileMatch, type Match, type Matchable } from './match-route.ts';
import type { MatchOptions } from './route-options.ts';

const GET: Matchable = { method: 'GET', path: '/', host: 'api.example.com', headers: {} };

const matching = (rules: Partial<MatchOptions>, request: Partial<Matchable>): Match =>
  compileMatch({ headers: {}, ...rules })({ ...GET, ...request });
const kindOf = (rules: Partial<MatchOptions>, request: Partial<Matchable>): string => matching(rules, request).kind;

describe('a route that matches by prefix', () => {
  it.each(['/v20', '/v', '/V2', '/', '//v2', '/v2a/b', '/a/v2', '/v2%2Fa', '/v2;x', '/v2.'])(
    'does not take %s',
    (path) => expect(kindOf({ prefix: '/v2' }, { path })).toBe('absent'),
  );

  it.each(['/v2', '/v2/', '/v2/a', '/v2//', '/v2/v2'])('takes %s', (path) =>
    expect(matching({ prefix: '/v2' }, { path })).toEqual({ kind: 'match', values: {} }),
  );

  it('takes everything by the prefix /, and without one', () => {
    expect([kindOf({ prefix: '/' }, { path: '/a' }), kindOf({}, { path: '//a/' })]).toEqual(['match', 'match']);
  });
});

describe('a route that matches by template', () => {
  it.each([
    '/',
    '/users',
    '/users/',
    '/users/7/',
    '/users/7/posts',
    '/user/7',
    '/users//7',
    '/Users/7',
    '//users/7',
    '/a/users/7',
  ])('does not take %s', (path) => expect(kindOf({ path: '/users/{id}' }, { path })).toBe('absent'));

  it.each([
    ['/users/{id}', '/users/7', { id: '7' }],
    ['/users/{id}', '/users/a%20b', { id: 'a%20b' }],
    ['/{a}/x/{b}/', '/1/x/2/', { a: '1', b: '2' }],
    ['/{a}', '/{a}'.replace(/[{}]/g, '_'), { a: '_a_' }],
    ['/users', '/users', {}],
    ['/users/', '/users/', {}],
    ['/', '/', {}],
  ])('%s takes %s', (path, asked, values) =>
    expect(matching({ path }, { path: asked })).toEqual({ kind: 'match', values }),
  );

  it.each([
    ['/users', '/users/'],
    ['/users/', '/users'],
    ['/{a}/', '/1'],
    ['/', '/a'],
    ['/{a}/x', '/1/y'],
  ])('%s does not take %s', (path, asked) => expect(kindOf({ path }, { path: asked })).toBe('absent'));
});

describe('a route that matches by method', () => {
  it.each(['POST', 'get', 'TRACE', 'OPTIONS', 'GETX'])('answers %s with what is allowed', (method) =>
    expect(matching({ methods: ['GET', 'PUT'] }, { method })).toEqual({
      kind: 'method',
      allowed: ['GET', 'HEAD', 'PUT'],
    }),
  );

  it.each(['GET', 'HEAD', 'PUT'])('takes %s', (method) =>
    expect(kindOf({ methods: ['GET', 'PUT'] }, { method })).toBe('match'),
  );

  it('does not take HEAD for a route of POST', () =>
    expect(kindOf({ methods: ['POST'] }, { method: 'HEAD' })).toBe('method'));

  it('does not tell methods where nothing else matches', () =>
    expect(kindOf({ methods: ['GET'], prefix: '/v2' }, { method: 'POST', path: '/v1' })).toBe('absent'));
});

describe('a route that says nothing about methods', () => {
  it.each(['TRACE', 'CONNECT'])('refuses %s', (method) => expect(kindOf({}, { method })).toBe('method'));

  it.each(['GET', 'DELETE', 'OPTIONS', 'PROPFIND', 'PURGE'])('takes %s', (method) =>
    expect(kindOf({}, { method })).toBe('match'),
  );
});

describe('a route that matches by host', () => {
  it.each([
    undefined,
    '',
    'example.com',
    'api.example.com.evil.example',
    'api.example.com:80:80',
    'xapi.example.com',
    ' api.example.com',
  ])('does not take %j', (host) => expect(kindOf({ host: 'api.example.com' }, { host })).toBe('absent'));

  it.each(['api.example.com', 'API.Example.com', 'api.example.com:8443', 'api.example.com.', 'Api.example.com.:80'])(
    'takes %j',
    (host) => expect(kindOf({ host: 'api.example.com' }, { host })).toBe('match'),
  );

  it('takes an IPv6 address with its port', () => {
    expect(kindOf({ host: '[::1]' }, { host: '[::1]:3000' })).toBe('match');
    expect(kindOf({ host: '[::1]' }, { host: '[::2]' })).toBe('absent');
  });
});

describe('a route that matches by headers', () => {
  const headers = { 'x-tenant': 'acme', 'x-tier': 'gold' };

  it.each([{}, { 'x-tenant': 'acme' }, { ...headers, 'x-tier': 'Gold' }, { ...headers, 'x-tenant': 'acme, acme' }])(
    'does not take %j',
    (sent) => expect(kindOf({ headers }, { headers: sent })).toBe('absent'),
  );

  it('takes a request that has them all', () =>
    expect(kindOf({ headers }, { headers: { ...headers, accept: '*/*' } })).toBe('match'));
});

describe('compileMatch', () => {
  it('gives the same answer object again where nothing is captured', () => {
    const match = compileMatch({ headers: {}, prefix: '/v2', methods: ['GET'] });
    for (const request of [{ path: '/v2/a' }, { path: '/v2', method: 'POST' }, { path: '/' }]) {
      expect(match({ ...GET, ...request })).toBe(match({ ...GET, ...request }));
    }
  });
});
