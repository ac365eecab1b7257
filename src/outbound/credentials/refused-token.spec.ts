import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { buildToken } from '../../../test/support/build-token.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { issuerFailure } from '../../../test/support/issuer-failure.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { Secret } from '../../platform/secret.ts';

let built: ReturnType<typeof buildToken>;
let first: Secret;

beforeEach(async () => {
  built = buildToken();
  first = await built.token.read(buildCall());
});

const renew = async (refused: Secret = first): Promise<string | undefined> =>
  (await built.token.renew(refused, buildCall()))?.reveal();
const asked = (): number => built.issuer.requests.length;

describe('a client credentials token that was refused', () => {
  it('is replaced once, however many were refused with it', async () => {
    built.issuer.hold();
    const renewing = Promise.all(Array.from({ length: 500 }, () => renew()));
    await settled();
    built.issuer.release();
    expect(new Set(await renewing)).toEqual(new Set(['issued-2']));
    expect([asked(), await built.read()]).toEqual([2, 'issued-2']);
  });

  it('is given to nobody any more while it is being replaced', async () => {
    built.issuer.hold();
    const renewing = renew();
    await settled();
    const reading = built.read();
    await settled();
    built.issuer.release();
    expect([await renewing, await reading, asked()]).toEqual(['issued-2', 'issued-2', 2]);
  });

  it('is known by what it says: the same text is the same token', async () => {
    expect(await renew(new Secret('issued-1'))).toBe('issued-2');
    expect(asked()).toBe(2);
  });

  it('costs no request when it has been replaced already', async () => {
    await renew();
    for (let turn = 0; turn < 100; turn += 1) expect(await renew()).toBe('issued-2');
    expect(asked()).toBe(2);
  });

  it('is replaced by one that lives, however late it is refused', async () => {
    await renew();
    await built.clock.advance(200_000);
    expect(await renew()).toBe('issued-3');
  });

  it('is replaced in the midst of a renewal in the background by that', async () => {
    await built.clock.advance(80_000);
    built.issuer.hold();
    await built.read();
    const renewing = renew();
    await settled();
    built.issuer.release();
    expect([await renewing, asked()]).toEqual(['issued-2', 2]);
  });
});

describe('tokens that are always refused', () => {
  /** How often a token was asked for over `minutes`, with ten calls a second that are refused, and refused again. */
  const refuseFor = async (minutes: number): Promise<number> => {
    const before = asked();
    for (let tenth = 0; tenth < 600 * minutes; tenth += 1) {
      const token = await built.token.read(buildCall());
      const other = await built.token.renew(token, buildCall());
      if (other) expect(other.reveal()).not.toBe(token.reveal());
      await built.clock.advance(100);
    }
    return asked() - before;
  };

  it('are replaced every ten seconds at most', async () => {
    expect(await refuseFor(3)).toBe(18);
  });

  it('leave what is held as it is in between', async () => {
    await renew();
    expect(await renew(new Secret('issued-2'))).toBeUndefined();
    expect(await built.read()).toBe('issued-2');
  });

  it('are replaced at once again when one was accepted', async () => {
    await renew();
    built.token.noteAccepted(await built.token.read(buildCall()));
    expect(await renew(new Secret('issued-2'))).toBe('issued-3');
  });

  it('are not taken for accepted because the one before was', async () => {
    await renew();
    built.token.noteAccepted(first);
    expect(await renew(new Secret('issued-2'))).toBeUndefined();
  });
});

describe('a refused token that cannot be replaced', () => {
  it('fails those who were refused with the reason of that, once for all of them', async () => {
    built.issuer.answer(issuerFailure());
    const failed = await Promise.all(Array.from({ length: 100 }, () => rejectionOf(renew())));
    expect(new Set(failed).size).toBe(1);
    expect(failed[0]).toMatchObject({ reason: 'ECONNREFUSED', provider: 'authorization' });
    expect([await rejectionOf(renew()), asked()]).toEqual([failed[0], 2]);
  });

  it('is not taken for a good one again: it is replaced as soon as that is possible', async () => {
    built.issuer.answer(issuerFailure(), {});
    await rejectionOf(renew());
    await built.clock.advance(1_000);
    expect(await built.read()).toBe('issued-3');
  });
});
