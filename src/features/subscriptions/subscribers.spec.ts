import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildSubscription, storeOn } from '../../../test/e2e/subscriptions/store-on.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import type { Subscription } from './subscription.ts';
import { Subscribers } from './subscribers.ts';

class WatchedRecords extends MemoryRecords {
  lists = 0;
  isGone = false;

  override list<T>(...asked: Parameters<MemoryRecords['list']>): ReturnType<typeof MemoryRecords.prototype.list<T>> {
    this.lists += 1;
    return this.isGone ? Promise.reject(new RecordsUnavailable()) : super.list<T>(...asked);
  }
}

const subscriptionOf = (ownerKey: string, topics: readonly string[]): Subscription =>
  buildSubscription({ ownerKey, topics });

let clock: FakeClock;
let records: WatchedRecords;
beforeEach(() => {
  clock = new FakeClock();
  records = new WatchedRecords(clock);
});

/** One process among those that share the records. */
const startProcess = (hasStore = true) => {
  const store = storeOn(records, clock, { hasStore });
  const subscribers = new Subscribers(store, clock);
  const ownersOf = async (topic: string) => (await subscribers.of(topic)).map(({ ownerKey }) => ownerKey).sort();
  return { store, ownersOf };
};

describe('subscribers', () => {
  it('are not looked for in a store that nobody has made yet', async () => {
    const { store, ownersOf } = startProcess(false);
    expect(await ownersOf('ci')).toEqual([]);
    expect(records.lists).toBe(0);
    await store.add(subscriptionOf('ada', ['ci']));
    expect(await ownersOf('ci')).toEqual(['ada']);
  });

  it('are read once for all events of ten seconds', async () => {
    const { store, ownersOf } = startProcess();
    await store.add(subscriptionOf('ada', ['ci', 'jobs']));
    await store.add(subscriptionOf('grace', ['ci']));
    for (let events = 0; events < 10; events += 1) {
      expect(await ownersOf('ci')).toEqual(['ada', 'grace']);
      await clock.advance(999);
    }
    expect(records.lists).toBe(1);
    expect(await ownersOf('jobs')).toEqual(['ada']);
    expect(await ownersOf('articles')).toEqual([]);
  });

  it('are seen at once where they came or went, and within ten seconds by others', async () => {
    const [here, there] = [startProcess(), startProcess()];
    expect([await here.ownersOf('ci'), await there.ownersOf('ci')]).toEqual([[], []]);
    const { id } = await here.store.add(subscriptionOf('ada', ['ci']));
    expect([await here.ownersOf('ci'), await there.ownersOf('ci')]).toEqual([['ada'], []]);
    await clock.advance(10_000);
    expect(await there.ownersOf('ci')).toEqual(['ada']);
    await here.store.remove(id);
    expect([await here.ownersOf('ci'), await there.ownersOf('ci')]).toEqual([[], ['ada']]);
    await clock.advance(10_000);
    expect(await there.ownersOf('ci')).toEqual([]);
  });

  it('whose receiver wants no more are none', async () => {
    const { store, ownersOf } = startProcess();
    const { id } = await store.add(subscriptionOf('ada', ['ci']));
    await store.disable(id);
    expect(await ownersOf('ci')).toEqual([]);
    expect((await store.find(id))?.value.disabledAt).toBe(clock.wallTime());
  });

  it('that could not be read are read at the next event', async () => {
    const { store, ownersOf } = startProcess();
    await store.add(subscriptionOf('ada', ['ci']));
    records.isGone = true;
    await expect(ownersOf('ci')).rejects.toThrow(RecordsUnavailable);
    records.isGone = false;
    expect(await ownersOf('ci')).toEqual(['ada']);
  });

  it('may be more than fit into a page', async () => {
    const { store, ownersOf } = startProcess();
    for (let number = 0; number < 2_500; number += 1) await store.add(subscriptionOf(`owner ${number}`, ['ci']));
    expect(new Set(await ownersOf('ci')).size).toBe(2_500);
  });
});
