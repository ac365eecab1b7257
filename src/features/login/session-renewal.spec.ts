import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '../../../test/support/fake-clock.ts';
import { createInstance, createLoggedIn, DUE_MS } from '../../../test/support/login-sessions.ts';
import { TOKEN_LIFE_MS } from '../../../test/support/scripted-authorization.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';

let made: Awaited<ReturnType<typeof createLoggedIn>>;
beforeEach(async () => void (made = await createLoggedIn()));

describe('the renewal of a session', () => {
  it('is one for all who come with an expired token', async () => {
    await made.clock.advance(TOKEN_LIFE_MS);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => made.readToken()));
    expect(new Set(tokens)).toEqual(new Set(['access-1']));
    expect(made.authorization.refreshed).toEqual(['refresh-0']);
  });

  it('is one for all instances that share a vault', async () => {
    const other = createInstance(made.vault, made.clock, made.authorization);
    await made.clock.advance(TOKEN_LIFE_MS);
    const both = [made.sessions, other.sessions, made.sessions, other.sessions];
    const tokens = Promise.all(both.map((sessions) => made.readToken(sessions)));
    for (let turn = 0; turn < 10; turn += 1) await made.clock.advance(50);
    expect(new Set(await tokens)).toEqual(new Set(['access-1']));
    expect(made.authorization.refreshed).toEqual(['refresh-0']);
  });

  it('uses the newest refresh token each time', async () => {
    for (let renewal = 0; renewal < 3; renewal += 1) {
      await made.clock.advance(TOKEN_LIFE_MS);
      await made.readToken();
    }
    expect(made.authorization.refreshed).toEqual(['refresh-0', 'refresh-1', 'refresh-2']);
  });

  it('does not begin before 80 % of the life of a token, and then keeps nobody waiting', async () => {
    await made.clock.advance(DUE_MS - 1);
    expect(await made.readToken()).toBe('access-0');
    expect(made.authorization.refreshed).toEqual([]);
    await made.clock.advance(1);
    expect(await made.readToken()).toBe('access-0');
    await settled();
    expect(await made.readToken()).toBe('access-1');
    expect(made.authorization.refreshed).toEqual(['refresh-0']);
  });

  it('belongs to no request, so that it goes on when the caller is gone', async () => {
    const renewed = made.authorization.onRefresh;
    const contexts: unknown[] = [];
    made.authorization.onRefresh = (number) => (contexts.push(currentContext()), renewed(number));
    await made.clock.advance(TOKEN_LIFE_MS);
    await runInContext(new RequestContext('a', undefined, 0), () => made.readToken());
    expect(contexts).toEqual([undefined]);
  });

  it('begins no session anew: it ends when it would have ended', async () => {
    const { expiresAt } = await made.sessions.describe(made.id);
    await made.clock.advance(TOKEN_LIFE_MS);
    await made.readToken();
    expect((await made.sessions.describe(made.id)).expiresAt).toBe(expiresAt);
  });

  it('leaves no timer behind', async () => {
    await made.clock.advance(TOKEN_LIFE_MS);
    await made.readToken();
    await settled();
    expect(made.clock.pending).toBe(0);
  });
});
