import { describe, expect, it } from '@jest/globals';
import { readRoutes } from '../read-routes.ts';

const mistakesIn = (match: object): readonly string[] => {
  try {
    const routes = [{ name: 'a', target: { provider: 'cms' }, match }];
    readRoutes(JSON.stringify({ routes }), { path: 'r', environment: {}, providers: ['cms'] });
    return [];
  } catch (error) {
    return (error as { mistakes: string[] }).mistakes.map((line) =>
      line.replace('GATEWAY_ROUTES=r: routes[0].match', ''),
    );
  }
};

describe('what a route matches', () => {
  it.each([
    [{ methods: [] }, '.methods: give at least one method'],
    [{ methods: 'GET' }, '.methods: is "GET": give a list of methods'],
    [{ methods: ['get'] }, '.methods[0]: is "get": write GET'],
    [{ methods: ['TRACE'] }, '.methods[0]: is "TRACE": leave it out'],
    [{ methods: ['CONNECT'] }, '.methods[0]: is "CONNECT": leave it out'],
    [{ methods: ['FETCH'] }, '.methods[0]: is "FETCH": give a method of HTTP'],
    [{ methods: ['__proto__'] }, '.methods[0]'],
    [{ host: 'API.example.com' }, '.host'],
    [{ host: 'a.example:80' }, '.host'],
    [{ host: 'a.example.' }, '.host'],
    [{ host: 'http://a.example' }, '.host'],
    [{ host: '*.example' }, '.host'],
    [{ headers: { 'x y': 'a' } }, '.headers["x y"]: is no header name'],
    [{ headers: { 'x-a': 5 } }, '.headers.x-a: is 5: give the value as printable text in quotes'],
    [{ headers: { 'x-a': 'a', 'X-A': 'b' } }, '.headers.X-A: stands here twice'],
    [{ header: {} }, ': there is no "header" (did you mean headers?)'],
  ])('may not be %j', (match, mistake) => expect(mistakesIn(match)).toEqual([expect.stringContaining(mistake)]));

  it.each([
    { methods: ['GET', 'PROPFIND', 'M-SEARCH'] },
    { host: 'localhost' },
    { host: '10.0.0.1' },
    { host: '[::1]' },
    { headers: { Host: 'a', 'X-Empty': '' } },
    { prefix: '/' },
  ])('may be %j', (match) => expect(mistakesIn(match)).toEqual([]));
});
