import { afterEach, describe, expect, it } from '@jest/globals';
import { startCms } from '../cms.stand-in.ts';
import type { CmsOptions, CmsStandIn } from './cms-handles.ts';

let cms: CmsStandIn | undefined;
afterEach(async () => {
  await cms?.close();
  cms = undefined;
});

const ask = async (path: string, options: CmsOptions = {}, authorization?: string) => {
  cms = await startCms(options);
  const headers = authorization === undefined ? undefined : { authorization };
  const response = await fetch(`${cms.strapiUrl}/api${path}`, { ...(headers && { headers }) });
  return { status: response.status, body: await response.json() };
};

const errorOf = (status: number, name: string, message: string, details: object = {}) => ({
  status,
  body: { data: null, error: { status, name, message, details } },
});

describe('an error of Strapi', () => {
  it('is 403 without a token, as for everybody from the public', async () => {
    expect(await ask('/articles', { token: 'right' })).toEqual(errorOf(403, 'ForbiddenError', 'Forbidden'));
  });

  it('is 401 with a wrong token', async () => {
    const error = errorOf(401, 'UnauthorizedError', 'Missing or invalid credentials');
    expect(await ask('/articles', { token: 'right' }, 'Bearer wrong')).toEqual(error);
  });

  it('is none with the right one', async () => {
    expect((await ask('/articles', { token: 'right' }, 'bearer right')).status).toBe(200);
  });

  it.each(['/', '/article', '/articles/a/b', '/pages'])('is 404 for the path %s', async (path) => {
    expect(await ask(path)).toEqual(errorOf(404, 'NotFoundError', 'Not Found'));
  });

  it('names a query key that is unknown', async () => {
    const error = errorOf(400, 'ValidationError', 'Invalid key limit', { key: 'limit', path: null });
    expect(await ask('/articles?limit=10')).toEqual(error);
  });

  it.each(['sort=nonsense', 'fields=nonsense', 'filters[nonsense][$eq]=x'])(
    'names the attribute in %s',
    async (query) => {
      const error = errorOf(400, 'ValidationError', 'Invalid key nonsense', { key: 'nonsense', path: 'nonsense' });
      expect(await ask(`/articles?${query}`)).toEqual(error);
    },
  );

  it.each([
    ['sort=title:up', 'ValidationError'],
    ['status=live', 'ValidationError'],
    ['filters[slug][$nonsense]=x', 'ValidationError'],
    ['pagination[offset]=1', 'ValidationError'],
    ['pagination[limit]=ten', 'ValidationError'],
    ['pagination[withCount]=yes', 'ValidationError'],
    ['pagination[start]=1&pagination[page]=1', 'PaginationError'],
  ])('for %s is a %s', async (query, name) => {
    expect(await ask(`/articles?${query}`)).toMatchObject({ status: 400, body: { data: null, error: { name } } });
  });
});
