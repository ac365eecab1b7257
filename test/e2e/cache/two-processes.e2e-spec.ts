import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { eventually } from '../../support/eventually.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const LISTENING = 'Listening to what other instances forget';
const GONE = 'Redis does not answer: the cache works on memory alone until it is back';
const BACK = 'Redis is back: the cache is shared again';
const NAMES = ['charmander', 'charmeleon', 'charizard', 'bulbasaur'];

describeWithRedis('two processes that share a Redis', () => {
  let pokeApi: PokeApiStandIn;
  let redis: TestRedis;
  let admin: Redis;
  let processes: SpawnedApp[];
  let one: string;
  let other: string;

  beforeEach(async () => {
    [pokeApi, redis] = await Promise.all([startPokeApi(), startRedis()]);
    admin = new Redis(redis.url, { maxRetriesPerRequest: null });
    admin.on('error', () => undefined);
    const env = { POKEAPI_URL: pokeApi.url, REDIS_URL: redis.url, LOG_LEVEL: 'debug' };
    processes = [spawnApp({ env }), spawnApp({ env })];
    [one = '', other = ''] = await Promise.all(processes.map((breakwater) => breakwater.ready()));
    await Promise.all(processes.map((breakwater) => breakwater.logged(LISTENING)));
  });
  afterEach(async () => {
    admin.disconnect();
    await Promise.all(processes.map((breakwater) => breakwater.kill()));
    await Promise.all([pokeApi.close(), redis.stop()]);
  });

  const pokemon = async (at: string, name: string): Promise<string> =>
    (await fetch(`${at}/api/v1/pokemon/${name}`)).text();

  /** Lets a process fetch all; each takes a signpost and a variant in Redis. */
  const fetchAll = async (at: string): Promise<string[]> => {
    const bodies: string[] = [];
    for (const name of NAMES) bodies.push(await pokemon(at, name));
    await eventually(async () => expect(await admin.keys('breakwater:cache:*:entry:*')).toHaveLength(2 * NAMES.length));
    expect(pokeApi.requests).toHaveLength(NAMES.length);
    return bodies;
  };

  /** What a process gives for all, and for how many the upstream was asked: a busy machine may miss Redis's 25 ms once. */
  const askAll = async (at: string): Promise<{ bodies: string[]; fetched: number }> => {
    const before = pokeApi.requests.length;
    const bodies: string[] = [];
    for (const name of NAMES) bodies.push(await pokemon(at, name));
    return { bodies, fetched: pokeApi.requests.length - before };
  };

  /** One request after the other to both, until `isOver`; how many there were of each status. */
  const load = async (isOver: () => boolean): Promise<Record<string, number>> => {
    const statuses: Record<string, number> = {};
    const caller = async (index: number): Promise<void> => {
      const at = index % 2 === 0 ? one : other;
      for (let turn = 0; !isOver(); turn += 1) {
        const answer = await fetch(`${at}/api/v1/pokemon/${NAMES[(index + turn) % NAMES.length]}`);
        await answer.text();
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => caller(index)));
    return statuses;
  };

  /** A load in the midst of which `happen` happens; it goes on until that has been noticed. */
  const loadDuring = async (happen: () => unknown): Promise<Record<string, number>> => {
    let isOver = false;
    const loaded = load(() => isOver);
    await eventually(() => expect(pokeApi.requests.length).toBeGreaterThanOrEqual(NAMES.length));
    await happen();
    // Memory would hide that Redis is gone.
    for (const at of [one, other]) await fetch(`${at}/ops/cache?provider=pokeapi`, { method: 'DELETE' });
    await Promise.all(processes.map((breakwater) => breakwater.logged(GONE)));
    isOver = true;
    return loaded;
  };

  it('serve each what the other one has fetched', async () => {
    const bodies = await fetchAll(one);
    const shared = await askAll(other);
    expect(shared.bodies).toEqual(bodies);
    expect(shared.fetched).toBeLessThanOrEqual(1);
  });

  it('start with what others have fetched before', async () => {
    const bodies = await fetchAll(one);
    await Promise.all(processes.map((breakwater) => breakwater.kill()));
    processes = [spawnApp({ env: { POKEAPI_URL: pokeApi.url, REDIS_URL: redis.url, LOG_LEVEL: 'debug' } })];
    const late = await processes[0]!.ready();
    await processes[0]!.logged(LISTENING);
    const shared = await askAll(late);
    expect(shared.bodies).toEqual(bodies);
    expect(shared.fetched).toBeLessThanOrEqual(1);
  });

  it('forget within 100 ms what is invalidated at the other one', async () => {
    const WITHIN_MS = 100;
    const waits: number[] = [];
    // The best of them: the rest is what a busy machine adds.
    while (waits.length < 10 && !waits.some((waitMs) => waitMs < WITHIN_MS)) {
      await pokemon(other, 'charizard');
      const before = pokeApi.requests.length;
      expect((await fetch(`${one}/ops/cache?provider=pokeapi`, { method: 'DELETE' })).ok).toBe(true);
      const startedAt = performance.now();
      await eventually(async () => {
        await pokemon(other, 'charizard');
        expect(pokeApi.requests.length).toBeGreaterThan(before);
      });
      waits.push(performance.now() - startedAt);
    }
    expect(Math.min(...waits)).toBeLessThan(WITHIN_MS);
  });

  it('lose no request of a load in the midst of which Redis is killed, say so once, and share again later', async () => {
    const statuses = await loadDuring(() => redis.kill());
    expect(Object.keys(statuses)).toEqual(['200']);
    await redis.restart();
    await Promise.all(processes.map((breakwater) => breakwater.logged(BACK)));
    for (const breakwater of processes) {
      const said = breakwater.logLines().map(({ msg }) => msg);
      const told = said.filter((msg) => msg === GONE || msg === BACK);
      // On a busy machine it may be gone, and back, once more: each is said once all the same.
      expect(told).toEqual(told.map((_msg, index) => (index % 2 === 0 ? GONE : BACK)));
      expect(told.slice(0, 2)).toEqual([GONE, BACK]);
    }
  });

  it('lose no request of a load in the midst of which Redis hangs', async () => {
    const statuses = await loadDuring(() => redis.pause());
    redis.resume();
    expect(Object.keys(statuses)).toEqual(['200']);
  });
});
