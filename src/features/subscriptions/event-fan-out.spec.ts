import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildSubscription, storeOn } from '../../../test/e2e/subscriptions/store-on.ts';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import type { BackgroundCalls, NewCall } from '../../jobs/background-calls.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { MemoryHub } from '../../realtime/memory-hub.ts';
import type { DeliveryInput } from './delivery.dto.ts';
import { EventFanOut } from './event-fan-out.ts';
import { Subscribers } from './subscribers.ts';
import type { SubscriptionStore } from './subscription-store.ts';

let clock: FakeClock;
let captured: CapturedLog;
let hub: MemoryHub;
let store: SubscriptionStore;
let submitted: NewCall[];
let failures: number;
let fanOut: EventFanOut;

beforeEach(() => {
  clock = new FakeClock();
  captured = captureLog();
  hub = new MemoryHub(captured.log);
  hub.declare({ name: 'ci', description: '', access: ['ci:read'] });
  hub.declare({ name: 'jobs', description: '', access: [], isOwned: true });
  store = storeOn(new MemoryRecords(clock), clock);
  [submitted, failures] = [[], 0];
  const submit = (call: NewCall): Promise<unknown> => {
    if (failures-- > 0) return Promise.reject(new RecordsUnavailable());
    submitted.push(call);
    return Promise.resolve();
  };
  const calls = { submit } as unknown as BackgroundCalls;
  fanOut = new EventFanOut(hub, new Subscribers(store, clock), calls, clock, captured.log);
  fanOut.onModuleInit();
});

const subscribe = async (ownerKey: string, ...topics: string[]): Promise<string> =>
  (await store.add(buildSubscription({ ownerKey, topics }))).id;

const inputs = (): DeliveryInput[] => submitted.map(({ input }) => input as DeliveryInput);
const changed = { type: 'pipeline.changed', data: { id: 'p' } };

describe('an event', () => {
  it('becomes a call of our own for each who has subscribed to its topic', async () => {
    const ids = [await subscribe('ada', 'ci'), await subscribe('grace', 'ci', 'jobs')];
    await subscribe('linus', 'jobs');
    await hub.publish('ci', changed);
    await settled();
    expect(submitted.map(({ operation, owner }) => [operation, owner])).toEqual([
      ['webhooks.deliver', null],
      ['webhooks.deliver', null],
    ]);
    expect(inputs().map(({ subscriptionId }) => subscriptionId)).toEqual(expect.arrayContaining(ids));
    expect(inputs()[0]).toMatchObject({ ...changed, timestamp: '2026-01-01T00:00:00.000Z' });
  });

  it('has one id for all, without a dot, and another than the event before', async () => {
    await subscribe('ada', 'ci');
    await subscribe('grace', 'ci');
    await hub.publish('ci', changed);
    await hub.publish('ci', changed);
    await settled();
    const eventIds = inputs().map(({ eventId }) => eventId);
    expect(eventIds).toHaveLength(4);
    expect(new Set(eventIds).size).toBe(2);
    for (const eventId of eventIds) expect(eventId).toMatch(/^ci_[\w-]+$/);
  });

  it('of somebody is told to them only', async () => {
    const id = await subscribe('ada', 'jobs');
    await subscribe('grace', 'jobs');
    await hub.publish('jobs', { ...changed, owner: 'ada' });
    await settled();
    expect(inputs().map(({ subscriptionId }) => subscriptionId)).toEqual([id]);
  });

  it('about a delivery is not delivered: that would never end', async () => {
    await subscribe('ada', 'jobs');
    await hub.publish('jobs', { type: 'call.changed', data: { operation: 'webhooks.deliver' }, owner: 'ada' });
    await settled();
    expect(submitted).toEqual([]);
  });

  it('waits for a store that is gone for a moment, and those after it wait for their turn', async () => {
    await subscribe('ada', 'ci');
    failures = 5;
    await hub.publish('ci', { ...changed, type: 'first' });
    await hub.publish('ci', { ...changed, type: 'second' });
    await elapse(clock, 4_900);
    expect(submitted).toEqual([]);
    await clock.advance(200);
    expect(inputs().map(({ type }) => type)).toEqual(['first', 'second']);
  });

  it('is given up when the store stays away, and the log says so without what was in it', async () => {
    await subscribe('ada', 'ci');
    failures = Infinity;
    await hub.publish('ci', { type: 'pipeline.changed', data: { secret: 'hunter2' } });
    await elapse(clock, 120_000);
    expect(captured.lines.join('')).toContain('Subscribers are not told of an event');
    expect(captured.lines.join('')).not.toContain('hunter2');
  });

  it('is one of a thousand at most that wait', async () => {
    await subscribe('ada', 'ci');
    failures = 1;
    for (let number = 0; number < 1_005; number += 1) await hub.publish('ci', changed);
    await elapse(clock, 2_000);
    expect(submitted).toHaveLength(1_000);
    expect(captured.lines.filter((line) => line.includes('too many events'))).toHaveLength(5);
    await hub.publish('ci', changed);
    await settled();
    expect(submitted).toHaveLength(1_001);
  });

  it('that is still to be told when the process stops is told', async () => {
    await subscribe('ada', 'ci');
    failures = 1;
    await hub.publish('ci', changed);
    await settled();
    await fanOut.beforeApplicationShutdown();
    expect(submitted).toHaveLength(1);
  });
});
