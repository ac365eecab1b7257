import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { NEW, OLD, refreshing } from '../../../test/support/refreshing.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply } from '../http/call.ts';

const textOf = ({ body }: Reply): string => body.toString();

describe('what is stale, but may be served while it is fetched anew', () => {
  it('is served at once, and is new the next time', async () => {
    const { stored, askStale } = refreshing();
    const script = scripted(OLD, NEW);
    const send = stored(script);
    const stale = await askStale(send);
    expect([textOf(stale), stale.cache]).toEqual(['old', { ttlMs: -1_000, detail: 'stale-while-revalidate' }]);
    await settled();
    const next = await send(buildCall());
    expect([textOf(next), next.cache, script.calls.length]).toEqual(['new', { ttlMs: 60_000 }, 2]);
    expect(script.calls[1]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('is fetched once, however many ask for it meanwhile', async () => {
    const { clock, published, stored, askStale } = refreshing();
    const script = scripted(OLD, async () => settled().then(() => NEW));
    const send = stored(script);
    await askStale(send);
    const served = await Promise.all(Array.from({ length: 50 }, () => send(buildCall())));
    await elapse(clock, 1);
    expect([new Set(served.map(textOf)), script.calls.length]).toEqual([new Set(['old']), 2]);
    expect(published).toHaveLength(1);
  });

  it('is not served to those who want it validated, who wait for the same call', async () => {
    const { stored, askStale } = refreshing();
    const script = scripted(OLD, async () => settled().then(() => NEW));
    const send = stored(script);
    await askStale(send);
    const asked = await send(buildCall({ headers: { 'cache-control': 'max-age=10' } }));
    expect([textOf(asked), asked.cache?.collapsed, script.calls.length]).toEqual(['new', true, 2]);
  });

  it('is not served once its time is over', async () => {
    const { clock, stored } = refreshing();
    const send = stored(scripted(OLD, NEW));
    await send(buildCall());
    await clock.advance(120_000);
    expect(textOf(await send(buildCall()))).toBe('new');
  });

  it.each<[string, Reply | Error]>([
    ['a failure', failure()],
    ['a 503', buildReply(503)],
    ['a mistake of ours', new TypeError('ours')],
  ])('outlives %s, is served on, and fetched again a second later', async (_what, outcome) => {
    const { clock, stored, askStale } = refreshing();
    const script = scripted(OLD, outcome, NEW);
    const send = stored(script);
    await askStale(send);
    await elapse(clock, 999);
    await send(buildCall());
    await elapse(clock, 1);
    expect(script.calls.length).toBe(2);
    expect(textOf(await send(buildCall()))).toBe('old');
    await settled();
    expect([textOf(await send(buildCall())), script.calls.length]).toEqual(['new', 3]);
  });

  it('is read once, before anybody asks for it', async () => {
    const { stored, askStale } = refreshing();
    const read: string[] = [];
    const send = stored(scripted(OLD, NEW));
    await askStale(send, { read: (reply) => void read.push(textOf(reply)) });
    await settled();
    expect(read.filter((text) => text === 'new')).toEqual(['new']);
  });
});
