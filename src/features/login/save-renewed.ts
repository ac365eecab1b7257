import type { Clock } from '../../platform/clock.ts';
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

/**
 * Saves what cannot be had a second time. Undefined when the session was logged out meanwhile: then its new tokens are
 * ended as well, and it stays gone.
 * @throws VaultUnavailable after several attempts
 */
export const saveRenewed = async (means: Means, id: string, session: Session): Promise<Session | undefined> => {
  if (await replace(means, id, session)) return session;
  await endGrant(means.authorization, session);
  return undefined;
};

const replace = async ({ store, clock }: Means, id: string, session: Session): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.replace(id, session);
    } catch (error) {
      if (!(error instanceof VaultUnavailable) || attempt === ATTEMPTS) throw error;
      await new Promise<void>((resolve) => void clock.schedule(resolve, RETRY_AFTER_MS));
    }
  }
};
