import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { rigHedging, type HedgingRig } from '../../../test/support/hedging.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply } from '../http/call.ts';
import { ReplyStream } from '../http/reply-stream.ts';

const FIRST = buildReply(200, {}, 'first');
const DOWN = buildReply(503);
const ABSENT = buildReply(404);
let rig: HedgingRig;
let left: string[];
beforeEach(() => {
  rig = rigHedging();
  left = [];
});

const streamed = (reply: Reply): Reply => {
  const abort = (): void => void left.push(`${reply.status}`);
  return { ...reply, rest: new ReplyStream({ pause: () => undefined, resume: () => undefined, abort }) };
};

describe('the answer of a second attempt', () => {
  it.each([400, 401, 404, 409, 422])('is not the call’s with %i while the first one may do better', async (status) => {
    const call = rig.build({ streams: true });
    const sent = rig.send(scripted(rig.takes(500, FIRST), rig.takes(10, streamed(buildReply(status)))), call);
    await rig.clock.advance(500);
    expect(await sent).toBe(FIRST);
    expect([call.receipt.hedge, left]).toEqual(['lost', [`${status}`]]);
  });

  it.each([204, 302, 304])('is with %i', async (status) => {
    const answer = buildReply(status);
    const sent = rig.send(scripted(rig.takes(500, FIRST), rig.takes(10, answer)), rig.build());
    await rig.clock.advance(110);
    expect(await sent).toBe(answer);
    await rig.clock.advance(500);
  });

  it.each([
    ['200', FIRST],
    ['404', buildReply(404)],
  ])('gives way to a first one of %s', async (_status, first) => {
    const sent = rig.send(scripted(rig.takes(200, first), rig.takes(10, buildReply(409))), rig.build());
    await rig.clock.advance(200);
    expect(await sent).toBe(first);
  });

  it.each([
    ['none, before it', failure(), 150],
    ['none, after it', failure(), 500],
    ['503, before it', DOWN, 150],
    ['503, after it', DOWN, 500],
  ])('counts where the first one ends with %s', async (_what, first, tookMs) => {
    const call = rig.build();
    const sent = rig.send(scripted(rig.takes(tookMs, first), rig.takes(100, ABSENT)), call);
    await rig.clock.advance(500);
    expect(await sent).toBe(ABSENT);
    expect(call.receipt.hedge).toBe('won');
  });
});

describe('a call with two attempts', () => {
  it('that is given up ends so, whatever its first attempt got, and leaves that', async () => {
    const controller = new AbortController();
    const script = scripted(rig.takes(150, streamed(DOWN)), rig.takes(1_000));
    const ended = rejectionOf(rig.send(script, rig.build({ streams: true, signal: controller.signal })));
    await rig.clock.advance(200);
    const reason = new Error('gone');
    controller.abort(reason);
    expect([await ended, left]).toEqual([reason, ['503']]);
  });

  const broken = { status: 200, body: Buffer.alloc(0) } as unknown as Reply;

  it.each([
    ['its first', [[150, broken], [1_000]]],
    ['its second', [[1_000], [50, broken]]],
  ] as [string, [number, Reply?][]][])(
    'fails with a mistake of our own in %s, and leaves nothing',
    async (_, takes) => {
      const listening = new Set<unknown>();
      const signal = {
        aborted: false,
        reason: new Error('never'),
        addEventListener: (_type: 'abort', listener: () => void) => void listening.add(listener),
        removeEventListener: (_type: 'abort', listener: () => void) => void listening.delete(listener),
      };
      const script = scripted(...takes.map(([ms, ending]) => rig.takes(ms, ending)));
      const ended = rejectionOf(rig.send(script, rig.build({ signal })));
      await rig.clock.advance(150);
      expect([await ended, script.calls.length]).toEqual([expect.any(TypeError), 2]);
      expect([listening.size, rig.clock.pending]).toEqual([0, 0]);
      // Its place is free again.
      const places = [1, 2, 3].map(() => rig.budget.tryAcquireBeside() !== undefined);
      expect(places).toEqual([true, true, true]);
    },
  );
});
