import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OpenStreams } from '../../../src/features/events/open-streams.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { eventually } from '../../support/eventually.ts';
import type { TestEventSource } from '../../support/event-source.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { createListeningApp, type ListeningApp } from './listening-app.ts';

let breakwater: ListeningApp;
let clock: FakeClock;
beforeEach(async () => {
  clock = new FakeClock();
  breakwater = await createListeningApp({ override: (builder) => builder.overrideProvider(Clock).useValue(clock) });
});
afterEach(() => breakwater.close());

const open = async (topic: string, token?: string): Promise<TestEventSource> => {
  const source = await breakwater.source(topic, token === undefined ? {} : { token }).connect();
  await eventually(() => expect(source.parser.lastEventId).not.toBe(''));
  return source;
};

const openStreams = (): number => breakwater.app.get(OpenStreams).count;

const logged = (message: string): Record<string, unknown>[] =>
  breakwater.logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => String(msg).includes(message));

/** More than the system holds for a connection, at a pace that who reads can keep. */
const flood = async (reading: TestEventSource, app = breakwater): Promise<void> => {
  const data = 'x'.repeat(32_000);
  for (let batch = 0; batch < 40; batch += 1) {
    for (let count = 0; count < 15; count += 1) await app.publish('probe-public', data);
    await eventually(() => expect(reading.events).toHaveLength(15 * (batch + 1)));
  }
};

describe('a heartbeat', () => {
  const beats = ({ parser }: TestEventSource): number => parser.comments.filter((comment) => comment === '').length;

  it('comes every 15 s, and no event of it', async () => {
    const sources = await Promise.all([open('probe-public'), open('probe-public')]);
    await clock.advance(15_000);
    for (const source of sources) await eventually(() => expect(beats(source)).toBe(1));
    await clock.advance(45_000);
    for (const source of sources) await eventually(() => expect(beats(source)).toBe(4));
    expect(sources.flatMap(({ events }) => events)).toEqual([]);
  });

  it('is one timer for all, and none when nobody listens', async () => {
    const none = clock.pending;
    await open('probe-public');
    const one = clock.pending;
    for (let count = 0; count < 10; count += 1) await open('probe-public');
    expect([one, clock.pending]).toEqual([none + 1, none + 1]);
    await breakwater.dropAll();
    await eventually(() => expect(openStreams()).toBe(0));
    await clock.advance(1_000);
    expect(clock.pending).toBe(none);
  });
});

describe('a credential', () => {
  it('ends, and the stream with it; a new one goes on where that was', async () => {
    let expiresAt = clock.wallTime() + 60_000;
    breakwater.tokens.answer = () =>
      Promise.resolve({ caller: { ...callerOf('eve', ['ci:read', 'ci:write']), expiresAt } });
    const source = await open('probe-scoped', 'short');
    await clock.advance(59_000);
    await breakwater.publish('probe-scoped', 1);
    await eventually(() => expect(source.dataOf()).toEqual([1]));
    await clock.advance(1_000);
    await source.closed();
    expect(source.events.map(({ type }) => type)).toEqual(['probe.changed', 'expired']);
    await breakwater.publish('probe-scoped', 2);
    expiresAt += 60_000;
    await source.connect();
    await eventually(() => expect(source.dataOf('probe.changed')).toEqual([1, 2]));
  });
});

describe('a slow reader', () => {
  it('is dropped, says the log, while others go on', async () => {
    const [slow, reading] = [await open('probe-public'), await open('probe-public')];
    slow.stall();
    await flood(reading);
    expect(openStreams()).toBe(2);
    await clock.advance(6_000);
    expect(logged('A listener was dropped')).toMatchObject([{ topic: 'probe-public', requestId: expect.any(String) }]);
    // It hears nothing of it, and nobody waits for that.
    await clock.advance(3_000);
    await eventually(() => expect(openStreams()).toBe(1));
    await eventually(() => expect(logged('request').at(-1)).toMatchObject({ failure: { code: 'reader_too_slow' } }));
    const before = reading.events.length;
    await breakwater.publish('probe-public', 'still here');
    await eventually(() => expect(reading.events).toHaveLength(before + 1));
  }, 30_000);

  it('is told why, when it can still be told, and comes back', async () => {
    const [slow, reading] = [await open('probe-public'), await open('probe-public')];
    slow.stall();
    await flood(reading);
    await clock.advance(6_000);
    slow.goOn();
    await slow.closed();
    expect(slow.events.at(-1)).toMatchObject({ type: 'dropped', data: '{"reason":"too slow"}' });
    expect(slow.events.length).toBeLessThan(reading.events.length);
    await slow.connect();
    await eventually(() => expect(slow.events.at(-1)).toMatchObject({ type: 'reset' }));
  }, 30_000);
});

describe('a process that stops', () => {
  it('ends all streams at once', async () => {
    const sources = await Promise.all(Array.from({ length: 10 }, () => open('probe-public')));
    const startedAt = performance.now();
    await breakwater.app.close();
    await Promise.all(sources.map((source) => source.closed()));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(openStreams()).toBe(0);
    expect(logged('cut off')).toEqual([]);
  });
});

describe('a process that stops, with a clock that runs', () => {
  it('does not wait for who reads nothing', async () => {
    const another = await createListeningApp();
    const [stalled, reading] = [another.source('probe-public'), another.source('probe-public')];
    for (const source of [stalled, reading]) await source.connect();
    stalled.stall();
    await flood(reading, another);
    const startedAt = performance.now();
    await another.app.close();
    // Requests in flight would get 10 s.
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect(another.logLines.filter((line) => line.includes('cut off'))).toEqual([]);
    await another.dropAll();
  }, 30_000);
});

describe('who hangs up', () => {
  it('leaves nothing behind', async () => {
    const told: boolean[] = [];
    breakwater.hub.onDemand('probe-public', (isWanted) => void told.push(isWanted));
    for (let count = 0; count < 3; count += 1) {
      const source = await open('probe-public');
      await source.drop();
      await eventually(() => expect(openStreams()).toBe(0));
    }
    expect(told).toEqual([false, true, false, true, false, true, false]);
  });
});
