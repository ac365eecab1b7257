import type { Clock } from '../../platform/clock.ts';
import { sleep } from '../../platform/sleep.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import type { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import { endGrant } from './end-grant.ts';
import type { SessionStore } from './session-store.ts';
import type { Session } from './session.ts';

interface Means {
  readonly store: SessionStore;
  readonly authorization: AuthorizationClient;
  readonly clock: Clock;
}

/** A store that is away for a moment must not cost a session. */
const ATTEMPTS = 6;
const RETRY_AFTER_MS = 500;

/** What has begun is finished. */
const { signal: NEVER } = new AbortController();

/**
 * Saves what cannot be had a second time. Undefined when the session has ended meanwhile, and it stays gone: with a
 * logout its new tokens are ended as well; with another login they share their grant with the session after it, and are
 * left alone.
 * @throws VaultUnavailable after several attempts
 */
export const saveRenewed = async (means: Means, id: string, session: Session): Promise<Session | undefined> => {
  const { store, authorization } = means;
  if (await patiently(means, () => store.replace(id, session))) return session;
  if (!(await patiently(means, () => store.isSuperseded(id)))) await endGrant(authorization, session);
  return undefined;
};

const patiently = async ({ clock }: Means, ask: () => Promise<boolean>): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VaultUnavailable) || attempt === ATTEMPTS) throw error;
      await sleep(clock, RETRY_AFTER_MS, NEVER);
    }
  }
};
