import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UpstreamError } from '../../../src/outbound/index.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { askRaw } from '../../support/raw-http.ts';
import { GuardedModule } from './guarded.module.ts';
import { ADA, createGuardedApp, GRACE, type GuardedApp } from './known-callers.ts';

let breakwater: GuardedApp;

beforeAll(async () => {
  breakwater = await createGuardedApp({ imports: [GuardedModule], env: { LOG_LEVEL: 'trace' } });
});
beforeEach(() => {
  breakwater.tokens.asked.length = 0;
});
afterAll(() => breakwater.close());

const PATH = '/api/v1/guarded';
const MAX_TOKEN = 'a'.repeat(8_192);

const get = (headers: Record<string, string> = {}, path = PATH): Promise<Answer> =>
  ask(breakwater.url + path, { headers });

const expectRefused = ({ status, text, headers }: Answer, challenge: string): void => {
  expect(problemOf({ text })).toMatchObject({ status: 401, code: 'unauthorized', type: '/problems/unauthorized' });
  expect([status, headers.get('www-authenticate'), headers.get('cache-control')]).toEqual([401, challenge, 'no-store']);
};

const invalid = (reason: string): string =>
  `Bearer error="invalid_token", error_description="The access token is not accepted: ${reason}"`;

describe('a route that says nothing about who may enter', () => {
  it('refuses who presents nothing, and names no error (RFC 6750 §3.1)', async () => {
    expectRefused(await get(), 'Bearer');
  });

  it.each([`Basic ${ADA}`, `Token ${ADA}`, ADA, `Bearer${ADA}`, 'Digest username="ada"'])(
    'refuses a scheme that is not known here as if nothing was presented: %s',
    async (authorization) => {
      expectRefused(await get({ authorization }), 'Bearer');
      expect(breakwater.tokens.asked).toEqual([]);
    },
  );

  it.each([
    'Bearer',
    `Bearer ${ADA} ${ADA}`,
    `Bearer ${ADA},`,
    `Bearer "${ADA}"`,
    `Bearer ${ADA}; x=1`,
    'Bearer ä',
    'Bearer =',
    'Bearer a=b',
    `Bearer Bearer ${ADA}`,
  ])('refuses what is no token: %s', async (authorization) => {
    expectRefused(await get({ authorization }), invalid('malformed'));
    expect(breakwater.tokens.asked).toEqual([]);
  });

  it('refuses a token that is too long unseen, and looks at the longest', async () => {
    expectRefused(await get({ authorization: `Bearer ${MAX_TOKEN}a` }), invalid('too long'));
    expect(breakwater.tokens.asked).toEqual([]);
    expectRefused(await get({ authorization: `Bearer ${MAX_TOKEN}` }), invalid('unknown'));
    expect(breakwater.tokens.asked).toEqual([MAX_TOKEN]);
  });

  it.each([
    [`Bearer ${ADA}`, 'Bearer other'],
    ['Bearer other', `Bearer ${ADA}`],
    [`Bearer ${ADA}`, `Bearer ${ADA}`],
  ])('refuses two Authorization headers: %s, %s', async (authorization, second) => {
    const { status, headers } = await askRaw(breakwater.url, PATH, { authorization, AUTHORIZATION: second });
    expect([status, headers['www-authenticate']]).toEqual([401, invalid('more than one Authorization header')]);
    expect(breakwater.tokens.asked).toEqual([]);
  });

  it('takes no token from the query', async () => {
    expectRefused(await get({}, `${PATH}?access_token=${ADA}`), 'Bearer');
    expect(breakwater.tokens.asked).toEqual([]);
  });

  it('takes no token from the body', async () => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ access_token: ADA }) };
    expectRefused(await ask(breakwater.url + PATH, init), 'Bearer');
  });

  it('repeats nothing of a token that is not accepted, nor logs it', async () => {
    const token = 'a-token-that-nobody-knows';
    const answer = await get({ authorization: `Bearer ${token}` });
    expectRefused(answer, invalid('unknown'));
    expect(JSON.stringify([...answer.headers, answer.text, breakwater.logLines])).not.toContain(token);
  });

  it.each(['said "so"', 'line\nfeed', 'back\\slash', 'ünknown', ''])(
    'says no words that would break out of the header: %j',
    async (refusal) => {
      breakwater.tokens.answer = () => Promise.resolve({ refusal });
      expectRefused(await get({ authorization: 'Bearer other' }), invalid('unusable'));
    },
  );

  it('answers as for any upstream when the verifier needs one that fails', async () => {
    const failure = {
      code: 'circuit_open',
      provider: 'authorization',
      operation: 'x',
      reason: 'y',
      retryAfterMs: 1_500,
    };
    breakwater.tokens.answer = () => Promise.reject(new UpstreamError(failure as never));
    const answer = await get({ authorization: 'Bearer other' });
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'circuit_open', provider: 'authorization' });
    expect([answer.headers.get('retry-after'), answer.headers.get('www-authenticate')]).toEqual(['2', null]);
  });

  it.each([`Bearer ${ADA}`, `bearer ${ADA}`, `BEARER   ${ADA}`])('lets in who presents %s', async (authorization) => {
    const answer = await get({ authorization });
    expect([answer.status, jsonOf(answer)]).toEqual([200, { subject: 'ada' }]);
  });

  it('knows callers apart', async () => {
    const both = await Promise.all([ADA, GRACE].map((token) => get({ authorization: `Bearer ${token}` })));
    expect(both.map(jsonOf)).toEqual([{ subject: 'ada' }, { subject: 'grace' }]);
  });

  it.each(['HEAD', 'POST', 'DELETE', 'PUT', 'PATCH'])('refuses %s as well', async (method) => {
    expect((await ask(breakwater.url + PATH, { method })).status).toBe(401);
  });
});
