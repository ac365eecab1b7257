import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const DAY = 86_400;
/** Sends a request the long way; else it changes nothing. */
const LONG_WAY = { 'x-request-timeout-ms': '5000' };
const OF_ONE_ANSWER = ['x-request-id', 'date', 'server-timing'];

let pokeApi: PokeApiStandIn;
let clock: FakeClock;
let breakwater: TestApp;

beforeEach(async () => {
  pokeApi = await startPokeApi();
  // Behind the stand-in's, whose answers are then of no age when they come.
  clock = new FakeClock(Date.now() - 3 * DAY * 1_000);
  breakwater = await createApp({
    env: { POKEAPI_URL: pokeApi.url },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/${path}`, { headers });

/** How many calls, cached ones included, a request leads to: none, if its answer is repeated. */
const callsOf = async (path: string): Promise<number> => {
  const before = breakwater.receipts.length;
  await get(path);
  return breakwater.receipts.length - before;
};

const without = ({ headers }: Answer, ...names: string[]): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !names.includes(name)));

/** Age, seconds left, and seconds left as Cache-Status has it. */
const toldBy = ({ headers }: Answer): number[] => {
  const [age, control] = [Number(headers.get('age')), headers.get('cache-control') ?? ''];
  const [maxAge, ttl] = [
    /^public, max-age=(\d+)/.exec(control),
    /; ttl=(-?\d+)/.exec(headers.get('cache-status') ?? ''),
  ];
  return [age, Number(maxAge?.[1]) - age, Number(ttl?.[1])];
};

describe.each(['getCharizard', 'pokemon?limit=3', 'pokemon/charizard/profile'])('a repeated answer of %s', (path) => {
  it('is the first in all but what is of one answer alone, and costs no call', async () => {
    const first = await get(path);
    const [calls, asked] = [breakwater.receipts.length, pokeApi.requests.length];
    const second = await get(path);
    expect([second.status, second.text]).toEqual([200, first.text]);
    const differing = ['x-request-id', 'date', 'age', 'cache-status', 'server-timing'];
    expect(without(second, ...differing)).toEqual(without(first, ...differing));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect([breakwater.receipts.length, pokeApi.requests.length]).toEqual([calls, asked]);
  });

  it('is at any time the one that the long way leads to', async () => {
    await get(path);
    for (const ms of [0, 1, 999, 9_000, 50_500]) {
      await clock.advance(ms);
      const repeated = await get(path);
      const longWay = await get(path, LONG_WAY);
      expect(repeated.text).toBe(longWay.text);
      expect(without(repeated, ...OF_ONE_ANSWER)).toEqual(without(longWay, ...OF_ONE_ANSWER));
    }
  });
});

describe('a repeated answer', () => {
  it('ages, and says truly what is left', async () => {
    expect(toldBy(await get('getCharizard'))).toEqual([0, DAY, DAY]);
    await clock.advance(10_001);
    expect(await callsOf('getCharizard')).toBe(0);
    expect(toldBy(await get('getCharizard'))).toEqual([11, DAY - 11, DAY - 11]);
    await clock.advance(DAY * 1_000 - 10_002);
    expect(await callsOf('getCharizard')).toBe(0);
    expect(toldBy(await get('getCharizard'))).toEqual([DAY, 0, 0]);
  });

  it('is not repeated once it is stale: then it is refreshed, and that one is repeated', async () => {
    await get('getCharizard');
    await clock.advance(DAY * 1_000);
    const stale = await get('getCharizard');
    expect(stale.headers.get('cache-status')).toMatch(/; detail=stale-while-revalidate$/);
    await eventually(async () => expect(toldBy(await get('getCharizard'))).toEqual([0, DAY, DAY]));
    expect([await callsOf('getCharizard'), pokeApi.requests.length]).toEqual([0, 2]);
  });

  it('bears the id of its own request, and has its line in the log', async () => {
    await get('getCharizard');
    const id = 'repeated-1';
    expect((await get('getCharizard', { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    const line = { status: 200, method: 'GET', route: '/api/v1/getCharizard', upstreamCalls: 0 };
    expect(await accessLineOf(breakwater, id)).toMatchObject(line);
    const odd = (await get('getCharizard', { 'x-request-id': 'not sane' })).headers.get('x-request-id');
    expect(odd).toMatch(/^[\w-]{36}$/);
  });

  it.each(['br', 'gzip', 'identity', '*;q=0'])('is for those who accept %s too', async (acceptEncoding) => {
    const first = await get('getCharizard', { 'accept-encoding': 'br' });
    const { headers, text } = await get('getCharizard', { 'accept-encoding': acceptEncoding });
    expect([text, headers.get('content-encoding'), headers.get('vary')]).toEqual([first.text, null, 'accept-encoding']);
  });
});
