import { randomBytes } from 'node:crypto';

/**
 * `breakwater` is the application (client_secret_basic), `breakwater-post` the same with client_secret_post;
 * `robot` may only fetch tokens for itself; `guest` may too, and is granted no scope of the API.
 */
export type ClientId = 'breakwater' | 'breakwater-post' | 'robot' | 'guest';

/** Metadata in the names of RFC 7591. */
export interface ClientMetadata {
  readonly [field: string]: unknown;
  readonly client_id: ClientId;
  readonly client_secret: string;
  readonly token_endpoint_auth_method: 'client_secret_basic' | 'client_secret_post';
}

export interface Clients {
  /** As they are registered now. */
  find(id: string): ClientMetadata | undefined;
  secretOf(id: ClientId): string;
  /** Lets the two clients that log users in send them here, after login or after logout. */
  allowRedirect(uri: string, after: 'login' | 'logout'): void;
}

/** A client that may log users in has to have one; nobody listens here. */
const NOWHERE = 'https://nowhere.breakwater.test/';

const SERVICE = { response_types: [], redirect_uris: [], grant_types: ['client_credentials'] };

/** The registered clients, with secrets of their own that hold every character that must be encoded. */
export const createClients = (redirectUris: readonly string[]): Clients => {
  const secrets = new Map<ClientId, string>();
  const allowed = { login: new Set([NOWHERE, ...redirectUris]), logout: new Set<string>() };
  const application = () => ({
    grant_types: ['client_credentials', 'authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...allowed.login],
    post_logout_redirect_uris: [...allowed.logout],
  });
  const rights: Readonly<Record<ClientId, () => object>> = {
    breakwater: application,
    'breakwater-post': application,
    robot: () => SERVICE,
    guest: () => SERVICE,
  };
  const ids = Object.keys(rights) as ClientId[];
  for (const id of ids) secrets.set(id, `${id} +/%:&= ${randomBytes(16).toString('base64url')}`);
  const secretOf = (id: ClientId): string => secrets.get(id) ?? '';
  return {
    secretOf,
    find: (id) => {
      const known = ids.find((clientId) => clientId === id);
      return known && { ...rights[known](), ...credentialsOf(known, secretOf(known)) };
    },
    allowRedirect: (uri, after) => void allowed[after].add(uri),
  };
};

const credentialsOf = (id: ClientId, secret: string): ClientMetadata => ({
  client_id: id,
  client_secret: secret,
  token_endpoint_auth_method: id === 'breakwater-post' ? 'client_secret_post' : 'client_secret_basic',
});
