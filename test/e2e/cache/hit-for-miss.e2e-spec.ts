import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer, OriginStep, Resource } from '../../upstreams/origin.stand-in.ts';
import { eventually } from '../../support/eventually.ts';
import { startProxiedOrigin, type ProxiedAnswer, type ProxiedOrigin } from './proxied-origin.ts';

const AT_ONCE = 10;
const LATENCY_MS = 1_500;
const KEPT_FOR_S = 60;

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

const saying = (cacheControl: string): OriginAnswer => ({ headers: { 'cache-control': cacheControl, etag: '"1"' } });
const later = (answer: OriginAnswer): OriginAnswer => ({ ...answer, latencyMs: LATENCY_MS });

const askAtOnce = (thing: Resource): Promise<ProxiedAnswer[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, () => proxied.get(thing)));

/** How many of so many callers have asked the upstream by the time the first of them is answered. */
const askersUntilFirst = async (thing: Resource): Promise<number> => {
  const before = thing.requests.length;
  const asked = Array.from({ length: AT_ONCE }, () => proxied.get(thing));
  await Promise.race(asked);
  const askers = thing.requests.length - before;
  await Promise.all(asked);
  return askers;
};

/** Asked for once, and answered so. */
const serveOnce = async (first: OriginAnswer, ...steps: OriginStep[]): Promise<Resource> => {
  const thing = proxied.origin.serve(first);
  await proxied.get(thing);
  thing.answer(...steps);
  return thing;
};

describe('an answer that may not be shared', () => {
  it.each(['no-store', 'private'])('makes nobody wait for another once that is known: %s', async (cacheControl) => {
    const thing = proxied.origin.serve(later(saying(cacheControl)));
    expect(await askersUntilFirst(thing)).toBe(1);
    expect(thing.requests).toHaveLength(AT_ONCE);
    // All of them, but for one that a busy machine sends late.
    expect(await askersUntilFirst(thing)).toBeGreaterThan(AT_ONCE / 2);
  });

  it.each(['no-cache', 'max-age=0'])(
    'makes nobody wait again to find out that it is to be validated each time: %s',
    async (cacheControl) => {
      const thing = await serveOnce(saying(cacheControl), later({ status: 304 }));
      expect(await askersUntilFirst(thing)).toBe(AT_ONCE);
    },
  );

  it('is remembered for a while only', async () => {
    const thing = await serveOnce(saying('no-store'), later(saying('max-age=600')));
    await proxied.pass(KEPT_FOR_S);
    expect(await askersUntilFirst(thing)).toBe(1);
    expect(thing.requests).toHaveLength(2);
  });

  it('is forgotten with the first that may be', async () => {
    const thing = await serveOnce(saying('no-store'), saying('max-age=10'));
    expect((await proxied.get(thing)).body).toBe('2');
    expect((await proxied.get(thing)).body).toBe('2');
  });

  it('is forgotten with the first that may be: those who ask at once share again', async () => {
    const unnamed = (cacheControl: string) => ({ headers: { 'cache-control': cacheControl } });
    const thing = await serveOnce(unnamed('no-store'), unnamed('max-age=10'), later(unnamed('max-age=600')));
    await proxied.get(thing);
    await proxied.pass(10);
    await askAtOnce(thing);
    expect(thing.requests).toHaveLength(3);
  });

  it('tells nothing of others', async () => {
    await serveOnce(saying('no-store'));
    const other = proxied.origin.serve(later(saying('max-age=600')));
    expect(await askersUntilFirst(other)).toBe(1);
    expect(other.requests).toHaveLength(1);
  });

  it('is no error: those are shared by who waits for them, and by nobody after', async () => {
    const thing = proxied.origin.serve({ status: 503, latencyMs: LATENCY_MS }, later(saying('max-age=600')));
    const answers = askAtOnce(thing);
    await eventually(() => expect(thing.requests.length).toBeGreaterThan(0));
    for (const { status } of await answers) expect([200, 503]).toContain(status);
    await proxied.pass(600);
    const before = thing.requests.length;
    await askAtOnce(thing);
    expect(thing.requests.length - before).toBe(1);
  });
});
