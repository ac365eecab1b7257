import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import type { Parties } from './endpoints.ts';
import type { LoginAnswered } from './login-steps.ts';
import { LoginRefused } from './login-refused.ts';
import { toErrorCode } from './upstream-failures.ts';

/**
 * The answer in a callback, once it is known to belong to this login (state) and to come from this server (`iss`, RFC
 * 9207). @throws LoginRefused
 */
export const checkCallback = ({ server, client }: Parties, { callbackUrl, state }: LoginAnswered): URLSearchParams => {
  try {
    return withCode(validateAuthResponse(server, client, callbackUrl, state));
  } catch (error) {
    // What it says besides, such as a description, anybody may have put there.
    if (error instanceof AuthorizationResponseError)
      throw new LoginRefused(toErrorCode(error.error) ?? 'no reason given');
    if (error instanceof LoginRefused) throw error;
    throw new LoginRefused('the answer does not belong to this login');
  }
};

const withCode = (answer: URLSearchParams): URLSearchParams => {
  if (answer.get('code')) return answer;
  throw new LoginRefused('the answer holds no code');
};
