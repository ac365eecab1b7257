import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { settled } from '../../../test/support/fake-clock.ts';
import { createLoginSessions } from '../../../test/support/login-sessions.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TOKEN_LIFE_MS, tokensOf } from '../../../test/support/scripted-authorization.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { GrantEnded } from '../../providers/authorization/grant-ended.ts';

const DUE_MS = 0.8 * TOKEN_LIFE_MS;
const unreachable = new UpstreamError({
  code: 'upstream_unreachable',
  provider: 'authorization',
  operation: 'refresh',
  reason: 'refused',
});

let made: ReturnType<typeof createLoginSessions>;
let id: string;
beforeEach(async () => {
  made = createLoginSessions();
  id = await made.sessions.begin(tokensOf('0'), undefined);
});

const tokenOf = async (sessions = made.sessions): Promise<string | undefined> =>
  (await sessions.read(id))?.token.reveal();

describe('the renewal of a session, when it does not go well', () => {
  it('that the server refuses ends the session', async () => {
    made.authorization.onRefresh = () => Promise.reject(new GrantEnded());
    await made.clock.advance(TOKEN_LIFE_MS);
    expect(await tokenOf()).toBeUndefined();
    expect(await made.sessions.describe(id)).toEqual({ isLoggedIn: false });
    expect(await tokenOf()).toBeUndefined();
    expect(made.authorization.refreshed).toHaveLength(1);
  });

  it('that cannot be had while the token lives is no trouble yet', async () => {
    made.authorization.onRefresh = () => Promise.reject(unreachable);
    for (const after of [DUE_MS, TOKEN_LIFE_MS - DUE_MS - 1]) {
      await made.clock.advance(after);
      expect(await tokenOf()).toBe('access-0');
      await settled();
    }
    expect(made.authorization.refreshed).toHaveLength(2);
  });

  it('that cannot be had when the token has expired is an error, and not a logout', async () => {
    made.authorization.onRefresh = (number) => Promise.reject(number < 3 ? unreachable : new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    expect(await rejectionOf(tokenOf())).toBe(unreachable);
    expect(await rejectionOf(tokenOf())).toBe(unreachable);
    expect((await made.sessions.describe(id)).isLoggedIn).toBe(true);
  });

  it('does not bring back a session that was logged out meanwhile, and ends the new tokens', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const renewed = made.authorization.onRefresh;
    made.authorization.onRefresh = (number) => promise.then(() => renewed(number));
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = tokenOf();
    await settled();
    await made.sessions.end(id);
    resolve();
    expect(await reading).toBeUndefined();
    expect(await made.sessions.describe(id)).toEqual({ isLoggedIn: false });
    expect(made.authorization.revoked.toSorted()).toEqual(['access-1', 'refresh-1']);
  });

  it('leaves the new tokens alone when its user logged in anew meanwhile: the grant is that of the new session', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const renewed = made.authorization.onRefresh;
    made.authorization.onRefresh = (number) => promise.then(() => renewed(number));
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = tokenOf();
    await settled();
    await made.sessions.begin(tokensOf('again'), id);
    resolve();
    expect(await reading).toBeUndefined();
    expect(made.authorization.revoked).toEqual([]);
  });

  it('is not lost when the store is away for a moment', async () => {
    const replace = jest.spyOn(made.vault, 'replace').mockRejectedValueOnce(new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = tokenOf();
    await settled();
    await made.clock.advance(499);
    expect(replace).toHaveBeenCalledTimes(1);
    await made.clock.advance(1);
    expect(await reading).toBe('access-1');
    expect(await tokenOf()).toBe('access-1');
    expect(replace).toHaveBeenCalledTimes(2);
  });

  it('is lost when the store stays away: it is told so, and the spent refresh token ends the session', async () => {
    const replace = jest.spyOn(made.vault, 'replace').mockRejectedValue(new VaultUnavailable());
    await made.clock.advance(TOKEN_LIFE_MS);
    const reading = rejectionOf(tokenOf());
    for (let attempt = 1; attempt < 6; attempt += 1) {
      await settled();
      await made.clock.advance(500);
    }
    expect(await reading).toBeInstanceOf(VaultUnavailable);
    replace.mockRestore();
    made.authorization.onRefresh = () => Promise.reject(new GrantEnded());
    expect(await tokenOf()).toBeUndefined();
    expect(made.authorization.refreshed).toEqual(['refresh-0', 'refresh-0']);
  });
});
