import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginStep, Resource } from '../../upstreams/origin.stand-in.ts';
import { eventually } from '../../support/eventually.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

/** What was asked for once, a minute and a second ago, before the upstream changed. */
const serveStale = async (cacheControl: string, ...later: OriginStep[]): Promise<Resource> => {
  const headers = { 'cache-control': `max-age=60, ${cacheControl}`, etag: '"1"' };
  const thing = proxied.origin.serve({ headers, body: 'stored' });
  await proxied.get(thing);
  await proxied.pass(61);
  thing.answer(...later);
  return thing;
};

const down = { status: 503, body: 'down' };
const freshly = { headers: { 'cache-control': 'max-age=60' }, body: 'new' };

describe('stale-if-error', () => {
  it.each<[OriginStep]>([[{ status: 500 }], [{ status: 502 }], [{ status: 503 }], [{ status: 504 }], ['reset']])(
    'outlasts error after error: %j',
    async (error) => {
      const thing = await serveStale('stale-if-error=60', error);
      for (const _ of [1, 2, 3]) expect(await proxied.get(thing)).toMatchObject({ status: 200, body: 'stored' });
    },
  );

  it('outlasts being throttled, again and again', async () => {
    const thing = await serveStale('stale-if-error=60', { status: 429 });
    for (const _ of [1, 2, 3]) expect(await proxied.get(thing)).toMatchObject({ status: 200, body: 'stored' });
  });

  it.each([400, 401, 403, 404, 410, 501])('is no answer to who errs: %d', async (status) => {
    const thing = await serveStale('stale-if-error=60', { status });
    expect((await proxied.get(thing)).status).toBe(status);
  });

  it.each(['must-revalidate', 'proxy-revalidate', 'no-cache', 's-maxage=60', 'x'])(
    'is not served where the upstream forbids it, or does not allow it: %s',
    async (directive) => {
      const named = directive === 'x' || directive === 's-maxage=60' ? '' : ', stale-if-error=60';
      const thing = await serveStale(directive + named, down);
      expect(await proxied.get(thing)).toMatchObject({ status: 503, body: 'down' });
    },
  );

  it('is not served to who wants it from the upstream', async () => {
    const thing = await serveStale('stale-if-error=60', down);
    expect((await proxied.get(thing, { 'cache-control': 'no-cache' })).status).toBe(503);
    expect((await proxied.get(thing)).body).toBe('stored');
  });

  it('is the right variant', async () => {
    const headers = { 'cache-control': 'max-age=60, stale-if-error=60', vary: 'x-a' };
    const thing = proxied.origin.serve({ headers });
    for (const a of ['1', '2']) await proxied.get(thing, { 'x-a': a });
    await proxied.pass(61);
    thing.answer(down);
    const bodies = [];
    for (const a of ['1', '2', '3']) bodies.push((await proxied.get(thing, { 'x-a': a })).body);
    expect(bodies).toEqual(['1', '2', 'down']);
  });

  it('is answered as what is fresh is: to HEAD, and to who has it', async () => {
    const thing = await serveStale('stale-if-error=60', down);
    expect(await proxied.get(thing, { 'if-none-match': '"1"' })).toMatchObject({ status: 304, headers: { age: '61' } });
    expect(await proxied.send('HEAD', thing)).toMatchObject({ status: 200, headers: { 'content-length': '6' } });
  });

  it('is the name of what is stale only', async () => {
    const thing = await serveStale('must-revalidate', freshly, down);
    await proxied.get(thing);
    await proxied.get(thing, { 'cache-control': 'max-age=0, min-fresh=90' });
    expect(proxied.lastOutcome()?.detail).toBeUndefined();
  });
});

describe('stale-while-revalidate', () => {
  it('is one refresh, however many ask meanwhile, and nobody waits for it', async () => {
    // Far longer than 50 hits take on a busy machine.
    const thing = await serveStale('stale-while-revalidate=60', { ...freshly, latencyMs: 3_000 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => proxied.get(thing)));
    expect(answers.map(({ body }) => body)).toEqual(Array(50).fill('stored'));
    await eventually(async () => expect((await proxied.get(thing)).body).toBe('new'), 10_000);
    expect(thing.requests).toHaveLength(2);
  });

  it('is tried again a second after it failed', async () => {
    const thing = await serveStale('stale-while-revalidate=60', 'reset', 'reset', freshly);
    const askLater = async (): Promise<string> => {
      await proxied.pass(1);
      return (await proxied.get(thing)).body;
    };
    await eventually(async () => expect(await askLater()).toBe('new'));
    expect(thing.requests).toHaveLength(4);
  });

  const countCallsOf20 = async (step: OriginStep): Promise<number> => {
    const thing = await serveStale('stale-while-revalidate=60', step);
    for (let calls = 0; calls < 20; calls += 1) expect((await proxied.get(thing)).body).toBe('stored');
    return thing.requests.length - 1;
  };

  it('spares an upstream that is gone', async () => {
    expect(await countCallsOf20('reset')).toBe(1);
  });

  it.each([429, 503])('spares an upstream that says it has trouble: %d', async (status) => {
    expect(await countCallsOf20({ status })).toBe(1);
  });

  it('ends with its time: who comes later waits', async () => {
    const thing = await serveStale('stale-while-revalidate=60', freshly);
    await proxied.pass(59);
    expect((await proxied.get(thing)).body).toBe('new');
  });

  it.each(['must-revalidate', 'proxy-revalidate', 'no-cache'])('is not for what forbids it: %s', async (directive) => {
    const thing = await serveStale(`stale-while-revalidate=60, ${directive}`, freshly);
    expect((await proxied.get(thing)).body).toBe('new');
  });

  it('disturbs no connection of the caller with interim answers that come later', async () => {
    const thing = await serveStale('stale-while-revalidate=60', { ...freshly, earlyHints: true, latencyMs: 20 });
    const answers = [];
    while (thing.requests.length < 2 || answers.length < 20) answers.push(await proxied.get(thing));
    expect(answers.flatMap(({ interim }) => interim)).toEqual([]);
  });

  it('is undisturbed by a caller who wants nothing stored', async () => {
    const thing = await serveStale('stale-while-revalidate=60', freshly, down);
    await proxied.get(thing, { 'cache-control': 'no-store' });
    await eventually(() => expect(thing.requests).toHaveLength(2));
    expect((await proxied.get(thing)).status).toBe(200);
  });
});
