import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSubscription, storeOn } from '../../../test/e2e/subscriptions/store-on.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import { MemoryHub } from '../../realtime/memory-hub.ts';
import { Subscribers } from './subscribers.ts';
import { TopicDemand } from './topic-demand.ts';

const FOR_CI = buildSubscription();

const clock = new FakeClock();
let records: MemoryRecords;
let running: TopicDemand[];
beforeEach(() => {
  records = new MemoryRecords(clock);
  running = [];
});
afterEach(async () => {
  for (const demand of running) await demand.beforeApplicationShutdown();
  expect(clock.pending).toBe(0);
});

/** One process among those that share the records. */
const startProcess = async () => {
  const { log } = captureLog();
  const hub = new MemoryHub(log);
  const wanted: Record<string, boolean> = {};
  for (const name of ['ci', 'articles']) {
    hub.declare({ name, description: '', access: 'public' });
    hub.onDemand(name, (isWanted) => (wanted[name] = isWanted));
  }
  const store = storeOn(records, clock);
  const demand = new TopicDemand(hub, new Subscribers(store, clock), clock, log, store);
  running.push(demand);
  demand.onApplicationBootstrap();
  await settled();
  return { store, wanted, demand };
};

describe('topics', () => {
  it('are wanted from the first subscription to the end of the last', async () => {
    const { store, wanted } = await startProcess();
    expect(wanted).toEqual({ ci: false, articles: false });
    const [first, last] = [await store.add(FOR_CI), await store.add(FOR_CI)];
    await settled();
    expect(wanted).toEqual({ ci: true, articles: false });
    await store.remove(first.id);
    await settled();
    expect(wanted['ci']).toBe(true);
    await store.remove(last.id);
    await settled();
    expect(wanted['ci']).toBe(false);
  });

  it('are wanted in every process within a minute, and from the start on', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const { id } = await here.store.add(FOR_CI);
    await clock.advance(60_000);
    expect(there.wanted['ci']).toBe(true);
    expect((await startProcess()).wanted['ci']).toBe(true);
    await here.store.remove(id);
    await clock.advance(60_000);
    expect(there.wanted['ci']).toBe(false);
  });

  it('are wanted no more by a process that stops', async () => {
    const { store, wanted, demand } = await startProcess();
    await store.add(FOR_CI);
    await settled();
    await demand.beforeApplicationShutdown();
    expect(wanted['ci']).toBe(false);
    await store.add(FOR_CI);
    await settled();
    expect(wanted['ci']).toBe(false);
  });
});
