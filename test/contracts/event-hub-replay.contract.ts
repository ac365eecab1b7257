import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { Ear, type HubsUnderTest } from './event-hub-under-test.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** Longer than any instance waits for another. */
const AT_LAST_MS = 10_000;

/** What every hub promises those who were away for a moment. */
export const itReplaysEvents = (hubs: () => HubsUnderTest): void => {
  const publish = async (from: number, to: number): Promise<void> => {
    for (let next = from; next < to; next += 200) {
      const some = range(next, Math.min(to, next + 200));
      await Promise.all(some.map((number) => hubs().one.publish('open', { type: 'n', data: number })));
    }
  };

  const listen = (ear: Ear, hub = hubs().one): (() => void) => hub.listen('open', ear);

  /** An ear that has heard all up to `to`, and stopped. */
  const heardUpTo = async (to: number): Promise<Ear> => {
    const ear = new Ear();
    const stop = listen(ear);
    await publish(0, to);
    await eventually(() => expect(ear.heard).toEqual(range(0, to)));
    stop();
    return ear;
  };

  describe('who comes back', () => {
    it.each(['one', 'other'] as const)('is told what was missed, by %s', async (name) => {
      const { last } = await heardUpTo(3);
      await publish(3, 10);
      const again = new Ear({ after: last });
      listen(again, hubs()[name]);
      await publish(10, 12);
      await eventually(() => expect(again.heard).toEqual(range(3, 12)));
    });

    it('is told what was missed since it began to listen, when it heard nothing', async () => {
      const ear = new Ear();
      const stop = listen(ear);
      await eventually(() => expect(ear.stands).toHaveLength(1));
      stop();
      await publish(0, 3);
      const again = new Ear({ after: ear.last });
      listen(again);
      await eventually(() => expect(again.heard).toEqual([0, 1, 2]));
    });

    it('is told nothing when nothing was missed', async () => {
      const { last } = await heardUpTo(3);
      const again = new Ear({ after: last });
      listen(again);
      await eventually(() => expect(again.stands).toEqual([last]));
      expect(again.heard).toEqual([]);
    });

    it('is told only of its own', async () => {
      const { one } = hubs();
      const first = new Ear({ owner: 'ada' });
      const stop = one.listen('owned', first);
      await one.publish('owned', { type: 'n', data: 1, owner: 'ada' });
      await eventually(() => expect(first.heard).toEqual([1]));
      stop();
      await one.publish('owned', { type: 'n', data: 2, owner: 'bob' });
      await one.publish('owned', { type: 'n', data: 3, owner: 'ada' });
      const again = new Ear({ owner: 'ada', after: first.last });
      one.listen('owned', again);
      await eventually(() => expect(again.heard).toEqual([3]));
    });

    it('loses nothing and hears nothing twice, however often, while more is published', async () => {
      const total = 1_000;
      let after = (await heardUpTo(1)).last;
      const heard: unknown[] = [];
      let published = 1;
      while (heard.length < total - 1) {
        const ear = new Ear({ after });
        const stop = listen(ear, heard.length % 2 ? hubs().one : hubs().other);
        const next = Math.min(total, published + 40);
        const publishing = publish(published, next);
        published = next;
        await eventually(() => expect(ear.heard.length).toBeGreaterThan(0));
        stop();
        heard.push(...ear.heard);
        after = ear.last;
        await publishing;
      }
      expect(heard).toEqual(range(1, total));
    });

    it('is told in order what is published by one who is being told', async () => {
      const { last } = await heardUpTo(1);
      await publish(1, 3);
      const again = new Ear({ after: last });
      const note = again.hear.bind(again);
      again.hear = (event) => {
        note(event);
        if (event.data === 1) void publish(3, 4);
      };
      listen(again);
      await eventually(() => expect(again.heard).toEqual([1, 2, 3]));
    });
  });

  describe('who comes back too late has to start anew', () => {
    it.each(['nonsense', '', '0', '0-0', '1-1', '9999999999999-0', 'ffffffffffff-1', '-', '$', '+', '\n'])(
      'as with an id that is none of ours: %j',
      async (after) => {
        const ear = new Ear({ after });
        listen(ear);
        await eventually(() => expect(ear.heard).toEqual(['reset']), AT_LAST_MS);
        await publish(0, 2);
        await eventually(() => expect(ear.heard).toEqual(['reset', 0, 1]));
        // What it was told at the reset is what it can come back with.
        const again = new Ear({ after: ear.stands.at(-1) });
        listen(again);
        await eventually(() => expect(again.heard).toEqual([0, 1]));
      },
      20_000,
    );

    it('as after more than a thousand events, but not after fewer', async () => {
      const ear = await heardUpTo(2);
      const [late, inTime] = [new Ear({ after: ear.last }), new Ear()];
      const all = new Ear();
      listen(all);
      await publish(2, 1_050);
      await eventually(() => expect(all.heard).toHaveLength(1_048));
      listen(late);
      await eventually(() => expect(late.heard).toEqual(['reset']));
      listen(inTime);
      await publish(1_050, 2_040);
      await eventually(() => expect(inTime.heard).toHaveLength(990));
      const back = new Ear({ after: inTime.events[0]!.id });
      listen(back);
      await eventually(() => expect(back.heard).toEqual(range(1_051, 2_040)));
    }, 20_000);

    it('as after more than 1 MiB', async () => {
      const { last } = await heardUpTo(1);
      const data = 'x'.repeat(30_000);
      const ear = new Ear();
      listen(ear);
      for (let count = 0; count < 40; count += 1) await hubs().one.publish('open', { type: 'n', data });
      await eventually(() => expect(ear.heard).toHaveLength(40));
      const late = new Ear({ after: last });
      listen(late);
      await eventually(() => expect(late.heard).toEqual(['reset']));
      const inTime = new Ear({ after: ear.events[9]!.id });
      listen(inTime);
      await eventually(() => expect(inTime.heard).toHaveLength(30));
    });
  });
};
