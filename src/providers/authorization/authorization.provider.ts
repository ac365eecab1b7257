import { defineProvider } from '../../outbound/index.ts';
import { AuthorizationOptions } from './authorization-options.ts';

/** What goes to the token endpoint or comes from it is for nobody else; of the rest we keep what we made of it. */
const cache = 'off';

/**
 * Any server of OAuth 2 and OpenID Connect. A code and a refresh token work once: asking again with them may end what
 * was granted the first time.
 */
export const authorization = defineProvider('authorization', {
  optionsType: AuthorizationOptions,
  prefix: 'AUTH_',
  attemptTimeoutMs: 3_000,
  callDeadlineMs: 10_000,
  maxResponseBytes: 1_048_576,
  operations: {
    getMetadata: { cache },
    getKeys: { cache },
    getToken: { method: 'POST', idempotent: true },
    // Made-up tokens cost a request each: half of the places, and the circuit, are for keys, logins and tokens of our own.
    introspect: { method: 'POST', idempotent: true, maxConcurrent: 32, circuit: 'own' },
    revoke: { method: 'POST', idempotent: true },
    exchangeCode: { method: 'POST' },
    refreshToken: { method: 'POST' },
  },
});

/** The operations declared above. */
export type AuthorizationOperation =
  'getMetadata' | 'getKeys' | 'getToken' | 'introspect' | 'revoke' | 'exchangeCode' | 'refreshToken';
