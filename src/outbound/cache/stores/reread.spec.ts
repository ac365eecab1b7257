import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { SlowStore } from '../../../../test/contracts/slow-store.ts';
import type { CacheEntry } from '../cache-entry.ts';
import { CacheOptions } from '../cache.config.ts';
import { MemoryStore } from './memory-store.ts';
import { TieredStore } from './tiered-store.ts';

let clock: FakeClock;
let behind: SlowStore;
let store: TieredStore;
let own: CacheEntry;

/** Fresh for a minute, and ten seconds old. */
beforeEach(async () => {
  clock = new FakeClock();
  behind = new SlowStore();
  store = new TieredStore(new MemoryStore(new CacheOptions(), clock), behind, clock);
  own = buildEntry();
  await store.reserve([]).keep('key', own);
  await clock.advance(10_000);
});

const reread = async (answer: CacheEntry | undefined): Promise<CacheEntry | undefined> => {
  const reading = store.reread('key');
  behind.answer(answer);
  return reading;
};

describe('reading again what is at hand and fresh', () => {
  it('looks behind, where plain reading does not', async () => {
    expect([store.get('key'), behind.asked]).toEqual([own, []]);
    await reread(undefined);
    expect(behind.asked).toEqual(['key']);
  });

  it('gives, and keeps, what came later', async () => {
    const newer = buildEntry({ receivedAt: 9_000 });
    expect(await reread(newer)).toBe(newer);
    expect(store.peek('key')).toBe(newer);
  });

  it.each<[string, number | undefined]>([
    ['is the same, as another clock sees it', 50],
    ['is older', -5_000],
    ['is not there', undefined],
  ])('leaves what is at hand alone, and what was made of it, when what is behind %s', async (_what, receivedAt) => {
    expect(await reread(receivedAt === undefined ? undefined : buildEntry({ receivedAt }))).toBe(own);
    expect(store.peek('key')).toBe(own);
  });

  it('gives nothing back that was forgotten meanwhile', async () => {
    const reading = store.reread('key');
    store.delete('key');
    behind.answer(undefined);
    expect([await reading, store.peek('key')]).toEqual([undefined, undefined]);
  });
});
