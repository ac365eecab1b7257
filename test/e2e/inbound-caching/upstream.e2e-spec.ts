import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let pokeApi: PokeApiStandIn;
let clock: FakeClock;
let breakwater: TestApp;

beforeEach(async () => {
  pokeApi = await startPokeApi();
  // Behind the stand-in's, whose answers are then of no age when they come.
  clock = new FakeClock(Date.now() - 3 * DAY * 1_000);
  breakwater = await createApp({
    env: { POKEAPI_URL: pokeApi.url, POKEAPI_MAX_ATTEMPTS: '1' },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/${path}`, { headers });

const membersOf = ({ headers }: Answer): string[] => headers.get('cache-status')?.split(', ') ?? [];

/** Age, and seconds for which a cache behind us has it as fresh. */
const toldBy = ({ headers }: Answer): number[] => {
  const age = Number(headers.get('age') ?? Number.NaN);
  const [, maxAge] = /^public, max-age=(\d+)/.exec(headers.get('cache-control') ?? '') ?? [];
  return [age, Number(maxAge) - age];
};

describe('what callers are told of an answer of PokeAPI', () => {
  it('is that it was fetched, then that it was kept, and how old it is', async () => {
    const [first, second] = [await get('getCharizard'), await get('getCharizard')];
    await clock.advance(10_000);
    const third = await get('getCharizard');
    expect([first, second, third].map(toldBy)).toEqual([
      [0, DAY],
      [0, DAY],
      [10, DAY - 10],
    ]);
    expect([first, second, third].flatMap(membersOf)).toEqual([
      expect.stringMatching(/^pokeapi; fwd=uri-miss\b.*; stored$/),
      expect.stringMatching(/^pokeapi; hit\b/),
      expect.stringMatching(/^pokeapi; hit\b/),
    ]);
    expect(new Set([first, second, third].map(({ headers }) => headers.get('etag'))).size).toBe(1);
    expect(pokeApi.requests.length).toBe(1);
  });

  it('is nothing new, when they have it', async () => {
    const tag = (await get('getCharizard')).headers.get('etag')!;
    await clock.advance(10_000);
    const answer = await get('getCharizard', { 'if-none-match': tag });
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', tag]);
    expect([toldBy(answer), membersOf(answer)]).toEqual([[10, DAY - 10], [expect.stringMatching(/; hit\b/)]]);
    expect(pokeApi.requests.length).toBe(1);
  });

  it('is the least of what its parts allow', async () => {
    await get('pokemon/charizard');
    await clock.advance(30_000);
    const profile = await get('pokemon/charizard/profile');
    expect(toldBy(profile)).toEqual([30, DAY - 30]);
    expect(membersOf(profile).filter((member) => member.startsWith('pokeapi; hit'))).toHaveLength(1);
    expect(membersOf(profile).filter((member) => member.startsWith('pokeapi; fwd=uri-miss'))).toHaveLength(2);
  });

  it('is that it is stale, while it is fetched anew behind the scenes', async () => {
    await get('getCharizard');
    await clock.advance((DAY + 10) * 1_000);
    const stale = await get('getCharizard');
    expect(stale.headers.get('cache-control')).toContain(`stale-while-revalidate=${HOUR}`);
    expect([toldBy(stale), membersOf(stale)]).toEqual([
      [DAY + 10, -10],
      [expect.stringContaining('detail=stale-while-revalidate')],
    ]);
    await eventually(async () => expect(toldBy(await get('getCharizard'))[1]).toBe(DAY));
  });

  it('is that it is stale, when nothing better can be had', async () => {
    await get('getCharizard');
    await pokeApi.close();
    await clock.advance((DAY + 2 * HOUR) * 1_000);
    const stale = await get('getCharizard');
    expect(stale.status).toBe(200);
    expect(stale.headers.get('cache-control')).toContain(`stale-if-error=${DAY}`);
    expect([toldBy(stale), membersOf(stale)]).toEqual([
      [DAY + 2 * HOUR, -2 * HOUR],
      [expect.stringContaining('detail=stale-if-error')],
    ]);
  });

  it('is a problem that nobody keeps, when nothing can be had', async () => {
    await pokeApi.close();
    const answer = await get('getCharizard');
    expect(problemOf(answer).code).toBe('upstream_unreachable');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(membersOf(answer)).toEqual([expect.stringMatching(/^pokeapi; fwd=uri-miss/)]);
  });
});
