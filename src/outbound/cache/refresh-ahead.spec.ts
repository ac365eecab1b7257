import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { NEW, OLD, refreshing, type Refreshing } from '../../../test/support/refreshing.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Reply, Send } from '../http/call.ts';

const textOf = ({ body }: Reply): string => body.toString();
const ANN = { id: 'ann', isCaller: true };

let cache: Refreshing;
let script: ScriptedSend;
let send: Send;

/** Fresh for a minute from time 0, and asked for so many times more. */
const use = async (hits: number, parts: CallParts = {}): Promise<void> => {
  for (let call = 0; call <= hits; call += 1) await send(buildCall(parts));
};

const askAt = async (atMs: number, parts: CallParts = {}): Promise<Reply> => {
  await cache.clock.advance(atMs - cache.clock.now());
  const reply = await send(buildCall(parts));
  await settled();
  return reply;
};

const begin = (...steps: readonly (Reply | Error | Send)[]): void => {
  cache = refreshing();
  script = scripted(...steps);
  send = cache.stored(script);
};

beforeEach(() => begin(OLD, NEW));

describe('what is asked for again and again, and soon goes stale', () => {
  it('is fetched anew while it is served as it is: nobody ever waits for it', async () => {
    await use(3);
    const asked = await askAt(57_500);
    expect([textOf(asked), asked.cache]).toEqual(['old', { ttlMs: 2_500 }]);
    expect([textOf(await send(buildCall())), script.calls.length]).toEqual(['new', 2]);
    expect(script.calls[1]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('is fetched once, however many ask for it meanwhile', async () => {
    begin(OLD, async () => settled().then(() => NEW));
    await use(3);
    await cache.clock.advance(57_500);
    const served = await Promise.all(Array.from({ length: 50 }, () => send(buildCall())));
    await settled();
    expect([new Set(served.map(textOf)), script.calls.length]).toEqual([new Set(['old']), 2]);
  });

  it('never goes stale while it is in use, however long', async () => {
    begin(OLD);
    await use(3);
    for (let second = 1; second <= 600; second += 1) {
      const { cache: outcome } = await askAt(second * 1_000);
      expect([outcome?.fwd, outcome!.ttlMs! > 0]).toEqual([undefined, true]);
    }
    expect(script.calls.length).toBeGreaterThanOrEqual(10);
    expect(script.calls.length).toBeLessThanOrEqual(13);
  });

  it('is fetched near its end, however old it was when it came', async () => {
    begin(buildReply(200, { 'cache-control': 'max-age=60', age: '30' }, 'old'), NEW);
    await use(3);
    expect(textOf(await askAt(26_900))).toBe('old');
    expect(script.calls.length).toBe(1);
    expect([textOf(await askAt(28_600)), script.calls.length]).toEqual(['old', 2]);
  });

  it('has a receipt that claims no answer from the store', async () => {
    await use(3);
    await askAt(57_500);
    expect(cache.published).toMatchObject([{ outcome: 'answered', cache: { fwd: 'request' } }]);
  });

  it('is served on when it cannot be had, and asked for no more before it is stale', async () => {
    begin(OLD, failure(), NEW);
    await use(3);
    expect(textOf(await askAt(57_500))).toBe('old');
    expect([textOf(await askAt(59_000)), script.calls.length]).toEqual(['old', 2]);
    expect(textOf(await askAt(61_000))).toBe('old');
    expect([textOf(await send(buildCall())), script.calls.length]).toEqual(['new', 3]);
  });

  it('is kept when the upstream answers with an error', async () => {
    begin(OLD, buildReply(503, { 'cache-control': 'max-age=60' }));
    await use(3);
    await askAt(57_500);
    expect([textOf(await askAt(59_000)), script.calls.length]).toEqual(['old', 2]);
  });
});

describe('what is not fetched before it is stale', () => {
  it.each<[string, number, number, CallParts]>([
    ['is seldom asked for', 2, 57_500, {}],
    ['is fresh for long yet', 3, 53_900, {}],
    ['is not to be served without asking', 3, 57_500, { headers: { 'cache-control': 'no-store' } }],
    ['is asked for with a limit to its age', 3, 57_500, { headers: { 'cache-control': 'max-age=59' } }],
    ['is not to be asked for', 3, 57_500, { headers: { 'cache-control': 'only-if-cached' } }],
    ['is asked for with an old word', 3, 57_500, { headers: { pragma: 'something' } }],
    ['belongs to an operation that does without', 3, 57_500, { operation: { cache: { refreshAhead: 'off' } } }],
  ])('is what %s', async (_what, hits, atMs, parts) => {
    await use(hits);
    expect(textOf(await askAt(atMs, parts))).toBe('old');
    expect(script.calls.length).toBe(1);
  });

  it('is what one caller has for itself', async () => {
    begin(buildReply(200, { 'cache-control': 'max-age=60, public' }, 'old'), NEW);
    await use(3, { principal: ANN });
    expect(textOf(await askAt(57_500, { principal: ANN }))).toBe('old');
    expect(script.calls.length).toBe(1);
  });

  it('is what came almost stale, each time: that would never end', async () => {
    begin(buildReply(200, { 'cache-control': 'max-age=60', age: '58' }, 'old'));
    await use(3);
    expect(textOf(await askAt(1_500))).toBe('old');
    expect(script.calls.length).toBe(1);
  });

  it('is what is fresh for less than a second', async () => {
    begin(buildReply(200, {}, 'old'));
    await use(3, { operation: { cache: { ttlMs: 900 } } });
    expect(textOf(await askAt(890, { operation: { cache: { ttlMs: 900 } } }))).toBe('old');
    expect(script.calls.length).toBe(1);
  });
});
