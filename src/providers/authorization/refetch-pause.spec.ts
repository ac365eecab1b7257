import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RefetchPause } from './refetch-pause.ts';

let clock: FakeClock;
let pause: RefetchPause;

beforeEach(() => {
  clock = new FakeClock();
  pause = new RefetchPause(clock);
});

describe('the pause between fetches', () => {
  it('is none before the first, and a second after it', () => {
    expect(pause.leftMs).toBe(0);
    pause.begin();
    expect(pause.leftMs).toBe(1_000);
  });

  it('is as long after each, however many there were', async () => {
    for (let alarm = 0; alarm < 10; alarm += 1) {
      pause.begin();
      expect(pause.leftMs).toBe(1_000);
      await clock.advance(pause.leftMs);
      expect(pause.leftMs).toBe(0);
    }
  });

  it('goes by', async () => {
    pause.begin();
    await clock.advance(400);
    expect(pause.leftMs).toBe(600);
  });
});
