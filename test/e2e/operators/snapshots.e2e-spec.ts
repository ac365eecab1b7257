import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../../../src/operations/console/page/snapshot.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { openEvents, type TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startPokeApi } from '../../upstreams/pokeapi.stand-in.ts';
import { BEARER, logInCookie, TOKEN } from './operators-scene.ts';

let clock: FakeClock;
let pokeApi: Awaited<ReturnType<typeof startPokeApi>>;
let breakwater: TestApp;
let open: TestEventSource[];

beforeEach(async () => {
  clock = new FakeClock();
  open = [];
  pokeApi = await startPokeApi();
  breakwater = await createApp({
    env: { OPS_TOKEN: TOKEN, POKEAPI_URL: pokeApi.url },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.drop()));
  await breakwater.close();
  await pokeApi.close();
});

const look = async (headers: Record<string, string> = BEARER): Promise<TestEventSource> => {
  const screen = await openEvents(`${breakwater.url}/console/events`, { headers });
  open.push(screen);
  return screen;
};

const snapshotsOf = (screen: TestEventSource): Snapshot[] => screen.dataOf('snapshot') as Snapshot[];

const seen = async (screen: TestEventSource, count: number): Promise<Snapshot> => {
  await eventually(() => expect(snapshotsOf(screen).length).toBe(count));
  return snapshotsOf(screen).at(-1)!;
};

describe('the stream of the console', () => {
  it('shows how all is, at once and each second', async () => {
    await ask(`${breakwater.url}/api/v1/pokemon/missingno-at-all`);
    const screen = await look();
    const first = await seen(screen, 1);
    expect(first).toMatchObject({ at: '2026-01-01T00:00:00.000Z', jobs: null, deadLetters: [] });
    expect(first.providers.map(({ name }) => name)).toEqual(['authorization', 'cms', 'pokeapi', 'semaphore']);
    expect(first.providers[2]).toMatchObject({ circuit: 'closed', isIsolated: false, attemptsInFlight: 0 });
    expect(first.providers[2]!.history.length).toBe(60);
    expect(first.process).toMatchObject({ instance: expect.stringContaining(`/${process.pid}`), listeners: 0 });
    for (let count = 0; count < 3; count += 1) await ask(`${breakwater.url}/health/live`);
    await clock.advance(1_000);
    expect((await seen(screen, 2)).process.requestsPerSecond).toBe(3);
  });

  it('shows calls that failed, with what was done about them, and no value of theirs', async () => {
    const screen = await look();
    await seen(screen, 1);
    await pokeApi.close();
    const asked = ask(`${breakwater.url}/api/v1/pokemon/charizard`);
    await eventually(async () => {
      await clock.advance(1_000);
      expect(breakwater.receipts.length).toBe(1);
    });
    const answer = await asked;
    await clock.advance(1_000);
    const [call] = await lastCalls(screen);
    expect(call).toMatchObject({
      ...{ provider: 'pokeapi', operation: 'getPokemon', method: 'GET', outcome: 'upstream_unreachable', status: null },
      requestId: answer.headers.get('x-request-id'),
    });
    expect(call!.attempts.length).toBeGreaterThan(1);
    expect(JSON.stringify(call)).not.toContain('charizard');
  });

  it('counts those who listen elsewhere, and not itself', async () => {
    const screen = await look();
    await seen(screen, 1);
    const listener = await openEvents(`${breakwater.url}/api/v1/events/articles`);
    open.push(listener);
    await clock.advance(1_000);
    expect((await seen(screen, 2)).process.listeners).toBe(1);
  });

  it('costs nothing while nobody looks', async () => {
    const before = clock.pending;
    const screens = [await look(), await look()];
    await seen(screens[1]!, 1);
    expect(clock.pending).toBe(before + 1);
    await Promise.all(screens.map((screen) => screen.drop()));
    await eventually(() => expect(clock.pending).toBe(before));
  });

  it('is for twenty at once, and one who leaves makes room', async () => {
    const screens = await Promise.all(Array.from({ length: 20 }, () => look()));
    expect(screens.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const refused = await ask(`${breakwater.url}/console/events`, { headers: BEARER });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    await screens[7]!.drop();
    await eventually(async () => expect((await look()).status).toBe(200));
  });

  it('ends when the login does, and says so', async () => {
    const cookie = await logInCookie(breakwater);
    await clock.advance(12 * 3_600_000 - 1_500);
    const screen = await look({ cookie });
    await seen(screen, 1);
    await clock.advance(1_000);
    await seen(screen, 2);
    await clock.advance(1_000);
    await screen.closed();
    expect(screen.events.at(-1)).toMatchObject({ type: 'expired' });
    expect((await look({ cookie })).status).toBe(401);
  });

  it('does not keep the process from stopping', async () => {
    const screen = await look();
    await Promise.all([breakwater.app.close(), screen.closed()]);
    expect(screen.events.every(({ type }) => type === 'snapshot')).toBe(true);
  });

  it('has a head, too', async () => {
    const answer = await ask(`${breakwater.url}/console/events`, { method: 'HEAD', headers: BEARER });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });
});

const lastCalls = async (screen: TestEventSource): Promise<Snapshot['calls']> => {
  await eventually(() => expect(snapshotsOf(screen).at(-1)!.calls.length).toBeGreaterThan(0));
  return snapshotsOf(screen).at(-1)!.calls;
};
