import type { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import type { Session } from './session.ts';

/**
 * Ends a session's tokens at the server. What cannot be ended there ends by itself: nobody has these tokens any more.
 * Never fails.
 */
export const endGrant = async (
  authorization: AuthorizationClient,
  { accessToken, refreshToken }: Pick<Session, 'accessToken' | 'refreshToken'>,
): Promise<void> => {
  await Promise.allSettled([
    refreshToken && authorization.revoke(refreshToken, 'refresh_token'),
    authorization.revoke(accessToken, 'access_token'),
  ]);
};
