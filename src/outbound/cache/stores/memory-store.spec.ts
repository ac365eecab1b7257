import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { itIsACacheStore } from '../../../../test/contracts/cache-store.contract.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import type { CacheEntry } from '../cache-entry.ts';
import { CacheOptions } from '../cache.config.ts';
import { MemoryStore } from './memory-store.ts';

const open = (own: Partial<CacheOptions> = {}): MemoryStore =>
  new MemoryStore({ ...new CacheOptions(), ...own }, new FakeClock());

const keep = (store: MemoryStore, key: string, entry: CacheEntry = buildEntry()): void =>
  void store.reserve(entry.tags).keep(key, entry);

/** Whose size is its body's, but for some 2 KB at most. */
const entryOf = (bytes: number): CacheEntry => buildEntry({ body: Buffer.alloc(bytes) });

describe('the memory store', () => {
  itIsACacheStore({ isAtHand: true }, () => {
    const clock = new FakeClock();
    const store = new MemoryStore({ ...new CacheOptions(), maxEntryBytes: 100_000 }, clock);
    return Promise.resolve({ store, clock, elapse: (byMs) => clock.advance(byMs), close: () => store.close() });
  });

  it('keeps the very object, and what was made of its body', () => {
    const store = open();
    const entry = buildEntry();
    keep(store, 'key', entry);
    entry.parsed = { schema: {}, value: 1 };
    expect(store.peek('key')).toBe(entry);
  });
});

describe('the bounds of the memory store', () => {
  it('drop the entry that was not used for longest', () => {
    const store = open({ maxEntries: 2 });
    keep(store, 'one');
    keep(store, 'two');
    store.peek('one');
    keep(store, 'three');
    expect(['one', 'two', 'three'].map((key) => store.peek(key) !== undefined)).toEqual([true, false, true]);
  });

  it('count bytes', () => {
    const store = open({ maxBytes: 100_000 });
    for (let index = 0; index < 50; index += 1) keep(store, `key ${index}`, entryOf(10_000));
    expect([8, 9]).toContain(store.counts.entries);
  });

  it('count headers, tags and keys too', () => {
    const store = open({ maxBytes: 100_000 });
    const headers = { 'x-long': 'x'.repeat(10_000), 'x-list': ['x'.repeat(10_000), 'x'.repeat(10_000)] };
    for (let index = 0; index < 50; index += 1) keep(store, `${index}`.repeat(5_000), buildEntry({ headers }));
    expect([2, 3]).toContain(store.counts.entries);
    const tagged = open({ maxBytes: 100_000 });
    for (let index = 0; index < 50; index += 1) keep(tagged, `${index}`, buildEntry({ tags: ['t'.repeat(20_000)] }));
    expect(tagged.counts.entries).toBe(4);
  });

  it('refuse an entry that is larger than one may be, or than all may be together', () => {
    const store = open({ maxEntryBytes: 10_000 });
    keep(store, 'large', entryOf(10_000));
    keep(store, 'small', entryOf(5_000));
    expect([store.peek('large'), store.counts.entries]).toEqual([undefined, 1]);
    const tiny = open({ maxBytes: 5_000 });
    keep(tiny, 'large', entryOf(5_000));
    expect(tiny.counts.entries).toBe(0);
  });

  it.each([{ maxEntries: 0 }, { maxBytes: 0 }, { maxEntryBytes: 0 }])(
    'may be so low that nothing is kept: %j',
    (own) => {
      const store = open(own);
      keep(store, 'key', entryOf(0));
      expect(store.peek('key')).toBeUndefined();
    },
  );
});

describe('the tags of the memory store', () => {
  const fill = (store: MemoryStore): void => {
    for (let index = 0; index < 100; index += 1)
      keep(store, `key ${index}`, buildEntry({ tags: ['pokeapi', `pokeapi/${index}`] }));
  };

  it('go with the entries that are pushed out', () => {
    const store = open({ maxEntries: 10 });
    fill(store);
    expect(store.counts).toEqual({ entries: 10, tags: 11 });
  });

  it.each<[string, (store: MemoryStore) => unknown]>([
    ['deleted', (store) => Array.from({ length: 100 }, (_, index) => store.delete(`key ${index}`))],
    ['invalidated', (store) => store.invalidate(['pokeapi'])],
    ['cleared', (store) => store.clear()],
    ['closed', (store) => store.close()],
  ])('are gone when all is %s', (_, forget) => {
    const store = open();
    fill(store);
    void forget(store);
    expect(store.counts).toEqual({ entries: 0, tags: 0 });
  });

  it('go with entries that are over, once somebody looks', async () => {
    const clock = new FakeClock();
    const store = new MemoryStore(new CacheOptions(), clock);
    keep(store, 'key', buildEntry({ keepMs: 10 }));
    await clock.advance(10);
    store.peek('key');
    expect(store.counts).toEqual({ entries: 0, tags: 0 });
    expect(clock.pending).toBe(0);
  });

  it('are those of the entry that replaced another', () => {
    const store = open();
    keep(store, 'key', buildEntry({ tags: ['a', 'b'] }));
    keep(store, 'key', buildEntry({ tags: ['b', 'c'] }));
    expect([store.invalidate(['a']), store.counts.tags, store.invalidate(['b'])]).toEqual([0, 2, 1]);
  });
});

describe('a reservation of the memory store', () => {
  it('looks at the tags of the entry as well', () => {
    const store = open();
    const reservation = store.reserve([]);
    store.invalidate(['pokeapi']);
    const kept = [buildEntry(), buildEntry({ tags: ['cms'] })].map((entry) => reservation.allows(entry));
    expect(kept).toEqual([false, true]);
  });

  it('keeps nothing after all was cleared', () => {
    const store = open();
    const reservation = store.reserve(['pokeapi']);
    store.clear();
    void reservation.keep('key', buildEntry());
    expect(store.peek('key')).toBeUndefined();
  });

  it('rather keeps nothing than overlook one of very many invalidations', () => {
    const store = open();
    const early = store.reserve(['pokeapi']);
    store.invalidate(['pokeapi']);
    for (let index = 0; index < 10_000; index += 1) store.invalidate([`cms/${index}`]);
    const late = store.reserve(['pokeapi']);
    expect([early.allows(buildEntry()), late.allows(buildEntry())]).toEqual([false, true]);
  });
});
