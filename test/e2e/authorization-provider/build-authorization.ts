import { Secret } from '../../../src/platform/secret.ts';
import { AccessTokens } from '../../../src/providers/authorization/access-tokens.ts';
import { AuthorizationOptions } from '../../../src/providers/authorization/authorization-options.ts';
import { AuthorizationClient } from '../../../src/providers/authorization/authorization.client.ts';
import { authorization } from '../../../src/providers/authorization/authorization.provider.ts';
import { Discovery } from '../../../src/providers/authorization/discovery.ts';
import { Endpoints } from '../../../src/providers/authorization/endpoints.ts';
import { JwtTokens } from '../../../src/providers/authorization/jwt-tokens.ts';
import { KeySet } from '../../../src/providers/authorization/key-set.ts';
import { OpaqueTokens } from '../../../src/providers/authorization/opaque-tokens.ts';
import { Signatures } from '../../../src/providers/authorization/signatures.ts';
import { VerdictMemory } from '../../../src/providers/authorization/verdict-memory.ts';
import { SystemClock, type Clock } from '../../../src/platform/clock.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';

export interface AuthorizationSetup extends Partial<Omit<AuthorizationOptions, 'clientSecret'>> {
  readonly clientSecret?: string;
  readonly clock?: Clock;
}

export interface BuiltAuthorization extends Pick<BuiltProvider, 'receipts'> {
  readonly client: AuthorizationClient;
  readonly tokens: AccessTokens;
  readonly keys: KeySet;
  close(): Promise<void>;
}

/** The authorization provider as its module wires it, without the rest of an application. */
export const buildAuthorization = ({
  clock = new SystemClock(),
  clientSecret,
  ...own
}: AuthorizationSetup): BuiltAuthorization => {
  const { operations } = authorization;
  const secret = clientSecret === undefined ? {} : { clientSecret: new Secret(clientSecret) };
  const options = Object.assign(new AuthorizationOptions(), authorization.config(), own, secret);
  const { http, client: api, provider, receipts } = buildProvider({ ...options, operations, clock });
  const discovery = new Discovery(api, options, clock);
  const keys = new KeySet(discovery, http, clock);
  const signatures = new Signatures(keys, options, clock);
  const client = new AuthorizationClient(new Endpoints(discovery, http, options), signatures, options);
  const jwts = new JwtTokens(signatures, options, clock);
  const tokens = new AccessTokens(jwts, new OpaqueTokens(client, options, clock), new VerdictMemory(clock));
  return { client, tokens, keys, receipts, close: () => provider.close() };
};
