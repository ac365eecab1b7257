import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RefetchPause } from './refetch-pause.ts';

let clock: FakeClock;
let pause: RefetchPause;

beforeEach(() => {
  clock = new FakeClock();
  pause = new RefetchPause(clock);
});

const falseAlarm = (): number => {
  pause.begin();
  pause.end(false);
  return pause.leftMs;
};

/** One alarm after another, as soon as they are let through. */
const falseAlarms = async (count: number): Promise<number[]> => {
  const pauses: number[] = [];
  for (let alarm = 0; alarm < count; alarm += 1) {
    pauses.push(falseAlarm());
    await clock.advance(pause.leftMs);
  }
  return pauses;
};

describe('the pause between fetches', () => {
  it('is none before the first, and a second after it', () => {
    expect(pause.leftMs).toBe(0);
    pause.begin();
    expect(pause.leftMs).toBe(1_000);
  });

  it('doubles with each false alarm, up to a minute', async () => {
    expect(await falseAlarms(8)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('is a second again after an alarm that was none', async () => {
    await falseAlarms(4);
    pause.begin();
    pause.end(true);
    expect(pause.leftMs).toBe(1_000);
  });

  it('is short again after a long quiet time', async () => {
    await falseAlarms(7);
    await clock.advance(60_000);
    expect(falseAlarm()).toBe(2_000);
  });

  it('is neither longer nor shorter for what is fetched anyway', async () => {
    await falseAlarms(3);
    pause.begin();
    expect(pause.leftMs).toBe(8_000);
  });
});
