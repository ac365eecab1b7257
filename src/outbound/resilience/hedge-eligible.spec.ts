import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { HEDGED, rigHedging, type HedgingRig } from '../../../test/support/hedging.ts';
import { scripted } from '../../../test/support/scripted-send.ts';

const DOWN = buildReply(503);
let rig: HedgingRig;
beforeEach(() => void (rig = rigHedging()));

describe('no second attempt is made', () => {
  const callsOf = async (parts: Parameters<HedgingRig['build']>[0]): Promise<number> => {
    const script = scripted(rig.takes(1_000), rig.takes(1));
    const sent = rig.send(script, rig.build(parts));
    await rig.clock.advance(1_000);
    await sent;
    return script.calls.length;
  };

  it('where nobody asked for it', async () => expect(await callsOf({ operation: { hedge: 'off' } })).toBe(1));

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('of %s', async (method) => expect(await callsOf({ method })).toBe(1));

  it.each(['GET', 'HEAD', 'OPTIONS'])('but of %s', async (method) => expect(await callsOf({ method })).toBe(2));

  it('but of what is declared idempotent as well as hedged', async () =>
    expect(await callsOf({ method: 'POST', body: '{}', operation: { ...HEDGED, idempotent: true } })).toBe(2));

  it('of what cannot be sent twice', async () => {
    expect(await callsOf({ body: Readable.from(['once']) })).toBe(1);
  });

  it('of upgrades, nor of what nobody waits for', async () => {
    expect(await callsOf({ upgrade: 'websocket' })).toBe(1);
    expect(await callsOf({ isBackground: true })).toBe(1);
  });

  it('of what had better go to one server only', async () => {
    expect(await callsOf({ affinity: 'tenant-1' })).toBe(1);
  });

  it('when the answer has begun', async () => {
    const call = rig.build();
    const script = scripted((one) => {
      const sent = rig.takes(300)(one);
      Object.assign(one.attempt!, { firstByteMs: 100 });
      return sent;
    });
    const sent = rig.send(script, call);
    await rig.clock.advance(300);
    await sent;
    expect([script.calls.length, call.receipt.decisions]).toEqual([1, []]);
  });

  it('twice for one call', async () => {
    const call = rig.build();
    const [first, second] = [scripted(rig.takes(150, DOWN), rig.takes(1, DOWN)), scripted(rig.takes(500))];
    const failed = rig.send(first, call);
    await rig.clock.advance(150);
    await failed;
    const sent = rig.send(second, call);
    await rig.clock.advance(500);
    await sent;
    expect([first.calls.length, second.calls.length]).toEqual([2, 1]);
  });
});
