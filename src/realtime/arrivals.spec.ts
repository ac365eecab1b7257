import { beforeEach, describe, expect, it } from '@jest/globals';
import { Ear, OPEN } from '../../test/contracts/event-hub-under-test.ts';
import { captureLog } from '../../test/support/captured-log.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { Arrivals } from './arrivals.ts';
import { Channel } from './channel.ts';
import { EventLog } from './event-log.ts';
import { toHubEvent } from './to-hub-event.ts';

let channel: Channel;
let clock: FakeClock;
let arrivals: Arrivals;
let isFollowed: boolean;
beforeEach(() => {
  channel = new Channel(OPEN, new EventLog('5-0'), captureLog().log);
  clock = new FakeClock();
  isFollowed = true;
  arrivals = new Arrivals(clock, () => isFollowed);
});

/** This instance reads events of these ids. */
const read = (...ids: string[]): void => {
  for (const id of ids) channel.tell(toHubEvent('open', id, { type: 'n', json: `"${id}"` }));
  arrivals.admitAll();
};

const enter = (after?: string): { ear: Ear; leave: () => void } => {
  const ear = new Ear({ after });
  return { ear, leave: arrivals.enter(channel, ear) };
};

describe('who comes from an instance that is ahead', () => {
  it('waits until this one has read as much, and goes on exactly there', async () => {
    const { ear } = enter('7-0');
    await clock.advance(1_999);
    read('6-0');
    expect([ear.heard, ear.stands]).toEqual([[], []]);
    read('7-0', '8-0');
    expect(ear.heard).toEqual(['8-0']);
    read('9-0');
    await clock.advance(10_000);
    expect(ear.heard).toEqual(['8-0', '9-0']);
    expect(clock.pending).toBe(0);
  });

  it('starts anew when this one never reads it', async () => {
    const { ear } = enter('7-0');
    read('8-0');
    expect(ear.heard).toEqual(['reset']);
    const another = enter('9999-0');
    await clock.advance(2_000);
    read('9-0');
    expect(another.ear.heard).toEqual(['reset', '9-0']);
  });

  it('is not waited for any more once it has left', async () => {
    const { ear, leave } = enter('7-0');
    leave();
    await clock.advance(2_000);
    read('7-0', '8-0');
    expect([ear.heard, ear.stands, clock.pending]).toEqual([[], [], 0]);
  });
});

describe('who comes before anything is known', () => {
  it('waits for as long as that takes', async () => {
    isFollowed = false;
    const arrived = [enter(), enter('5-0'), enter('nonsense')];
    await clock.advance(60_000);
    expect(arrived.map(({ ear }) => ear.stands)).toEqual([[], [], []]);
    isFollowed = true;
    read('6-0');
    expect(arrived.map(({ ear }) => ear.heard)).toEqual([[], ['6-0'], ['reset']]);
  });
});
