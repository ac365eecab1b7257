import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientCredentials } from '../../../src/outbound/index.ts';
import { problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import type { TokenUpstream } from '../../support/token-upstream.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { toAuthEnv } from '../login/login-scene.ts';
import { countStatuses, crowd, getEntry, grantsAt, ledger, startLedger } from './ledger.ts';

const CROWD = 500;
const AUDIENCE = 'https://upstream.breakwater.test';

let server: AuthorizationStandIn;
let upstream: TokenUpstream;
let breakwater: TestApp;
beforeEach(async () => {
  server = await startAuthorization();
  upstream = await startLedger(server);
});
afterEach(async () => {
  await breakwater.close();
  await Promise.all([server.close(), upstream.close()]);
});

const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
  breakwater = await createApp({
    imports: [ledger(clientCredentials({ scope: 'ci:read', audience: AUDIENCE }))],
    env: { ...toAuthEnv(server), LEDGER_URL: upstream.url, LOG_LEVEL: 'trace', ...env },
  });
};

/** The tokens that the upstream was shown. */
const shown = (): string[] => [...new Set(upstream.tokens.map((token = '') => token.replace('Bearer ', '')))];

const expectUntold = (...secrets: readonly string[]): void => {
  const told = JSON.stringify([breakwater.logLines, breakwater.receipts]);
  expect(breakwater.receipts.length).toBeGreaterThan(0);
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  expect(spellings.filter((secret) => told.includes(secret))).toEqual([]);
};

describe('a token of our own', () => {
  it('is asked for once by 500 calls at a time when there is none', async () => {
    await start();
    expect(countStatuses(await crowd(CROWD, () => getEntry(breakwater)))).toEqual({ 200: CROWD });
    expect([grantsAt(server), shown().length, upstream.seen.length]).toEqual([1, 1, CROWD]);
    expectUntold(...shown(), server.clientSecret);
  });

  it('that is revoked in the midst of a load is replaced once, and no caller sees it', async () => {
    await start();
    let answered = 0;
    const answers = await crowd(CROWD, async (index) => {
      // 20 at a time, one after another.
      await eventually(() => expect(index).toBeLessThan(answered + 20), 20_000);
      if (index === CROWD / 2) server.revokeAllTokens();
      const answer = await getEntry(breakwater);
      answered += 1;
      return answer;
    });
    expect(countStatuses(answers)).toEqual({ 200: CROWD });
    expect([grantsAt(server), shown().length]).toEqual([2, 2]);
    expectUntold(...shown());
  }, 30_000);

  it('that is revoked is replaced once for 500 calls that all find out', async () => {
    await start();
    expect((await getEntry(breakwater)).status).toBe(200);
    server.revokeAllTokens();
    expect(countStatuses(await crowd(CROWD, () => getEntry(breakwater)))).toEqual({ 200: CROWD });
    expect([grantsAt(server), shown().length]).toEqual([2, 2]);
  });

  it('is presented in the body by a client that is registered so', async () => {
    const secret = server.secretOf('breakwater-post');
    await start({
      AUTH_CLIENT_ID: 'breakwater-post',
      AUTH_CLIENT_SECRET: secret,
      AUTH_CLIENT_AUTHENTICATION: 'client_secret_post',
    });
    expect((await getEntry(breakwater)).status).toBe(200);
    expect(server.requests.filter(({ path }) => path === '/token')).toMatchObject([{ client: 'breakwater-post' }]);
    expectUntold(secret, ...shown());
  });
});

describe('a token that cannot be had', () => {
  const expectProblem = async (status: number, code: string): Promise<string> => {
    const answer = await getEntry(breakwater);
    expect(problemOf(answer)).toMatchObject({ status, code });
    expectUntold(server.clientSecret);
    expect(upstream.seen).toEqual([]);
    return breakwater.logLines.join('');
  };

  it('because its scope is not granted is a clear problem, and the log says which', async () => {
    await start({ LEDGER_SCOPE: 'ci:read ci:admin' });
    expect(await expectProblem(502, 'upstream_rejected')).toMatch(
      /granted less than was asked for; missing: ci:admin"/,
    );
    expect(await expectProblem(502, 'upstream_rejected')).not.toContain('missing: ci:read');
    expect(grantsAt(server)).toBe(1);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['its audience is unknown', { LEDGER_AUDIENCE: 'https://nobody.example' }, /invalid_target/],
    ['our secret is wrong', { AUTH_CLIENT_SECRET: 'not the secret at all' }, /invalid_client/],
    ['nobody knows us', { AUTH_CLIENT_ID: 'stranger' }, /invalid_client/],
  ])('because %s is a clear problem', async (_why, env, reason) => {
    await start(env);
    expect(await expectProblem(502, 'upstream_rejected')).toMatch(reason);
  });

  it('without a client is a provider that is not configured', async () => {
    await start();
    await breakwater.close();
    const { AUTH_ISSUER } = toAuthEnv(server);
    breakwater = await createApp({
      imports: [ledger(clientCredentials({ scope: 'ci:read', audience: AUDIENCE }))],
      env: { AUTH_ISSUER, LEDGER_URL: upstream.url },
    });
    expect(problemOf(await getEntry(breakwater))).toMatchObject({ status: 503, code: 'not_configured' });
  });

  it.each([503, 'reset'] as const)(
    'for a while (%s) is asked for now and then, and then it is there',
    async (fault) => {
      await start();
      server.failTokenEndpoint(fault);
      const failed = await crowd(100, () => getEntry(breakwater));
      expect([...new Set(failed.map(({ status }) => status))].every((status) => [502, 503].includes(status))).toBe(
        true,
      );
      expect(grantsAt(server)).toBeLessThanOrEqual(6);
      server.failTokenEndpoint();
      await eventually(async () => expect((await getEntry(breakwater)).status).toBe(200), 10_000);
      expectUntold(server.clientSecret, ...shown());
    },
  );

  it('is no loss while the one before lives', async () => {
    await start();
    expect((await getEntry(breakwater)).status).toBe(200);
    server.failTokenEndpoint(503);
    expect(countStatuses(await crowd(100, () => getEntry(breakwater)))).toEqual({ 200: 100 });
  });
});
