import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { ScriptedAuthorization, tokensOf } from '../../../test/support/scripted-authorization.ts';
import { Farewell } from './farewell.ts';
import { toSession } from './session.ts';

const LOGOUT_URL = 'https://login.example.com/end';
const session = toSession(tokensOf('0'), 0);
const never = new Promise<never>(() => undefined);

let clock: FakeClock;
let authorization: ScriptedAuthorization;
let farewell: Farewell;
beforeEach(() => {
  clock = new FakeClock();
  authorization = new ScriptedAuthorization();
  farewell = new Farewell(authorization.client, clock);
});

describe('a farewell', () => {
  it('ends both tokens, and names the page to log out at', async () => {
    expect(await farewell.say(session)).toEqual({ logoutUrl: LOGOUT_URL });
    expect(authorization.revoked.toSorted()).toEqual(['access-0', 'refresh-0']);
    expect(clock.pending).toBe(0);
  });

  it('has nothing to end for who was not logged in', async () => {
    expect(await farewell.say(undefined)).toEqual({ logoutUrl: LOGOUT_URL });
    expect(authorization.revoked).toEqual([]);
  });

  it('does not fail with the server', async () => {
    authorization.onRevoke = () => Promise.reject(new Error('refused'));
    authorization.onLogoutUrl = () => Promise.reject(new Error('refused'));
    expect(await farewell.say(session)).toEqual({});
    expect(authorization.revoked).toHaveLength(2);
  });

  it('takes three seconds at most', async () => {
    authorization.onRevoke = () => never;
    authorization.onLogoutUrl = () => never;
    let said: unknown;
    void farewell.say(session).then((answer) => (said = answer));
    await clock.advance(2_999);
    expect(said).toBeUndefined();
    await clock.advance(1);
    expect(said).toEqual({});
  });
});
