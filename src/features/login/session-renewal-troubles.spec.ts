import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { settled } from '../../../test/support/fake-clock.ts';
import { createLoggedIn, DUE_MS } from '../../../test/support/login-sessions.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TOKEN_LIFE_MS, tokensOf } from '../../../test/support/scripted-authorization.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { GrantEnded } from '../../providers/authorization/grant-ended.ts';

const unreachable = new UpstreamError({
  code: 'upstream_unreachable',
  provider: 'authorization',
  operation: 'refresh',
  reason: 'refused',
});

let made: Awaited<ReturnType<typeof createLoggedIn>>;
beforeEach(async () => void (made = await createLoggedIn()));

/** Reads an expired token, while the server takes its time to renew it and `meanwhile` happens. */
const readWhile = async (meanwhile: () => Promise<unknown>): Promise<string | undefined> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const renewed = made.authorization.onRefresh;
  made.authorization.onRefresh = (number) => promise.then(() => renewed(number));
  await made.clock.advance(TOKEN_LIFE_MS);
  const reading = made.readToken();
  await settled();
  await meanwhile();
  resolve();
  return reading;
};

describe('the renewal of a session, when it does not go well', () => {
  it('that the server refuses ends the session', async () => {
    made.authorization.onRefresh = () => Promise.reject(new GrantEnded());
    await made.clock.advance(TOKEN_LIFE_MS);
    expect(await made.readToken()).toBeUndefined();
    expect(await made.sessions.describe(made.id)).toEqual({ isLoggedIn: false });
    expect(await made.readToken()).toBeUndefined();
    expect(made.authorization.refreshed).toHaveLength(1);
  });

  it('that cannot be had while the token lives is no trouble yet', async () => {
    made.authorization.onRefresh = () => Promise.reject(unreachable);
    for (const after of [DUE_MS, TOKEN_LIFE_MS - DUE_MS - 1]) {
      await made.clock.advance(after);
      expect(await made.readToken()).toBe('access-0');
      await settled();
    }
    expect(made.authorization.refreshed).toHaveLength(2);
  });

  it('that cannot be had when the token has expired is an error, and not a logout', async () => {
    made.authorization.onRefresh = (number) => Promise.reject(number < 3 ? unreachable : new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    expect(await rejectionOf(made.readToken())).toBe(unreachable);
    expect(await rejectionOf(made.readToken())).toBe(unreachable);
    expect((await made.sessions.describe(made.id)).isLoggedIn).toBe(true);
  });

  it('does not bring back a session that was logged out meanwhile, and ends the new tokens', async () => {
    expect(await readWhile(() => made.sessions.end(made.id))).toBeUndefined();
    expect(await made.sessions.describe(made.id)).toEqual({ isLoggedIn: false });
    expect(made.authorization.revoked.toSorted()).toEqual(['access-1', 'refresh-1']);
  });

  it('leaves the new tokens alone when its user logged in anew meanwhile: the grant is that of the new session', async () => {
    expect(await readWhile(() => made.sessions.begin(tokensOf('again'), made.id))).toBeUndefined();
    expect(made.authorization.revoked).toEqual([]);
  });

  it('is not lost when the store is away for a moment', async () => {
    const replace = jest.spyOn(made.vault, 'replace').mockRejectedValueOnce(new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = made.readToken();
    await settled();
    await made.clock.advance(499);
    expect(replace).toHaveBeenCalledTimes(1);
    await made.clock.advance(1);
    expect(await reading).toBe('access-1');
    expect(await made.readToken()).toBe('access-1');
    expect(replace).toHaveBeenCalledTimes(2);
  });

  it('is lost when the store stays away: it is told so, and the spent refresh token ends the session', async () => {
    const replace = jest.spyOn(made.vault, 'replace').mockRejectedValue(new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = rejectionOf(made.readToken());
    for (let attempt = 1; attempt < 6; attempt += 1) {
      await settled();
      await made.clock.advance(500);
    }
    expect(await reading).toBeInstanceOf(VaultUnavailable);
    replace.mockRestore();
    made.authorization.onRefresh = () => Promise.reject(new GrantEnded());
    expect(await made.readToken()).toBeUndefined();
    expect(made.authorization.refreshed).toEqual(['refresh-0', 'refresh-0']);
  });
});
