import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { ADA, COOKIE, createGuardedGateway, GRACE } from './guarded-gateway.ts';

interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly total: number;
}

let gateway: GatewayApp;

beforeAll(async () => {
  const target = { endpoints: ['http://127.0.0.1:9'] };
  gateway = await createGuardedGateway([
    { name: 'open', public: true, target, description: 'For all', match: { methods: ['GET', 'PUT'] } },
    { name: 'closed', target },
    { name: 'scoped', scopes: ['ci:read', 'ci:write'], target, request: { headers: { set: { 'x-key': 'hidden' } } } },
    { name: 'both', public: true, match: { path: '/{id}' }, aggregate: { a: { target, path: '/{id}' } } },
  ]);
});
afterAll(() => gateway.close());

const list = (token?: string, query = ''): Promise<Answer> =>
  ask(`${gateway.url}/gateway${query}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
const namesOf = (answer: Answer): string[] => jsonOf<Listed>(answer).items.map(({ name }) => name);

describe('GET /gateway', () => {
  it.each(['made-up', `${ADA}x`])('refuses a token that is wrong, though part of it is public: %s', async (token) => {
    expect(problemOf(await list(token))).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it.each(['?limit=0', '?limit=101', '?offset=-1', '?other=1'])('refuses %s', async (query) => {
    expect(problemOf(await list(undefined, query))).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each([
    ['nobody', undefined, ['open', 'both']],
    ['who has too few scopes', GRACE, ['open', 'closed', 'both']],
    ['who has all', ADA, ['open', 'closed', 'scoped', 'both']],
  ])('tells %s what is usable', async (_who, token, names) => {
    const answer = await list(token);
    expect([namesOf(answer), jsonOf<Listed>(answer).total]).toEqual([names, names.length]);
  });

  it('knows who comes with a session', async () => {
    const answer = await ask(`${gateway.url}/gateway`, { headers: { cookie: COOKIE } });
    expect(jsonOf<Listed>(answer).total).toBe(4);
    const ended = await ask(`${gateway.url}/gateway`, { headers: { cookie: `${COOKIE}x` } });
    expect(ended.status).toBe(401);
  });

  it('tells how, and not where to', async () => {
    const { items } = jsonOf<Listed>(await list(ADA));
    expect(items[0]).toEqual({
      name: 'open',
      path: '/gateway/open',
      description: 'For all',
      methods: ['GET', 'PUT'],
      public: true,
      scopes: [],
    });
    expect(items[2]).toEqual({
      name: 'scoped',
      path: '/gateway/scoped',
      public: false,
      scopes: ['ci:read', 'ci:write'],
    });
    expect(items[3]).toMatchObject({ name: 'both', methods: ['GET'] });
    expect(JSON.stringify(items)).not.toMatch(/127\.0\.0\.1|hidden/);
  });

  it('comes in pages of what is usable', async () => {
    const answer = await list(GRACE, '?limit=2&offset=1');
    expect(jsonOf(answer)).toMatchObject({ total: 3, limit: 2, offset: 1 });
    expect(namesOf(answer)).toEqual(['closed', 'both']);
    expect(namesOf(await list(undefined, '?offset=9'))).toEqual([]);
  });

  it('is not kept for others', async () => {
    const { headers } = await list(ADA);
    expect(headers.get('cache-control')).toMatch(/no-store|private/);
  });
});
