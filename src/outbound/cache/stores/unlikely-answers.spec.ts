import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { SlowStore } from '../../../../test/contracts/slow-store.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { CacheOptions } from '../cache.config.ts';
import { MemoryStore } from './memory-store.ts';
import { TieredStore } from './tiered-store.ts';

/** Tells what was asked of it. */
class ToldStore extends SlowStore {
  readonly told: string[] = [];

  override reserve() {
    this.told.push('reserve');
    return super.reserve();
  }

  override delete(): Promise<void> {
    this.told.push('delete');
    return super.delete();
  }
}

describe('an answer that will hardly be kept', () => {
  let behind: ToldStore;
  let store: TieredStore;
  beforeEach(() => {
    const clock = new FakeClock();
    behind = new ToldStore();
    store = new TieredStore(new MemoryStore(new CacheOptions(), clock), behind, clock);
  });

  it('asks nothing of the store that instances share', () => {
    store.reserve(['pokeapi'], true).release();
    expect(behind.told).toEqual([]);
    store.reserve(['pokeapi']).release();
    expect(behind.told).toEqual(['reserve']);
  });

  it('is kept at hand when it may be after all, and leaves alone what others share', async () => {
    const entry = buildEntry();
    await store.reserve(['pokeapi'], true).keep('key', entry);
    expect([store.peek('key'), behind.told]).toEqual([entry, []]);
  });

  it('is not kept when it was invalidated meanwhile', async () => {
    const entry = buildEntry();
    const reservation = store.reserve(entry.tags, true);
    store.forget({ tags: entry.tags, keys: [] });
    await reservation.keep('key', entry);
    expect([store.peek('key'), behind.told]).toEqual([undefined, []]);
  });
});
