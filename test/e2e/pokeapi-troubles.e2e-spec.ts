import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { listenLocally, type Listening } from '../upstreams/stand-in.ts';

describe('Pokémon, when PokeAPI', () => {
  let upstream: Listening;
  let breakwater: TestApp;
  afterEach(async () => {
    await breakwater.close();
    await upstream.close();
  });

  const behind = async (listener: RequestListener): Promise<void> => {
    upstream = await listenLocally(createServer(listener));
    breakwater = await createApp({ env: { POKEAPI_URL: `http://127.0.0.1:${upstream.port}/api/v2` } });
  };
  const json =
    (body: unknown): RequestListener =>
    (_request, response) =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));

  it('bars our address with a page of HTML, are rejected upstream, and nothing of the page is told', async () => {
    await behind(
      (_request, response) => void response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Banned</h1>'),
    );
    const answer = await ask(`${breakwater.url}/api/v1/getCharizard`);
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_rejected', provider: 'pokeapi' });
    expect(answer.text).not.toContain('Banned');
  });

  const sound = {
    id: 6,
    name: 'charizard',
    height: 17,
    weight: 905,
    sprites: { front_default: null },
    species: { name: 'charizard', url: 'http://x.test/6/' },
  };

  it('knows no picture, have null for it', async () => {
    await behind(json(sound));
    expect(jsonOf(await ask(`${breakwater.url}/api/v1/getCharizard`))).toMatchObject({ id: 6, image: null });
  });

  it.each([
    ['an id that is text', { ...sound, id: '6' }],
    ['no height', { ...sound, height: undefined }],
    ['a picture that is no URL', { ...sound, sprites: { front_default: 'six.png' } }],
    ['null', null],
    ['a list', [sound]],
    ['nothing', undefined],
  ])('breaks its schema with %s, are an invalid answer that names no value', async (_what, body) => {
    await behind(json(body));
    const answer = await ask(`${breakwater.url}/api/v1/getCharizard`);
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer', provider: 'pokeapi' });
    expect(answer.text).not.toContain('six.png');
  });

  it('is switched off, are not configured', async () => {
    await behind(json(sound));
    await breakwater.close();
    breakwater = await createApp({ env: { POKEAPI_URL: 'off' } });
    for (const path of ['getCharizard', 'pokemon', 'pokemon/6', 'pokemon/6/profile']) {
      const answer = await ask(`${breakwater.url}/api/v1/${path}`);
      expect(problemOf(answer)).toMatchObject({ status: 503, code: 'not_configured', provider: 'pokeapi' });
    }
    expect((await ask(`${breakwater.url}/health/ready`)).status).toBe(200);
  });
});
