import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { ADA, ADAS_SESSION, callerOf, createGuardedApp, ISSUER, type GuardedApp } from './known-callers.ts';

let breakwater: GuardedApp;
beforeAll(async () => {
  breakwater = await createGuardedApp({ env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => breakwater.close());

const getMe = (headers: Record<string, string>): Promise<Answer> => ask(`${breakwater.url}/api/v1/me`, { headers });

const EXPECTED = {
  subject: 'ada',
  issuer: ISSUER,
  clientId: 'web',
  audience: ['breakwater'],
  scopes: ['ci:read', 'ci:write'],
  expiresAt: '2030-01-01T00:00:00.000Z',
};

describe('GET /api/v1/me', () => {
  it('is for nobody in particular: 401', async () => {
    expect((await getMe({})).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['a token', { authorization: `Bearer ${ADA}` }],
    ['a session', { cookie: `__Host-session=${ADAS_SESSION}` }],
  ])('shows who is behind %s, and nothing more', async (_what, headers) => {
    const answer = await getMe(headers);
    expect([answer.status, jsonOf(answer)]).toEqual([200, EXPECTED]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('leaves out a client that nobody knows', async () => {
    const { clientId: _unknown, ...service } = callerOf('service');
    breakwater.tokens.answer = () => Promise.resolve({ caller: service });
    expect(jsonOf(await getMe({ authorization: 'Bearer other' }))).not.toHaveProperty('clientId');
  });

  it('never shows the token, nor does the log', async () => {
    const answer = await getMe({ authorization: `Bearer ${ADA}` });
    const told = JSON.stringify([answer.text, [...answer.headers], breakwater.logLines]);
    for (const secret of [ADA, ADAS_SESSION, 'the-token-of-ada']) expect(told).not.toContain(secret);
  });
});
