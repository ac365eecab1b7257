import { describe, expect, it } from '@jest/globals';
import { buildCaller, runAs } from '../../../test/support/build-caller.ts';
import { buildCall } from '../../../test/support/build-call.ts';
import { readFrom } from '../../../test/support/build-token.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { ProviderOptions } from '../provider-options.ts';
import { callersToken } from './callers-token.ts';
import { toCallersPrincipal } from './principal.ts';
import { ownCredential } from './token-placement.ts';

const clock = new FakeClock();
const create = () =>
  callersToken().createSource({
    provider: 'fixture',
    options: new ProviderOptions(),
    clock,
    vault: new MemoryVault(clock),
    issuer: () => new TestIssuer(),
  });

describe("a caller's token", () => {
  it('is not to be had where nobody is logged in, and that is told', async () => {
    const source = create();
    expect([source.principal(), runAs(undefined, () => source.principal())]).toEqual([undefined, undefined]);
    expect(await rejectionOf(source.read(buildCall()))).toMatchObject({
      code: 'upstream_rejected',
      provider: 'fixture',
      operation: 'getThing',
      reason: "it wants its caller's own token, and nobody is logged in here",
      sent: false,
      transient: false,
    });
  });

  it('is that of the one the call is made for, whoever else is there', async () => {
    const source = create();
    const [ann, bob] = [buildCaller('ann'), buildCaller('bob')];
    const read = runAs(bob, () => source.read(buildCall({ caller: ann })));
    expect((await read).reveal()).toBe('ann-token');
    expect(await rejectionOf(runAs(bob, () => readFrom(source)))).toMatchObject({ code: 'upstream_rejected' });
  });

  it('stands for who they are, and is not mixed up with others', () => {
    const source = create();
    const [ann, bob] = [buildCaller('ann'), buildCaller('bob')];
    const principals = [ann, bob, ann].map((caller) => runAs(caller, () => source.principal()));
    expect(principals).toEqual([ann, bob, ann].map(toCallersPrincipal));
    expect(principals[0]).toBe(principals[2]);
  });

  it('stands for the same when it was refreshed', () => {
    const source = create();
    const [before, after] = ['one', 'other'].map((token) =>
      runAs(buildCaller('ann', token), () => source.principal()?.id),
    );
    expect(after).toBe(before);
  });

  it('is not replaced when it is refused: nobody but the caller can do that', async () => {
    const caller = buildCaller();
    expect(await create().renew(caller.token, buildCall({ caller }))).toBeUndefined();
  });

  it("is placed where it may be the call's own, however its header is written", () => {
    const { placement } = callersToken({ header: 'X-User-Token' });
    expect(ownCredential(buildCall({ headers: { 'x-user-token': 'own' } }), placement)).toBe('own');
  });
});
