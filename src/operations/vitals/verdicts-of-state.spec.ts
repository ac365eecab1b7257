import { beforeEach, describe, expect, it } from '@jest/globals';
import { watchService, type WatchedService } from '../../../test/support/watched-service.ts';
import type { Vitals } from './vitals.ts';

let service: WatchedService;
beforeEach(() => void (service = watchService()));

const now = (): Vitals => service.vitals.of('fixture');
const failing = (): void => service.fail();

describe('the verdict on a service that the provider itself says something of', () => {
  it('is off without a URL, and isolated when an operator says so', async () => {
    service.status = { ...service.status, isConfigured: false };
    expect(now()).toMatchObject({ verdict: 'off', why: 'it is not configured' });
    service.status = { ...service.status, isConfigured: true, isIsolated: true, circuit: 'open' };
    await service.clock.advance(7_000);
    expect(now()).toMatchObject({ verdict: 'isolated', why: 'an operator keeps calls from it' });
    await service.clock.advance(60_000);
    expect(service.toSeconds(now().since)).toBe(7);
  });

  it.each(['open', 'half_open'] as const)(
    'is failing while its circuit is %s, however quiet it is',
    async (circuit) => {
      await service.each(20, failing);
      service.status = { ...service.status, circuit };
      service.call(0, { outcome: 'circuit_open', circuit: 'open' }, { code: 'circuit_open' });
      expect(now().why).toMatch(/^its circuit is (half )?open.*; \d+ of \d+ calls failed in the last 15 s/);
      await service.clock.advance(3_600_000);
      expect(now()).toMatchObject({ verdict: 'failing', why: expect.stringMatching(/^its circuit is (half )?open/) });
      expect(service.toSeconds(now().since)).toBeCloseTo(0.9);
    },
  );
});

describe('the verdict on a service of which calls hang', () => {
  const well = (): void => service.call();
  const hang = (): void => service.hang();

  it('is slow within 10 s, since the first of them began, before any of them is over', async () => {
    await service.each(100, well);
    await service.each(10, hang);
    expect(now()).toMatchObject({ verdict: 'slow', why: '9 calls have been under way for 500 ms and longer' });
    expect(service.toSeconds(now().since)).toBe(101);
  });

  it('is slow though nobody knows what is usual, when they hang for as long as they may', async () => {
    await service.each(6, hang);
    expect(now()).toMatchObject({ verdict: 'slow', why: '3 calls have been under way for 2400 ms and longer' });
  });

  it.each<[string, () => void, () => void]>([
    ['most are answered', well, hang],
    ['they only wait for another call', () => service.hang({ attempts: [] }), () => undefined],
    ['they are those of another service', () => service.hang({ provider: 'another' }), () => undefined],
  ])('is not slow when %s', async (_why, often, seldom) => {
    await service.each(100, well);
    for (let time = 0; time < 4; time += 1) {
      await service.each(3, often);
      seldom();
    }
    expect(now().verdict).toBe('healthy');
  });
});
