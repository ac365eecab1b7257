import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../../support/access-log.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { callAs } from '../../support/caller.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const ORIGIN = 'https://app.example.com';

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;

beforeAll(async () => {
  pokeApi = await startPokeApi({ latencyMs: 50 });
});
beforeEach(async () => {
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, CORS_ORIGINS: ORIGIN } });
});
afterEach(() => breakwater.close());
afterAll(() => pokeApi.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/${path}`, { headers, method });

/** How many calls, cached ones included, a request leads to: none, if its answer is repeated. */
const callsOf = async (path: string, headers?: Record<string, string>): Promise<number> => {
  const before = breakwater.receipts.length;
  await get(path, headers);
  return breakwater.receipts.length - before;
};

const corsOf = ({ headers }: Answer): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('not repeated is', () => {
  it('a problem: it names its own request', async () => {
    const answers = [await get('pokemon/missingno'), await get('pokemon/missingno')];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    for (const answer of answers) expect(problemOf(answer).requestId).toBe(answer.headers.get('x-request-id'));
  });

  it.each([
    ['HEAD', 200],
    ['POST', 404],
    ['DELETE', 404],
  ])('the answer to %s, nor is anything repeated to it', async (method, expected) => {
    expect((await get('getCharizard', {}, method)).status).toBe(expected);
    expect(await callsOf('getCharizard')).toBe(1);
    const { status, text } = await get('getCharizard', {}, method);
    expect([status, text.includes('"id":6')]).toEqual([expected, false]);
    expect(await callsOf('getCharizard')).toBe(0);
  });

  it('anything to scripts of other origins, nor to others what those got', async () => {
    expect(await callsOf('getCharizard', { origin: ORIGIN })).toBe(1);
    expect(await callsOf('getCharizard')).toBe(1);
    expect(corsOf(await get('getCharizard'))).toEqual([]);
    const [listed, unlisted] = [ORIGIN, 'https://evil.example'].map((origin) => get('getCharizard', { origin }));
    expect((await listed!).headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(corsOf(await unlisted!)).toEqual([]);
    for (const answer of [listed!, unlisted!, get('getCharizard')])
      expect((await answer).headers.get('vary')).toBe('accept-encoding, Origin');
    expect(breakwater.receipts.length).toBe(4);
  });

  it.each([
    ['it', (tag: string) => tag],
    ['it, called weak', (tag: string) => `W/${tag}`],
    ['it, compressed', (tag: string) => tag.replace(/"$/, '-br"')],
    ['whatever it is', () => '*'],
  ])('anything to whom has %s already', async (_what, toHeader) => {
    const tag = (await get('getCharizard')).headers.get('etag')!;
    const known = { 'if-none-match': toHeader(tag), 'accept-encoding': 'br' };
    const { status, text } = await get('getCharizard', known);
    expect([status, text]).toEqual([304, '']);
    expect((await get('getCharizard', { 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('the emptiness that somebody else got, who had it', async () => {
    expect((await get('getCharizard', { 'if-none-match': '*' })).status).toBe(304);
    const { status, text } = await get('getCharizard');
    expect([status, text.includes('"id":6')]).toEqual([200, true]);
  });

  it.each(['x', '0', '-1', '1, 1', ''])('anything to whom asks wrongly: X-Request-Timeout-Ms: %s', async (timeout) => {
    await get('getCharizard');
    const answer = await get('getCharizard', { 'x-request-timeout-ms': timeout });
    expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_request']);
  });
});

describe('a caller who hangs up', () => {
  it('leaves no half answer to others', async () => {
    await get('pokemon/charizard');
    const before = pokeApi.requests.length;
    const caller = callAs(`${breakwater.url}/api/v1/pokemon/charizard/profile`, { 'x-request-id': 'gone' });
    await eventually(() => expect(pokeApi.requests.length).toBe(before + 1));
    await caller.hangUp();
    expect((await accessLineOf(breakwater, 'gone')).status).toBe(499);
    for (let count = 0; count < 2; count += 1)
      expect(jsonOf(await get('pokemon/charizard/profile'))).toMatchObject({ missing: [] });
  });
});

describe('an answer is that of its very URL', () => {
  it('in its query', async () => {
    const paths = ['pokemon?limit=1', 'pokemon?limit=2', 'pokemon?limit=2&offset=1', 'pokemon?offset=1&limit=2'];
    const read = async (): Promise<string[]> => Promise.all(paths.map(async (path) => (await get(path)).text));
    const first = await read();
    expect(new Set(first.slice(0, 3)).size).toBe(3);
    expect(first[3]).toBe(first[2]);
    expect(await read()).toEqual(first);
    expect((await get('pokemon?limit=1&limit=2')).status).toBe(400);
  });

  it.each(['pokemon/%63harizard', 'pokemon/CHARIZARD', 'pokemon/charizar%64?', 'pokemon/6'])(
    'in its path, however that is written: %s',
    async (path) => {
      const plain = await get('pokemon/charizard');
      expect((await get('pokemon/pikachu')).text).not.toBe(plain.text);
      expect(await callsOf(path)).toBe(1);
      expect(await callsOf(path)).toBe(0);
      expect((await get(path)).text).toBe(plain.text);
    },
  );

  it.each(['GETCHARIZARD', 'getCharizard/', '/getCharizard', 'getCharizard%20', 'getCharizard%2F'])(
    'and none elsewhere: %s',
    async (path) => {
      await get('getCharizard');
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe('however many URLs are asked for', () => {
  it('1,024 answers are remembered', async () => {
    const before = pokeApi.requests.length;
    const first = await get('getCharizard?0');
    const numbers = Array.from({ length: 1_099 }, (_, index) => index + 1);
    while (numbers.length > 0) {
      const answers = await Promise.all(numbers.splice(0, 50).map((number) => get(`getCharizard?${number}`)));
      expect(answers.every(({ text }) => text === first.text)).toBe(true);
    }
    expect([await callsOf('getCharizard?1099'), await callsOf('getCharizard?77')]).toEqual([0, 0]);
    expect(await callsOf('getCharizard?0')).toBe(1);
    expect(pokeApi.requests.length - before).toBe(1);
  });
});
