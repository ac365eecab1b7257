import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContractDto } from '../../../src/operations/health/contract.dto.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';

const SLOW_MS = 60_000;

const sound = {
  id: 6,
  name: 'charizard',
  height: 17,
  weight: 905,
  sprites: { front_default: null },
  moves: [{ move: { name: 'cut' } }],
  species: { name: 'charizard', url: 'http://x.test/6/' },
};

let clock: FakeClock;
let body: object;
let cacheControl: string;
let upstream: Listening;
let breakwater: TestApp;
beforeEach(async () => {
  clock = new FakeClock();
  body = sound;
  cacheControl = 'no-store';
  upstream = await listenLocally(
    createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').setHeader('cache-control', cacheControl);
      response.end(JSON.stringify(body));
    }),
  );
});
afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
  breakwater = await createApp({
    env: { POKEAPI_URL: `http://127.0.0.1:${upstream.port}/api/v2`, ...env },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
};

/** A second later. */
const get = async (changed: object = sound): Promise<Answer> => {
  body = changed;
  await clock.advance(1_000);
  return ask(`${breakwater.url}/api/v1/pokemon/charizard`);
};

const learn = async (): Promise<void> => {
  for (let time = 0; time < 20; time += 1) expect((await get()).status).toBe(200);
};

const contract = async (): Promise<ContractDto> => {
  const answer = await ask(`${breakwater.url}/health/providers`);
  const { providers } = jsonOf<{ providers: { name: string; contract: ContractDto }[] }>(answer);
  return providers.find(({ name }) => name === 'pokeapi')!.contract;
};

const warnings = (): string[] => breakwater.logLines.filter((line) => line.includes('Answers of an external service'));

describe('the contract watch, when PokeAPI', () => {
  it(
    'grows, loses and retypes fields, tells which, since when, and logs each once',
    async () => {
      await start();
      await learn();
      expect((await contract()).findings).toEqual([]);
      const drifted = { ...sound, shiny: 's3cret', species: { name: 'charizard' }, moves: [{ move: { name: 7 } }] };
      await get(drifted);
      await get(drifted);
      const seen = { count: 2, firstSeenAt: '2026-01-01T00:00:21.000Z', lastSeenAt: '2026-01-01T00:00:22.000Z' };
      const operation = 'getPokemon';
      const { mode, findings } = await contract();
      expect([mode, findings.map(({ kind, path }) => `${kind} ${path}`).sort()]).toEqual([
        'enforce',
        ['missing species.url', 'new shiny', 'retyped moves[].move.name'],
      ]);
      expect(findings).toContainEqual({ operation, path: 'shiny', kind: 'new', to: 'string', ...seen });
      expect(warnings()).toHaveLength(3);
      expect(warnings().join('')).toMatch(/"finding":\{"operation":"getPokemon","path":"shiny","kind":"new"/);
      expect(breakwater.logLines.join('')).not.toContain('s3cret');
    },
    SLOW_MS,
  );

  const broken = { ...sound, weight: 's3cret' };

  it.each(['no-store', 'max-age=60'])(
    'breaks its schema with %s, fails the call, and tells of it once',
    async (said) => {
      await start();
      cacheControl = said;
      expect(problemOf(await get(broken))).toMatchObject({ code: 'upstream_invalid_answer' });
      expect((await contract()).findings).toMatchObject([{ path: 'weight', kind: 'retyped', to: 'string', count: 1 }]);
      expect(warnings()).toHaveLength(1);
    },
  );

  it.each([
    ['report', 1],
    ['off', 0],
  ])('breaks its schema in mode %s, passes the answer on as it came', async (mode, count) => {
    await start({ POKEAPI_CONTRACT: mode });
    const answer = await get({ ...sound, id: 'six' });
    expect([answer.status, jsonOf(answer)]).toMatchObject([200, { id: 'six', name: 'charizard' }]);
    expect(await contract()).toMatchObject({ mode });
    expect((await contract()).findings).toHaveLength(count);
  });

  it('is to be watched in a way that there is not, keeps the process from starting', async () => {
    await expect(start({ POKEAPI_CONTRACT: 'sometimes' })).rejects.toThrow(
      /POKEAPI_CONTRACT.*give one of enforce, report, off/s,
    );
    await start();
  });
});
