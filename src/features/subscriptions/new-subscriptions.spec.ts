import { describe, expect, it } from '@jest/globals';
import { storeOn } from '../../../test/e2e/subscriptions/store-on.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import { Secret } from '../../platform/secret.ts';
import { MemoryHub } from '../../realtime/memory-hub.ts';
import { MAX_OF_OWNER, NewSubscriptions } from './new-subscriptions.ts';

/** What it has counted is old when it is told. */
class SlowRecords extends MemoryRecords {
  override async count(collection: string, list: string): Promise<number> {
    const counted = await super.count(collection, list);
    await settled();
    return counted;
  }
}

const ADA: Caller = {
  ...{ issuer: 'https://login.example.com', subject: 'ada', audience: [], scopes: [] },
  ...{ expiresAt: Infinity, token: new Secret('of ada') },
};
const REQUEST = { url: 'https://hooks.example.com/', topics: ['tides'] };

describe('new subscriptions', () => {
  it('of one caller are twenty at most, whatever is asked for at the same moment', async () => {
    const clock = new FakeClock();
    const store = storeOn(new SlowRecords(clock), clock);
    const hub = new MemoryHub(captureLog().log);
    hub.declare({ name: 'tides', description: '', access: 'public' });
    const subscriptions = new NewSubscriptions(store, hub, { network: 'public' });
    const asked = Array.from({ length: 30 }, () => subscriptions.create({ ...REQUEST }, ADA));
    const made = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
    expect(made.length).toBeLessThanOrEqual(MAX_OF_OWNER);
    expect(await store.countOf(toOwnerKey(ADA))).toBe(made.length);
    for (let count = made.length; count < MAX_OF_OWNER; count += 1) await subscriptions.create({ ...REQUEST }, ADA);
    await expect(subscriptions.create({ ...REQUEST }, ADA)).rejects.toThrow('You may have 20 subscriptions');
  });
});
