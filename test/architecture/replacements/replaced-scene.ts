import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { buildCaller } from '../../support/build-caller.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import type { StandIn } from '../../upstreams/stand-in.ts';
import { startItems } from './upstreams/items.stand-in.ts';
import { startRpc } from './upstreams/rpc.stand-in.ts';
import { CI_KEY, startRuns } from './upstreams/runs.stand-in.ts';

let standIns: StandIn[];
let breakwater: TestApp;

beforeAll(async () => {
  standIns = await Promise.all([startRpc(), startItems(), startRuns()]);
  const [pokeApi, cms, semaphore] = standIns.map(({ url }) => url) as [string, string, string];
  const caller = buildCaller('ann', 'a-token-of-ann', { scopes: ['ci:read', 'ci:write'] });
  const verifier = { isConfigured: true, verify: () => Promise.resolve({ caller }) };
  breakwater = await createApp({
    env: { POKEAPI_URL: pokeApi, CMS_URL: cms, SEMAPHORE_URL: semaphore, SEMAPHORE_TOKEN: CI_KEY },
    override: (builder) => builder.overrideProvider(TokenVerifier).useValue(verifier),
  });
});
afterAll(async () => {
  await breakwater.close();
  await Promise.all(standIns.map((each) => each.close()));
});

const call = (path: string, method = 'GET', body?: object): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1${path}`, {
    method,
    headers: { authorization: 'Bearer a-token-of-ann', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });

const get = async (path: string): Promise<unknown> => JSON.parse((await call(path)).text);

describe('callers', () => {
  it('get Pokémon', async () => {
    const charizard = {
      id: 6,
      name: 'charizard',
      image: 'https://img.example/6.png',
      height: '170 cm',
      weight: '90.5 kg',
    };
    expect(await get('/getCharizard')).toEqual(charizard);
    expect(await get('/pokemon?limit=1')).toMatchObject({ items: [{ id: 6, name: 'charizard' }], total: 1 });
    expect(await get('/pokemon/charizard/profile')).toEqual({
      pokemon: charizard,
      species: { id: 6, name: 'charizard', isLegendary: false, isMythical: false },
      evolution: {
        name: 'charmander',
        evolvesTo: [{ name: 'charmeleon', evolvesTo: [{ name: 'charizard', evolvesTo: [] }] }],
      },
      missing: [],
    });
    expect(await get('/pokemon/missingno')).toMatchObject({ code: 'not_found' });
  });

  it('get articles', async () => {
    const flow = {
      slug: 'flow',
      title: 'On flow',
      body: 'Salt.',
      publishedAt: '2026-01-02T03:04:05.000Z',
      updatedAt: null,
    };
    expect(await get('/articles/flow')).toEqual(flow);
    expect(await get('/articles?limit=1&offset=1')).toEqual({ items: [flow], total: 3, limit: 1, offset: 1 });
    expect(await get('/articles/slack')).toMatchObject({ code: 'not_found' });
    const { text } = await call('/articles/export');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { slug: string }).slug),
    ).toEqual(['ebb', 'flow', 'neap']);
  });

  it('read what CI does, page by page', async () => {
    const first = (await get('/ci/workflows?projectId=tide&limit=2')) as { items: { id: string }[]; next: string };
    const second = await get(`/ci/workflows?projectId=tide&cursor=${first.next}`);
    expect(first.items.map(({ id }) => id)).toEqual(['run-1', 'run-2']);
    expect(second).toMatchObject({ items: [{ id: 'run-3', branch: 'main' }], next: null });
    expect(await get('/ci/projects')).toMatchObject({ items: [{ id: 'tide', name: 'tide' }], next: null });
    expect(await get('/ci/pipelines/run-1.1')).toMatchObject({
      state: 'done',
      result: 'failed',
      blocks: [{ id: 'lint' }],
    });
    expect(await get('/ci/jobs/lint/logs')).toMatchObject({
      items: [
        { id: 1, text: 'one' },
        { id: 2, text: 'two' },
      ],
    });
    expect(await get('/ci/workflows/run-9')).toMatchObject({ code: 'not_found' });
  });

  it('have CI do things', async () => {
    const begun = await call('/ci/workflows', 'POST', { projectId: 'tide', reference: 'refs/heads/main' });
    expect([begun.status, JSON.parse(begun.text)]).toEqual([202, { id: 'run-4', pipelineId: 'run-4.1' }]);
    const again = await call('/ci/workflows/run-1/rerun', 'POST');
    expect([again.status, JSON.parse(again.text)]).toEqual([202, { id: 'run-5', pipelineId: 'run-5.1' }]);
    expect(await call('/ci/workflows/run-1/stop', 'POST')).toMatchObject({ status: 202 });
  });
});
