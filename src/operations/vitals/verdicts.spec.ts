import { beforeEach, describe, expect, it } from '@jest/globals';
import { watchService, type WatchedService } from '../../../test/support/watched-service.ts';
import type { Vitals } from './vitals.ts';

let service: WatchedService;
beforeEach(() => void (service = watchService()));

const now = (): Vitals => service.vitals.of('fixture');
const well = (): void => service.call();
const slow = (): void => service.call(2_000);
const failing = (): void => service.fail();

/** Seconds until the verdict is that, at a call a second. */
const secondsUntil = async (verdict: string, make: () => void): Promise<number> => {
  for (let second = 1; second <= 120; second += 1) {
    await service.each(1, make);
    if (now().verdict === verdict) return second;
  }
  return Infinity;
};

describe('the verdict on a service', () => {
  it('is idle before anybody has called it, and a minute after the last call', async () => {
    await service.clock.advance(30_000);
    expect(now()).toMatchObject({ verdict: 'idle', why: 'nobody has called it yet' });
    expect(service.toSeconds(now().since)).toBe(0);
    await service.each(5, well);
    await service.clock.advance(59_000);
    expect(now().verdict).toBe('healthy');
    await service.clock.advance(1_000);
    expect(now().verdict).toBe('idle');
    expect(service.toSeconds(now().since)).toBe(35);
  });

  it('is healthy since it was first called again', async () => {
    await service.each(5, well);
    await service.clock.advance(600_000);
    await service.each(2, well);
    expect(now()).toMatchObject({ verdict: 'healthy', why: '2 of 2 calls went well in the last 60 s' });
    expect(service.toSeconds(now().since)).toBeCloseTo(605.9);
  });

  it('is failing within 10 s, since its calls failed, and healthy by itself since they do not', async () => {
    await service.each(100, well);
    expect(await secondsUntil('failing', failing)).toBeLessThanOrEqual(10);
    expect(now().why).toMatch(/^\d+ of \d+ calls failed in the last 15 s: upstream_failed$/);
    expect(service.toSeconds(now().since)).toBeCloseTo(100.9);
    await service.each(20, failing);
    expect(await secondsUntil('healthy', well)).toBeLessThanOrEqual(10);
    const { since } = now();
    expect(Math.abs(service.toSeconds(since) - (service.clock.now() / 1_000 - 8))).toBeLessThan(5);
  });

  it('remembers for hours since when it fails, whether or not anybody looks', async () => {
    await service.each(60, well);
    await service.each(7_200, failing);
    expect(now().verdict).toBe('failing');
    expect(service.toSeconds(now().since)).toBeCloseTo(60.9);
  });

  it('is failing by few calls, too, once there are five', async () => {
    for (let call = 0; call < 4; call += 1) {
      failing();
      await service.clock.advance(30_000);
      expect(now().verdict).not.toBe('failing');
    }
    failing();
    expect(now()).toMatchObject({ verdict: 'failing', why: '5 of 5 calls failed in the last 300 s: upstream_failed' });
  });

  it('is slow within 10 s, since its answers are, and healthy by itself since they are not', async () => {
    await service.each(100, well);
    expect(await secondsUntil('slow', slow)).toBeLessThanOrEqual(10);
    expect(now().why).toMatch(/^attempts of the last 15 s took up to \d{4} ms \(p95\), \d+ ms is usual$/);
    expect(Math.abs(service.toSeconds(now().since) - 100)).toBeLessThan(5);
    await service.each(900, slow);
    expect(now().verdict).toBe('slow');
    expect(Math.abs(service.toSeconds(now().since) - 100)).toBeLessThan(5);
    expect(await secondsUntil('healthy', well)).toBeLessThanOrEqual(20);
  });

  it('is not slow any more when it has been so for more than an hour: that is how it is', async () => {
    await service.each(100, well);
    await service.each(3_500, slow);
    expect(now().verdict).toBe('slow');
    await service.each(200, slow);
    expect(now().verdict).toBe('healthy');
  });

  it('is slow when most answers take about as long as they may, however slow it was before', async () => {
    expect(await secondsUntil('slow', () => service.call(2_700))).toBeLessThanOrEqual(5);
    expect(now().why).toBe('5 of 5 attempts of the last 15 s took about 2400 ms or longer, of 3000 ms they may');
  });

  it.each([
    ['one slow answer', [2_000, 100, 100, 100, 100, 100, 100, 100]],
    ['answers three times as slow that are still quick', Array(15).fill(400)],
    ['answers that are always as slow', Array(15).fill(100)],
  ])('is healthy with %s', async (_what, times: number[]) => {
    await service.each(100, well);
    for (const time of times) await service.each(1, () => service.call(time));
    expect(now().verdict).toBe('healthy');
  });

  it('is healthy with one answer far slower than the others, slow as those may be', async () => {
    await service.each(100, () => service.call(600));
    await service.each(1, () => service.call(2_300));
    for (let time = 0; time < 10; time += 1) await service.each(1, () => service.call(600));
    expect(now().verdict).toBe('healthy');
  });

  it('is healthy when all but a few answers are quick, though not as quick as before', async () => {
    await service.each(100, () => service.call(5));
    for (let time = 0; time < 90; time += 1) service.call(100);
    for (let time = 0; time < 3; time += 1) service.call(600);
    expect(now().verdict).toBe('healthy');
  });

  it('turns from slow to failing, each since it began', async () => {
    await service.each(100, well);
    await service.each(30, slow);
    await service.each(10, () => service.call(3_000, { outcome: 'upstream_timeout' }, { code: 'upstream_timeout' }));
    expect(now()).toMatchObject({ verdict: 'failing', why: expect.stringContaining('upstream_timeout') });
    expect(Math.abs(service.toSeconds(now().since) - 128)).toBeLessThan(5);
  });
});
