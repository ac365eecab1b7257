import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { cachedSend } from '../../../test/support/cached-send.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { smallStore } from '../../../test/support/small-store.ts';
import type { Send } from '../http/call.ts';
import type { MemoryStore } from './stores/memory-store.ts';

const [KEPT, NOT_KEPT] = ['max-age=60', 'no-store'].map((said) => buildReply(200, { 'cache-control': said }));
let clock: FakeClock;
let store: MemoryStore;

beforeEach(() => {
  clock = new FakeClock();
  store = smallStore(clock);
});

const stored = (script: ScriptedSend): Send => cachedSend(clock, script, { store });

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
