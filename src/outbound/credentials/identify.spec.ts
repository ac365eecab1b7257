import { describe, expect, it } from '@jest/globals';
import { buildCaller, runAs } from '../../../test/support/build-caller.ts';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { ScriptedSource } from '../../../test/support/scripted-source.ts';
import type { Call } from '../http/call.ts';
import { identify } from './identify.ts';
import { BEARER, type TokenPlacement } from './token-placement.ts';
import type { TokenSource } from './token-source.ts';

const ORIGIN = 'http://upstream.example';
const OURS = { id: 'scripted', isCaller: false };
const KEY: TokenPlacement = { header: 'x-api-key' };

/** The call as it goes on. */
const pass = async (parts: CallParts = {}, source: TokenSource = new ScriptedSource('a'), placement = BEARER) => {
  const script = scripted(buildReply());
  await identify({ source, placement, origin: ORIGIN })(script.send)(buildCall(parts));
  return script.calls[0] as Call;
};

describe('identify', () => {
  it('says whom the call stands for', async () => {
    expect(await pass()).toMatchObject({ principal: OURS });
  });

  it('says nothing where nobody is there', async () => {
    const nobody = Object.assign(new ScriptedSource('a'), { principal: () => undefined });
    expect(await pass({}, nobody)).not.toHaveProperty('principal');
    expect(await pass({}, nobody)).not.toHaveProperty('caller');
  });

  it('leaves what the call says of itself', async () => {
    const principal = { id: 'own', isCaller: true };
    expect(await pass({ principal })).toMatchObject({ principal });
  });

  it("does not take a call's own credential for the provider's", async () => {
    const of = async (authorization: string) => (await pass({ headers: { authorization } })).principal;
    const own = await of('Bearer own');
    expect(own).toMatchObject({ isCaller: true });
    expect(JSON.stringify(own)).not.toContain('own"');
    expect(await of('Bearer own')).toEqual(own);
    expect((await of('Bearer other'))?.id).not.toBe(own?.id);
  });

  it.each([{ authorization: 'Bearer own' }, { cookie: 'session=own' }])(
    "does not take a call's own credential for the provider's, wherever that one is: %j",
    async (headers) => {
      for (const placement of [KEY, { query: 'key' }])
        expect(await pass({ headers }, undefined, placement)).not.toHaveProperty('principal');
    },
  );

  it('keeps who asked, for when their request is over', async () => {
    const ann = buildCaller('ann');
    expect((await runAs(ann, () => pass())).caller).toBe(ann);
    const bob = buildCaller('bob');
    expect((await runAs(ann, () => pass({ caller: bob }))).caller).toBe(bob);
  });
});
