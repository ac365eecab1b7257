import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { GuardedModule } from './guarded.module.ts';
import { ADA, createGuardedApp, GRACE, type GuardedApp } from './known-callers.ts';

const OPS_TOKEN = 'a-token-for-operators-only';

let breakwater: GuardedApp;

beforeAll(async () => {
  breakwater = await createGuardedApp({ imports: [GuardedModule], env: { OPS_TOKEN } });
});
afterAll(() => breakwater.close());

const get = (path: string, token?: string): Promise<Answer> =>
  ask(breakwater.url + path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

const expectForbidden = ({ status, text, headers }: Answer, scope: string): void => {
  expect(problemOf({ text })).toMatchObject({ status: 403, code: 'forbidden' });
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
  expect([status, headers.get('www-authenticate')]).toEqual([403, challenge]);
};

describe('a route that needs scopes', () => {
  it('refuses who has none of them, or not all', async () => {
    expectForbidden(await get('/api/v1/guarded/both', GRACE), 'ci:read ci:write');
    expectForbidden(await get('/api/v1/written/plain', GRACE), 'ci:write');
  });

  it('needs those of its controller as well', async () => {
    expectForbidden(await get('/api/v1/written/stricter', ADA), 'ci:write ci:admin');
  });

  it('refuses first who presents nothing', async () => {
    const answer = await get('/api/v1/guarded/both');
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('lets in who has them all', async () => {
    for (const path of ['guarded/fields', 'guarded/both', 'written/plain'])
      expect((await get(`/api/v1/${path}`, ADA)).status).toBe(200);
    expect((await get('/api/v1/guarded/fields', GRACE)).status).toBe(200);
  });
});

describe('a public route', () => {
  it.each(['/api/v1/guarded/open', '/api/v1/written/open'])('asks nobody who they are: %s', async (path) => {
    breakwater.tokens.asked.length = 0;
    for (const token of [undefined, ADA, 'other', 'a'.repeat(9_000)]) expect((await get(path, token)).status).toBe(200);
    expect(breakwater.tokens.asked).toEqual([]);
  });

  it('has no caller: who asks for one finds out', async () => {
    expect((await get('/api/v1/guarded/nobody', ADA)).status).toBe(500);
    expect(breakwater.logLines.join()).toContain('take @Public or @OperatorsOnly away');
  });
});

describe('a route for operators', () => {
  it('needs no token of a user, and takes none', async () => {
    expect((await get('/api/v1/guarded/on-call', OPS_TOKEN)).status).toBe(200);
    for (const token of [undefined, ADA]) expect((await get('/api/v1/guarded/on-call', token)).status).toBe(401);
  });

  it('is the only one that takes the token of operators', async () => {
    expect((await get('/api/v1/guarded', OPS_TOKEN)).status).toBe(401);
  });
});

describe('what is no route', () => {
  it.each(['/nowhere', '/api/v1/guarded/nowhere', '/api/v2/guarded', '/'])('is not found: %s', async (path) => {
    for (const token of [undefined, ADA, 'other'])
      expect(problemOf(await get(path, token))).toMatchObject({ status: 404, code: 'not_found' });
  });
});

it.each(['/docs', '/docs/openapi.json', '/docs/openapi.yaml', '/problems/forbidden', '/health/live', '/health/ready'])(
  '%s is there for everybody',
  async (path) => {
    expect((await get(path)).status).toBe(200);
  },
);
