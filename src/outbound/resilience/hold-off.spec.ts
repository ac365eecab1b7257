import { describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { late, rigHedging } from '../../../test/support/hedging.ts';
import { scripted } from '../../../test/support/scripted-send.ts';

describe('an upstream that asks for fewer calls', () => {
  it.each([
    ['429', buildReply(429), 1_000],
    ['429 for a time', buildReply(429, { 'retry-after': '7' }), 7_000],
    ['503 for a time', buildReply(503, { 'retry-after': '7' }), 7_000],
    ['503 for a day', buildReply(503, { 'retry-after': '86400' }), 60_000],
    [
      'little quota left',
      buildReply(200, { 'x-ratelimit-remaining': '9', 'x-ratelimit-limit': '100', 'x-ratelimit-reset': '5' }),
      5_000,
    ],
    ['no quota left', buildReply(200, { 'ratelimit-remaining': '0' }), 1_000],
  ])('by %s gets none for as long', async (_how, answer, forMs) => {
    const rig = rigHedging();
    const call = rig.build();
    const asked = rig.send(scripted(rig.takes(0, answer)), call);
    await rig.clock.advance(0);
    await asked;
    const from = rig.clock.now();
    await rig.clock.advance(forMs - 101);
    expect(await late(rig, rig.build())).toEqual([1, 'held_off']);
    expect(rig.clock.now()).toBeGreaterThan(from + forMs);
    expect(await late(rig, rig.build())).toEqual([2, 'won']);
  });

  it.each([
    ['much quota left', buildReply(200, { 'ratelimit-remaining': '50', 'ratelimit-limit': '100' })],
    ['503 and no more', buildReply(503)],
  ])('not by %s', async (_how, answer) => {
    const rig = rigHedging();
    const asked = rig.send(scripted(rig.takes(0, answer)), rig.build());
    await rig.clock.advance(0);
    await asked;
    expect(await late(rig, rig.build())).toEqual([2, 'won']);
  });
});
