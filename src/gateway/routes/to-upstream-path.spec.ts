import { describe, expect, it } from '@jest/globals';
import { compileRewriting, compileTemplatePath } from './to-upstream-path.ts';

const rewritten = (rules: { strip?: string; rewrite?: string }, base: string, path: string, query = ''): string =>
  compileRewriting(rules, base)(path, { id: '7', name: 'a%20b' }, query);

describe('the path to the upstream', () => {
  it.each([
    ['', '/', '', '/'],
    ['', '/a', '', '/a'],
    ['', '//a', '', '//a'],
    ['/api', '/', '', '/api/'],
    ['/api', '/a/', '', '/api/a/'],
    ['/api', '/a%2Fb', 'x=1&y=%20', '/api/a%2Fb?x=1&y=%20'],
    ['', '/a', '?', '/a??'],
  ])('is the base %j before %j, with the query %j: %s', (base, path, query, expected) =>
    expect(rewritten({}, base, path, query)).toBe(expected),
  );

  it.each([
    ['', '/v2/a', '/a'],
    ['/api', '/v2/a', '/api/a'],
    ['/api', '/v2/', '/api/'],
    ['/api', '/v2', '/api'],
    ['', '/v2', '/'],
    ['', '/v20/a', '/v20/a'],
    ['', '/v2/v2', '/v2'],
    ['', '/a/v2', '/a/v2'],
    ['', '/v2//a', '//a'],
  ])('loses /v2, whole segments only: base %j, %s is %s', (base, path, expected) =>
    expect(rewritten({ strip: '/v2' }, base, path)).toBe(expected),
  );

  it.each([
    ['/people/{id}', '', '/people/7'],
    ['/{name}/{id}/', '/api', '/api/a%20b/7/'],
    ['/{id}/{id}', '', '/7/7'],
    ['/fixed', '/api', '/api/fixed'],
    ['/', '/api', '/api/'],
  ])('is %j in place of its own, under %j: %s', (rewrite, base, expected) =>
    expect(rewritten({ rewrite }, base, '/users/7')).toBe(expected),
  );

  it('keeps the query of a path that was changed', () => {
    expect(rewritten({ rewrite: '/people/{id}' }, '/api', '/x', 'a=1')).toBe('/api/people/7?a=1');
    expect(rewritten({ strip: '/v2' }, '', '/v2', 'a=1')).toBe('/?a=1');
  });
});

describe('compileTemplatePath', () => {
  it('fills values in as they are', () =>
    expect(compileTemplatePath('/pokemon/{name}')({ name: '%7Ba%7D$&' })).toBe('/pokemon/%7Ba%7D$&'));
});
