import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '../../../test/support/fake-clock.ts';
import { createLoginSessions } from '../../../test/support/login-sessions.ts';
import { TOKEN_LIFE_MS, tokensOf } from '../../../test/support/scripted-authorization.ts';
import { SessionRenewal } from './session-renewal.ts';

const LONGEST_MS = 5_000;

let made: ReturnType<typeof createLoginSessions>;
let renewal: SessionRenewal;
let id: string;
let hasStopped: boolean;
beforeEach(async () => {
  made = createLoginSessions();
  renewal = new SessionRenewal(made.store, made.authorization.client, made.clock);
  id = await made.sessions.begin(tokensOf('0'), undefined);
  hasStopped = false;
});

/** Begins a renewal that ends when told to. */
const renew = async (): Promise<() => void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const answer = made.authorization.onRefresh;
  made.authorization.onRefresh = (number) => promise.then(() => answer(number));
  await made.clock.advance(0.9 * TOKEN_LIFE_MS);
  await renewal.ensureUsable(id, (await made.store.find(id))!.session);
  await settled();
  return resolve;
};
const stop = async (): Promise<void> => {
  void renewal.onApplicationShutdown().then(() => (hasStopped = true));
  await settled();
};
const tokenOf = async (): Promise<string> => (await made.store.find(id))!.session.refreshToken!.reveal();

describe('stopping', () => {
  it('does not wait when nothing is renewed', async () => {
    await stop();
    expect([hasStopped, made.clock.pending]).toEqual([true, 0]);
  });

  it('waits until what is being renewed is saved', async () => {
    const finish = await renew();
    await stop();
    expect([hasStopped, await tokenOf()]).toEqual([false, 'refresh-0']);
    finish();
    await settled();
    expect([hasStopped, await tokenOf(), made.clock.pending]).toEqual([true, 'refresh-1', 0]);
  });

  it('waits five seconds at most', async () => {
    await renew();
    await stop();
    await made.clock.advance(LONGEST_MS - 1);
    expect(hasStopped).toBe(false);
    await made.clock.advance(1);
    expect(hasStopped).toBe(true);
  });

  it('goes well although a renewal does not', async () => {
    made.authorization.onRefresh = () => Promise.reject(new Error('refused'));
    const finish = await renew();
    await stop();
    finish();
    await settled();
    expect([hasStopped, await tokenOf()]).toEqual([true, 'refresh-0']);
  });
});
