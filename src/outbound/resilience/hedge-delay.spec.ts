import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { observe, rigHedging, type HedgingRig } from '../../../test/support/hedging.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Call, Send } from '../http/call.ts';

const OBSERVED = { hedge: { maxShare: 1 } } as const;
let rig: HedgingRig;
let call: Call;
beforeEach(() => {
  rig = rigHedging();
  call = rig.build({ operation: OBSERVED });
});

const again = (): Call => ({ ...call, receipt: rig.build().receipt });
const times = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

/** When a second attempt is made beside one that takes long, in ms; undefined: never. */
const hedgesAfter = async (first: Send = rig.takes(900)): Promise<number | undefined> => {
  const begunAt = rig.clock.now();
  let after: number | undefined;
  const script = scripted(first, (one) => {
    after = rig.clock.now() - begunAt;
    return rig.takes(1)(one);
  });
  const sent = rig.send(script, again());
  await rig.clock.advance(2_000);
  await sent;
  return after;
};

describe('an attempt is late', () => {
  it('never, before 50 answers have told how long they take', async () => {
    await observe(rig, call, times(49, 40));
    expect(await hedgesAfter()).toBeUndefined();
    // That one was the fiftieth.
    expect(await hedgesAfter()).toBeGreaterThan(40);
  });

  it('when 98 % of the last answers took no longer', async () => {
    await observe(rig, call, [...times(98, 40), 400, 400, ...times(14, 40)]);
    const after = await hedgesAfter();
    expect(after).toBeGreaterThanOrEqual(40);
    expect(after).toBeLessThan(40 * 1.1);
  });

  it('not within 5 ms, however fast answers are', async () => {
    await observe(rig, call, times(50, 1));
    expect(await hedgesAfter()).toBe(5);
  });

  it('by its operation alone', async () => {
    await observe(rig, call, times(50, 40));
    call = rig.build({ operation: OBSERVED });
    expect(await hedgesAfter()).toBeUndefined();
  });

  it('by the time since it was sent, whatever it waited for before', async () => {
    await observe(rig, call, times(50, 40));
    const usual = await hedgesAfter();
    const waitsFirst: Send = (one) =>
      new Promise((resolve, reject) => {
        rig.clock.schedule(() => void rig.takes(900)(one).then(resolve, reject), 30);
      });
    expect(await hedgesAfter(waitsFirst)).toBeCloseTo(30 + usual!, 6);
  });

  it('at the same time as before, after attempts that failed', async () => {
    await observe(rig, call, times(50, 40));
    const before = await hedgesAfter();
    for (const ending of times(100, 0).flatMap(() => [failure(), buildReply(503)])) {
      const sent = rig.send(scripted(rig.takes(90, ending)), { ...again(), isBackground: true }).catch(() => undefined);
      await rig.clock.advance(90);
      await sent;
    }
    expect(await hedgesAfter()).toBeCloseTo(before!, 6);
  });

  it('later, when many had to be given up: they count with the time they had', async () => {
    await observe(rig, call, times(50, 40));
    const before = await hedgesAfter();
    for (let time = 0; time < 200; time += 1) await hedgesAfter();
    expect(await hedgesAfter()).toBeGreaterThan(before! + 1);
  });

  it('once more a moment later where the process was busy, for the answer may be here', async () => {
    const script = scripted((one) => {
      const sent = rig.takes(103, buildReply())(one);
      // As it looks after the event loop was held up: by the record, it was sent long ago.
      Object.assign(one.attempt!, { dispatchedMs: -50 });
      return sent;
    });
    const fixed = rig.build();
    const sent = rig.send(script, fixed);
    await rig.clock.advance(100);
    expect(script.calls.length).toBe(1);
    await rig.clock.advance(1);
    expect(script.calls.length).toBe(2);
    await rig.clock.advance(1_000);
    await sent;
  });
});
