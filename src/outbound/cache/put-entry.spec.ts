import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { HeaderMap } from '../http/header-map.ts';
import type { CacheEntry } from './cache-entry.ts';
import { findEntry, peekEntry, type Found } from './find-entry.ts';
import { putEntry } from './put-entry.ts';
import { MemoryStore } from './stores/memory-store.ts';

let clock: FakeClock;
let store: MemoryStore;

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
});

const put = async (headers: HeaderMap, vary?: string, parts: Partial<CacheEntry> = {}): Promise<CacheEntry> => {
  const entry = buildEntry({ ...parts, headers: vary === undefined ? {} : { vary }, receivedAt: clock.now() });
  await putEntry({ store, reservation: store.reserve([]), key: 'key', headers }, entry);
  return entry;
};

const find = (headers: HeaderMap = {}): Promise<Found> => findEntry(store, 'key', { headers });

describe('putEntry and findEntry', () => {
  it('know nothing of what was never put', async () => {
    expect(await find()).toEqual({ entryKey: 'key', entry: undefined });
  });

  it('put what does not vary under its plain key', async () => {
    const entry = await put({ accept: 'x' });
    expect(await find({ accept: 'y' })).toEqual({ entryKey: 'key', entry });
    expect(store.counts.entries).toBe(1);
  });

  it.each(['', ' ', ','])('take a Vary of %j for none', async (vary) => {
    expect(await find((await put({ accept: 'x' }, vary)).headers)).toMatchObject({ entryKey: 'key' });
    expect(store.counts.entries).toBe(1);
  });

  it('put what varies under the key of its variant, and find it by equal headers only', async () => {
    const [x, y] = [await put({ accept: 'x' }, 'Accept'), await put({ accept: 'y' }, 'Accept')];
    expect((await find({ accept: 'x', other: 'z' })).entry).toBe(x);
    expect((await find({ accept: 'y' })).entry).toBe(y);
    expect(await find({ accept: 'z' })).toMatchObject({ entry: undefined, hasVariants: true });
    expect(await find({})).toMatchObject({ entry: undefined, hasVariants: true });
  });

  it('tell which variant is missing, so that it can be asked for by those who want the same', async () => {
    await put({ accept: 'x' }, 'Accept');
    const [one, same, other] = [await find({ accept: 'y' }), await find({ accept: 'y' }), await find({ accept: 'z' })];
    expect(one.entryKey).toBe(same.entryKey);
    expect(one.entryKey).not.toBe(other.entryKey);
    expect(one.entryKey).not.toBe('key');
  });

  it('find the same at hand', async () => {
    const entry = await put({ accept: 'x' }, 'Accept');
    expect(peekEntry(store, 'key', { accept: 'x' })).toBe(entry);
    expect(peekEntry(store, 'key', { accept: 'y' })).toBeUndefined();
    expect(peekEntry(store, 'other', {})).toBeUndefined();
  });

  it('tell them apart by more as soon as an answer says so', async () => {
    await put({ accept: 'x' }, 'Accept');
    const entry = await put({ accept: 'x', 'x-team': 'a' }, 'Accept, X-Team');
    expect((await find({ accept: 'x', 'x-team': 'a' })).entry).toBe(entry);
    expect((await find({ accept: 'x', 'x-team': 'b' })).entry).toBeUndefined();
  });

  it('lose the variants of a vary that is no more: they would be chosen by the wrong headers', async () => {
    await put({ accept: 'x', 'x-team': 'a' }, 'Accept');
    await put({ accept: 'x', 'x-team': 'a' }, 'X-Team');
    expect(await find({ accept: 'x', 'x-team': 'b' })).toMatchObject({ entry: undefined, hasVariants: true });
  });

  it('keep a signpost as small as it can be, with the tags of what it points to', async () => {
    await put({ accept: 'x' }, 'Accept', { tags: ['one', 'two'] });
    const signpost = store.peek('key');
    expect([signpost?.headers, signpost?.body.length, signpost?.tags]).toEqual([{}, 0, ['one', 'two']]);
    store.invalidate(['two']);
    expect(store.counts.entries).toBe(0);
  });

  it.each([
    ['longer', 100, 900, 900],
    ['shorter', 900, 100, 890],
  ])('keep the signpost for its variants when the next one is kept %s', async (_how, first, second, expected) => {
    await put({ accept: 'x' }, 'Accept', { keepMs: first });
    await clock.advance(10);
    await put({ accept: 'y' }, 'Accept', { keepMs: second });
    expect(store.peek('key')).toMatchObject({ keepMs: expected, receivedAt: 10 });
  });

  it('put nothing at all once it was invalidated', async () => {
    const reservation = store.reserve([]);
    store.invalidate(['pokeapi']);
    const headers = { vary: 'accept' };
    await putEntry({ store, reservation, key: 'key', headers: {} }, buildEntry({ headers }));
    expect(store.counts.entries).toBe(0);
  });
});
