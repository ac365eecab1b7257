import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startPokeApi, type PokeApiOptions, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const HERD = 1_000;
const LATENCY_MS = 200;

/** Far less than so many take one after the other, far more than one takes: on busy machines, too. */
const AT_ONCE_MS = (HERD * LATENCY_MS) / 10;
const TIMEOUT_MS = 2 * AT_ONCE_MS;

/** A thousand at once take their time on a busy machine. */
const PATIENCE = { POKEAPI_ATTEMPT_TIMEOUT_MS: '15000' };

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;

const start = async (upstream: PokeApiOptions, env: Record<string, string> = {}): Promise<void> => {
  pokeApi = await startPokeApi({ latencyMs: LATENCY_MS, ...upstream });
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, LOG_LEVEL: 'error', ...PATIENCE, ...env } });
};
afterEach(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const url = (): string => `${breakwater.url}/api/v1/pokemon/charizard`;

/** A small answer: a thousand large ones take their time, too. */
const listUrl = (): string => `${breakwater.url}/api/v1/pokemon?limit=1`;

const askAtOnce = (count = HERD, target = url()): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, () => ask(target)));

const countOf = (answers: readonly Answer[], keyOf: (answer: Answer) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[keyOf(answer)] = (counts[keyOf(answer)] ?? 0) + 1;
  return counts;
};

const codeOf = (answer: Answer): string => (answer.status === 200 ? 'ok' : problemOf(answer).code);

/** How a call came by its answer. */
const wayOf = ({ headers }: Answer): string => {
  const status = headers.get('cache-status') ?? '';
  return status.includes('; collapsed') ? 'collapsed' : (/; hit|fwd=[\w-]+/.exec(status)?.[0] ?? status);
};

describe(`${HERD} requests at once for what nobody has asked for yet`, () => {
  beforeEach(() => start({}));

  it(
    'are one upstream call, and all of them are answered with it',
    async () => {
      const answers = await askAtOnce();
      expect(countOf(answers, codeOf)).toEqual({ ok: HERD });
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(jsonOf<{ name: string }>(answers[0]!).name).toBe('charizard');
      expect(pokeApi.requests).toHaveLength(1);
      const ways = countOf(answers, wayOf);
      expect(ways['fwd=uri-miss']).toBe(1);
      expect(ways['collapsed']).toBeGreaterThan(0);
      expect((ways['collapsed'] ?? 0) + (ways['; hit'] ?? 0)).toBe(HERD - 1);
    },
    TIMEOUT_MS,
  );

  it('leave an answer behind that costs no upstream call', async () => {
    const [first] = await askAtOnce(10);
    const again = await ask(url());
    expect([again.text, wayOf(again), pokeApi.requests.length]).toEqual([first!.text, '; hit', 1]);
  });

  it('are one upstream call for each thing they ask for', async () => {
    const names = ['charmander', 'charmeleon', 'charizard', 'bulbasaur'];
    const asked = Array.from({ length: 200 }, (_, index) => names[index % names.length]!);
    const answers = await Promise.all(asked.map((name) => ask(`${breakwater.url}/api/v1/pokemon/${name}`)));
    expect(answers.map((answer) => jsonOf<{ name: string }>(answer).name)).toEqual(asked);
    expect(pokeApi.requests).toHaveLength(names.length);
  });

  it('are one upstream call when there is no such thing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask(`${breakwater.url}/api/v1/pokemon/nobody`)),
    );
    expect(countOf(answers, codeOf)).toEqual({ not_found: 100 });
    expect(pokeApi.requests).toHaveLength(1);
  });
});

describe(`${HERD} requests at once for what may not be kept`, () => {
  const enough = { POKEAPI_MAX_CONCURRENT: String(HERD), POKEAPI_MAX_QUEUED: String(HERD) };

  it(
    'wait for nobody once that is known',
    async () => {
      await start({ cacheControl: 'no-store' }, enough);
      const startedAt = performance.now();
      const answers = await askAtOnce(HERD, listUrl());
      expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
      expect(countOf(answers, codeOf)).toEqual({ ok: HERD });
      expect(pokeApi.requests).toHaveLength(HERD);
    },
    TIMEOUT_MS,
  );

  it(
    'are answered or refused, and none hangs, when there are too many',
    async () => {
      await start({ cacheControl: 'no-store' });
      const startedAt = performance.now();
      const answers = await askAtOnce(HERD, listUrl());
      expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
      const codes = countOf(answers, codeOf);
      expect(codes['ok']).toBeGreaterThan(64);
      expect((codes['ok'] ?? 0) + (codes['overloaded'] ?? 0)).toBe(HERD);
      expect(new Set(answers.filter((answer) => codeOf(answer) !== 'ok').map(({ status }) => status))).toEqual(
        codes['overloaded'] ? new Set([503]) : new Set(),
      );
    },
    TIMEOUT_MS,
  );
});
