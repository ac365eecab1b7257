import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const TOKEN = 'the-token-of-operators';
const OPERATOR = { authorization: `Bearer ${TOKEN}` };

let pokeApi: PokeApiStandIn;
/** One that has a token for operators, and one for which they are who is on this machine. */
let guarded: TestApp;
let local: TestApp;

beforeAll(async () => {
  pokeApi = await startPokeApi();
  guarded = await createApp({ env: { POKEAPI_URL: pokeApi.url, OPS_TOKEN: TOKEN } });
  local = await createApp({ env: { POKEAPI_URL: pokeApi.url } });
});
afterAll(async () => {
  await guarded.close();
  await local.close();
  await pokeApi.close();
});

const headersOf = async ({ url }: TestApp, path: string, headers: Record<string, string> = {}): Promise<Headers> =>
  (await ask(url + path, { headers })).headers;

const timingOf = async (app: TestApp, path: string, headers?: Record<string, string>): Promise<string | null> =>
  (await headersOf(app, path, headers)).get('server-timing');

/** Not by `fetch`, which does not let its Host be chosen. */
const timingForHost = (url: string, host: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.headers['server-timing']);
    });
    asked.on('error', reject).end();
  });

describe('Server-Timing where operators have a token', () => {
  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['a made-up cookie', { cookie: `console=${TOKEN}; __Host-console=${TOKEN}` }],
    ['who says to be local', { 'x-forwarded-for': '127.0.0.1' }],
  ])('is not shown to %s, neither made nor repeated', async (_who, headers) => {
    for (const path of ['/api/v1/pokemon/bulbasaur', '/api/v1/getCharizard', '/nowhere', '/health/live'])
      for (let time = 1; time <= 3; time += 1) expect(await timingOf(guarded, path, headers)).toBeNull();
  });

  it('names each upstream call with its time and what the cache did, and the total', async () => {
    const path = '/api/v1/pokemon/pikachu';
    const timing = /^pokeapi;dur=[\d.]+;desc="getPokemon miss", total;dur=[\d.]+$/;
    expect(await timingOf(guarded, path, OPERATOR)).toMatch(timing);
    expect(await timingOf(guarded, path, OPERATOR)).toMatch(/^pokeapi;dur=[\d.]+;desc="getPokemon hit", total;dur=/);
    expect(await timingOf(guarded, '/nowhere', OPERATOR)).toMatch(/^total;dur=[\d.]+$/);
  });

  it('makes an answer one for nobody else, and is in no answer that is kept for all', async () => {
    const path = '/api/v1/pokemon/charmander';
    // Twice: the second would be remembered, the third repeated.
    for (let time = 1; time <= 3; time += 1) {
      const headers = await headersOf(guarded, path, OPERATOR);
      expect(headers.get('server-timing')).toContain('getPokemon');
      expect(headers.get('cache-control')).toMatch(/private|no-store/);
      expect(headers.get('vary')).toContain('Authorization');
    }
    for (let time = 1; time <= 3; time += 1) {
      const headers = await headersOf(guarded, path);
      expect(headers.get('server-timing')).toBeNull();
      expect(headers.get('cache-control')).toMatch(/public/);
    }
  });

  it('does not let other origins read it', async () => {
    const headers = await headersOf(guarded, '/api/v1/pokemon/pikachu', {
      ...OPERATOR,
      origin: 'https://evil.example',
    });
    expect(headers.get('timing-allow-origin')).toBeNull();
  });
});

describe('Server-Timing without a token for operators', () => {
  it('is shown on this machine, also with an answer that is repeated', async () => {
    const path = '/api/v1/pokemon/squirtle';
    expect(await timingOf(local, path)).toMatch(/desc="getPokemon miss", total;dur=/);
    await headersOf(local, path);
    expect(await timingOf(local, path)).toMatch(/^pokeapi;dur=0;desc="hit", total;dur=[\d.]+$/);
    expect((await headersOf(local, path)).get('cache-control')).toMatch(/public/);
  });

  it.each([
    ['forwarded', '1.2.3.4'],
    ['x-forwarded-for', '127.0.0.1'],
    ['via', '1.1 proxy'],
  ])('is not shown to who comes with %s, although the answer was made for who is local', async (name, value) => {
    for (const path of ['/api/v1/pokemon/squirtle', '/api/v1/pokemon/pikachu'])
      for (let time = 1; time <= 2; time += 1) expect(await timingOf(local, path, { [name]: value })).toBeNull();
  });

  it('is not shown to pages of others that lead a browser here by a name of theirs', async () => {
    expect(await timingForHost(`${local.url}/api/v1/pokemon/squirtle`, 'evil.example')).toBeUndefined();
  });
});
