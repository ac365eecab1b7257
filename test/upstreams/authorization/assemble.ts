import { randomUUID } from 'node:crypto';
import type { AcceptedTokens } from './accepted-tokens.ts';
import type { AuthorizationStandIn } from './authorization-handles.ts';
import type { ClientId, Clients } from './clients.ts';
import type { EndpointFault } from './endpoint-faults.ts';
import { logInAs } from './log-in.ts';
import { mintToken } from './mint-token.ts';
import type { Service } from './serve.ts';
import type { ServerSettings } from './server-options.ts';
import { signClaims } from './signed-token.ts';
import type { SigningKeys } from './signing-keys.ts';
import { ash, misty } from './users.ts';

export type Place = Pick<AuthorizationStandIn, 'url' | 'audience' | 'otherAudience' | 'requests' | 'close'>;

export interface Parts {
  readonly keys: SigningKeys;
  readonly clients: Clients;
  readonly accepted: AcceptedTokens;
  readonly settings: ServerSettings;
  readonly faults: Map<string, EndpointFault>;
  readonly service: Service;
}

type TokenHandles = 'mintToken' | 'signToken' | 'revokeAllTokens' | 'isAccepted' | 'setAccessTokenTtl';

const CLIENT: ClientId = 'breakwater';

/** The handles of a server that runs. */
export const assemble = (place: Place, parts: Parts): AuthorizationStandIn => {
  const { keys, clients, faults, service } = parts;
  const failAt = (path: string, fault?: EndpointFault): void =>
    void (fault === undefined ? faults.delete(path) : faults.set(path, fault));
  return {
    ...place,
    ...tokenHandles(place, parts),
    issuer: place.url,
    clientId: CLIENT,
    clientSecret: clients.secretOf(CLIENT),
    user: ash,
    otherUser: misty,
    secretOf: clients.secretOf,
    allowRedirect: (uri, after = 'login') => clients.allowRedirect(uri, after),
    publicKeyPem: () => keys.current.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    rotateKeys: async (rotation = {}) => {
      await keys.rotate(rotation);
      service.restart();
    },
    failAt,
    failTokenEndpoint: (fault) => failAt('/token', fault),
    logIn: (authorizationUrl, { as = ash, refuse = false } = {}) => logInAs(as, authorizationUrl, refuse),
  };
};

const tokenHandles = (place: Place, parts: Parts): Pick<AuthorizationStandIn, TokenHandles> => {
  const { keys, clients, accepted, settings } = parts;
  return {
    mintToken: (wanted = {}) => mintToken({ ...place, secretOf: clients.secretOf }, wanted),
    signToken: async (claims = {}, signing = {}) => {
      const all: Record<string, unknown> = { ...usualClaims(place), ...claims };
      accepted.issue(all['jti']);
      return signClaims(all, signing, keys.current);
    },
    revokeAllTokens: accepted.revokeAll,
    isAccepted: accepted.isAccepted,
    setAccessTokenTtl: (seconds) => void (settings.accessTokenTtlSeconds = seconds),
  };
};

const usualClaims = ({ url, audience }: Place) => {
  const iat = Math.floor(Date.now() / 1_000);
  return { jti: randomUUID(), sub: 'robot', iat, exp: iat + 300, client_id: 'robot', iss: url, aud: audience };
};
