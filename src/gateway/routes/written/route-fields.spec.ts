import { describe, expect, it } from '@jest/globals';
import { readRoutes } from '../read-routes.ts';

const around = { path: 'r', environment: {}, providers: ['pokeapi', 'cms'] };
const TARGET = { target: { provider: 'pokeapi' } };

/** What is told about one route, without where the file is. */
const mistakesIn = (fields: object): readonly string[] => {
  try {
    readRoutes(JSON.stringify({ routes: [{ name: 'a', ...TARGET, ...fields }] }), around);
    return [];
  } catch (error) {
    return (error as { mistakes: string[] }).mistakes.map((line) => line.replace('GATEWAY_ROUTES=r: routes[0]', ''));
  }
};

describe('a route', () => {
  it.each([
    [{ name: 'A' }, '.name: is "A": give lower-case letters'],
    [{ name: 'a/b' }, '.name: is "a/b"'],
    [{ name: '-a' }, '.name'],
    [{ name: 'a'.repeat(65) }, '.name'],
    [{ name: 5 }, '.name: is 5'],
    [{ description: 'two\nlines' }, '.description'],
    [{ public: 'yes' }, '.public: is "yes": give true or false'],
    [{ scopes: 'a' }, '.scopes: is "a": give a list of scopes'],
    [{ scopes: ['a b'] }, '.scopes[0]: is "a b": give a scope'],
    [{ rateLimit: 100 }, '.rateLimit: is 100: give requests/seconds'],
    [{ rateLimit: '0/60' }, '.rateLimit'],
    [{ maxConcurrent: 0 }, '.maxConcurrent: is 0: give a whole number from 1'],
    [{ maxConcurrent: 1.5 }, '.maxConcurrent: is 1.5'],
    [{ maxConcurrent: '5' }, '.maxConcurrent: is "5"'],
    [{ upgrades: ['WebSocket'] }, '.upgrades[0]: is "WebSocket": give a protocol in lower case'],
    [{ upgrades: ['h2c'] }, '.upgrades[0]: is "h2c": leave it out'],
    [{ upgrades: ['a b'] }, '.upgrades[0]'],
    [{ retries: 0 }, '.retries: is 0: give a number of attempts from 1 to 10, off'],
    [{ retries: 'on' }, '.retries: is "on"'],
    [{ retries: { attempts: 11 } }, '.retries.attempts: is 11'],
    [{ hedge: true }, '.hedge: is true: give one of on, off'],
    [{ hedge: { afterMs: 0 } }, '.hedge.afterMs: is 0'],
    [{ hedge: { maxShare: 2 } }, '.hedge.maxShare: is 2: give a number from 0 to 1'],
    [{ hedge: { after: 5 } }, '.hedge: there is no "after"'],
    [{ cache: 'private' }, '.cache: is "private": give one of shared, off'],
    [{ cache: true }, '.cache: is true'],
    [{ cache: { ttlMs: -1 } }, '.cache.ttlMs: is -1'],
    [{ cache: { ttl: 1 } }, '.cache: there is no "ttl"'],
    [{ timeouts: { callMs: 3_600_001 } }, '.timeouts.callMs: is 3600001'],
    [{ timeouts: { idleMs: 0 } }, '.timeouts.idleMs: is 0'],
    [{ request: { maxBytes: '10MB' } }, '.request.maxBytes: is "10MB"'],
    [{ request: { forward: ['cookies'] } }, '.request.forward[0]: is "cookies": give one of authorization, cookie'],
    [{ request: { host: 'x' } }, '.request.host: is "x": give one of upstream, preserve'],
    [{ request: { query: [1] } }, '.request.query[0]: is 1'],
    [{ response: { cookies: 'keep' } }, '.response.cookies'],
    [{ response: { location: 'drop' } }, '.response.location'],
    [{ match: null }, '.match: is empty: give a map of prefix, path'],
    [{ match: [] }, '.match: is a list'],
    [{ allowEncodedSlashes: 1 }, '.allowEncodedSlashes'],
  ])('is refused for %j', (fields, mistake) => {
    expect(mistakesIn(fields)).toEqual([expect.stringContaining(mistake)]);
  });

  it('is refused when it is no map', () => {
    expect(() => readRoutes('routes: [a]', around)).toThrow('routes[0]: is "a": give a map of name, ');
    expect(() => readRoutes('routes: [null]', around)).toThrow('routes[0]: is empty');
  });

  it('is refused as one of too many', () => {
    const routes = Array.from({ length: 1_001 }, (_, index) => ({ name: `a${index}`, ...TARGET }));
    expect(() => readRoutes(JSON.stringify({ routes }), around)).toThrow('routes: give at most 1000 routes');
  });
});

describe('paths of a route', () => {
  it.each([
    [{ match: { prefix: 'v2' } }, '.match.prefix: is "v2": give a path that begins with a slash'],
    [{ match: { prefix: '/v2/' } }, '.match.prefix: is "/v2/": write it without the slash at its end'],
    [{ match: { prefix: '/a b' } }, '.match.prefix: is "/a b": give a path that can be sent'],
    [{ match: { prefix: '/a/../b' } }, '.match.prefix'],
    [{ match: { prefix: '/%7e' } }, '.match.prefix: is "/%7e": write it as /~, for that is what it means'],
    [{ match: { prefix: '/v2?x' } }, '.match.prefix'],
    [{ match: { prefix: '/{a}' } }, '.match.prefix'],
    [{ match: { path: '/a{b}' } }, '.match.path: is "/a{b}": let each {name} be a whole segment'],
    [{ match: { path: '/{a-b}' } }, '.match.path'],
    [{ match: { path: '/{}' } }, '.match.path'],
    [{ match: { path: '/{a}/{a}' } }, '.match.path: is "/{a}/{a}": give each {name} once'],
    [{ match: { path: 5 } }, '.match.path: is 5'],
    [{ strip: '/' }, undefined],
    [{ strip: '/a/' }, '.strip'],
    [{ rewrite: 'a' }, '.rewrite'],
    [{ rewrite: '//a/' }, undefined],
    [{ match: { path: '/{a}/b/' }, rewrite: '/b/{a}' }, undefined],
  ])('%j', (fields, mistake) => {
    expect(mistakesIn(fields)).toEqual(mistake === undefined ? [] : [expect.stringContaining(mistake)]);
  });
});
