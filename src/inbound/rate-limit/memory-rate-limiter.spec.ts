import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import { createRateWindows } from './rate-windows.ts';

const SECONDS = 60;

describe('MemoryRateLimiter', () => {
  it('counts each key for itself, in windows that begin with its first request', async () => {
    const clock = new FakeClock();
    const limiter = new MemoryRateLimiter(SECONDS, clock, createRateWindows());
    expect(await limiter.count('a')).toEqual({ used: 1, resetMs: 60_000 });
    await clock.advance(10_000);
    expect(await limiter.count('a')).toEqual({ used: 2, resetMs: 50_000 });
    expect(await limiter.count('b')).toEqual({ used: 1, resetMs: 60_000 });
  });

  it('begins anew when the window is over, and not before', async () => {
    const clock = new FakeClock();
    const limiter = new MemoryRateLimiter(SECONDS, clock, createRateWindows());
    await limiter.count('a');
    await clock.advance(59_999);
    expect(await limiter.count('a')).toEqual({ used: 2, resetMs: 1 });
    await clock.advance(1);
    expect(await limiter.count('a')).toEqual({ used: 1, resetMs: 60_000 });
  });

  it('goes on counting beyond what is allowed: refused requests do not make the window longer', async () => {
    const clock = new FakeClock();
    const limiter = new MemoryRateLimiter(SECONDS, clock, createRateWindows());
    for (let request = 0; request < 1_000; request += 1) await limiter.count('a');
    expect(await limiter.count('a')).toEqual({ used: 1_001, resetMs: 60_000 });
  });

  it('keeps neither timers nor more keys than it may: what was quiet longest is forgotten', async () => {
    const clock = new FakeClock();
    const limiter = new MemoryRateLimiter(SECONDS, clock, createRateWindows(10));
    await limiter.count('busy');
    for (let address = 0; address < 1_000; address += 1) {
      await limiter.count(`address-${address}`);
      await limiter.count('busy');
    }
    expect(clock.pending).toBe(0);
    expect(await limiter.count('busy')).toMatchObject({ used: 1_002 });
    expect(await limiter.count('address-0')).toMatchObject({ used: 1 });
    expect(await limiter.count('address-999')).toMatchObject({ used: 2 });
  });
});
