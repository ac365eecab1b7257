import type { TestingModuleBuilder } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { logIn, TOKEN } from './operators-scene.ts';

let clock: FakeClock;
let breakwater: TestApp;

const start = async (env: Record<string, string>): Promise<void> => {
  const override = (builder: TestingModuleBuilder) => builder.overrideProvider(Clock).useValue(clock);
  breakwater = await createApp({ env: { OPS_TOKEN: TOKEN, ...env }, override });
};

beforeEach(() => {
  clock = new FakeClock();
});
afterEach(() => breakwater.close());

describe('a login at the console', () => {
  it('may be tried five times a minute from one address, the right token included', async () => {
    await start({});
    for (let tries = 0; tries < 5; tries += 1) expect((await logIn(breakwater, 'wrong')).status).toBe(401);
    const refused = await logIn(breakwater, TOKEN);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([429, []]);
    expect(refused.text).toContain('role="alert"');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await clock.advance(60_000);
    expect((await logIn(breakwater, TOKEN)).status).toBe(303);
  });

  it('may be tried a hundred times a minute from all addresses together', async () => {
    await start({ TRUST_PROXY: 'loopback' });
    const tryFrom = async (address: number): Promise<number> =>
      (await logIn(breakwater, 'wrong', { 'x-forwarded-for': `198.51.100.${address}` })).status;
    for (let tries = 0; tries < 100; tries += 1) expect(await tryFrom(tries % 50)).toBe(401);
    expect(await tryFrom(99)).toBe(429);
  });
});
