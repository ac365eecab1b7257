import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import { comeBack, startScene, type LoginScene, type SceneOptions } from '../login/login-scene.ts';
import { hitsOf } from '../tokens/token-scene.ts';
import { MovingClock } from './moving-clock.ts';

const INTROSPECTION = '/token/introspection';
const LONGEST_PAUSE_MS = 60_000;

let clock: MovingClock;
let scene: LoginScene | undefined;
beforeEach(() => void (clock = new MovingClock()));
afterEach(() => scene?.close());

const start = async (options: SceneOptions = {}): Promise<LoginScene> =>
  (scene = await startScene({ ...options, clock }));
const present = ({ breakwater }: LoginScene, token: string): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });

describe('somebody who makes tokens up', () => {
  it('has none looked at any more once they are over the rate limit', async () => {
    const running = await start({ env: { RATE_LIMIT: '5/60' } });
    for (let turn = 0; turn < 15; turn += 1) await present(running, `made-up-${turn}`);
    // The one that is one too many may be looked at.
    expect(hitsOf(running.authorization, INTROSPECTION)).toBeLessThanOrEqual(6);
  });

  it('does not keep others from logging in while the server cannot introspect', async () => {
    const running = await start();
    const browser = running.browse();
    const callback = await comeBack(browser, running.authorization);
    running.authorization.failAt(INTROSPECTION, 500);
    for (let turn = 0; turn < 6; turn += 1) await present(running, `made-up-${turn}`);
    expect((await browser.get(callback)).status).toBe(303);
  });
});

describe('somebody who makes up a token of an unknown key once in a while', () => {
  let browser: CookieBrowser;
  beforeEach(async () => {
    const { authorization, browseLoggedIn } = await start();
    authorization.setAccessTokenTtl(60);
    browser = await browseLoggedIn();
    for (let alarm = 0; alarm < 9; alarm += 1) {
      await raiseFalseAlarm(alarm);
      clock.putForward(Math.min(2_000 * 2 ** alarm, LONGEST_PAUSE_MS) + 50);
    }
    await raiseFalseAlarm(9);
    await authorization.rotateKeys();
  });

  const raiseFalseAlarm = async (number: number): Promise<void> => {
    const [iat, kid] = [clock.epochSeconds, `unknown-${number}`];
    const token = await scene!.authorization.signToken({ iat, exp: iat + 300 }, { kid });
    expect((await present(scene!, token)).status).toBe(401);
  };

  it('does not have good tokens of a new key refused', async () => {
    const iat = clock.epochSeconds;
    const token = await scene!.authorization.signToken({ iat, exp: iat + 300 });
    expect((await present(scene!, token)).status).toBe(200);
  });

  it('does not end sessions that are renewed meanwhile', async () => {
    await browser.get('/api/v1/me');
    clock.putForward(2 * LONGEST_PAUSE_MS);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
  });
});

describe('somebody who begins ten thousand logins', () => {
  it('does not push out that of another browser', async () => {
    const { browse, authorization, breakwater } = await start();
    const browser = browse();
    const callback = await comeBack(browser, authorization);
    const begin = (): Promise<Answer> => ask(`${breakwater.url}/auth/login`);
    for (let turn = 0; turn < 100; turn += 1) await Promise.all(Array.from({ length: 100 }, begin));
    expect((await browser.get(callback)).status).toBe(303);
  }, 60_000);
});
