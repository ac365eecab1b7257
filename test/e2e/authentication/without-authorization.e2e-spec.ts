import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { GuardedModule } from './guarded.module.ts';
import { ADA, ADAS_SESSION, createGuardedApp } from './known-callers.ts';

let breakwater: TestApp;
afterEach(() => breakwater.close());

const get = (headers: Record<string, string>, path = '/api/v1/guarded'): Promise<Answer> =>
  ask(breakwater.url + path, { headers });

const warnings = (): string[] =>
  breakwater.logLines.filter((line) => line.includes('"level":"warn"') && line.includes('AUTH_ISSUER'));

describe('without an authorization server', () => {
  it('nobody is let in', async () => {
    breakwater = await createApp({ imports: [GuardedModule] });
    for (const headers of [{}, { authorization: `Bearer ${ADA}` }, { cookie: `session=${ADAS_SESSION}` }]) {
      const answer = await get(headers);
      expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthorized' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('public routes are there for all', async () => {
    breakwater = await createApp({ imports: [GuardedModule] });
    expect((await get({ authorization: `Bearer ${ADA}` }, '/api/v1/guarded/open')).status).toBe(200);
  });

  it('the start says so, once', async () => {
    breakwater = await createApp({ imports: [GuardedModule] });
    await get({});
    expect(warnings()).toHaveLength(1);
  });

  it('a verifier that is bound but has no server is asked nothing', async () => {
    const guarded = await createGuardedApp({ imports: [GuardedModule] });
    breakwater = guarded;
    guarded.tokens.isConfigured = false;
    expect((await get({ authorization: `Bearer ${ADA}` })).status).toBe(401);
    expect(guarded.tokens.asked).toEqual([]);
  });
});

describe('with an authorization server', () => {
  it('the start has nothing to say about it', async () => {
    breakwater = await createGuardedApp({ imports: [GuardedModule] });
    expect(warnings()).toEqual([]);
  });
});
