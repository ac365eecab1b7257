import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { clientCredentials } from '../../../src/outbound/index.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import type { TokenUpstream } from '../../support/token-upstream.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { toAuthEnv } from '../login/login-scene.ts';
import { countStatuses, crowd, getEntry, grantsAt, ledger, startLedger } from './ledger.ts';

const CROWD = 100;

describeWithRedis('two applications with one Redis', () => {
  let redis: TestRedis;
  let server: AuthorizationStandIn;
  let upstream: TokenUpstream;
  let apps: TestApp[];

  const start = async (): Promise<TestApp> => {
    const app = await createApp({
      imports: [ledger(clientCredentials({ scope: 'ci:read', audience: server.otherAudience }))],
      env: { ...toAuthEnv(server), LEDGER_URL: upstream.url, REDIS_URL: redis.url },
    });
    // Until it is connected it would be on its own.
    const cookie = `session=${'a'.repeat(43)}`;
    await eventually(async () =>
      expect((await ask(`${app.url}/auth/session`, { headers: { cookie } })).status).toBe(200),
    );
    return app;
  };

  beforeEach(async () => {
    [redis, server] = await Promise.all([startRedis(), startAuthorization()]);
    upstream = await startLedger(server);
    apps = [await start(), await start()];
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await Promise.all([redis.stop(), server.close(), upstream.close()]);
  });

  const load = async (): Promise<Record<number, number>> =>
    countStatuses(await crowd(CROWD, (index) => getEntry(apps[index % 2]!)));

  it('ask for one token between them, and for one more when it is revoked', async () => {
    expect([await load(), grantsAt(server)]).toEqual([{ 200: CROWD }, 1]);
    server.revokeAllTokens();
    expect([await load(), grantsAt(server)]).toEqual([{ 200: CROWD }, 2]);
    expect(new Set(upstream.tokens).size).toBe(2);
  });

  it('that start later take what there is', async () => {
    expect([await load(), grantsAt(server)]).toEqual([{ 200: CROWD }, 1]);
    apps.push(await start());
    expect([(await getEntry(apps[2]!)).status, grantsAt(server)]).toEqual([200, 1]);
  });

  it('lose no call when Redis goes away: each is on its own then', async () => {
    await redis.kill();
    expect(await load()).toEqual({ 200: CROWD });
    expect(grantsAt(server)).toBeLessThanOrEqual(2);
    server.revokeAllTokens();
    expect(await load()).toEqual({ 200: CROWD });
    expect(grantsAt(server)).toBeLessThanOrEqual(4);
  });
});
