import type { TestingModuleBuilder } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import type { Answer } from '../../support/ask.ts';
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
  it('may be tried ten times a minute from one address, the right token included', async () => {
    await start({});
    for (let tries = 0; tries < 10; tries += 1) expect((await logIn(breakwater, 'wrong')).status).toBe(401);
    const refused = await logIn(breakwater, TOKEN);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([429, []]);
    expect(refused.text).toContain('role="alert"');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await clock.advance(60_000);
    expect((await logIn(breakwater, TOKEN)).status).toBe(303);
  });

  it('is not kept from one address by tries from others', async () => {
    await start({ TRUST_PROXY: 'loopback' });
    const from = (address: number, token: string): Promise<Answer> =>
      logIn(breakwater, token, { 'x-forwarded-for': `198.51.100.${address}` });
    for (let tries = 0; tries < 150; tries += 1) await from(tries % 10, 'wrong');
    expect((await from(1, TOKEN)).status).toBe(429);
    expect((await from(99, TOKEN)).status).toBe(303);
  });
});
