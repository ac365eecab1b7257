import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ProviderRegistry } from '../../../src/outbound/index.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import type { TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { ADA, callerOf, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { Listeners } from './listeners.ts';

const WATCHER = 'token-of-a-watcher';
/** By then the circuit lets some attempts through. */
const LONGEST_OPEN_MS = 5_000;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let clock: FakeClock;
let upstream: FaultServer;
let breakwater: GuardedApp;
let listeners: Listeners;

beforeEach(async () => {
  clock = new FakeClock();
  upstream = await startFaultServer();
  breakwater = await createGuardedApp({
    imports: [probe('shaky', { baseUrl: upstream.url, maxAttempts: 1 })],
    override: (builder) => withMemoryBackground(builder).overrideProvider(Clock).useValue(clock),
  });
  breakwater.tokens.answer = () => Promise.resolve({ caller: callerOf('watcher', ['providers:read']) });
  listeners = new Listeners();
});
afterEach(async () => {
  await listeners.dropAll();
  await breakwater.close();
  await upstream.close();
});

/** Fails ten times, and works from then on. */
const call = async (times: number): Promise<void> => {
  for (let count = 0; count < times; count += 1) await ask(`${breakwater.url}/api/v1/probe/shaky/flapping?fail=10`);
};

interface Told {
  readonly circuit: string;
  readonly verdict: string;
}

const expectTold = async (source: TestEventSource, standings: readonly string[]): Promise<void> => {
  await clock.advance(1_000);
  const told = (): unknown[] =>
    (source.dataOf('provider.changed') as Told[]).map(({ circuit, verdict }) => `${circuit} ${verdict}`);
  await eventually(() => expect(told()).toEqual(standings));
};

describe('the health of a provider', () => {
  it.each([
    ['nobody', undefined, 401],
    ['one without providers:read', ADA, 403],
  ])('is told %s', async (_whom, token, status) => {
    expect((await listeners.connect(breakwater, 'providers', token)).status).toBe(status);
  });

  it('is told when it begins to fail, and when its circuit opens, is tried and closes', async () => {
    const source = await listeners.listen(breakwater, 'providers', WATCHER);
    await call(1);
    await expectTold(source, ['closed healthy']);
    await call(8);
    await expectTold(source, ['closed healthy', 'closed failing']);
    await call(1);
    await expectTold(source, ['closed healthy', 'closed failing', 'open failing']);
    await clock.advance(LONGEST_OPEN_MS);
    await call(1);
    await expectTold(source, ['closed healthy', 'closed failing', 'open failing', 'half_open failing']);
    await call(2);
    await clock.advance(1_000);
    await eventually(() => expect(source.dataOf('provider.changed').at(-1)).toMatchObject({ circuit: 'closed' }));
    const instance: unknown = expect.stringMatching(UUID);
    expect(source.dataOf()[0]).toEqual({
      ...{ instance, name: 'shaky', isConfigured: true, circuit: 'closed', verdict: 'healthy', servers: null },
    });
  });

  it('is told once, however long it lasts, to all who listen', async () => {
    const sources = await Promise.all([1, 2].map(() => listeners.listen(breakwater, 'providers', WATCHER)));
    await call(10);
    await clock.advance(60_000);
    for (const source of sources) await expectTold(source, ['open failing']);
  });

  it('is looked at by nobody while nobody listens; what changed then is not told', async () => {
    const registry = breakwater.app.get(ProviderRegistry);
    const looks = jest.spyOn(registry, 'all');
    await clock.advance(60_000);
    expect(looks).not.toHaveBeenCalled();
    const source = await listeners.listen(breakwater, 'providers', WATCHER);
    await clock.advance(10_000);
    expect(looks.mock.calls.length).toBeGreaterThanOrEqual(10);
    await listeners.dropAll();
    await eventually(async () => {
      looks.mockClear();
      await clock.advance(5_000);
      expect(looks).not.toHaveBeenCalled();
    });
    await call(10);
    const later = await listeners.listen(breakwater, 'providers', WATCHER);
    await expectTold(later, []);
    expect(source.events).toEqual([]);
  });
});
