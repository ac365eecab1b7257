import { expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { rigHedging } from '../../../test/support/hedging.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { ScriptedSource } from '../../../test/support/scripted-source.ts';
import { authorize } from '../credentials/authorize.ts';
import { BEARER } from '../credentials/token-placement.ts';

const ORIGIN = 'http://upstream.example';

it('a second attempt has its token renewed by itself, and each attempt is told of as it was', async () => {
  const rig = rigHedging();
  const source = new ScriptedSource('old');
  source.renewal = 'new';
  const script = scripted(rig.takes(1_000), rig.takes(10, buildReply(401)), rig.takes(10));
  const call = rig.build();
  const sent = rig.send(
    { ...script, send: authorize({ source, placement: BEARER, origin: ORIGIN })(script.send) },
    call,
  );
  await rig.clock.advance(0);
  await rig.clock.advance(120);
  expect((await sent).status).toBe(200);
  expect(script.calls.map(({ headers }) => headers['authorization'])).toEqual([
    'Bearer old',
    'Bearer old',
    'Bearer new',
  ]);
  expect(source.renewed).toEqual(['old']);
  const [first, second] = call.receipt.attempts;
  expect(first).toMatchObject({ code: 'cancelled', durationMs: 120 });
  expect(first).not.toHaveProperty('earlier');
  expect(second).toMatchObject({
    isHedge: true,
    status: 200,
    earlier: [{ status: 401, dispatchedMs: 0, endedMs: 10 }],
  });
});
