import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { garbageJwt } from '../authorization-provider/garbage-jwt.ts';
import { toAuthEnv } from '../login/login-scene.ts';
import { flood, useDuring, type Outcome } from './flood.ts';
import { hitsOf } from './token-scene.ts';

const GARBAGE = 1_500;
/** Fewer than are introspected at a time: none is sent away unread. */
const WIDTH = 25;
/** Each waits up to a second for the next look-up of keys. */
const WAITING = 300;
/** Some 13 s alone on two cores. */
const TIMEOUT_MS = 90_000;
/** What a good token may take while the same machine sends, verifies and introspects 500 bad ones a second. */
const SOON_MS = 10_000;

let server: AuthorizationStandIn;
/** In a process of its own, so that it does not share one with those who flood it. */
let breakwater: SpawnedApp;
let url: string;
beforeEach(async () => {
  server = await startAuthorization();
  breakwater = spawnApp({ env: { ...toAuthEnv(server), LOG_LEVEL: 'trace' } });
  url = `${await breakwater.ready()}/api/v1/me`;
});
afterEach(async () => {
  await breakwater.kill();
  await server.close();
});

const hits = (path: string): number => hitsOf(server, path);
const jwts = (): string[] => {
  const { issuer: iss, audience: aud } = server;
  return Array.from({ length: GARBAGE }, () => garbageJwt({ iss, aud }));
};
const opaques = (): string[] => Array.from({ length: GARBAGE }, () => randomBytes(24).toString('base64url'));

const expectRefused = ({ statuses, tellTale }: Outcome): void =>
  expect([statuses, tellTale]).toEqual([{ 401: GARBAGE }, 0]);
const expectTaken = ({ statuses, slowestMs }: Outcome): void => {
  expect(Object.keys(statuses)).toEqual(['200']);
  expect(slowestMs).toBeLessThan(SOON_MS);
};
const expectUnlogged = (tokens: readonly string[]): void => {
  const log = breakwater.stdout() + breakwater.stderr();
  expect(log.length).toBeGreaterThan(GARBAGE);
  expect(tokens.flatMap((token) => token.split('.').slice(1, 2)).filter((piece) => log.includes(piece))).toEqual([]);
};

describe('a flood of 1,500 tokens', () => {
  it(
    'with invented keys has keys looked up now and then, and holds up no good token',
    async () => {
      const garbage = jwts();
      const startedAt = performance.now();
      const flooded = flood(url, garbage, WAITING);
      expectTaken(await useDuring(flooded, url, () => server.signToken()));
      expectRefused(await flooded);
      // Once a second, and at first.
      expect(hits('/jwks')).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 1_000);
      expect(hits('/token/introspection')).toBe(0);
      expectUnlogged(garbage.slice(0, 100));
    },
    TIMEOUT_MS,
  );

  it(
    'that are opaque asks the server for each once, and holds up no good token',
    async () => {
      const garbage = opaques();
      const good = await Promise.all(Array.from({ length: 20 }, () => server.mintToken({ opaque: true })));
      const flooded = flood(url, garbage, WIDTH);
      const nextOpaque =
        (turn = 0) =>
        () =>
          good[(turn += 1) % good.length]!;
      const [opaque, signed] = await Promise.all([
        useDuring(flooded, url, nextOpaque()),
        useDuring(flooded, url, () => server.signToken()),
      ]);
      for (const outcome of [opaque, signed]) expectTaken(outcome);
      expectRefused(await flooded);
      expect(hits('/token/introspection')).toBeGreaterThanOrEqual(GARBAGE);
      expect(hits('/jwks')).toBe(1);
      const log = breakwater.stdout();
      expect(garbage.filter((token) => log.includes(token))).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('more opaque tokens than the server answers for', () => {
  const signed = () => server.signToken();
  const statusOf = async (token: string): Promise<number> =>
    (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;

  /** Takes all turns that such tokens may have, until the first of them is sent away. */
  const jam = async (): Promise<void> => {
    server.failAt('/token/introspection', 'hang');
    const sentAway = opaques()
      .slice(0, 200)
      .map(async (token) => expect(await statusOf(token)).toBe(503));
    void Promise.allSettled(sentAway);
    await Promise.any(sentAway);
  };

  it('hold up nobody who is known', async () => {
    const known = await server.mintToken({ opaque: true });
    expect([await statusOf(known), await statusOf(await signed())]).toEqual([200, 200]);
    await jam();
    expect([await statusOf(known), await statusOf(await signed())]).toEqual([200, 200]);
  });

  it('leave the server’s keys their turn', async () => {
    expect(await statusOf(await signed())).toBe(200);
    await server.rotateKeys();
    await jam();
    expect(await statusOf(await signed())).toBe(200);
  });
});
