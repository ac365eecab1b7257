import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildSubscription, storeOn } from '../../../test/e2e/subscriptions/store-on.ts';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { DeliveryNotes } from './delivery-notes.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import type { KeptSubscription } from './subscription.ts';

class WatchedRecords extends MemoryRecords {
  writes = 0;
  isGone = false;

  override replace<T>(...asked: Parameters<typeof MemoryRecords.prototype.replace<T>>): Promise<boolean> {
    this.writes += 1;
    return this.isGone ? Promise.reject(new RecordsUnavailable()) : super.replace<T>(...asked);
  }
}

let clock: FakeClock;
let captured: CapturedLog;
let records: WatchedRecords;
let store: SubscriptionStore;
let notes: DeliveryNotes;
let kept: KeptSubscription;
const SECRET = 'whsec_never-to-be-logged';

beforeEach(async () => {
  clock = new FakeClock();
  captured = captureLog();
  records = new WatchedRecords(clock);
  store = storeOn(records, clock);
  notes = new DeliveryNotes(store, clock, captured.log);
  kept = await store.add(buildSubscription({ secret: SECRET }));
});

/** As every delivery does: by what is kept when it begins. */
const take = async (status: number): Promise<void> =>
  notes.take((await store.find(kept.id))!, judgeAnswer({ status, askedToWaitMs: undefined, ageMs: 0 }));
const read = async () => (await store.find(kept.id))?.value;

describe('what is noted of deliveries', () => {
  it('that work is written once a minute', async () => {
    for (let deliveries = 0; deliveries < 59; deliveries += 1) {
      await take(204);
      await clock.advance(1_000);
    }
    expect(records.writes).toBe(1);
    expect(await read()).toMatchObject({ lastDeliveredAt: Date.UTC(2026, 0, 1), lastFailure: null });
    await clock.advance(1_000);
    await take(204);
    expect((await read())?.lastDeliveredAt).toBe(Date.UTC(2026, 0, 1, 0, 1));
  });

  it('that fail is written once a minute, and when they fail in another way', async () => {
    await take(500);
    await clock.advance(1_000);
    await take(500);
    expect(records.writes).toBe(1);
    await take(404);
    expect(records.writes).toBe(2);
    const detail = 'The receiver answered with status 404';
    expect((await read())?.lastFailure).toEqual({ at: clock.wallTime(), status: 404, detail });
    await take(204);
    expect(await read()).toMatchObject({ lastDeliveredAt: Date.UTC(2026, 0, 1), lastFailure: { status: 404 } });
  });

  it('of which another one has noted something at the same moment is left at that', async () => {
    const before = (await store.find(kept.id))!;
    await take(500);
    await notes.take(before, judgeAnswer({ status: 204, askedToWaitMs: undefined, ageMs: 0 }));
    expect(await read()).toMatchObject({ lastDeliveredAt: null, lastFailure: { status: 500 } });
  });

  it('whose receiver wants no more is written whatever else is', async () => {
    const before = (await store.find(kept.id))!;
    await take(500);
    await notes.take(before, { outcome: 'gone', status: 410 });
    expect(await read()).toMatchObject({ disabledAt: clock.wallTime(), lastFailure: { status: 500 } });
  });

  it('cannot be written while the store is gone, which fails no delivery and tells no secret', async () => {
    records.isGone = true;
    await take(500);
    expect(captured.lines.join('')).toContain('A delivery could not be noted');
    expect(captured.lines.join('')).not.toContain(SECRET);
  });
});
