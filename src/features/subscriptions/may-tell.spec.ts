import { describe, expect, it } from '@jest/globals';
import type { HubEvent } from '../../realtime/event-hub.ts';
import { mayTell } from './may-tell.ts';

const eventWith = (own: Partial<HubEvent>): HubEvent => ({
  ...{ id: '1-0', topic: 'jobs', type: 'call.changed', data: {}, frame: Buffer.alloc(0) },
  ...own,
});

describe('a subscriber', () => {
  it.each([
    ['an event for everybody', {}, false, true],
    ['an event for nobody, where each is for somebody', {}, true, false],
    ['an event of their own', { owner: 'ada' }, true, true],
    ["somebody else's event", { owner: 'grace' }, true, false],
    ["somebody else's event, where most are for everybody", { owner: 'grace' }, false, false],
    ['a call of their own', { owner: 'ada', data: { operation: 'ci.runWorkflow' } }, true, true],
    ['a delivery of their own', { owner: 'ada', data: { operation: 'webhooks.deliver' } }, true, false],
    ['an event without data', { data: null }, false, true],
  ])('of %s: %j', (_what, own, isOwned, expected) =>
    expect(mayTell(eventWith(own), { ownerKey: 'ada', isOwned })).toBe(expected),
  );
});
