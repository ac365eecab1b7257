import { describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { TAGGED, notModified, validating } from '../../../test/support/validating.ts';
import type { Reply } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';

const MODIFIED = 'Thu, 01 Jan 2025 00:00:00 GMT';

const textOf = ({ status, body }: Reply): string => `${status} ${body.toString()}`;

describe('cache, when it validates', () => {
  it.each<[string, HeaderMap, HeaderMap]>([
    ['its tag', { etag: 'W/"a"' }, { 'if-none-match': 'W/"a"' }],
    ['its date', { 'last-modified': MODIFIED }, { 'if-modified-since': MODIFIED }],
    ['both', { etag: '"a"', 'last-modified': MODIFIED }, { 'if-none-match': '"a"', 'if-modified-since': MODIFIED }],
  ])('asks by %s', async (_what, validators, conditions) => {
    const { stored, askTwice } = validating();
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60', ...validators }, 'one'), buildReply(304));
    expect(textOf(await askTwice(stored(script), { 'x-own': 'stays' }))).toBe('200 one');
    expect(script.calls[1]?.headers).toEqual({ 'x-own': 'stays', ...conditions });
  });

  it('asks without conditions when it was given nothing to ask by', async () => {
    const { stored, askTwice } = validating();
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60' }, 'one'), buildReply(200, {}, 'two'));
    expect(textOf(await askTwice(stored(script)))).toBe('200 two');
    expect(script.calls[1]?.headers).toEqual({});
  });

  it('takes the headers of a 304 over, for this caller and the next, and is fresh from then on', async () => {
    const { clock, stored, ask, askTwice } = validating();
    const update = { 'cache-control': 'max-age=100', 'x-both': 'new', 'content-type': 'text/wrong', age: '10' };
    const script = scripted(TAGGED, notModified(update));
    const send = stored(script);
    const confirmed = await askTwice(send);
    await clock.advance(89_999);
    const next = await ask(send);
    const merged = { 'cache-control': 'max-age=100', etag: '"a"', 'x-old': 'kept', 'x-both': 'new' };
    expect(confirmed.headers).toEqual({ ...merged, age: '10' });
    expect(next.headers).toEqual({ ...merged, age: '99' });
    expect([confirmed, next].map(textOf)).toEqual(['200 one', '200 one']);
    expect(confirmed.cache).toEqual({ fwd: 'stale', fwdStatus: 304, stored: true, ttlMs: 90_000 });
    expect(script.calls.length).toBe(2);
  });

  it('keeps what was made of the body', async () => {
    const { clock, stored, ask } = validating();
    const send = stored(scripted(TAGGED, notModified()));
    const parsed = { schema: {}, value: Object.freeze({ one: 1 }) };
    (await ask(send)).stored!.parsed = parsed;
    await clock.advance(61_000);
    expect((await ask(send)).stored?.parsed).toBe(parsed);
  });

  it('asks again, without conditions, when the 304 speaks of something else', async () => {
    const { stored, ask, askTwice } = validating();
    const script = scripted(
      TAGGED,
      notModified({ etag: '"b"' }),
      buildReply(200, { 'cache-control': 'max-age=9' }, 'two'),
    );
    const send = stored(script);
    const answer = await askTwice(send, { 'if-none-match': '"z"', 'x-own': 'stays' });
    expect([textOf(answer), script.calls[2]?.headers]).toEqual(['200 two', { 'x-own': 'stays' }]);
    expect(textOf(await ask(send))).toBe('200 two');
    expect(script.calls.length).toBe(3);
  });

  it.each(['no-store', 'private'])('forgets what it has when the 304 says %s', async (said) => {
    const { stored, ask, askTwice } = validating();
    const script = scripted(TAGGED, notModified({ 'cache-control': said }), buildReply(200, {}, 'two'));
    const send = stored(script);
    const confirmed = await askTwice(send);
    expect([textOf(confirmed), confirmed.stored]).toEqual(['200 one', undefined]);
    expect([textOf(await ask(send)), script.calls[2]?.headers]).toEqual(['200 two', {}]);
  });

  it('validates before every use what the upstream says to', async () => {
    const { stored, ask } = validating();
    const script = scripted(
      buildReply(200, { 'cache-control': 'no-cache', etag: '"a"' }, 'one'),
      notModified(),
      buildReply(200, { 'cache-control': 'no-cache', etag: '"b"' }, 'two'),
    );
    const send = stored(script);
    const answers = [await ask(send), await ask(send), await ask(send)];
    expect(answers.map(textOf)).toEqual(['200 one', '200 one', '200 two']);
    expect(script.calls[2]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it.each([
    ['has it', '"a"', 304],
    ['has something else', '"z"', 200],
  ])('answers a conditional caller by what is confirmed when it %s', async (_what, tag, status) => {
    const { stored, askTwice } = validating();
    const script = scripted(TAGGED, notModified());
    expect((await askTwice(stored(script), { 'if-none-match': tag })).status).toBe(status);
    expect(script.calls[1]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('asks by its own conditions only', async () => {
    const { stored, askTwice } = validating();
    const dated = buildReply(200, { 'cache-control': 'max-age=60', 'last-modified': MODIFIED }, 'one');
    const script = scripted(dated, buildReply(304));
    expect((await askTwice(stored(script), { 'if-none-match': '"z"' })).status).toBe(200);
    expect(script.calls[1]?.headers).toEqual({ 'if-modified-since': MODIFIED });
  });

  it('replaces what it has by an answer of another kind', async () => {
    const { stored, ask, askTwice } = validating();
    const send = stored(scripted(TAGGED, buildReply(404, { 'cache-control': 'max-age=60' }), buildReply()));
    expect([await askTwice(send), await ask(send)].map(({ status }) => status)).toEqual([404, 404]);
  });

  it('forgets what it has when it is replaced by what may not be kept', async () => {
    const { stored, ask, askTwice } = validating();
    const script = scripted(
      TAGGED,
      buildReply(200, { 'cache-control': 'no-store' }, 'two'),
      buildReply(200, {}, 'three'),
    );
    const send = stored(script);
    expect([await askTwice(send), await ask(send)].map(textOf)).toEqual(['200 two', '200 three']);
    expect(script.calls[2]?.headers).toEqual({});
  });

  it.each([404, 410])('forgets what the upstream no longer has: %i', async (status) => {
    const { stored, ask, askTwice } = validating();
    const script = scripted(TAGGED, buildReply(status), buildReply(200, {}, 'new'));
    const send = stored(script);
    await askTwice(send);
    expect([textOf(await ask(send)), script.calls[2]?.headers]).toEqual(['200 new', {}]);
  });
});
