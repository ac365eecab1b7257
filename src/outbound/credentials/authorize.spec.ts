import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReceipt, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { ScriptedSource } from '../../../test/support/scripted-source.ts';
import { ReplyStream } from '../http/reply-stream.ts';
import { authorize } from './authorize.ts';
import { BEARER, type TokenPlacement } from './token-placement.ts';

const ORIGIN = 'http://upstream.example';
const REFUSED = buildReply(401);

const run = (script: ScriptedSend, source: ScriptedSource, parts: CallParts = {}, placement: TokenPlacement = BEARER) =>
  authorize({ source, placement, origin: ORIGIN })(script.send)(buildCall(parts));
const tokensOf = ({ calls }: ScriptedSend) => calls.map(({ headers }) => headers['authorization']);

describe('authorize, where no token belongs', () => {
  it.each(['http://other.example', 'https://upstream.example', 'http://upstream.example:8080', ''])(
    'asks for none and adds none: %j',
    async (origin) => {
      const [script, source] = [scripted(REFUSED), new ScriptedSource('a')];
      expect((await run(script, source, { origin })).status).toBe(401);
      expect([tokensOf(script), source.reads, source.renewed]).toEqual([[undefined], 0, []]);
    },
  );

  it("leaves a call's own credential as it is, and judges none by it", async () => {
    const [script, source] = [scripted(REFUSED, buildReply()), new ScriptedSource('a')];
    for (const _turn of [1, 2]) await run(script, source, { headers: { authorization: 'Basic own' } });
    expect(tokensOf(script)).toEqual(['Basic own', 'Basic own']);
    expect([source.reads, source.renewed, source.accepted]).toEqual([0, [], []]);
  });
});

describe('authorize', () => {
  it('reads the token anew each time, and says which ones were taken', async () => {
    const [script, source] = [scripted(buildReply(), buildReply(503), buildReply(403)), new ScriptedSource('a', 'b')];
    for (const _turn of [1, 2, 3]) await run(script, source);
    expect(tokensOf(script)).toEqual(['Bearer a', 'Bearer b', 'Bearer b']);
    expect([source.accepted, source.renewed]).toEqual([['a', 'b', 'b'], []]);
  });

  it('says nothing of a token with which there was no answer', async () => {
    const source = new ScriptedSource('a');
    const broken = failure();
    expect(await rejectionOf(run(scripted(broken), source))).toBe(broken);
    expect([source.accepted, source.renewed]).toEqual([[], []]);
  });

  it('sends nothing when there is no token, and fails with the reason of that', async () => {
    const [script, source, broken] = [scripted(buildReply()), new ScriptedSource('a'), failure()];
    source.read = () => Promise.reject(broken);
    expect(await rejectionOf(run(script, source))).toBe(broken);
    expect(script.calls).toEqual([]);
  });
});

describe('authorize, when a token is refused', () => {
  const renewing = (): ScriptedSource => Object.assign(new ScriptedSource('a'), { renewal: 'b' });

  it.each([null, '{"a":1}', new Uint8Array([1, 2, 3])])('tries once more, with another: body %j', async (body) => {
    const [script, source] = [scripted(REFUSED, buildReply()), renewing()];
    const call = { method: 'POST', body };
    expect((await run(script, source, call)).status).toBe(200);
    expect([tokensOf(script), source.renewed, source.accepted]).toEqual([['Bearer a', 'Bearer b'], ['a'], ['b']]);
    expect(script.calls[1]).toMatchObject(call);
  });

  it('tells in the receipt that it did', async () => {
    const script = scripted(REFUSED, buildReply());
    const attempt = {
      startedAtMs: 0,
      queuedMs: 0,
      dispatchedMs: 1,
      firstByteMs: 4,
      durationMs: 0,
      spanId: 'a'.repeat(16),
    };
    await run(script, renewing(), { receipt: buildReceipt({ attempts: [attempt] }) });
    const [{ receipt }] = script.calls as [(typeof script.calls)[number]];
    expect(receipt.decisions).toEqual(['the token was refused: tried again with another']);
    expect(receipt.attempts[0]?.earlier).toMatchObject([{ status: 401, endedMs: 4 }]);
  });

  it('tries once more only, and takes the second 401 for the answer', async () => {
    const [script, source] = [scripted(REFUSED), renewing()];
    expect((await run(script, source)).status).toBe(401);
    expect([script.calls.length, source.renewed, source.accepted]).toEqual([2, ['a'], []]);
  });

  it('leaves it at that when there is no other', async () => {
    const [script, source] = [scripted(REFUSED), new ScriptedSource('a')];
    expect(await run(script, source)).toBe(REFUSED);
    expect([script.calls.length, script.calls[0]?.receipt.decisions]).toEqual([1, []]);
  });

  it('frees the connection of the 401 when no other can be had, and fails with the reason of that', async () => {
    const left: string[] = [];
    const stream = { pause: () => undefined, resume: () => undefined, abort: () => void left.push('left') };
    const [source, broken] = [renewing(), failure()];
    source.renew = () => Promise.reject(broken);
    const script = scripted({ ...REFUSED, rest: new ReplyStream(stream) });
    expect(await rejectionOf(run(script, source, { streams: true }))).toBe(broken);
    expect([left, script.calls.length]).toEqual([['left'], 1]);
  });

  it('never sends a stream again, but gets another token for those who come later', async () => {
    const [script, source] = [scripted(REFUSED), renewing()];
    expect((await run(script, source, { method: 'POST', body: Readable.from(['a']) })).status).toBe(401);
    expect([script.calls.length, source.renewed]).toEqual([1, ['a']]);
  });

  it('puts the other one where the first one was', async () => {
    const [script, source] = [scripted(REFUSED, buildReply()), renewing()];
    await run(script, source, { path: '/things?page=2' }, { query: 'key' });
    expect(script.calls.map(({ path }) => path)).toEqual(['/things?page=2&key=a', '/things?page=2&key=b']);
  });
});
