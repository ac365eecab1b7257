import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { toOwnerKey } from '../../../src/platform/context/owner-key.ts';
import { eventually } from '../../support/eventually.ts';
import type { TestEventSource } from '../../support/event-source.ts';
import { ADA, callerOf } from '../authentication/known-callers.ts';
import { createListeningApp, type ListeningApp } from './listening-app.ts';

let breakwater: ListeningApp;
beforeAll(async () => {
  breakwater = await createListeningApp();
});
afterEach(() => breakwater.dropAll());
afterAll(() => breakwater.close());

const publish = async (from: number, to: number): Promise<void> => {
  for (let number = from; number < to; number += 1) await breakwater.publish('probe-public', number);
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Knows where the stream stands. */
const settled = (source: TestEventSource): Promise<void> =>
  eventually(() => expect(source.parser.lastEventId).not.toBe(''));

describe('who comes back', () => {
  it('has lost nothing and gets nothing twice, cut off twenty times while a thousand events are published', async () => {
    const source = breakwater.source('probe-public');
    await settled(await source.connect());
    let isOver = false;
    const publishing = (async () => {
      for (let number = 0; number < 1_000; number += 1) {
        await breakwater.publish('probe-public', number);
        if (number % 5 === 0) await turn();
      }
      isOver = true;
    })();
    for (let cut = 0; cut < 20; cut += 1) {
      for (let turns = randomInt(12); turns > 0; turns -= 1) await turn();
      await source.drop();
      await source.connect();
    }
    await publishing;
    expect(isOver).toBe(true);
    await eventually(() => expect(source.events).toHaveLength(1_000));
    expect(source.dataOf()).toEqual(range(0, 1_000));
    expect(new Set(source.events.map(({ id }) => id)).size).toBe(1_000);
  });

  it('has lost nothing when it had heard nothing yet', async () => {
    const source = breakwater.source('probe-public');
    await settled(await source.connect());
    await source.drop();
    await publish(0, 3);
    await source.connect();
    await eventually(() => expect(source.dataOf()).toEqual([0, 1, 2]));
  });

  it('may say where it was in the query at first, and in the header later', async () => {
    const first = await breakwater.source('probe-public').connect();
    await publish(0, 4);
    await eventually(() => expect(first.events).toHaveLength(4));
    const second = breakwater.source(`probe-public?lastEventId=${first.events[1]!.id}`);
    await second.connect();
    await eventually(() => expect(second.dataOf()).toEqual([2, 3]));
    await second.drop();
    await publish(4, 5);
    await second.connect();
    await eventually(() => expect(second.dataOf()).toEqual([2, 3, 4]));
  });

  it('is told of its own only', async () => {
    const [ada, grace] = ['ada', 'grace'].map((name) => toOwnerKey(callerOf(name)));
    const source = breakwater.source('probe-owned', { token: ADA });
    await settled(await source.connect());
    await source.drop();
    await breakwater.publish('probe-owned', 'for grace', grace);
    await breakwater.publish('probe-owned', 'for ada', ada);
    await source.connect();
    await eventually(() => expect(source.dataOf()).toEqual(['for ada']));
  });

  it('gets a thousand events, however many bytes, that waited', async () => {
    const source = await breakwater.source('probe-public').connect();
    await settled(source);
    await source.drop();
    const data = 'x'.repeat(900);
    for (let count = 0; count < 1_000; count += 1) await breakwater.publish('probe-public', data);
    await source.connect();
    await eventually(() => expect(source.events).toHaveLength(1_000));
    expect(source.dataOf('probe.changed')).toHaveLength(1_000);
  });
});

describe('who comes back too late', () => {
  it.each(['nonsense', '1767225600000-0', 'x'.repeat(4_000), '"; event: evil', '0'])(
    'is told to start anew, and goes on from there: %s',
    async (lastEventId) => {
      const source = await breakwater.source('probe-public', { lastEventId }).connect();
      await eventually(() => expect(source.dataOf('reset')).toEqual([{ reason: expect.any(String) }]));
      await eventually(() => expect(source.parser.lastEventId).not.toBe(lastEventId));
      await source.drop();
      await publish(0, 2);
      await source.connect();
      await eventually(() => expect(source.dataOf('probe.changed')).toEqual([0, 1]));
      expect(source.dataOf('reset')).toHaveLength(1);
    },
  );

  it('is told so after more than a thousand events', async () => {
    const source = await breakwater.source('probe-public').connect();
    await settled(source);
    await source.drop();
    await publish(0, 1_001);
    await source.connect();
    await eventually(() => expect(source.dataOf('reset')).toHaveLength(1));
    await publish(0, 1);
    await eventually(() => expect(source.dataOf('probe.changed')).toEqual([0]));
  });

  it('is not told so for an empty id, which is none', async () => {
    const source = breakwater.source('probe-public?lastEventId=');
    Object.assign(source.headers, { 'last-event-id': '' });
    await settled(await source.connect());
    await publish(0, 1);
    await eventually(() => expect(source.dataOf()).toEqual([0]));
  });
});
