import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { atEachSlot } from './at-each-slot.ts';
import { toSlots, type Slots } from './slots.ts';

const MIDNIGHT = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A clock that somebody sets. */
class SetClock extends FakeClock {
  aheadMs = 0;

  override wallTime(): number {
    return super.wallTime() + this.aheadMs;
  }

  override schedule(run: () => void, delayMs: number): () => void {
    // As Node's timers: what they cannot hold, they run at once.
    return super.schedule(run, delayMs > 2 ** 31 - 1 ? 1 : delayMs);
  }
}

let clock: SetClock;
let controller: AbortController;
let ended: Promise<void>;
let acted: string[];

const start = (slots: Slots): void => {
  ended = atEachSlot(clock, slots, controller.signal, (slot) => acted.push(new Date(slot).toISOString().slice(0, 19)));
};
const every = (everyMs: number) => toSlots({ name: 'report', everyMs }) as Slots;

beforeEach(() => {
  clock = new SetClock(MIDNIGHT + 10_000);
  controller = new AbortController();
  acted = [];
});
afterEach(async () => {
  controller.abort();
  await ended;
  expect(clock.pending).toBe(0);
});

describe('atEachSlot', () => {
  it('acts at each moment, and not at once', async () => {
    start(every(MINUTE_MS));
    await elapse(clock, 49_999);
    expect(acted).toEqual([]);
    await clock.advance(2 * MINUTE_MS);
    expect(acted).toEqual(['2026-01-01T00:01:00', '2026-01-01T00:02:00']);
  });

  it('waits for longer than a timer can', async () => {
    start(await toSlots({ name: 'report', cron: '0 0 1 3 *' }));
    await elapse(clock, 59 * 24 * HOUR_MS - 10_001);
    expect(acted).toEqual([]);
    await clock.advance(2);
    expect(acted).toEqual(['2026-03-01T00:00:00']);
  });

  it('acts once, for the last, when several have passed at once', async () => {
    start(every(MINUTE_MS));
    await elapse(clock, 1_000);
    clock.aheadMs = 10 * MINUTE_MS;
    await clock.advance(MINUTE_MS);
    expect(acted).toEqual(['2026-01-01T00:11:00']);
  });

  it('leaves out what is more than an hour late', async () => {
    start(await toSlots({ name: 'report', cron: '0 3 * * *' }));
    await elapse(clock, HOUR_MS);
    clock.aheadMs = 12 * HOUR_MS;
    await clock.advance(MINUTE_MS);
    expect(acted).toEqual([]);
    await clock.advance(14 * HOUR_MS);
    expect(acted).toEqual(['2026-01-02T03:00:00']);
  });

  it('goes by the clock as it is after it was set back', async () => {
    start(every(HOUR_MS));
    await elapse(clock, HOUR_MS);
    clock.aheadMs = -2 * HOUR_MS;
    await clock.advance(MINUTE_MS);
    expect(acted).toEqual(['2026-01-01T01:00:00']);
    await clock.advance(HOUR_MS);
    expect(acted).toEqual(['2026-01-01T01:00:00', '2026-01-01T00:00:00']);
  });
});
