import type { Caller } from '../../platform/context/caller.ts';

/** Finds out who is behind a session cookie. `app.module.ts` binds it to the login. */
export abstract class SessionReader {
  /**
   * The session's user, with an access token that still lives; undefined when there is no such session, or no longer.
   * @throws UpstreamError when the token has to be renewed and cannot be; VaultUnavailable when sessions cannot be read
   */
  abstract read(sessionId: string): Promise<Caller | undefined>;
}
