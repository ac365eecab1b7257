import { afterEach, describe, expect, it } from '@jest/globals';
import type { OriginAnswer, Resource } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

const THINGS = 8;
const AT_ONCE = 10;
const FRESH = { 'cache-control': 'max-age=60, stale-while-revalidate=60', etag: '"1"' };
const LONG = 'x'.repeat(2_000);

let proxied: ProxiedOrigin;
afterEach(() => proxied.close());

const serve = (count: number, answer: OriginAnswer = { headers: FRESH, body: LONG }): Resource[] =>
  Array.from({ length: count }, () => proxied.origin.serve(answer));

/** Asks for all of them at once, several times each, and tells how many were not answered as they should be. */
const countOdd = async (things: readonly Resource[], body = LONG): Promise<number> => {
  const asked = Array.from({ length: AT_ONCE }, () => things).flat();
  const answers = await Promise.all(asked.map((thing, index) => proxied.get(thing, { 'x-a': String(index % 3) })));
  return answers.filter((answer) => answer.status !== 200 || answer.body !== body).length;
};

const callsTo = (things: readonly Resource[]): number => things.reduce((sum, { requests }) => sum + requests.length, 0);

describe('a store with room for little', () => {
  it.each<[string, Record<string, string>]>([
    ['two entries', { CACHE_MAX_ENTRIES: '2' }],
    ['one entry', { CACHE_MAX_ENTRIES: '1' }],
    ['none', { CACHE_MAX_ENTRIES: '0' }],
    ['a few bytes', { CACHE_MAX_BYTES: '1' }],
    ['no bytes', { CACHE_MAX_BYTES: '0' }],
    ['bytes of two entries', { CACHE_MAX_BYTES: '8000' }],
    ['entries that are smaller', { CACHE_MAX_ENTRY_BYTES: '2000' }],
    ['entries of no bytes', { CACHE_MAX_ENTRY_BYTES: '0' }],
  ])('answers everything, whatever comes and goes: %s', async (_room, env) => {
    proxied = await startProxiedOrigin({ env, maxConcurrent: 1_000 });
    const [plain, varying] = [serve(THINGS), serve(THINGS, { headers: { ...FRESH, vary: 'x-a' }, body: LONG })];
    for (const _round of [1, 2]) expect([await countOdd(plain), await countOdd(varying)]).toEqual([0, 0]);
    await proxied.pass(61);
    expect([await countOdd(plain), await countOdd(varying)]).toEqual([0, 0]);
    await proxied.send('POST', plain[0]!);
    expect(await countOdd([plain[0]!])).toBe(0);
  });

  it('keeps what was used last', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRIES: '2' } });
    const [one, two, three] = serve(3);
    for (const thing of [one!, two!, one!, three!, one!]) await proxied.get(thing);
    expect([one, two, three].map((thing) => thing!.requests.length)).toEqual([1, 1, 1]);
    await proxied.get(two!);
    expect(two!.requests).toHaveLength(2);
  });

  it('still makes one call of many at the same time, when there is no room for the answer', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRY_BYTES: '2000' } });
    const [thing] = serve(1, { headers: FRESH, body: LONG, latencyMs: 100 });
    await countOdd([thing!]);
    expect(callsTo([thing!])).toBe(1);
  });

  it('does not say that it kept what there is no room for', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRY_BYTES: '2000' } });
    await proxied.get(serve(1)[0]!);
    expect(proxied.lastOutcome()?.stored).not.toBe(true);
  });

  it('keeps what is small enough beside what is not', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRY_BYTES: '2500' } });
    const [small] = serve(1, { headers: FRESH, body: 'small' });
    const [large] = serve(1);
    for (const thing of [small!, large!, small!, large!]) await proxied.get(thing);
    expect([callsTo([small!]), callsTo([large!])]).toEqual([1, 2]);
  });

  it('gives up the old answer when there is no room for the new one', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRY_BYTES: '2500' } });
    const [thing] = serve(1, { headers: { 'cache-control': 'max-age=60' }, body: 'small' });
    await proxied.get(thing!);
    thing!.answer({ headers: FRESH, body: LONG });
    expect((await proxied.get(thing!, { 'cache-control': 'no-cache' })).body).toBe(LONG);
    expect((await proxied.get(thing!)).body).toBe(LONG);
  });

  it('keeps an answer with as many tags as variants, and forgets them all', async () => {
    proxied = await startProxiedOrigin({ env: { CACHE_MAX_ENTRIES: '5' } });
    const [thing] = serve(1, { headers: { ...FRESH, vary: 'x-a' }, body: LONG });
    for (let a = 0; a < 20; a += 1) await proxied.get(thing!, { 'x-a': String(a) });
    await proxied.send('DELETE', thing!);
    await proxied.get(thing!, { 'x-a': '19' });
    expect(thing!.requests).toHaveLength(22);
  });
});
