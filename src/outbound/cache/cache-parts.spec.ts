import { describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { TAGGED, notModified, validating } from '../../../test/support/validating.ts';
import type { Reply } from '../http/call.ts';

const textOf = ({ status, body }: Reply): string => `${status} ${body.toString()}`;

describe('cache, for those who want less than the whole', () => {
  it('asks by HEAD whether what it has is good, and gives no body', async () => {
    const { stored, ask, askTwice } = validating();
    const script = scripted(TAGGED, notModified());
    const send = stored(script);
    expect(textOf(await askTwice(send, {}, { method: 'HEAD' }))).toBe('200 ');
    expect(textOf(await ask(send))).toBe('200 one');
    expect(script.calls.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
  });

  it('keeps nothing of an answer to HEAD, nor forgets anything for it', async () => {
    const { clock, stored, ask, askTwice } = validating();
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60' }), TAGGED);
    const send = stored(script);
    await ask(send, {}, { method: 'HEAD' });
    expect(textOf(await ask(send))).toBe('200 one');
    await clock.advance(61_000);
    const none = scripted(TAGGED, buildReply(200, { 'cache-control': 'no-store' }), notModified());
    const other = stored(none);
    await askTwice(other, {}, { method: 'HEAD' });
    await ask(other);
    expect(none.calls[2]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('passes a range of what is stale on as it is, and keeps neither part nor refusal', async () => {
    const { stored, ask, askTwice } = validating();
    const part = buildReply(206, { 'cache-control': 'max-age=60' }, 'n');
    const script = scripted(TAGGED, part, notModified());
    const send = stored(script);
    const answer = await askTwice(send, { range: 'bytes=1-1' });
    expect([textOf(answer), answer.cache]).toEqual(['206 n', { fwd: 'partial' }]);
    expect(script.calls[1]?.headers).toEqual({ range: 'bytes=1-1' });
    expect(textOf(await ask(send))).toBe('200 one');
  });

  it('never gives the refusal of a range to those who want the whole', async () => {
    const { stored, ask } = validating();
    const refusal = buildReply(416, { 'cache-control': 'max-age=60' });
    const send = stored(scripted(refusal, TAGGED));
    await ask(send, { range: 'bytes=900-' });
    expect(textOf(await ask(send))).toBe('200 one');
  });

  it("does not take a 304 to the caller's own condition for a word on what is stored", async () => {
    const { stored, ask, askTwice } = validating();
    const first = buildReply(200, { 'cache-control': 'max-age=60, stale-if-error=600' }, 'one');
    const send = stored(scripted(first, buildReply(304, { etag: '"z"' }), buildReply(503)));
    expect((await askTwice(send, { 'if-none-match': '"z"' })).status).toBe(304);
    expect(textOf(await ask(send))).toBe('200 one');
  });
});
