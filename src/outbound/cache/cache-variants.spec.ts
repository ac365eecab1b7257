import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { cachedSend } from '../../../test/support/cached-send.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { smallStore } from '../../../test/support/small-store.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { toCacheKey } from './cache-key.ts';
import type { MemoryStore } from './stores/memory-store.ts';

let clock: FakeClock;
let store: MemoryStore;
let asked: HeaderMap[];

beforeEach(() => {
  clock = new FakeClock();
  store = smallStore(clock);
  asked = [];
});

/** An upstream that answers with the language it was asked for; `vary` is what it says. */
const speaking = (vary: (call: Call) => string): Send => {
  const script = scripted((call) => {
    asked.push(call.headers);
    const headers = { 'cache-control': 'max-age=60', vary: vary(call) };
    return Promise.resolve(buildReply(200, headers, String(call.headers['accept-language'])));
  });
  return cachedSend(clock, script, { store });
};

const read = async (send: Send, headers: HeaderMap): Promise<Reply> => send(buildCall({ headers }));
const hear = async (send: Send, headers: HeaderMap): Promise<string> => (await read(send, headers)).body.toString();

describe('cache, where answers vary', () => {
  const signpostOf = () => store.peek(toCacheKey(buildCall()));

  it('keeps each variant beside the others, behind a signpost', async () => {
    const send = speaking(() => 'Accept-Language');
    const heard: string[] = [];
    for (const language of ['de', 'fr', 'de', 'fr']) heard.push(await hear(send, { 'accept-language': language }));
    expect([heard, asked.length]).toEqual([['de', 'fr', 'de', 'fr'], 2]);
    expect([signpostOf()?.variesOn, signpostOf()?.body.length]).toEqual([['accept-language'], 0]);
  });

  it('tells a missing variant from a missing URL', async () => {
    const send = speaking(() => 'Accept-Language');
    const [first, second] = [await read(send, { 'accept-language': 'de' }), await read(send, {})];
    expect([first.cache?.fwd, second.cache?.fwd]).toEqual(['uri-miss', 'vary-miss']);
  });

  it('takes a header that is not there for a value of its own', async () => {
    const send = speaking(() => 'Accept-Language');
    await hear(send, {});
    expect(await hear(send, { 'accept-language': '' })).toBe('');
    expect(await hear(send, { 'accept-language': 'undefined' })).toBe('undefined');
    expect(asked.length).toBe(3);
  });

  it('never serves a signpost', async () => {
    const send = speaking(() => 'Accept-Language');
    await hear(send, { 'accept-language': 'de' });
    const answer = await read(send, { 'cache-control': 'only-if-cached' });
    expect([answer.status, answer.cache]).toEqual([504, { fwd: 'vary-miss' }]);
  });

  it('still finds variants that were told apart by more than needed', async () => {
    const send = speaking(({ headers }) => (headers['x-team'] === 'a' ? 'Accept-Language, X-Team' : 'Accept-Language'));
    await hear(send, { 'accept-language': 'de', 'x-team': 'a' });
    await hear(send, { 'accept-language': 'fr', 'x-team': 'b' });
    expect(signpostOf()?.variesOn).toEqual(['accept-language', 'x-team']);
    await hear(send, { 'accept-language': 'de', 'x-team': 'a' });
    await hear(send, { 'accept-language': 'fr', 'x-team': 'b' });
    expect(asked.length).toBe(2);
  });

  it('replaces one answer for all by variants, and variants by one for all', async () => {
    let vary = '';
    const send = speaking(() => vary);
    await hear(send, { 'accept-language': 'de' });
    vary = 'accept-language';
    await clock.advance(60_000);
    expect(await hear(send, { 'accept-language': 'fr' })).toBe('fr');
    expect(await hear(send, { 'accept-language': 'de' })).toBe('de');
    vary = '';
    await clock.advance(60_000);
    expect(await hear(send, { 'accept-language': 'it' })).toBe('it');
    expect(await hear(send, { 'accept-language': 'de' })).toBe('it');
  });

  it('keeps the signpost for as long as any variant is worth it', async () => {
    let maxAge = 600;
    const script = scripted((call) =>
      Promise.resolve(
        buildReply(
          200,
          { 'cache-control': `s-maxage=${maxAge}`, vary: 'accept-language' },
          String(call.headers['accept-language']),
        ),
      ),
    );
    const send = cachedSend(clock, script, { store });
    await hear(send, { 'accept-language': 'de' });
    await clock.advance(100_000);
    maxAge = 10;
    await hear(send, { 'accept-language': 'fr' });
    await clock.advance(499_999);
    await hear(send, { 'accept-language': 'de' });
    expect(script.calls.length).toBe(2);
    await clock.advance(1);
    await hear(send, { 'accept-language': 'de' });
    expect(script.calls.length).toBe(3);
  });
});
