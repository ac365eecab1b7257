import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { cachedSend } from '../../../test/support/cached-send.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Reply, Send } from '../http/call.ts';

const FRESH = buildReply(200, { 'cache-control': 'max-age=60' }, 'one');
const OTHER = buildReply(200, { 'cache-control': 'max-age=60' }, 'other');
let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

const stored = (script: ScriptedSend): Send => cachedSend(clock, script);

const ask = async (send: Send, headers: Reply['headers'] = {}, parts: CallParts = {}): Promise<Reply> =>
  send(buildCall({ headers, ...parts }));

const textOf = ({ status, body }: Reply): string => `${status} ${body.toString()}`;

describe('cache', () => {
  it('asks once, keeps the answer, and serves it as long as it is fresh', async () => {
    const script = scripted(FRESH, OTHER);
    const send = stored(script);
    const first = await ask(send);
    await clock.advance(59_999);
    const second = await ask(send);
    await clock.advance(1);
    const third = await ask(send);
    expect([first, second, third].map(textOf)).toEqual(['200 one', '200 one', '200 other']);
    expect([first.cache, second.cache, third.cache]).toEqual([
      { fwd: 'uri-miss', stored: true, ttlMs: 60_000 },
      { ttlMs: 1 },
      { fwd: 'stale', stored: true, ttlMs: 60_000 },
    ]);
    expect([second.headers['age'], script.calls.length]).toEqual(['59', 2]);
  });

  it.each<[string, CallParts]>([
    ['URL', { path: '/things/1?q=2' }],
    ['origin', { origin: 'http://elsewhere.example' }],
    ['provider', { provider: 'another' }],
    ['principal', { principal: { id: 'ann', isCaller: false } }],
  ])('serves nothing that was kept for another %s', async (_what, parts) => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send);
    expect(textOf(await ask(send, {}, parts))).toBe('200 other');
    expect(textOf(await ask(send))).toBe('200 one');
  });

  it.each<[string, CallParts, object]>([
    ['an operation whose cache is off', { operation: { cache: 'off' } }, { fwd: 'bypass' }],
    ['a POST', { method: 'POST' }, { fwd: 'method' }],
    ['OPTIONS', { method: 'OPTIONS' }, { fwd: 'method' }],
    ['a condition that only the upstream can judge', { headers: { 'if-match': '"a"' } }, { fwd: 'request' }],
  ])('lets %s pass, and keeps nothing of it', async (_what, parts, outcome) => {
    const script = scripted(FRESH);
    const send = stored(script);
    expect((await ask(send, {}, parts)).cache).toEqual(outcome);
    expect((await ask(send, {}, parts)).cache).toEqual(outcome);
    expect([script.calls.length, script.calls[0]?.lookup]).toEqual([2, undefined]);
  });

  it('asks again for a caller that wants nothing stored, and keeps what came', async () => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send);
    const asked = await ask(send, { 'cache-control': 'no-cache' });
    expect([textOf(asked), asked.cache?.fwd]).toEqual(['200 other', 'request']);
    expect(textOf(await ask(send))).toBe('200 other');
  });

  it.each(['max-age=5', 'min-fresh=55'])('asks again when what it has is not fresh enough for %s', async (wish) => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send);
    await clock.advance(6_000);
    expect(textOf(await ask(send, { 'cache-control': wish }))).toBe('200 other');
  });

  it('says why it asked when what it had was fresh, but not fresh enough for the caller', async () => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send);
    await clock.advance(6_000);
    expect((await ask(send, { 'cache-control': 'max-age=5' })).cache).toMatchObject({ fwd: 'request' });
  });

  it('serves what is stale to a caller that accepts it', async () => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send);
    await clock.advance(70_000);
    const stale = await ask(send, { 'cache-control': 'max-stale=11' });
    expect([textOf(stale), stale.cache, stale.headers['age']]).toEqual(['200 one', { ttlMs: -10_000 }, '70']);
  });

  it('asks nobody for a caller that wants only what is stored', async () => {
    const script = scripted(FRESH);
    const send = stored(script);
    const only = { 'cache-control': 'only-if-cached' };
    const before = await ask(send, only);
    expect([before.status, before.cache, script.calls.length]).toEqual([504, { fwd: 'uri-miss' }, 0]);
    await ask(send);
    expect(textOf(await ask(send, only))).toBe('200 one');
    await clock.advance(60_000);
    expect((await ask(send, only)).cache).toEqual({ fwd: 'stale' });
    expect(script.calls.length).toBe(1);
  });

  it('answers from what is stored in part, without its body, or as not modified', async () => {
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60', etag: '"a"' }, 'abcdef'));
    const send = stored(script);
    await ask(send);
    const answers = await Promise.all([
      ask(send, { range: 'bytes=1-2' }),
      ask(send, {}, { method: 'HEAD' }),
      ask(send, { 'if-none-match': '"a"' }),
      ask(send, { 'if-none-match': '"b"' }),
    ]);
    expect(answers.map(textOf)).toEqual(['206 bc', '200 ', '304 ', '200 abcdef']);
    expect(script.calls.length).toBe(1);
  });

  it('says that a stored error is one, whatever the caller has', async () => {
    const send = stored(scripted(buildReply(404, { 'cache-control': 'max-age=60' })));
    await ask(send);
    expect((await ask(send, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('does not answer a GET with what the body of another brought', async () => {
    const send = stored(scripted(FRESH, OTHER));
    await ask(send, {}, { body: '{"query":"one"}' });
    expect(textOf(await ask(send, {}, { body: '{"query":"other"}' }))).toBe('200 other');
  });

  it('tells a conditional caller that it has already what has just come', async () => {
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60', etag: '"a"' }, 'abcdef'));
    const answer = await ask(stored(script), { 'if-none-match': '"a"' });
    expect([answer.status, answer.cache]).toEqual([304, { fwd: 'uri-miss', stored: true, ttlMs: 60_000 }]);
  });
});
