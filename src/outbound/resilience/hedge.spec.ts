import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { rigHedging, type HedgingRig } from '../../../test/support/hedging.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Send } from '../http/call.ts';
import { ReplyStream } from '../http/reply-stream.ts';

const DOWN = buildReply(503);
const FIRST = buildReply(200, {}, 'first');
const SECOND = buildReply(200, {}, 'second');
let rig: HedgingRig;
beforeEach(() => void (rig = rigHedging()));

describe('a late attempt', () => {
  it('gets a second one beside it, whose answer counts when it comes first', async () => {
    const script = scripted(rig.takes(1_000, FIRST), rig.takes(20, SECOND));
    const call = rig.build();
    const sent = rig.send(script, call);
    await rig.clock.advance(99);
    expect(script.calls.length).toBe(1);
    await rig.clock.advance(21);
    expect(await sent).toBe(SECOND);
    expect(call.receipt).toMatchObject({
      hedge: 'won',
      decisions: ['hedged: no answer for 100 ms'],
      attempts: [
        { startedAtMs: 0, durationMs: 120, code: 'cancelled', error: 'another attempt was faster' },
        { startedAtMs: 100, durationMs: 20, status: 200, isHedge: true },
      ],
    });
    expect(call.receipt.attempts[0]).not.toHaveProperty('status');
  });

  it('counts itself when it comes first after all, and the other one is given up', async () => {
    const script = scripted(rig.takes(110, FIRST), rig.takes(1_000, SECOND));
    const call = rig.build();
    const sent = rig.send(script, call);
    await rig.clock.advance(110);
    expect(await sent).toBe(FIRST);
    expect(script.calls.map(({ signal }) => signal.aborted)).toEqual([false, true]);
    expect(call.receipt.hedge).toBe('lost');
    expect(call.receipt.attempts).toMatchObject([{ status: 200 }, { code: 'cancelled', durationMs: 10 }]);
  });

  it('leaves neither timers nor listeners behind', async () => {
    const listening = new Set<unknown>();
    const signal = {
      aborted: false,
      reason: new Error('never'),
      addEventListener: (_type: 'abort', listener: () => void) => void listening.add(listener),
      removeEventListener: (_type: 'abort', listener: () => void) => void listening.delete(listener),
    };
    const ends: [ScriptedSend, number][] = [
      [scripted(rig.takes(5)), 5],
      [scripted(rig.takes(5, DOWN)), 5],
      [scripted(rig.takes(1_000), rig.takes(5)), 105],
    ];
    for (const [script, afterMs] of ends) {
      const sent = rig.send(script, rig.build({ signal }));
      expect([listening.size, rig.clock.pending]).toEqual([1, 2]);
      await rig.clock.advance(afterMs);
      await sent;
      expect([listening.size, rig.clock.pending]).toEqual([0, 0]);
    }
  });

  it.each([
    ['answers 503', DOWN],
    ['is reset', failure()],
    ['answers 429', buildReply(429)],
  ])('is waited for when the second one %s', async (_what, ending) => {
    const sent = rig.send(scripted(rig.takes(500, FIRST), rig.takes(10, ending)), rig.build());
    await rig.clock.advance(500);
    expect(await sent).toBe(FIRST);
  });

  it('may fail while the second one goes on', async () => {
    const call = rig.build();
    const sent = rig.send(scripted(rig.takes(150, failure()), rig.takes(300, SECOND)), call);
    await rig.clock.advance(400);
    expect(await sent).toBe(SECOND);
    expect(call.receipt).toMatchObject({
      hedge: 'won',
      attempts: [{ error: 'ECONNRESET', durationMs: 150 }, { status: 200 }],
    });
  });

  it('frees the connection of an answer that is not the one', async () => {
    const left: string[] = [];
    const source = {
      pause: () => undefined,
      resume: () => undefined,
      abort: (reason: Error) => void left.push(reason.message),
    };
    const unwanted = { ...DOWN, rest: new ReplyStream(source) };
    const sent = rig.send(scripted(rig.takes(120, unwanted), rig.takes(50, SECOND)), rig.build({ streams: true }));
    await rig.clock.advance(149);
    expect(left).toEqual([]);
    await rig.clock.advance(1);
    expect(await sent).toBe(SECOND);
    expect(left).toEqual(['The answer is not wanted any more']);
  });

  it('frees that of an answer that comes although it was given up', async () => {
    const left: string[] = [];
    const source = { pause: () => undefined, resume: () => undefined, abort: () => void left.push('left') };
    const late = { ...FIRST, rest: new ReplyStream(source) };
    const deaf: Send = (one) => rig.takes(300, late)({ ...one, signal: new AbortController().signal });
    const sent = rig.send(scripted(deaf, rig.takes(50, SECOND)), rig.build({ streams: true }));
    await rig.clock.advance(299);
    expect([await sent, left]).toEqual([SECOND, []]);
    await rig.clock.advance(1);
    expect(left).toEqual(['left']);
  });

  it.each([
    ['an answer before none', failure(), DOWN, DOWN],
    ['the one that says when to come back', DOWN, buildReply(503, { 'retry-after': '7' }), 'second'],
    ['the first of two alike', buildReply(502), DOWN, 'first'],
  ] as const)('and its second one fail both: it is told %s', async (_what, first, second, told) => {
    const call = rig.build();
    const sent = rig.send(scripted(rig.takes(200, first), rig.takes(10, second)), call);
    await rig.clock.advance(200);
    expect(await sent).toBe(told === 'first' ? first : told === 'second' ? second : told);
    expect(call.receipt.hedge).toBe('failed');
  });

  it('ends with its caller, and so does the second one', async () => {
    const controller = new AbortController();
    const script = scripted(rig.takes(1_000), rig.takes(1_000));
    const call = rig.build({ signal: controller.signal });
    const ended = rejectionOf(rig.send(script, call));
    await rig.clock.advance(150);
    const reason = new Error('gone');
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect(script.calls.map(({ signal }) => signal.reason)).toEqual([reason, reason]);
    expect(call.receipt.attempts).toMatchObject([{ code: 'cancelled' }, { code: 'cancelled' }]);
    expect(rig.clock.pending).toBe(0);
  });

  it('gets none once its caller has left', async () => {
    const script = scripted(rig.takes(1_000));
    const ended = rejectionOf(rig.send(script, rig.build({ signal: AbortSignal.abort(new Error('gone')) })));
    await rig.clock.advance(1_000);
    expect([(await ended) instanceof Error, script.calls.length, rig.clock.pending]).toEqual([true, 1, 0]);
  });
});
