import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderRegistry } from '../../../src/outbound/provider-registry.ts';
import { Vault, VaultUnavailable } from '../../../src/platform/vault/vault.ts';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { comeBack, refreshesAt, sessionIdOf, startScene, type LoginScene } from '../login/login-scene.ts';
import { hitsOf } from '../tokens/token-scene.ts';
import { MovingClock } from './moving-clock.ts';

const TOKEN_LIFE_MS = 600_000;

let clock: MovingClock;
let scene: LoginScene;

describe('a login', () => {
  beforeEach(async () => void (scene = await startScene()));
  afterEach(() => scene.close());

  it('begins although cookies came along whose names nobody may give', async () => {
    const cookie = ['a b', 'c d', 'e f', 'g h', 'i j'].map((name) => `login-${name}=1`).join('; ');
    expect((await ask(`${scene.breakwater.url}/auth/login`, { headers: { cookie } })).status).toBe(302);
  });

  it('can be finished by asking again when the store was away for a moment', async () => {
    const browser = scene.browse();
    const callback = await comeBack(browser, scene.authorization);
    const vault = scene.breakwater.app.get(Vault, { strict: false });
    const { get, put } = vault;
    const fail = (): Promise<never> => Promise.reject(new VaultUnavailable());
    Object.assign(vault, { get: fail, put: fail });
    expect((await browser.get(callback)).status).toBe(503);
    Object.assign(vault, { get, put });
    expect((await browser.get(callback)).status).toBe(303);
  });

  it('whose session cannot be stored leaves no tokens behind at the server', async () => {
    const browser = scene.browse();
    const callback = await comeBack(browser, scene.authorization);
    const vault = scene.breakwater.app.get(Vault, { strict: false });
    vault.put = () => Promise.reject(new VaultUnavailable());
    expect((await browser.get(callback)).status).toBe(503);
    expect(hitsOf(scene.authorization, '/token/revocation')).toBeGreaterThan(0);
  });

  it('leaves neither code nor state in the log or the receipts', async () => {
    const browser = scene.browse();
    const callback = await comeBack(browser, scene.authorization);
    await browser.get(callback);
    await browser.get(callback);
    const query = [...new URL(callback, scene.breakwater.url).searchParams.values()];
    const told = scene.breakwater.logLines.join('') + JSON.stringify(scene.breakwater.receipts);
    expect(query.filter((value) => value !== scene.authorization.issuer && told.includes(value))).toEqual([]);
  });
});

describe('a session that is renewed', () => {
  beforeEach(async () => {
    clock = new MovingClock();
    scene = await startScene({ clock });
  });
  afterEach(() => scene.close());

  it('survives that the keys of the server cannot be had at that moment', async () => {
    const browser = await scene.browseLoggedIn();
    clock.putForward(TOKEN_LIFE_MS);
    await scene.authorization.rotateKeys();
    scene.authorization.failAt('/jwks', 503);
    await browser.get('/api/v1/me');
    scene.authorization.failAt('/jwks');
    clock.putForward(10_000);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
  });

  it('is saved before the application stops', async () => {
    const browser = await scene.browseLoggedIn();
    const vault = scene.breakwater.app.get(Vault, { strict: false });
    const replace = vault.replace.bind(vault);
    const gate = Promise.withResolvers<void>();
    const done: string[] = [];
    const registry = scene.breakwater.app.get(ProviderRegistry);
    const close = registry.onApplicationShutdown.bind(registry);
    registry.onApplicationShutdown = () => (done.push('connections closed'), close());
    vault.replace = async (...kept) => {
      await gate.promise;
      done.push('saved');
      return replace(...kept);
    };
    clock.putForward(0.9 * TOKEN_LIFE_MS);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
    await eventually(() => expect(refreshesAt(scene.authorization)).toBe(1));
    const stopped = scene.close().then(() => done.push('stopped'));
    // Long enough to stop for one that does not wait.
    await Promise.race([stopped, new Promise((resolve) => void clock.schedule(() => resolve(undefined), 1_000))]);
    gate.resolve();
    await stopped;
    await eventually(() => expect(done).toHaveLength(3));
    expect(done).toEqual(['saved', 'connections closed', 'stopped']);
  });
});

describeWithRedis('a logout', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
    scene = await startScene({ env: { REDIS_URL: redis.url } });
  });
  afterEach(async () => {
    await scene.close();
    await redis.stop();
  });

  it('that Redis heard too late has not happened, and can be done again to its end', async () => {
    const browser = await scene.browseLoggedIn();
    redis.pause();
    expect((await browser.post('/auth/logout')).status).toBe(503);
    redis.resume();
    await eventually(async () => expect((await browser.get('/api/v1/me')).status).toBe(200));
    const id = sessionIdOf(browser);
    expect((await browser.post('/auth/logout')).status).toBe(200);
    expect(hitsOf(scene.authorization, '/token/revocation')).toBe(2);
    browser.cookies.set('session', id);
    expect((await browser.get('/api/v1/me')).status).toBe(401);
  });
});
