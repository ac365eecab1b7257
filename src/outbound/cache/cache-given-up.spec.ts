import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { compose, type Send } from '../http/call.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { cache } from './cache.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const [KEPT, NOT_KEPT] = ['max-age=60', 'no-store'].map((said) => buildReply(200, { 'cache-control': said }));
let clock: FakeClock;
let store: MemoryStore;

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
});

const stored = ({ send }: ScriptedSend): Send => {
  const unstorable = new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
  const parts = { store, unstorable, clock, receipts: new CallReceipts() };
  return compose([cache(parts), keep(parts)], send);
};

describe('cache, where answers are not kept', () => {
  it('does not look for them in the store, and says so, for a minute', async () => {
    const send = stored(scripted(NOT_KEPT!));
    const get = jest.spyOn(store, 'get');
    const first = await send(buildCall());
    const second = await send(buildCall());
    expect([first.cache, second.cache]).toEqual([{ fwd: 'uri-miss' }, { fwd: 'uri-miss', detail: 'hit-for-miss' }]);
    expect(get).toHaveBeenCalledTimes(1);
    await clock.advance(60_000);
    await send(buildCall());
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('looks for those of other URLs all the same', async () => {
    const send = stored(scripted(NOT_KEPT!));
    await send(buildCall());
    expect((await send(buildCall({ path: '/things/2' }))).cache).toEqual({ fwd: 'uri-miss' });
  });

  it('keeps one that can be kept, and looks for it from then on', async () => {
    const script = scripted(NOT_KEPT!, KEPT!);
    const send = stored(script);
    await send(buildCall());
    await send(buildCall());
    expect((await send(buildCall())).cache).toEqual({ ttlMs: 60_000 });
    expect(script.calls.length).toBe(2);
  });
});
