import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { currentContext, RequestContext, runInContext } from '../../src/platform/context/request-context.ts';
import type { EventHub, HubEvent } from '../../src/realtime/event-hub.ts';
import { eventually } from '../support/eventually.ts';
import { itReplaysEvents } from './event-hub-replay.contract.ts';
import { Ear, OPEN, OWNED, type HubsUnderTest } from './event-hub-under-test.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What every hub promises. Calls `open` before each test. */
export const itIsAnEventHub = (open: () => Promise<HubsUnderTest>): void => {
  let hubs: HubsUnderTest;
  let one: EventHub;
  let other: EventHub;
  beforeEach(async () => {
    hubs = await open();
    ({ one, other } = hubs);
  });
  afterEach(() => hubs.close());

  describe('topics', () => {
    it('are known once they are declared', () => {
      expect([one.find('open'), one.find('owned'), one.find('none')]).toEqual([OPEN, OWNED, undefined]);
      expect(one.all()).toEqual([OPEN, OWNED]);
    });

    it.each([
      [OPEN, 'two topics'],
      [{ ...OPEN, name: 'a:b' }, 'no name'],
      [{ ...OPEN, name: '' }, 'no name'],
      [{ ...OPEN, name: '__proto__' }, 'no name'],
      [{ ...OWNED, name: 'mine', access: 'public' as const }, 'cannot be public'],
    ])('are refused that make no sense: %j', (topic, message) => {
      expect(() => one.declare(topic)).toThrow(message);
    });

    it('have to be declared before anybody listens, or wants them', () => {
      expect(() => one.listen('none', new Ear())).toThrow('no topic "none"');
      expect(() => one.want('none')).toThrow('no topic "none"');
      expect(() => one.onDemand('none', () => undefined)).toThrow('no topic "none"');
    });
  });

  describe('an event', () => {
    it('is heard by all who listen, in all instances, with the same id and bytes', async () => {
      const ears = [new Ear(), new Ear(), new Ear()];
      one.listen('open', ears[0]!);
      one.listen('open', ears[1]!);
      other.listen('open', ears[2]!);
      await one.publish('open', { type: 'a.changed', data: { id: 7 } });
      await eventually(() => ears.forEach(({ heard }) => expect(heard).toEqual([{ id: 7 }])));
      const [first, ...others] = ears.map(({ events }) => events[0]!);
      for (const event of others) expect(event).toEqual(first);
      expect(first!.frame.toString()).toBe(`id: ${first!.id}\nevent: a.changed\ndata: {"id":7}\n\n`);
      expect(first).toMatchObject({ topic: 'open', type: 'a.changed' });
    });

    it('comes in the same order to all, whoever publishes', async () => {
      const [here, there] = [new Ear(), new Ear()];
      one.listen('open', here);
      other.listen('open', there);
      const publish = (number: number) => (number % 2 ? one : other).publish('open', { type: 'n', data: number });
      await Promise.all(numbers(200).map(publish));
      await eventually(() => expect([here.heard.length, there.heard.length]).toEqual([200, 200]));
      expect(there.events.map(({ id }) => id)).toEqual(here.events.map(({ id }) => id));
      expect(here.heard.filter((number) => Number(number) % 2)).toEqual(numbers(200).filter((number) => number % 2));
    });

    it('is for its owner alone, on a topic that has owners', async () => {
      const [ada, bob] = [new Ear({ owner: 'ada' }), new Ear({ owner: 'bob' })];
      one.listen('owned', ada);
      other.listen('owned', bob);
      await one.publish('owned', { type: 'n', data: 1, owner: 'ada' });
      await other.publish('owned', { type: 'n', data: 2, owner: 'bob' });
      await eventually(() => expect([ada.heard, bob.heard]).toEqual([[1], [2]]));
      expect(() => one.listen('owned', new Ear())).toThrow('has to have an owner');
      expect(() => one.listen('owned', new Ear({ owner: '' }))).toThrow('has to have an owner');
    });

    const cyclic: Record<string, unknown> = {};
    cyclic['itself'] = cyclic;
    it.each([
      ['none', { type: 'n', data: 'secret' }],
      ['open', { type: 'a\nid: 7', data: 'secret' }],
      ['open', { type: 'a\rb', data: 'secret' }],
      ['open', { type: '', data: 'secret' }],
      ['open', { type: 'n', data: undefined }],
      ['open', { type: 'n', data: 7n }],
      ['open', { type: 'n', data: cyclic }],
      ['open', { type: 'n', data: `secret${'x'.repeat(32_768)}` }],
      ['open', { type: 'n', data: 'secret', owner: 'ada' }],
      ['owned', { type: 'n', data: 'secret' }],
      ['owned', { type: 'n', data: 'secret', owner: '' }],
    ])('that cannot be told is dropped, and nothing of it is logged: %s', async (topic, event) => {
      const ear = new Ear();
      one.listen('open', ear);
      await one.publish(topic, event);
      await one.publish('open', { type: 'n', data: 'the next one' });
      await eventually(() => expect(ear.heard).toEqual(['the next one']));
      expect(hubs.logLines.filter((line) => line.includes('cannot be told'))).toHaveLength(1);
      expect(hubs.logLines.join('')).not.toContain('secret');
    });

    it('may say anything in its data without becoming two', async () => {
      const ear = new Ear();
      one.listen('open', ear);
      const data = { text: 'a\r\nid: 7\n\ndata: b\0\u2028' };
      await one.publish('open', { type: 'n', data });
      await eventually(() => expect(ear.heard).toEqual([data]));
      expect(ear.events[0]!.frame.toString().split(/\r\n|\r|\n/)).toHaveLength(5);
    });

    it('is heard by the others when one who listens fails', async () => {
      const [failing, ear] = [new Ear(), new Ear()];
      failing.hear = () => {
        throw new Error('not now');
      };
      one.listen('open', failing);
      one.listen('open', ear);
      await one.publish('open', { type: 'n', data: 1 });
      await one.publish('open', { type: 'n', data: 2 });
      await eventually(() => expect(ear.heard).toEqual([1, 2]));
    });

    it('is not heard by who has stopped, be it while it is told', async () => {
      const [stopped, ear] = [new Ear(), new Ear()];
      const first = new Ear();
      first.hear = () => stop();
      one.listen('open', first);
      const stop = one.listen('open', stopped);
      one.listen('open', ear);
      await one.publish('open', { type: 'n', data: 1 });
      await eventually(() => expect(ear.heard).toEqual([1]));
      stop();
      expect(stopped.heard).toEqual([]);
    });
  });

  describe('who hears of everything that is published', () => {
    it('hears of each once, over all instances, as those who listen do', async () => {
      const [told, ear] = [[] as HubEvent[], new Ear()];
      for (const hub of [one, other]) hub.onPublished((event) => void told.push(event));
      // When both are the same one.
      const each = one === other ? 2 : 1;
      one.listen('open', ear);
      await one.publish('open', { type: 'n', data: 1 });
      await other.publish('open', { type: 'n', data: 2 });
      await eventually(() => expect(ear.heard).toEqual([1, 2]));
      expect(told).toEqual(ear.events.flatMap((event) => Array.from({ length: each }, () => event)));
    });

    it('hears of it when nobody listens', async () => {
      const told: unknown[] = [];
      one.onPublished(({ data, owner }) => void told.push([data, owner]));
      await one.publish('owned', { type: 'n', data: 1, owner: 'ada' });
      expect(told).toEqual([[1, 'ada']]);
    });
  });

  describe('demand', () => {
    it('is told when the first one comes and when the last one goes', () => {
      const told: boolean[] = [];
      const end = one.want('open');
      one.onDemand('open', (isWanted) => void told.push(isWanted));
      const stop = one.listen('open', new Ear());
      end();
      end();
      expect(told).toEqual([true]);
      stop();
      stop();
      expect(told).toEqual([true, false]);
      one.listen('open', new Ear({ after: 'nonsense' }));
      expect(told).toEqual([true, false, true]);
    });

    it('is told as belonging to no request, whoever is the first', () => {
      const told: unknown[] = [];
      one.onDemand('open', () => void told.push(currentContext()));
      runInContext(new RequestContext('a', undefined, Infinity), () => one.listen('open', new Ear()));
      expect(told).toEqual([undefined, undefined]);
    });

    it('is of its topic alone, and told to all', () => {
      const told: string[] = [];
      for (const name of ['first', 'second'])
        one.onDemand('open', (isWanted) => {
          told.push(`${name} ${isWanted}`);
          if (name === 'first') throw new Error('not now');
        });
      one.want('owned');
      one.want('open');
      expect(told).toEqual(['first false', 'second false', 'first true', 'second true']);
    });
  });

  itReplaysEvents(() => hubs);
};
