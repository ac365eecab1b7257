import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLoginSessions, IDLE_MS, MAX_MS } from '../../../test/support/login-sessions.ts';
import { TOKEN_LIFE_MS, tokensOf } from '../../../test/support/scripted-authorization.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { newRandomId } from './random-id.ts';

const MINUTE_MS = 60_000;

let made: ReturnType<typeof createLoginSessions>;
beforeEach(() => {
  made = createLoginSessions();
});

const begin = (oldId?: string): Promise<string> => made.sessions.begin(tokensOf('0'), oldId);
const isThere = async (id: string): Promise<boolean> => (await made.sessions.read(id)) !== undefined;

describe('a session', () => {
  it.each(['', 'short', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}!`, '../../../etc/passwd', 'ä'.repeat(43)])(
    'is not even looked for under %j',
    async (id) => {
      const get = jest.spyOn(made.vault, 'get');
      const take = jest.spyOn(made.vault, 'take');
      expect(await made.sessions.read(id)).toBeUndefined();
      expect(await made.sessions.describe(id)).toEqual({ isLoggedIn: false });
      expect(await made.sessions.end(id)).toBeUndefined();
      expect(get).not.toHaveBeenCalled();
      expect(take).not.toHaveBeenCalled();
    },
  );

  it('is not there under an id that nobody got', async () => {
    await begin();
    expect(await isThere(newRandomId())).toBe(false);
  });

  it('begins under an id of its own, and ends the one before', async () => {
    const planted = newRandomId();
    const first = await begin(planted);
    const second = await begin(first);
    expect(new Set([planted, first, second]).size).toBe(3);
    expect([await isThere(planted), await isThere(first), await isThere(second)]).toEqual([false, false, true]);
  });

  it('ends when nobody uses it for as long as it may idle', async () => {
    const id = await begin();
    await made.clock.advance(IDLE_MS - 1);
    expect((await made.sessions.describe(id)).isLoggedIn).toBe(true);
    await made.clock.advance(1);
    expect(await isThere(id)).toBe(false);
  });

  it('lives on while it is used', async () => {
    const id = await begin();
    for (let use = 0; use < 5; use += 1) {
      await made.clock.advance(IDLE_MS - MINUTE_MS);
      expect(await isThere(id)).toBe(true);
    }
  });

  it('writes down its uses once a minute', async () => {
    const id = await begin();
    const extend = jest.spyOn(made.vault, 'extend');
    for (let second = 0; second < 119; second += 1) {
      await made.clock.advance(1_000);
      await made.sessions.read(id);
    }
    expect(extend).toHaveBeenCalledTimes(1);
  });

  it('is not kept alive by who only looks at it', async () => {
    const id = await begin();
    await made.clock.advance(IDLE_MS - MINUTE_MS);
    await made.sessions.describe(id);
    await made.clock.advance(MINUTE_MS);
    expect(await made.sessions.describe(id)).toEqual({ isLoggedIn: false });
  });

  it('ends in time however much it is used', async () => {
    const id = await begin();
    const endsAt = made.clock.wallTime() + MAX_MS;
    while (made.clock.wallTime() < endsAt - MINUTE_MS) {
      await made.clock.advance(MINUTE_MS);
      expect(await isThere(id)).toBe(true);
    }
    await made.clock.advance(MINUTE_MS - 1);
    expect(await isThere(id)).toBe(true);
    await made.clock.advance(1);
    expect(await isThere(id)).toBe(false);
  });

  it('ends with its token when there is nothing to renew it with', async () => {
    const { refreshToken: _none, ...tokens } = tokensOf('0');
    const id = await made.sessions.begin(tokens, undefined);
    await made.clock.advance(TOKEN_LIFE_MS - 1);
    expect(await isThere(id)).toBe(true);
    await made.clock.advance(1);
    expect(await isThere(id)).toBe(false);
    expect(made.authorization.refreshed).toEqual([]);
  });

  it('that nobody can read any more is none', async () => {
    const id = await begin();
    await made.vault.put({ purpose: 'session', secret: id }, '{"version":"of yesterday"}', MINUTE_MS);
    expect(await isThere(id)).toBe(false);
    await made.vault.put({ purpose: 'session', secret: id }, 'no JSON', MINUTE_MS);
    expect(await isThere(id)).toBe(false);
  });

  it('tells who it is and when it ends, and no token', async () => {
    const id = await begin();
    await made.clock.advance(MINUTE_MS);
    expect(await made.sessions.describe(id)).toEqual({
      isLoggedIn: true,
      subject: 'user-1',
      name: 'Ada',
      scopes: ['pokemon:read'],
      expiresAt: '2026-01-01T08:00:00.000Z',
      idleExpiresAt: '2026-01-01T00:30:00.000Z',
    });
  });

  it('has a caller with its token', async () => {
    const caller = await made.sessions.read(await begin());
    expect(caller).toMatchObject({ subject: 'user-1', expiresAt: made.clock.wallTime() + TOKEN_LIFE_MS });
    expect(caller?.token.reveal()).toBe('access-0');
  });

  it.each(['get', 'take'] as const)('stays when the store does not hear of its end: %s', async (question) => {
    const id = await begin();
    const take = jest.spyOn(made.vault, 'take');
    const lost = jest.spyOn(made.vault, question).mockRejectedValueOnce(new VaultUnavailable());
    expect(await rejectionOf(made.sessions.end(id))).toBeInstanceOf(VaultUnavailable);
    // A question that is answered too late must not have ended it.
    expect(take).toHaveBeenCalledTimes(question === 'get' ? 0 : 1);
    lost.mockRestore();
    expect((await made.sessions.end(id))?.accessToken.reveal()).toBe('access-0');
  });

  it('can be ended once', async () => {
    const id = await begin();
    const ended = await Promise.all([made.sessions.end(id), made.sessions.end(id), made.sessions.end(id)]);
    expect(ended.filter((session) => session !== undefined)).toHaveLength(1);
    expect(await isThere(id)).toBe(false);
  });
});
