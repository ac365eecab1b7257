import { createServer } from 'node:http';
import { createAcceptedTokens } from './authorization/accepted-tokens.ts';
import { assemble } from './authorization/assemble.ts';
import type { AuthorizationStandIn } from './authorization/authorization-handles.ts';
import { createClients } from './authorization/clients.ts';
import type { EndpointFault } from './authorization/endpoint-faults.ts';
import { createRequestLog } from './authorization/request-log.ts';
import { createService } from './authorization/serve.ts';
import type { ServerSettings } from './authorization/server-options.ts';
import { createSigningKeys } from './authorization/signing-keys.ts';
import { createStorage } from './authorization/storage.ts';
import { listenLocally } from './stand-in.ts';

export type { AuthorizationStandIn } from './authorization/authorization-handles.ts';

export interface AuthorizationOptions {
  /** Port on 127.0.0.1. Default: 0, the system chooses. */
  readonly port?: number;
  /** Where the application may send users after login; later ones by `allowRedirect`. Default: none. */
  readonly redirectUris?: readonly string[];
  /** The resource indicator of our own API. Default: `https://api.breakwater.test`. */
  readonly audience?: string;
  /** What can be granted for a resource. Default: `pokemon:read ci:read ci:write`. */
  readonly apiScopes?: readonly string[];
  /** Of access tokens for a resource. Default: `jwt`. */
  readonly accessTokenFormat?: 'jwt' | 'opaque';
}

const AUDIENCE = 'https://api.breakwater.test';
const OTHER_AUDIENCE = 'https://upstream.breakwater.test';
const API_SCOPES = ['pokemon:read', 'ci:read', 'ci:write', 'webhooks:write', 'providers:read'];

/** A certified OAuth 2 and OpenID Connect server (oidc-provider 9), with clients, two users and a login page. */
export async function startAuthorization(options: AuthorizationOptions = {}): Promise<AuthorizationStandIn> {
  const { port, audience = AUDIENCE, redirectUris = [], apiScopes = API_SCOPES, accessTokenFormat = 'jwt' } = options;
  const keys = await createSigningKeys();
  const clients = createClients(redirectUris);
  const storage = createStorage(clients);
  const accepted = createAcceptedTokens(keys, storage);
  const settings: ServerSettings = {
    ...{ storage, keys, apiScopes, accessTokenFormat },
    audiences: [audience, OTHER_AUDIENCE],
    accessTokenTtlSeconds: 600,
    onJwt: accepted.issue,
  };
  const server = createServer();
  const listening = await listenLocally(server, port);
  const url = `http://127.0.0.1:${listening.port}`;
  const log = createRequestLog();
  const faults = new Map<string, EndpointFault>();
  const service = createService(url, settings, log, faults);
  server.on('request', service.listener);
  const { requests } = log;
  return assemble(
    { url, audience, otherAudience: OTHER_AUDIENCE, requests, close: listening.close },
    {
      ...{ keys, clients, accepted, settings, faults, service },
    },
  );
}
