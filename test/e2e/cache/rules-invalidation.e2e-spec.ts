import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer, Resource } from '../../upstreams/origin.stand-in.ts';
import { eventually } from '../../support/eventually.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

const FRESH: OriginAnswer = { headers: { 'cache-control': 'max-age=60' } };

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

const serveStored = async (answer: OriginAnswer = FRESH): Promise<Resource> => {
  const thing = proxied.origin.serve(answer);
  await proxied.get(thing);
  return thing;
};

/** Whether it has to be fetched anew. */
const isForgotten = async (thing: Resource): Promise<boolean> => {
  const before = thing.requests.length;
  await proxied.get(thing);
  return thing.requests.length > before;
};

describe('what changes a resource', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('makes void what is stored of it: %s', async (method) => {
    const [thing, other] = [await serveStored(), await serveStored()];
    await proxied.send(method, thing);
    expect([await isForgotten(thing), await isForgotten(other)]).toEqual([true, false]);
  });

  it.each([200, 201, 204, 303])('makes it void when it is answered with %d', async (status) => {
    const thing = await serveStored();
    thing.answer({ status });
    await proxied.send('POST', thing);
    thing.answer(FRESH);
    expect(await isForgotten(thing)).toBe(true);
  });

  it.each([400, 404, 409, 500, 503])('leaves it when it fails with %d', async (status) => {
    const thing = await serveStored();
    thing.answer({ status });
    await proxied.send('POST', thing);
    expect(await isForgotten(thing)).toBe(false);
  });

  it('leaves it when it cannot be done', async () => {
    const thing = await serveStored();
    thing.answer('reset');
    expect((await proxied.send('POST', thing)).status).toBe(502);
    expect(await isForgotten(thing)).toBe(false);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('is not %s', async (method) => {
    const thing = await serveStored();
    await proxied.send(method, thing);
    expect(await isForgotten(thing)).toBe(false);
  });

  it('makes void all its variants', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH.headers, vary: 'x-a' } });
    for (const a of ['1', '2']) await proxied.get(thing, { 'x-a': a });
    await proxied.send('POST', thing);
    for (const a of ['1', '2']) await proxied.get(thing, { 'x-a': a });
    expect(thing.requests).toHaveLength(5);
  });
});

describe('what an answer names as changed', () => {
  it.each(['location', 'content-location'])('is void, too: %s', async (name) => {
    const [thing, named, other] = [await serveStored(), await serveStored(), await serveStored()];
    const { url } = proxied.origin;
    for (const target of [named.path, named.path.slice(1), url + named.path, `${named.path}#part`]) {
      thing.answer({ headers: { [name]: target } });
      await proxied.send('POST', thing);
      expect([target, await isForgotten(named), await isForgotten(other)]).toEqual([target, true, false]);
    }
  });

  it.each(['location', 'content-location'])('is not void when the change failed: %s', async (name) => {
    const [thing, named] = [await serveStored(), await serveStored()];
    thing.answer({ status: 409, headers: { [name]: named.path } });
    await proxied.send('POST', thing);
    expect(await isForgotten(named)).toBe(false);
  });

  it.each(['http://other.example', 'https://127.0.0.1', '//127.0.0.1:1', 'http://['])(
    'is left when it is of another origin: %s',
    async (elsewhere) => {
      const [thing, named] = [await serveStored(), await serveStored()];
      for (const name of ['location', 'content-location']) {
        thing.answer({ headers: { [name]: elsewhere + named.path } });
        expect((await proxied.send('PUT', thing)).status).toBe(200);
      }
      expect(await isForgotten(named)).toBe(false);
    },
  );

  it('is left when nothing was changed', async () => {
    const named = await serveStored();
    await serveStored({ headers: { ...FRESH.headers, location: named.path, 'content-location': named.path } });
    expect(await isForgotten(named)).toBe(false);
  });
});

describe('an answer that was on its way before the change', () => {
  const startSlow = async (): Promise<{ thing: Resource; early: Promise<{ body: string }> }> => {
    const thing = proxied.origin.serve({ ...FRESH, latencyMs: 200, body: 'old' }, { body: 'changed' }, FRESH);
    const early = proxied.get(thing);
    await eventually(() => expect(thing.requests).toHaveLength(1));
    await proxied.send('POST', thing);
    return { thing, early };
  };

  it('is not kept', async () => {
    const { thing, early } = await startSlow();
    expect([(await early).body, (await proxied.get(thing)).body]).toEqual(['old', '3']);
  });

  it('is not given to who asks after it', async () => {
    const { thing, early } = await startSlow();
    const late = proxied.get(thing);
    expect([(await early).body, (await late).body]).toEqual(['old', '3']);
  });

  it('keeps nobody from sharing one call afterwards', async () => {
    const { thing, early } = await startSlow();
    await early;
    thing.answer({ ...FRESH, latencyMs: 100 });
    const before = thing.requests.length;
    await Promise.all(Array.from({ length: 10 }, () => proxied.get(thing)));
    expect(thing.requests.length - before).toBe(1);
  });
});
