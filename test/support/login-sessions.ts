import { SessionRenewal } from '../../src/features/login/session-renewal.ts';
import { SessionStore } from '../../src/features/login/session-store.ts';
import { Sessions } from '../../src/features/login/sessions.ts';
import { MemoryVault } from '../../src/platform/vault/memory-vault.ts';
import type { Vault } from '../../src/platform/vault/vault.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedAuthorization, TOKEN_LIFE_MS, tokensOf } from './scripted-authorization.ts';

export const IDLE_MS = 1_800_000;
export const MAX_MS = 28_800_000;

export interface LoginSessions {
  readonly sessions: Sessions;
  readonly store: SessionStore;
}

/** Sessions of one instance of the application. */
export const createInstance = (vault: Vault, clock: FakeClock, authorization: ScriptedAuthorization): LoginSessions => {
  const store = new SessionStore({ idleMs: IDLE_MS, maxMs: MAX_MS }, vault, clock);
  return { store, sessions: new Sessions(store, new SessionRenewal(store, authorization.client, clock), clock) };
};

/** Sessions in memory, on a clock that stands still. */
export const createLoginSessions = () => {
  const clock = new FakeClock();
  const vault = new MemoryVault(clock);
  const authorization = new ScriptedAuthorization();
  return { clock, vault, authorization, ...createInstance(vault, clock, authorization) };
};

/** When the first access token of a session is due to be replaced, in ms after the login. */
export const DUE_MS = 0.8 * TOKEN_LIFE_MS;

/** The same, with one user logged in. */
export const createLoggedIn = async () => {
  const made = createLoginSessions();
  const id = await made.sessions.begin(tokensOf('0'), undefined);
  /** The access token that the session has when it is read. */
  const readToken = async (sessions = made.sessions): Promise<string | undefined> =>
    (await sessions.read(id))?.token.reveal();
  return { ...made, id, readToken };
};
